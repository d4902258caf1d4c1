"""Read the records of recognised sheets, cell by cell, never guessing without saying so."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from yinfeng.intake.workbooks.cells.text import fold, is_placeholder, is_repeat
from yinfeng.intake.workbooks.columns import Column
from yinfeng.intake.workbooks.fields import AMOUNT_ALWAYS, FIELDS, KEYS, Field, field_of
from yinfeng.intake.workbooks.headers import find_header, header_text
from yinfeng.intake.workbooks.headings import Headings, told_by_title
from yinfeng.intake.workbooks.kinds import NUMERIC_FIELDS, Recognition, SheetRecognition, recognise_sheet
from yinfeng.intake.workbooks.ledger import Ledger, LedgerSheet, Record, Value
from yinfeng.intake.workbooks.rows import classify
from yinfeng.intake.workbooks.values import Surroundings, read_cell
from yinfeng.intake.workbooks.workbook import Area, Cell, Sheet, Workbook

_DEEPEST_MERGE = 5_000
_MOST_MERGED = 1_000_000
_STATUS_WORDS = {"issues": "issue_status", "receptions": "reception_status"}
_SUMS = (
    ("year_funds_wan", ("out_of_province_wan", "in_province_wan", "foreign_wan")),
    ("month_funds_wan", ("month_out_of_province_wan", "month_in_province_wan", "month_foreign_wan")),
)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A person's word on one column: its field (None leaves it out) and, if given, its unit and period."""

    field: str | None
    unit: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """A person's word on one sheet; what is left out stays as recognised."""

    header_rows: tuple[int, int] | None = None
    columns: Dictionary[str, ColumnMapping] = field(default_factory=dict)
    leave_out: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """A person's corrections of a recognition, by sheet name; naming a hidden sheet asks for it."""

    kind: str | None = None
    sheets: Dictionary[str, SheetMapping] = field(default_factory=dict)


def read_records(workbook: Workbook, recognition: Recognition, mapping: Mapping | None = None) -> Ledger:
    """Everything a careful clerk would enter from a workbook."""
    mapping = mapping or Mapping()
    kind = mapping.kind or recognition.kind
    sheets = []
    for sheet, recognised in zip(workbook, recognition.sheets, strict=True):
        corrected = corrected_sheet(sheet, recognised, mapping.sheets.get(sheet.name), mapping.kind, kind)
        sheets.append(_read_sheet(sheet, corrected))
    return Ledger(workbook.filename, kind, sheets)


def corrected_sheet(
    sheet: Sheet, recognised: SheetRecognition, said: SheetMapping | None, forced: str | None, kind: str | None
) -> SheetRecognition:
    """A sheet's recognition with a person's corrections; rows are classed anew under them."""
    if said is not None and said.leave_out:
        return SheetRecognition(sheet.name, recognised.role if recognised.role != "ledger" else "summary", sheet.hidden)
    wanted = forced or recognised.kind or kind
    if wanted is None or (
        said is None and (forced is None or recognised.kind == forced or recognised.header_rows is None)
    ):
        return recognised
    header = (said.header_rows if said else None) or recognised.header_rows or find_header(sheet)
    if header is None:
        return recognised
    found = recognise_sheet(sheet, wanted, header, always=said is not None)
    if said is None or not said.columns:
        return found
    columns = [_corrected_column(column, said.columns.get(column.letter), wanted) for column in found.columns]
    rows = classify(sheet, wanted, header, columns, NUMERIC_FIELDS[wanted])
    return replace(found, columns=columns, rows=rows)


def _corrected_column(column: Column, said: ColumnMapping | None, kind: str) -> Column:
    if said is None:
        return column
    known = field_of(kind, said.field) if said.field else None
    unit = said.unit or (column.unit if known and known.type in ("money", "usd", "quantity", "rate") else None)
    return replace(
        column,
        field=said.field,
        unit=unit,
        period=said.period or (column.period if said.field == "month_funds_wan" else None),
    )


class _Cells:
    """Cells of the data rows with merged cells reaching down and 同上 followed up."""

    def __init__(self, sheet: Sheet, columns: list[Column], data: list[int]) -> None:
        self._sheet = sheet
        self._data = set(data)
        self._down: dict[tuple[int, int], Area] = {}
        last = sheet.last_row
        wanted = {column.number for column in columns}
        for area in sheet.merged:
            if area.bottom > area.top and area.left in wanted and len(self._down) < _MOST_MERGED:
                reach = min(area.bottom, last, area.top + _DEEPEST_MERGE)
                for row in range(area.top + 1, reach + 1):
                    self._down[row, area.left] = area
        self._above: dict[int, Cell] = {}

    def at(self, row: int, column: int) -> tuple[Cell | None, bool]:
        """The cell that holds for a place, and whether it was merged down from a row above."""
        cell = self._sheet.cell(row, column)
        merged = False
        if cell is None and (area := self._down.get((row, column))) is not None:
            cell = self._sheet.cell(area.top, area.left)
            merged = cell is not None
        if cell is not None and cell.kind == "text" and is_repeat(cell.text):
            cell = self._above.get(column, cell)
        if cell is not None:
            self._above[column] = cell
        else:
            self._above.pop(column, None)
        return cell, merged

    def same_cell(self, row: int, other: int, column: int) -> bool:
        """Whether one merged cell covers both rows."""
        area = self._down.get((row, column))
        return area is not None and area.top <= other


