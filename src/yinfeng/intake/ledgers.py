"""A workbook's reading plan, its rows, and what each row asks for. Pure: no rows of ours, no clock.

A plan is what a batch keeps as its mapping: the kind, and for each sheet its header, columns and what was left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from yinfeng.core.money import FACTORS, BadAmount, UnknownUnit, parse_money_text
from yinfeng.core.period import BadPeriod, Period
from yinfeng.intake.enums import RowProblem
from yinfeng.intake.workbooks import (
    ColumnMapping,
    Recognition,
    Record,
    SheetMapping,
    Workbook,
    read_records,
    recognise,
)
from yinfeng.intake.workbooks import Mapping as Correction
from yinfeng.intake.workbooks.fields import field_of
from yinfeng.intake.workbooks.ledger import LedgerSheet
from yinfeng.intake.workbooks.workbook import Sheet

Remembered = Mapping[tuple[str, str], tuple[str, str]]
SUPPORTED = frozenset({"projects", "funds", "trips"})
USED: Mapping[str, frozenset[str]] = {
    "projects": frozenset(
        {
            "name",
            "content",
            "nature",
            "site",
            "chain",
            "enterprise",
            "origin_province",
            "uscc",
            "amount_wan",
            "fixed_assets_wan",
            "contract_kind",
            "signed_on",
            "signing_event",
            "start_on",
            "stage",
            "month_funds_wan",
            "year_funds_wan",
            "months",
            "lead_unit",
        }
    ),
    "funds": frozenset(
        {
            "name",
            "month_funds_wan",
            "month_out_of_province_wan",
            "month_in_province_wan",
            "month_foreign_wan",
            "months",
            "enterprise",
            "origin_province",
            "funds_kind",
            "voucher",
        }
    ),
    "trips": frozenset(
        {
            "team",
            "trip_start_on",
            "trip_end_on",
            "destination",
            "led_by_post",
            "participants",
            "headcount",
            "visited",
            "talks",
            "next_due_on",
        }
    ),
}
NOTICES = frozenset(
    {
        "unit_in_cell", "control_characters", "formula_like_text", "hidden_row", "several_dates", "sum_mismatch",
        "missing_amount", "bad_phone", "bad_uscc", "approximate_number", "approximate_date", "year_inferred",
        "merged_amount", RowProblem.CHAIN_NOT_FOUND, RowProblem.UNIT_NOT_FOUND, RowProblem.DATE_INCOMPLETE,
        RowProblem.CONTINUES,
    }
)  # fmt: skip
"""What is shown but keeps no row from being committed: the value is certain, or openly missing."""
HARD = frozenset(
    {"missing_name", RowProblem.PROJECT_NOT_FOUND, RowProblem.NO_DAY, RowProblem.NO_FUNDS, RowProblem.OUT_OF_SCOPE}
)
"""What nobody can simply stand by: it must be mended or the row left out."""
EXAMPLES = 3


@dataclass(slots=True)
class RowRead:
    """One record row as read: values, raw cells and problems, ready to be kept."""

    sheet_no: int
    sheet: str
    row: int
    title: str
    values: dict[str, Any]
    raw: dict[str, Any]
    problems: list[dict[str, str]]
    context: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FundsWanted:
    """Money that a row says has come: when, how much, from where; ``by_month`` when the ledger names no day."""

    day: date
    amount_wan: Decimal
    origin: str
    by_month: bool = True


def read(workbook: Workbook, plan: Mapping[str, Any] | None, known: Remembered) -> tuple[dict[str, Any], list[RowRead]]:
    """The plan that holds for a workbook and the rows read under it; *known* headers were mapped by a person before."""
    recognition = recognise(workbook)
    correction = corrected(plan) if plan else remembered(recognition, known)
    ledger = read_records(workbook, recognition, correction)
    guessed = {sheet.name: guesses(sheet.columns) for sheet in recognition.sheets}
    before = {sheet["name"]: sheet for sheet in plan["sheets"]} if plan else {}
    sheets, rows = [], []
    for number, (sheet, cells) in enumerate(zip(ledger.sheets, workbook, strict=True), start=1):
        drawn = sheet_plan(sheet, cells, guessed[sheet.name], before.get(sheet.name, {}))
        drawn["asked"] = bool(drawn["asked"] or sheet.name in correction.sheets)
        sheets.append(drawn)
        rows += [row_read(number, sheet, record) for record in sheet.records]
    kind = ledger.kind or ""
    said = {"kind": kind, "guessed_kind": recognition.kind or "", "sheets": sheets}
    said["fund_kind"] = plan.get("fund_kind", "capital") if plan else "capital"
    for row in rows:
        row.values, row.raw, row.title = storable(row.values), storable(row.raw), storable(row.title)
    return storable(said), rows


def storable(value: Any) -> Any:
    """A value without what no database keeps: NUL characters and halves of characters.

    >>> storable({"甲": ["\\x00乙", 3]})
    {'甲': ['乙', 3]}
    """
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(part) for key, part in value.items()}
    return [storable(part) for part in value] if isinstance(value, list) else value


def guesses(columns: Sequence[Any]) -> dict[str, list[str]]:
    """What each column was taken for, by letter."""
    return {column.letter: [column.field or "", column.unit or ""] for column in columns}


def corrected(plan: Mapping[str, Any]) -> Correction:
    """A kept plan as the reader takes it."""
    sheets = {
        sheet["name"]: SheetMapping(
            header_rows=(sheet["header_rows"][0], sheet["header_rows"][1]) if sheet["header_rows"] else None,
            columns={
                column["letter"]: ColumnMapping(
                    column["field"] or None, column["unit"] or None, column["period"] or None
                )
                for column in sheet["columns"]
            },
            leave_out=sheet["skip"],
        )
        for sheet in plan["sheets"]
        if sheet["asked"]
    }
    kind = plan["kind"] if plan["kind"] != plan["guessed_kind"] else None
    return Correction(kind or None, sheets)


def remembered(recognition: Recognition, known: Remembered) -> Correction:
    """What a person said of the same headers before."""
    sheets = {}
    for sheet in recognition.sheets:
        columns = {
            column.letter: ColumnMapping(said[0] or None, said[1] or None, column.period)
            for column in sheet.columns
            if (said := known.get((sheet.kind or "", column.header))) is not None
            and list(said) != [column.field or "", column.unit or ""]
        }
        if columns and sheet.role == "ledger":
            sheets[sheet.name] = SheetMapping(columns=columns)
    return Correction(None, sheets)


def sheet_plan(
    sheet: LedgerSheet, cells: Sheet, guessed: Mapping[str, list[str]], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What is kept and shown of one sheet."""
    data = [record.row for record in sheet.records]
    return {
        "name": sheet.name,
        "role": sheet.role,
        "hidden": sheet.hidden,
        "skip": bool(before.get("skip", False)),
        "asked": bool(before.get("asked", False)),
        "header_rows": list(sheet.header_rows) if sheet.header_rows else None,
        "context": sheet.context,
        "columns": [
            {
                "letter": column.letter,
                "header": column.header,
                "field": column.field or "",
                "unit": column.unit or "",
                "period": column.period or "",
                "hidden": column.hidden,
                "guess": guessed.get(column.letter, ["", ""]),
                "examples": examples(cells, column.number, data),
            }
            for column in sheet.columns
        ],
        "skipped": [{"row": skipped.row, "why": skipped.why} for skipped in sheet.skipped],
        "totals": list(totals(sheet, cells)),
        "records": len(data),
    }


