"""`yinfeng prove`: run every room's proofs over the stored facts."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from yinfeng.core.assembly import Finding, assembled


class Command(BaseCommand):
    """Prints what is wrong and exits with 1, or says that all holds."""

    help = "Prove stored facts: totals, vouchers, lines, the sums over chains."

    def add_arguments(self, parser: CommandParser) -> None:
        """Optionally JSON only on stdout."""
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the checks one by one; a check that breaks down is itself a finding."""
        found = [(check, proved(check.key, check.run)) for check in assembled().CHECKS]
        findings = [finding for _check, rows in found for finding in rows]
        if options["as_json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=2))
        else:
            for check, rows in found:
                self.stdout.write(f"{'✗' if rows else '✓'} {check.title}")
                for row in rows:
                    self.stdout.write(f"    {row.subject}: {row.message}")
        if findings:
            raise SystemExit(1)


def proved(key: str, run: Any) -> list[Finding]:
    """The findings of one check."""
    try:
        return list(run())
    except Exception as error:  # noqa: BLE001 - the other checks must still run, and this one be named
        return [Finding(key, type(error).__name__, _("检查本身出错：%(error)s") % {"error": error})]


def as_json(found: list[tuple[Any, list[Finding]]]) -> dict[str, Any]:
    """The outcome for other programs."""
    return {
        "ok": not any(rows for _check, rows in found),
        "checks": [
            {
                "key": check.key,
                "title": str(check.title),
                "findings": [{"subject": row.subject, "message": row.message} for row in rows],
            }
            for check, rows in found
        ],
    }
