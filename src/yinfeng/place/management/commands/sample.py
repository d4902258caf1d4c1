"""``yinfeng sample NAME``: load a sample place into an empty system."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yinfeng.core.actor import system
from yinfeng.core.errors import DomainError
from yinfeng.place.actions import load_sample, simulate_year
from yinfeng.place.samples import read_sample, sample_names


class Command(BaseCommand):
    """Loads a sample place: its plan, and a simulated year that is marked and can be removed with one click."""

    help = "Load a sample place into an empty system."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The sample's name, and whether the simulated year is wanted."""
        parser.add_argument("name", choices=sample_names())
        parser.add_argument("--no-year", action="store_true", help="leave the simulated year out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then simulate."""
        sample = read_sample(options["name"])
        actor = system("示例载入").by_way_of("sample")
        try:
            place = load_sample(actor=actor, sample=sample)
            if not options["no_year"]:
                facts = simulate_year(actor=actor, sample=sample, place=place, told=self._tell)
                print(f"{facts} simulated facts", file=sys.stderr)
        except DomainError as error:
            raise CommandError(str(error.message)) from error

    def _tell(self, done: int, total: int) -> None:
        """Progress on the terminal."""
        if sys.stderr.isatty():
            print(f"\r{done * 100 // total}%", end="", file=sys.stderr)