def examples(cells: Sheet, column: int, data: Sequence[int]) -> list[str]:
    """The first few cells of a column, to recognise it by."""
    found: list[str] = []
    for row in data[:40]:
        cell = cells.cell(row, column)
        if cell is not None and cell.text.strip() and len(found) < EXAMPLES:
            found.append(" ".join(cell.text.split())[:30])
    return found


def totals(sheet: LedgerSheet, cells: Sheet) -> Iterator[dict[str, str]]:
    """Each money column's printed total beside the sum of its records; a difference is shown, never mended."""
    row = next((skipped.row for skipped in sheet.skipped if skipped.why == "total"), None)
    if row is None or sheet.kind is None:
        return
    for column in sheet.columns:
        known = field_of(sheet.kind, column.field) if column.field else None
        cell = cells.cell(row, column.number)
        if known is None or known.type != "money" or cell is None or column.period:
            continue
        told = printed(cell.text, column.unit)
        if told is None:
            continue
        found = [amount(record.get(known.name)) for record in sheet.records]
        added = sum((part for part in found if part is not None), Decimal(0))
        yield {"letter": column.letter, "header": column.header, "told": f"{told:f}", "sum": f"{added:f}"}


def printed(text: str, unit: str | None) -> Decimal | None:
    """A printed total in 万元."""
    try:
        return parse_money_text(text, unit if unit and unit in FACTORS else "万元")
    except (BadAmount, UnknownUnit):
        return None


