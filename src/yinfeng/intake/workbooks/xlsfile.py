"""Read .xls: values by calamine; formats, hidden rows and stored errors from the record stream."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.sheetxml import plain
from yinfeng.intake.workbooks.workbook import Area, Cell, Limits, Sheet, Workbook

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_EXCEL = Context(prec=15)


def read_xls(data: bytes, filename: str, limits: Limits) -> Workbook:
    """Workbook of a compound file, as far as the format goes."""
    if _ENCRYPTED_STREAM in data:
        raise UnreadableWorkbook("encrypted")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets(book, filename, limits)
    except PasswordError as error:
        raise UnreadableWorkbook("encrypted") from error
    except CalamineError as error:
        raise UnreadableWorkbook("encrypted" if "password" in str(error).lower() else "corrupt") from error


def _sheets(book: CalamineWorkbook, filename: str, limits: Limits) -> Workbook:
    sheets = []
    budget = limits.cells
    for number, about in enumerate(book.sheets_metadata):
        sheet = Sheet(about.name, about.visible != SheetVisibleEnum.Visible)
        budget = _fill(sheet, book.get_sheet_by_index(number), budget)
        sheets.append(sheet)
    if not sheets:
        raise UnreadableWorkbook("empty")
    return Workbook(filename, sheets)


def _fill(sheet: Sheet, said: CalamineSheet, budget: int) -> int:
    for row, line in enumerate(said.to_python(skip_empty_area=False), start=1):
        cells = {column: cell for column, value in enumerate(line, start=1) if (cell := _cell(value)) is not None}
        if cells:
            sheet.rows[row] = cells
            budget -= len(cells)
        if budget < 0:
            raise UnreadableWorkbook("too_large")
    for (top, left), (bottom, right) in said.merged_cell_ranges or []:
        sheet.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))
    return budget


def _cell(value: object) -> Cell | None:
    if isinstance(value, str):
        return Cell("text", value, value) if value.strip() else None
    if isinstance(value, bool):
        return Cell("bool", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = _EXCEL.create_decimal(Decimal(str(value)))
        return Cell("number", number, plain(number))
    if isinstance(value, datetime):
        return Cell("date", value, value.isoformat(" ")[:16].removesuffix(" 00:00"), "yyyy/m/d")
    if isinstance(value, date):
        return Cell("date", datetime.combine(value, time()), value.isoformat(), "yyyy/m/d")
    if isinstance(value, time | timedelta):
        return Cell("text", str(value), str(value))
    return None
