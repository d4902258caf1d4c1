"""``yinfeng calendar FILE.csv``: the holidays and make-up working days of a year, as announced."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yinfeng.core.actor import system
from yinfeng.core.calendars import announce_days, read_days
from yinfeng.core.errors import DomainError


class Command(BaseCommand):
    """Loads days over what is known; safe to repeat."""

    help = "Load announced holidays and make-up working days (CSV: 2027-01-01,休息)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, store, say how many changed."""
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as stream:
                changed = announce_days(actor=system("命令行").by_way_of("command"), days=read_days(stream))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{changed} 天")
