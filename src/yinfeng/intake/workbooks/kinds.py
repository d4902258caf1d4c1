"""Recognise a workbook: its kind, the part each sheet plays, headers, columns and rows."""

import re
from collections import Counter
from dataclasses import dataclass, field

from yinfeng.intake.workbooks.cells.text import fold
from yinfeng.intake.workbooks.columns import Column, assign_fields, read_columns
from yinfeng.intake.workbooks.context import Context, read_context
from yinfeng.intake.workbooks.fields import FIELDS, KEYS, KINDS
from yinfeng.intake.workbooks.headers import find_header, header_paths, implied_groups
from yinfeng.intake.workbooks.rows import RowClasses, classify
from yinfeng.intake.workbooks.workbook import Sheet, Workbook

_TITLES = {
    "funds": re.compile(r"到位资金|资金到位|到资|到账资金"),
    "trips": re.compile(r"外出|出访|赴外|招商小分队|招商小组|走出去"),
    "receptions": re.compile(r"接待|来访|来宾"),
    "issues": re.compile(r"问题|要素保障|诉求|堵点|销号|难点"),
    "leads": re.compile(r"线索"),
    "projects": re.compile(r"项目(?!到位)|动态管理|签约"),
}
_TITLE_WORTH = {"projects": 1.0}
_HANDICAP = {"funds": 2.5, "leads": 0.5, "issues": 0.5}
_MEASURES = frozenset({"money", "usd", "quantity", "rate"})
NUMERIC_FIELDS = {
    kind: frozenset(said.name for said in fields if said.type in _MEASURES) for kind, fields in FIELDS.items()
}
_NOTES = re.compile(r"说明|须知|要求|注意|口径|解释|填报指南")
_DICTIONARY = re.compile(r"字典|选项|下拉|枚举|参数|数据源|代码")


@dataclass(slots=True)
class SheetRecognition:
    """What one sheet is and how it is laid out; only a ledger has a header."""

    name: str
    role: str
    hidden: bool = False
    kind: str | None = None
    context: Context = field(default_factory=Context)
    header_rows: tuple[int, int] | None = None
    columns: list[Column] = field(default_factory=list)
    rows: RowClasses = field(default_factory=RowClasses)


@dataclass(slots=True)
class Recognition:
    """What a workbook is taken for."""

    kind: str | None
    sheets: list[SheetRecognition]


def recognise(workbook: Workbook) -> Recognition:
    """Kind, roles, headers, columns and row classes of a workbook."""
    headers = [None if sheet.hidden else find_header(sheet) for sheet in workbook]
    votes: Counter[str] = Counter()
    for sheet, header in zip(workbook, headers, strict=True):
        if header is not None:
            kind, worth = likeliest_kind(sheet, header, workbook.filename)
            if kind:
                votes[kind] += int(worth * 100) + min(len(sheet.rows), 200)
    kind = votes.most_common(1)[0][0] if votes else None
    sheets = [_recognise(sheet, header, kind) for sheet, header in zip(workbook, headers, strict=True)]
    return Recognition(kind, sheets)


def likeliest_kind(sheet: Sheet, header: tuple[int, int], filename: str) -> tuple[str | None, float]:
    """Kind whose fields and words fit a sheet best, None when its key column fits none."""
    paths = _wide_paths(sheet, header)
    words = fold(
        " ".join(cell.text for row in sorted(sheet.rows) if row < header[0] for cell in sheet.rows[row].values())
    ) + fold(sheet.name)
    best: tuple[str | None, float] = (None, 0.0)
    for kind in KINDS:
        fields = {name for name, _ in assign_fields(kind, paths, 2000).values()}
        if not fields.intersection(KEYS[kind]) or len(fields - {"seq", "remark"}) < 2:
            continue
        worth = len(fields) - _HANDICAP.get(kind, 0.0)
        worth += _TITLE_WORTH.get(kind, 5.0) * bool(_TITLES[kind].search(words)) + bool(
            _TITLES[kind].search(fold(filename))
        )
        if worth > best[1]:
            best = (kind, worth)
    return best


def _wide_paths(sheet: Sheet, header: tuple[int, int]) -> dict[int, list[str]]:
    return implied_groups(sheet, *header, header_paths(sheet, *header))


def _recognise(sheet: Sheet, header: tuple[int, int] | None, kind: str | None) -> SheetRecognition:
    if header is not None and kind is not None:
        found = recognise_sheet(sheet, kind, header)
        if found.role == "ledger":
            return found
        own, worth = likeliest_kind(sheet, header, "")
        if own is not None and own != kind and worth >= 6 and not _is_summary(sheet):
            return recognise_sheet(sheet, own, header)
    return SheetRecognition(sheet.name, _role(sheet, header), sheet.hidden)


def recognise_sheet(sheet: Sheet, kind: str, header: tuple[int, int], *, always: bool = False) -> SheetRecognition:
    """One sheet taken as a ledger of a kind; a summary when the key column is missing, unless asked for *always*."""
    paths = header_paths(sheet, *header)
    context = read_context(sheet, header[0], sheet.last_row + 1)
    columns = _columns(sheet, kind, header, paths, context)
    fields = {column.field for column in columns}
    if not always and (not fields.intersection(KEYS[kind]) or len(fields - {None, "seq", "remark"}) < 2):
        return SheetRecognition(sheet.name, "summary", sheet.hidden)
    rows = classify(sheet, kind, header, columns, NUMERIC_FIELDS[kind])
    last = max(rows.data, default=header[1])
    context = read_context(sheet, header[0], last + 1)
    return SheetRecognition(
        sheet.name, "ledger", sheet.hidden, kind, context, header, _columns(sheet, kind, header, paths, context), rows
    )


def _columns(
    sheet: Sheet, kind: str, header: tuple[int, int], paths: dict[int, list[str]], context: Context
) -> list[Column]:
    wide = implied_groups(sheet, *header, paths)
    return read_columns(
        kind, paths, wide, sheet.hidden_columns,
        declared=context.unit, foreign_in_dollars=context.foreign_in_dollars, year=context.year,
    )  # fmt: skip


def _is_summary(sheet: Sheet) -> bool:
    return bool(re.search(r"汇总|统计表|合计", sheet.name))


def _role(sheet: Sheet, header: tuple[int, int] | None) -> str:
    """Part of a sheet that is no ledger."""
    if not sheet.rows:
        return "empty"
    if _DICTIONARY.search(sheet.name):
        return "dictionary"
    if header is not None and not sheet.hidden:
        return "summary"
    width = max(len(cells) for cells in sheet.rows.values())
    if width <= 2 and (
        _NOTES.search(sheet.name) or any(_NOTES.search(cell.text) for cell in next(iter(sheet.rows.values())).values())
    ):
        return "notes"
    if width <= 1:
        return "notes"
    return (
        "summary"
        if any(cell.kind == "number" for cells in sheet.rows.values() for cell in cells.values())
        else "dictionary"
    )
