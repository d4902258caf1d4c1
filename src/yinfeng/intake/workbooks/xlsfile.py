"""Read .xls: values by calamine; formats, hidden rows and stored errors from the record stream."""

import io
import struct
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from yinfeng.intake.workbooks.biff import SheetDetails, is_encrypted, sheet_details
from yinfeng.intake.workbooks.compound import CompoundDamaged, read_stream
from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.sheetxml import plain
from yinfeng.intake.workbooks.workbook import Area, Cell, Limits, Sheet, Workbook

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OTHER_STREAMS = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document", "__properties_version1")
)
_EXCEL = Context(prec=15)
_DAY_FORMAT = "yyyy/m/d"


def read_xls(data: bytes, filename: str, limits: Limits) -> Workbook:
    """Workbook of a compound file, as far as the format goes."""
    if _ENCRYPTED_STREAM in data:
        raise UnreadableWorkbook("encrypted")
    details = _details(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets(book, filename, limits, details)
    except PasswordError as error:
        raise UnreadableWorkbook("encrypted") from error
    except CalamineError as error:
        raise UnreadableWorkbook("corrupt") from error


def _details(data: bytes) -> dict[str, SheetDetails]:
    try:
        stream = read_stream(data, "Workbook", "Book")
    except CompoundDamaged as error:
        raise UnreadableWorkbook("corrupt") from error
    if stream is None:
        raise UnreadableWorkbook("unsupported" if any(name in data for name in _OTHER_STREAMS) else "corrupt")
    if is_encrypted(stream):
        raise UnreadableWorkbook("encrypted")
    try:
        return sheet_details(stream)
    except (struct.error, IndexError):
        return {}


def _sheets(book: CalamineWorkbook, filename: str, limits: Limits, details: dict[str, SheetDetails]) -> Workbook:
    sheets = []
    budget = limits.cells
    for number, about in enumerate(book.sheets_metadata):
        sheet = Sheet(about.name, about.visible != SheetVisibleEnum.Visible)
        budget = _fill(sheet, book.get_sheet_by_index(number), budget, details.get(about.name, SheetDetails()))
        sheets.append(sheet)
    if not sheets:
        raise UnreadableWorkbook("empty")
    return Workbook(filename, sheets)


def _fill(sheet: Sheet, said: CalamineSheet, budget: int, details: SheetDetails) -> int:
    sheet.hidden_rows, sheet.hidden_columns = details.hidden_rows, details.hidden_columns
    for row, line in enumerate(said.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(line, start=1):
            cell = _stored(value, (row, column), details)
            if cell is not None:
                sheet.rows.setdefault(row, {})[column] = cell
                budget -= 1
        if budget < 0:
            raise UnreadableWorkbook("too_large")
    for (top, left), (bottom, right) in said.merged_cell_ranges or []:
        sheet.merged.append(Area(top + 1, left + 1, bottom + 1, right + 1))
    return budget


def _stored(value: object, place: tuple[int, int], details: SheetDetails) -> Cell | None:
    if place in details.errors:
        return Cell("error", details.errors[place], details.errors[place])
    if value == "" and place in details.without_value:
        return Cell("formula", "", "")
    return _cell(value, details.formats.get(place, ""))


def _cell(value: object, code: str) -> Cell | None:
    if isinstance(value, str):
        return Cell("text", value, value) if value.strip() else None
    if isinstance(value, bool):
        return Cell("bool", value, "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        number = _EXCEL.create_decimal(Decimal(str(value)))
        return Cell("number", number, plain(number), code) if number.is_finite() else None
    if isinstance(value, datetime):
        return Cell("date", value, value.isoformat(" ")[:16].removesuffix(" 00:00"), code or _DAY_FORMAT)
    if isinstance(value, date):
        return Cell("date", datetime.combine(value, time()), value.isoformat(), code or _DAY_FORMAT)
    if isinstance(value, time | timedelta):
        return Cell("text", str(value), str(value))
    return None
