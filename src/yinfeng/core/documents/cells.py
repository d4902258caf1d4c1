"""What a cell of a written table may hold, and how a text is kept from running as a formula in the reader's program."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from yinfeng.core.ratio import Ratio
from yinfeng.core.text import clean_text, fold_width

CellValue = str | int | Decimal | date | Ratio | None
"""Text, count, exact figure, day or moment, ratio; None is an empty cell, never a 0."""

_PLAIN_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula when it is opened or edited.

    >>> is_formula_like("=1+1"), is_formula_like("＠SUM(A1)"), is_formula_like("-3.5"), is_formula_like("—")
    (True, True, False, False)
    """
    bare = fold_width(text).lstrip()
    return bare[:1] in {"=", "+", "-", "@", "|"} and not _PLAIN_NUMBER.fullmatch(bare)


def cell_text(text: str) -> str:
    """The text for a cell: no control characters, line breaks kept."""
    return clean_text(text, multiline=True)
