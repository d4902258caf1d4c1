"""``yinfeng recreate-sample NAME FILE``: the sample's project table again from its plan, or how it differs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yinfeng.place import recreation
from yinfeng.place.samples import sample_names


class Command(BaseCommand):
    """Reads the plan with the extractor and applies the sample's corrections."""

    help = "Re-create a sample's project table from the plan it was read from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The sample, the plan, and whether only differences are wanted."""
        parser.add_argument("name", choices=sample_names())
        parser.add_argument("plan", type=Path)
        parser.add_argument("--check", action="store_true", help="print differences from the packaged table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, or its differences."""
        found = recreation.found_in(options["plan"])
        table = recreation.recreate(found, recreation.read_rows(options["name"], "corrections.csv"))
        if not options["check"]:
            self.stdout.write(recreation.as_csv(table), ending="")
            return
        told = recreation.differences(table, recreation.read_rows(options["name"], "projects.csv"))
        for line in told:
            self.stdout.write(line)
        if told:
            raise CommandError(f"{len(told)} differences")
        self.stdout.write(f"{len(table)} projects, no difference")
