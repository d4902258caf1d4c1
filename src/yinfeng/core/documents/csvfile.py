"""CSV for spreadsheets and other systems: UTF-8 with BOM so that Excel reads Chinese, CRLF, formulas defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from yinfeng.core.documents.cells import CellValue, cell_text, is_formula_like
from yinfeng.core.ratio import Ratio

BOM = "\ufeff".encode()


def csv_text(value: CellValue) -> str:
    """A value as it stands in the file: exact figures without separators, days as yyyy-mm-dd, dangerous text quoted.

    >>> csv_text(Decimal("1234.50")), csv_text("=HYPERLINK(1)"), csv_text(None)
    ('1234.50', "'=HYPERLINK(1)", '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Ratio):
        return value.format_percent()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = cell_text(value)
        return f"'{text}" if is_formula_like(text) else text
    return str(value)


def csv_chunks(header: Sequence[str], rows: Iterable[Sequence[CellValue]], *, size: int = 500) -> Iterator[bytes]:
    """The file in pieces of so many rows, for a streamed answer; the BOM and the header come first."""
    yield BOM + _encode([header])
    batch: list[Sequence[CellValue]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield _encode(batch)
            batch = []
    if batch:
        yield _encode(batch)


def _encode(rows: Iterable[Sequence[CellValue]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([csv_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode()


def write_csv(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> None:
    """Write the whole file to a binary stream."""
    stream.writelines(csv_chunks(header, rows))
