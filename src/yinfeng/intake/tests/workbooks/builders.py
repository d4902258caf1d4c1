"""Small workbooks with invented content, built in memory."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from yinfeng.intake.workbooks import Ledger, read_records, read_workbook, recognise
from yinfeng.intake.workbooks import Mapping as Corrections

Row = Sequence[object]


@dataclass
class SheetPlan:
    """What one sheet holds; a tuple (value, number format) is a formatted cell."""

    rows: Sequence[Row]
    name: str = "Sheet1"
    merged: Sequence[str] = ()
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    formulas: Mapping[str, tuple[str, object]] = field(default_factory=dict)


def xlsx(*sheets: SheetPlan) -> bytes:
    """A workbook file of the planned sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for plan in sheets:
        sheet = book.add_worksheet(plan.name)
        for row, cells in enumerate(plan.rows):
            for column, value in enumerate(cells):
                _write(book, sheet, row, column, value)
        for area in plan.merged:
            first = area.split(":", maxsplit=1)[0]
            row, column = xlsxwriter.utility.xl_cell_to_rowcol(first)
            value = plan.rows[row][column] if row < len(plan.rows) and column < len(plan.rows[row]) else None
            sheet.merge_range(area, value if value is not None else "")
        for row in plan.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for letter in plan.hidden_columns:
            sheet.set_column(f"{letter}:{letter}", None, None, {"hidden": True})
        for place, (formula, stored) in plan.formulas.items():
            sheet.write_formula(place, formula, None, stored)
        if plan.hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def _write(book: Any, sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, tuple):
        sheet.write(row, column, value[0], book.add_format({"num_format": value[1]}))
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def csv_text(rows: Sequence[Row]) -> str:
    """Comma separated text of rows."""
    stream = io.StringIO()
    csv.writer(stream).writerows([["" if value is None else value for value in row] for row in rows])
    return stream.getvalue()


def read(data: bytes, name: str = "ledger.xlsx", mapping: Corrections | None = None) -> Ledger:
    """Everything read from a file."""
    workbook = read_workbook(data, name)
    return read_records(workbook, recognise(workbook), mapping)


def read_rows(*rows: Row, **plan: Any) -> Ledger:
    """Everything read from one sheet of rows."""
    return read(xlsx(SheetPlan(rows, **plan)))


def answer(ledger: Ledger, sheet: int = 0) -> dict[str, Any]:
    """One sheet of the answer file."""
    sheets: Any = ledger.as_json()["sheets"]
    found: dict[str, Any] = sheets[sheet]
    return found


def record(ledger: Ledger, number: int = 0) -> dict[str, Any]:
    """One record of the first sheet in the answer's shape."""
    found: dict[str, Any] = answer(ledger)["records"][number]
    return found


def fields(ledger: Ledger, sheet: int = 0) -> dict[str, str | None]:
    """Column letter → field."""
    return {column["col"]: column["field"] for column in answer(ledger, sheet)["columns"]}
