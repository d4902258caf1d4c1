"""What the page of a workbook shows: how it was read, row by row, with every doubt beside its cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.core.money import format_wan
from yinfeng.intake.enums import RowProblem, RowState
from yinfeng.intake.ledgers import blocking
from yinfeng.intake.models import Batch, BatchRow
from yinfeng.intake.queries.matching import decimal_of
from yinfeng.intake.workbooks.fields import FIELDS, PROBLEMS, WORDS, Field, field_of

NUMERIC = frozenset({"money", "usd", "quantity", "rate"})
PERSONAL = frozenset({"contact", "phone", "officer_phone", "reporter", "reviewer"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the cell it was read from and what is doubtful about it."""

    name: str
    text: str
    raw: str
    problems: tuple[str, ...]
    numeric: bool
    blocking: bool


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the preview."""

    record: BatchRow
    cells: tuple[Cell, ...]
    notes: tuple[tuple[str, bool], ...]
    match: tuple[str, str] = ("", "")
    made: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total beside the sum of the rows, both in 万元."""

    sheet: str
    header: str
    told: Decimal
    added: Decimal

    @property
    def gap(self) -> Decimal:
        """How much the printed total exceeds the rows."""
        return self.told - self.added


@dataclass(frozen=True, slots=True)
class Preview:
    """A page of rows with its columns."""

    fields: tuple[Field, ...]
    rows: tuple[PreviewRow, ...]
    totals: tuple[Total, ...] = field(default=())

    @property
    def gaps(self) -> int:
        """How many printed totals differ from their rows."""
        return sum(1 for total in self.totals if total.gap)


def batches_listed(actor: Actor) -> QuerySet[Batch]:
    """Workbooks with how many rows they have and how many are doubtful."""
    rows: QuerySet[Batch] = Batch.objects.visible_to(actor).order_by("-id")
    return rows.annotate(total=Count("rows"), doubtful=Count("rows", filter=Q(rows__state=RowState.DOUBTFUL)))


def rows_of(batch: Batch, actor: Actor, *, state: str, sheet: str) -> QuerySet[BatchRow]:
    """A workbook's rows in their order."""
    rows: QuerySet[BatchRow] = BatchRow.objects.visible_to(actor).filter(batch=batch).order_by("sheet_no", "row")
    if state in RowState.values:
        rows = rows.filter(state=state)
    if sheet.isascii() and sheet.isdigit() and len(sheet) < 5:
        rows = rows.filter(sheet_no=int(sheet))
    return rows


def state_counts(batch: Batch) -> dict[str, int]:
    """How many rows are in each state."""
    found = dict.fromkeys(RowState.values, 0)
    rows = BatchRow.objects.filter(batch=batch).values_list("state").annotate(n=Count("id")).order_by()
    found.update(dict(rows))
    return found


def mapped_fields(batch: Batch) -> tuple[Field, ...]:
    """The fields that a workbook's columns are mapped to, in the order of their kind; telephones are not shown."""
    if batch.kind not in FIELDS:
        return ()
    sheets = [sheet for sheet in batch.mapping.get("sheets", []) if not sheet["skip"]]
    names = {column["field"] for sheet in sheets for column in sheet["columns"] if column["field"]}
    names |= {second for name in names if (known := field_of(batch.kind, name)) and (second := known.pairs_with)}
    return tuple(known for known in FIELDS[batch.kind] if known.name in names - PERSONAL - {"seq"})


def preview_of(batch: Batch, rows: Sequence[BatchRow]) -> Preview:
    """Rows with their cells, and the totals of the sheets."""
    fields = mapped_fields(batch)
    present = {name for row in rows for name in row.values}
    months = {"month_funds_wan"} if "months" in present else set()
    shown = tuple(known for known in fields if known.name in (present | months) - {"name"})
    return Preview(shown, tuple(preview_row(batch, row, shown) for row in rows), totals_of(batch))


def preview_row(batch: Batch, row: BatchRow, fields: Sequence[Field]) -> PreviewRow:
    """One row; problems of fields that are not shown stand with the row."""
    link = assembled().link
    names = {known.name for known in fields}
    cells = tuple(cell_of(batch, row, known) for known in fields)
    notes = [
        (problem_words(problem["code"]), blocking(batch.kind, problem) and not row.settled)
        for problem in row.problems
        if problem.get("field", "") not in names
    ]
    match = ("", "")
    if row.match_code and not row.results:
        match = (row.match_label, link(row.match_type, row.match_code))
    made = tuple((result["label"], link(result["type"], result["code"])) for result in row.results)
    return PreviewRow(row, cells, tuple(dict.fromkeys(notes)), match, made)


def cell_of(batch: Batch, row: BatchRow, known: Field) -> Cell:
    """One cell of the preview."""
    value = row.values.get(known.name)
    if known.name == "month_funds_wan" and isinstance(row.values.get("months"), dict):
        value = row.values["months"]
    own = [problem for problem in row.problems if problem.get("field") == known.name]
    raw = row.raw.get(known.name, {}).get("text", "")
    return Cell(
        known.name,
        shown(known, value),
        raw if own else "",
        tuple(dict.fromkeys(problem_words(problem["code"]) for problem in own)),
        known.type in NUMERIC,
        any(blocking(batch.kind, problem) for problem in own) and not row.settled,
    )


def shown(known: Field, value: Any) -> str:
    """A value in the words of the page."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        return _("；").join(
            f"{period} {format_wan(decimal_of(part))}" for period, part in sorted(value.items()) if part
        )
    if isinstance(value, list):
        return _("、").join(word_of(known.words, str(item)) for item in value)
    if known.type == "money":
        return format_wan(decimal_of(value))
    if known.type == "rate":
        number = decimal_of(value)
        return f"{number * 100:.2f}%" if number is not None else str(value)
    return word_of(known.words, str(value)) if known.words else str(value)


def word_of(words: str, value: str) -> str:
    """The ledger's own word for a code."""
    return next(iter(WORDS.get(words, {}).get(value, ())), value)


def problem_words(code: str) -> str:
    """A problem as the person reads it."""
    return str(RowProblem(code).label) if code in RowProblem.values else _(PROBLEMS.get(code, code))


def totals_of(batch: Batch) -> tuple[Total, ...]:
    """Printed totals beside the sums of the rows."""
    return tuple(
        Total(sheet["name"], total["header"], Decimal(total["told"]), Decimal(total["sum"]))
        for sheet in batch.mapping.get("sheets", [])
        if not sheet["skip"]
        for total in sheet.get("totals", [])
    )