@dataclass(slots=True)
class _Sheet:
    """A sheet while its records are read."""

    kind: str
    columns: list[tuple[Column, Field]]
    cells: _Cells
    around: Surroundings
    headings: Headings
    hidden_rows: set[int]
    seen: dict[str, int] = field(default_factory=dict)


def _read_sheet(sheet: Sheet, recognised: SheetRecognition) -> LedgerSheet:
    if recognised.role != "ledger" or recognised.header_rows is None or recognised.kind is None:
        return LedgerSheet(sheet.name, recognised.role, sheet.hidden)
    kind = recognised.kind
    reading = _prepared(sheet, recognised, kind)
    headings = {skipped.row: skipped.heading for skipped in recognised.rows.skipped if skipped.heading}
    records = []
    for row in sorted({*recognised.rows.data, *headings}):
        if row in headings:
            reading.headings.enter(headings[row])
        else:
            records.append(_read_row(row, reading))
    return LedgerSheet(
        sheet.name, "ledger", sheet.hidden, kind, recognised.context.as_json(), recognised.header_rows, recognised.columns,
        recognised.rows.skipped, records,
    )  # fmt: skip


def _prepared(sheet: Sheet, recognised: SheetRecognition, kind: str) -> _Sheet:
    columns = [
        (column, known) for column in recognised.columns if column.field and (known := field_of(kind, column.field))
    ]
    given = {known.name for _, known in columns}
    possible = {known.name for known in FIELDS[kind]}
    wanted = frozenset({"stage", "nature", "chain", "status"} & possible - given)
    status = _STATUS_WORDS.get(kind, "")
    outer = told_by_title(recognised.context.title, sheet.name, status)
    return _Sheet(
        kind, columns, _Cells(sheet, recognised.columns, recognised.rows.data), Surroundings(kind, recognised.context.year),
        Headings(wanted, status, outer), sheet.hidden_rows,
    )  # fmt: skip


def _read_row(row: int, sheet: _Sheet) -> Record:
    record = Record(row)
    for column, known in sheet.columns:
        cell, merged = sheet.cells.at(row, column.number)
        if cell is not None:
            _read_into(record, cell, column, known, sheet, merged=merged)
    if row in sheet.hidden_rows:
        record.add("hidden_row")
    for name, value in sheet.headings.values().items():
        record.values.setdefault(name, Value(value))
    _check_amount(record, sheet)
    _check_name(record, sheet)
    _check_sums(record)
    return record


def _read_into(record: Record, cell: Cell, column: Column, known: Field, sheet: _Sheet, *, merged: bool) -> None:
    letter = column.letter
    if merged and known.name in NUMERIC_FIELDS[sheet.kind]:
        record.values[known.name] = Value(None, header_text(cell.text), letter)
        record.add("merged_amount", letter, known.name)
        return
    reading = read_cell(cell, column, known, sheet.around)
    for code in reading.problems:
        record.add(code, letter, known.name)
    raw = cell.text.replace("\x00", "")  # a database refuses this one character
    for place, (name, value) in enumerate(reading.values):
        if column.period and name == "month_funds_wan":
            _add_month(record, column.period, value if isinstance(value, str) else None, raw, letter)
        elif place == 0 or record.get(name) is None:
            record.values[name] = Value(value, raw, letter)


def _add_month(record: Record, period: str, value: str | None, raw: str, letter: str) -> None:
    months = record.values.setdefault("months", Value({}, "", letter))
    if isinstance(months.value, dict):
        months.value[period] = value
        months.raw = f"{months.raw} {raw}".strip()


def _check_amount(record: Record, sheet: _Sheet) -> None:
    """Projects, funds and leads with an amount column always say an amount or that none was given."""
    column = next((column for column, known in sheet.columns if known.name == "amount_wan"), None)
    if sheet.kind not in AMOUNT_ALWAYS or column is None:
        return
    said = record.values.get("amount_wan")
    if said is None:
        record.values["amount_wan"] = Value(None, "", column.letter)
        if record.get("amount_usd_wan") is None:
            record.add("missing_amount", column.letter, "amount_wan")
    elif said.value is None and (is_placeholder(said.raw) or is_repeat(said.raw)):
        record.add("missing_amount", column.letter, "amount_wan")


def _check_name(record: Record, sheet: _Sheet) -> None:
    keys = [(column, known) for column, known in sheet.columns if known.name in KEYS[sheet.kind]]
    if keys and not any(record.get(known.name) for _, known in keys):
        record.add("missing_name", keys[0][0].letter, keys[0][1].name)
    name = record.get("name")
    if sheet.kind not in AMOUNT_ALWAYS or not isinstance(name, str):
        return
    folded = fold(name)
    earlier = sheet.seen.get(folded)
    column = next((column for column, known in sheet.columns if known.name == "name"), None)
    if earlier is not None and column is not None and not sheet.cells.same_cell(record.row, earlier, column.number):
        record.add("duplicate_name", column.letter, "name")
    sheet.seen.setdefault(folded, record.row)


def _check_sums(record: Record) -> None:
    for total, parts in _SUMS:
        told = [_decimal(record.get(part)) for part in parts]
        whole = _decimal(record.get(total))
        known = [part for part in told if part is not None]
        if (
            whole is not None
            and len(known) > 1
            and abs(sum(known) - whole) > 1
            and "foreign_usd_wan" not in record.values
        ):
            record.add("sum_mismatch", record.values[total].column, total)


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
