"""``yinfeng audit verify|seal``: prove the audit log unbroken, or seal what waits."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yinfeng.core import audit


class Command(BaseCommand):
    """Prove the audit log unbroken, or seal the entries that have no seal yet."""

    help = "verify: prove the audit log unbroken (exit code 1 if it is not); seal: seal what waits"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word, and the shape of the answer."""
        parser.add_argument("word", choices=["verify", "seal"])
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON only")

    def handle(self, *args: Any, word: str, as_json: bool, **options: Any) -> None:
        """Carry out the word."""
        if word == "seal":
            self._seal(as_json)
        else:
            self._verify(as_json)

    def _seal(self, as_json: bool) -> None:
        sealed = 0
        while now := audit.seal(everything=True):
            sealed += now
        told = json.dumps({"sealed_now": sealed}) if as_json else _("封存了 %(count)d 条日志。") % {"count": sealed}
        self.stdout.write(told)

    def _verify(self, as_json: bool) -> None:
        found = audit.verify()
        if as_json:
            self.stdout.write(json.dumps({"unbroken": found.unbroken} | asdict(found), ensure_ascii=False))
        if not found.unbroken:
            raise CommandError(
                _("日志链在第 %(number)d 环断开（日志行 %(entry)s）：%(reason)s。")
                % {"number": found.broken_number, "entry": found.broken_entry, "reason": found.reason}
            )
        if not as_json:
            self.stdout.write(
                _("日志链完整：已封存 %(sealed)d 条，待封存 %(unsealed)d 条。")
                % {"sealed": found.sealed, "unsealed": found.unsealed}
            )
