"""The `yinfeng` command: a few words of its own, every other word is a management command of a room."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

SETTINGS = "yinfeng.config.settings"
STANDALONE = {
    "extract": "yinfeng.intake.extraction.command",
    "workbook": "yinfeng.intake.workbooks.command",
    "serve": "yinfeng.server.serve",
    "run": "yinfeng.server.run",
}
"""Words with a ``main(arguments) -> exit code`` of their own; the first two need neither database nor settings."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        if words and words[0] in STANDALONE:
            return int(importlib.import_module(STANDALONE[words[0]]).main(words[1:]) or 0)
        return manage(words)
    except BrokenPipeError:
        # Whoever read our output (head, less) has enough; leave nothing for the interpreter to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def manage(words: Sequence[str]) -> int:
    """Hand the words to Django; `new-place` finds the command module `new_place`."""
    from django.core.management import ManagementUtility

    name = words[0].replace("-", "_") if words and not words[0].startswith("-") else None
    utility = ManagementUtility(["yinfeng", *([name, *words[1:]] if name else words)])
    utility.prog_name = "yinfeng"
    utility.execute()
    return 0