def row_read(number: int, sheet: LedgerSheet, record: Record) -> RowRead:
    """A record of the reader as a row to keep."""
    values = {name: value.value for name, value in record.values.items()}
    raw = {
        name: {"text": value.raw[:400], "col": value.column} for name, value in record.values.items() if value.column
    }
    keys = ("name", "enterprise", "visited", "destination", "visitor_unit", "issue")
    title = next((str(values[key]) for key in keys if values.get(key)), "")
    problems = [{"code": p.code, "column": p.column, "field": p.field} for p in record.problems]
    return RowRead(number, sheet.name, record.row, title[:240], values, raw, problems, sheet.context)


def blocking(kind: str, problem: Mapping[str, str]) -> bool:
    """Whether a problem keeps its row from being committed until a person has looked.

    >>> blocking("projects", {"code": "bad_date", "field": "signed_on"})
    True
    >>> blocking("projects", {"code": "bad_date", "field": "finish_on"})
    False
    """
    code, name = problem["code"], problem.get("field", "")
    if code == "approximate_amount":
        return kind == "funds" and name in USED["funds"]
    if code in NOTICES:
        return False
    return not name or name in USED.get(kind, frozenset())


def amount(value: Any) -> Decimal | None:
    """An exact amount out of a row's value."""
    try:
        return Decimal(value) if isinstance(value, str) and value else None
    except InvalidOperation:
        return None


def day_of(value: Any) -> date | None:
    """A day, when the ledger gives it to the day.

    >>> day_of("2025-02-20"), day_of("2025-02"), day_of(None)
    (datetime.date(2025, 2, 20), None, None)
    """
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def funds_wanted(kind: str, values: Mapping[str, Any], context: Mapping[str, str], today: date) -> list[FundsWanted]:
    """The money a row says has come, one entry for each origin or month it names.

    A ledger by month names no day: the day of reporting stands if it lies in the month, else the month's last day.
    A project ledger's sum of the year is one entry of its reporting day.
    """
    months = values.get("months")
    if isinstance(months, dict):
        found = [(_day(period, context, today), amount(said), "") for period, said in sorted(months.items())]
    elif kind == "projects" and amount(values.get("year_funds_wan")):
        found = [(day_of(context.get("reported_on")), amount(values["year_funds_wan"]), "")]
    else:
        day = _day(context.get("period") or (context.get("reported_on") or "")[:7], context, today)
        parts = {
            "out_of_province": amount(values.get("month_out_of_province_wan")),
            "in_province": amount(values.get("month_in_province_wan")),
            "foreign": amount(values.get("month_foreign_wan")),
        }
        whole = amount(values.get("month_funds_wan"))
        told = {origin: part for origin, part in parts.items() if part}
        apart = told if told and (whole is None or sum(told.values()) == whole) else {"": whole}
        found = [(day, part, origin) for origin, part in apart.items()]
    return [FundsWanted(day, said, origin) for day, said, origin in found if day is not None and said]


def _day(period: str, context: Mapping[str, str], today: date) -> date | None:
    """The day under which a month's money is entered; none for a month that has not begun."""
    try:
        month = Period.parse(period)
    except BadPeriod:
        return None
    reported = day_of(context.get("reported_on"))
    if reported is not None and month.contains(reported):
        return min(reported, today)
    return min(month.last, today) if month.first <= today else None
