"""A workbook as it lies in the file: sheets of typed cells, nothing interpreted yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

CellKind = Literal["text", "number", "date", "bool", "error", "formula"]


class Cell(NamedTuple):
    """One filled cell; ``formula`` is a formula for which the file stores no value.

    ``number_format`` is the format code of numbers and dates ("yyyy年m月", "0.00"), empty for text and CSV.
    """

    kind: CellKind
    value: str | Decimal | datetime | bool
    text: str
    number_format: str = ""


class Area(NamedTuple):
    """A merged rectangle, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet; rows and columns are 1-based and only filled cells are kept."""

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    @property
    def last_row(self) -> int:
        """Row of the last filled cell, 0 for an empty sheet."""
        return max(self.rows, default=0)

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell stored at a place; a merged cell is stored at its top left."""
        return self.rows.get(row, {}).get(column)


@dataclass(slots=True)
class Workbook:
    """Sheets in the order of the file."""

    filename: str
    sheets: list[Sheet]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.sheets)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read before it is refused."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 300_000_000
    pack_ratio: int = 250
    ratio_from_bytes: int = 32_000_000
    entries: int = 4_000
    cells: int = 2_000_000
    sheets: int = 250


@lru_cache(maxsize=512)
def column_letter(column: int) -> str:
    """Letter of a 1-based column.

    >>> column_letter(28)
    'AB'
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1-based column of a letter.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
