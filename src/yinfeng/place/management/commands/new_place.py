"""``yinfeng new-place``: start an empty place from a short form on the terminal or from options."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yinfeng.core import clock
from yinfeng.core.actor import system
from yinfeng.core.errors import DomainError
from yinfeng.place.actions import found_place

QUESTIONS = (
    ("name", "地方名称（如：德令哈市）", ""),
    ("short_name", "简称（如：德令哈）", ""),
    ("office_name", "招商机构全称", ""),
    ("region_code", "行政区划代码（如：632802）", ""),
)


class Command(BaseCommand):
    """Asks for what is missing; with every option given it asks nothing."""

    help = "Start an empty place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Every question can be answered by an option."""
        for name, question, _default in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument("--year", type=int, default=clock.today().year)
        parser.add_argument("--report-day", type=int, default=25)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, then found the place."""
        answers = {name: options[name] or self._ask(question) for name, question, _default in QUESTIONS}
        try:
            place = found_place(
                actor=system("命令行").by_way_of("command"),
                year=options["year"],
                report_day=options["report_day"],
                **answers,
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{place.name} 已建立")

    def _ask(self, question: str) -> str:
        """One answer from the terminal."""
        if not sys.stdin.isatty():
            raise CommandError(f"缺少：{question}")
        return input(f"{question}：").strip()
