"""Ledgers as real workbooks in an office's own layout: title, unit line, merged headers, formats, totals, print set-up.

Rows are streamed and never held, so a hundred thousand of them need no more memory than a hundred.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

import xlsxwriter

from yinfeng.core.documents.cells import CellValue, cell_text, is_formula_like
from yinfeng.core.ratio import Ratio, RatioMode

_LONGEST_TEXT = 32_000  # Excel refuses 32 768
_BODY_FONT, _HEAD_FONT, _TITLE_FONT = "宋体", "黑体", "方正小标宋简体"


class Kind(StrEnum):
    """How a column is formatted and aligned."""

    TEXT = "text"
    CENTRED = "centred"
    COUNT = "count"
    MONEY2 = "money2"
    MONEY4 = "money4"
    DATE = "date"
    PERCENT = "percent"


class Paper(StrEnum):
    """Paper of the printed ledger."""

    A3 = "A3"
    A4 = "A4"


_PAPER_NUMBER = {Paper.A3: 8, Paper.A4: 9}
_NUMBER_FORMAT = {
    Kind.COUNT: "#,##0",
    Kind.MONEY2: "#,##0.00",
    Kind.MONEY4: "#,##0.0000",
    Kind.DATE: "yyyy-mm-dd",
    Kind.PERCENT: '0.00"%"',
}
_ALIGN = {Kind.TEXT: "left", Kind.CENTRED: "center", Kind.DATE: "center"}
_WIDTH = {Kind.TEXT: 22.0, Kind.CENTRED: 10.0, Kind.COUNT: 9.0, Kind.DATE: 12.0, Kind.PERCENT: 10.0}


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``header`` is its heading or the path of merged headings above it (本年累计 › 省外).

    Amounts are written in the unit they come in: convert before, and say the unit in the layout. ``total`` asks for the
    sum at the foot; of ratios it divides the summed figures. Truncation of a percentage is the column's.
    """

    header: str | tuple[str, ...]
    kind: Kind = Kind.TEXT
    width: float | None = None
    total: bool = False
    mode: str = RatioMode.ROUND

    @property
    def path(self) -> tuple[str, ...]:
        """Its headings from the top."""
        return (self.header,) if isinstance(self.header, str) else self.header


@dataclass(frozen=True, slots=True)
class LedgerLayout:
    """A sheet as an office keeps it: what stands above, beside and below the rows."""

    title: str
    columns: tuple[Column, ...]
    sheet_name: str = ""
    reporter: str = ""
    reported_on_text: str = ""
    money_unit: str = ""
    numbered: bool = True
    total_label: str = "合计"
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    paper: Paper = Paper.A3
    frozen_columns: int = 2
    filterable: bool = True

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns with the running number in front, if there is one."""
        return (Column("序号", Kind.CENTRED, 5.5), *self.columns) if self.numbered else self.columns

    @property
    def has_totals(self) -> bool:
        """Whether a total row closes the table."""
        return any(column.total for column in self.columns)


@dataclass(slots=True)
class _Sum:
    """The running exact total of one column; of ratios both figures are added up."""

    amount: Decimal = Decimal(0)
    base: Decimal = Decimal(0)
    is_ratio: bool = False
    is_empty: bool = True

    def add(self, value: CellValue) -> None:
        self.is_empty = self.is_empty and value is None
        if isinstance(value, Ratio):
            self.amount, self.base, self.is_ratio = self.amount + value.numerator, self.base + value.denominator, True
        elif isinstance(value, (int, Decimal)):
            self.amount += value


def write_ledger(stream: BinaryIO, layout: LedgerLayout, rows: Iterable[Sequence[CellValue]]) -> int:
    """Write one ledger as a workbook and return how many rows it has."""
    return write_workbook(stream, [(layout, rows)])


def write_workbook(stream: BinaryIO, sheets: Iterable[tuple[LedgerLayout, Iterable[Sequence[CellValue]]]]) -> int:
    """Write several ledgers as the sheets of one workbook and return how many rows they have together."""
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False})
    names: list[str] = []
    count = 0
    try:
        for layout, rows in sheets:
            names.append(sheet_name(layout.sheet_name or layout.title, names))
            count += _Sheet(book, book.add_worksheet(names[-1]), layout).write(rows)
    except BaseException:
        book.filename = io.BytesIO()  # closing frees the scratch files; half a ledger goes nowhere
        book.close()
        raise
    book.close()
    return count


def sheet_name(wanted: str, taken: Sequence[str] = ()) -> str:
    """A name Excel accepts: no ``[]:*?/\\``, at most 31 characters, not one of *taken*.

    >>> sheet_name("2025/3月", ["2025-3月"])
    '2025-3月 (2)'
    """
    name = re.sub(r"[\[\]:*?/\\]", "-", cell_text(wanted).replace("\n", " ")).strip("'")[:31] or "Sheet"
    used = {other.lower() for other in taken}
    candidate, number = name, 2
    while candidate.lower() in used:
        mark = f" ({number})"
        candidate, number = name[: 31 - len(mark)] + mark, number + 1
    return candidate


@dataclass
class _Sheet:
    """One sheet being written from top to bottom; nothing above the current row can be touched any more."""

    book: Any
    sheet: Any
    layout: LedgerLayout
    row: int = 0
    formats: dict[tuple[str, str], Any] = field(default_factory=dict)

    def write(self, rows: Iterable[Sequence[CellValue]]) -> int:
        columns = self.layout.all_columns
        self._set_widths(columns)
        self._write_head()
        head = self.row
        self._write_header(columns)
        first = self.row
        count = self._write_rows(columns, rows)
        self._write_foot(columns)
        self._set_up_page(head, first, count)
        return count

    # -- formats -----------------------------------------------------------------------------------------------------

    def _format(self, role: str, kind: Kind = Kind.TEXT) -> Any:
        """The format of a role (body, total, head …) and kind, made once."""
        key = (role, kind)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_properties(role, kind))
        return self.formats[key]

    # -- parts from top to bottom ------------------------------------------------------------------------------------

    def _set_widths(self, columns: Sequence[Column]) -> None:
        for index, column in enumerate(columns):
            width = column.width or max(_WIDTH.get(column.kind, 14.0), 2.1 * min(len(column.path[-1]), 8))
            self.sheet.set_column(index, index, width)

    def _write_head(self) -> None:
        """Title and the line of 填报单位, 填报时间 and 单位."""
        last = len(self.layout.all_columns) - 1
        self.sheet.set_row(self.row, 34)
        self._across(0, last, cell_text(self.layout.title), "title")
        self.row += 1
        pieces = [
            f"填报单位：{cell_text(self.layout.reporter)}" if self.layout.reporter else "",
            f"填报时间：{self.layout.reported_on_text}" if self.layout.reported_on_text else "",
            f"单位：{self.layout.money_unit}" if self.layout.money_unit else "",
        ]
        if not any(pieces):
            return
        if last < 2:
            self._across(0, last, "    ".join(filter(None, pieces)), "unit_left")
        else:
            cuts = [0, (last + 1) // 3, (last + 1) * 2 // 3, last + 1]
            for index, role in enumerate(("unit_left", "unit_middle", "unit_right")):
                self._across(cuts[index], cuts[index + 1] - 1, pieces[index], role)
        self.row += 1

    def _across(self, first: int, last: int, text: str, role: str) -> None:
        """A text over several columns of the current row."""
        style = self._format(role)
        self.sheet.write_string(self.row, first, text, style)
        for column in range(first + 1, last + 1):
            self.sheet.write_blank(self.row, column, None, style)
        self._merge(self.row, first, self.row, last)

    def _merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        # merge_range() would write cells of rows below and so close the current one, which streaming forbids;
        # the cells are written by us, only the range is registered.
        if (first_row, first_column) != (last_row, last_column):
            self.sheet.merge.append([first_row, first_column, last_row, last_column])

    def _write_header(self, columns: Sequence[Column]) -> None:
        """The heading rows; equal neighbours merge sideways, a short path reaches down to the last row."""
        paths = [column.path for column in columns]
        depth = max(map(len, paths))
        style = self._format("head")
        for level in range(depth):
            for index, path in enumerate(paths):
                if level < len(path) and not (index and _shares_heading(paths[index - 1], path, level)):
                    self.sheet.write_string(self.row + level, index, cell_text(path[level]), style)
                    self._merge_heading(paths, level, index, depth)
                else:
                    self.sheet.write_blank(self.row + level, index, None, style)
        self.row += depth

    def _merge_heading(self, paths: Sequence[tuple[str, ...]], level: int, index: int, depth: int) -> None:
        path = paths[index]
        is_leaf = level == len(path) - 1
        last = index
        while last + 1 < len(paths) and _shares_heading(path, paths[last + 1], level):
            last += 1
        self._merge(self.row + level, index, self.row + (depth - 1 if is_leaf else level), last)

    def _write_rows(self, columns: Sequence[Column], rows: Iterable[Sequence[CellValue]]) -> int:
        first, sums = self.row, [_Sum() for _ in columns]
        summed = [index for index, column in enumerate(columns) if column.total]
        for number, values in enumerate(rows, start=1):
            cells: Sequence[CellValue] = (number, *values) if self.layout.numbered else values
            for index, (column, value) in enumerate(zip(columns, cells, strict=True)):
                self._write_cell(index, column, value, "body")
            for index in summed:
                sums[index].add(cells[index])
            self.row += 1
        count = self.row - first
        if self.layout.has_totals:
            self._write_totals(columns, sums, first)
        return count

    def _write_cell(self, index: int, column: Column, value: CellValue, role: str) -> None:
        style = self._format(role, column.kind)
        if value is None:
            self.sheet.write_blank(self.row, index, None, style)
        elif isinstance(value, str):
            self._write_text(index, value, column.kind, role)
        elif isinstance(value, bool):
            self.sheet.write_string(self.row, index, "是" if value else "否", style)
        elif isinstance(value, Ratio):
            shown = value.percent(mode=column.mode)
            if shown is None:
                self.sheet.write_string(self.row, index, "—", style)
            else:
                self.sheet.write_number(self.row, index, shown, style)
        elif isinstance(value, date):
            self._write_day(index, value, style)
        else:
            self.sheet.write_number(self.row, index, value, style)

    def _write_text(self, index: int, value: str, kind: Kind, role: str) -> None:
        """A text is always a string; one that looks like a formula keeps its quote mark when it is edited, too."""
        text = cell_text(value)
        if len(text) > _LONGEST_TEXT:
            text = text[: _LONGEST_TEXT - 1] + "…"
        style = self._format(f"{role}_quoted" if is_formula_like(text) else role, kind)
        self.sheet.write_string(self.row, index, text, style)

    def _write_day(self, index: int, value: date, style: Any) -> None:
        if value.year < 1900:
            self.sheet.write_string(self.row, index, value.isoformat(), style)
        elif isinstance(value, datetime):
            moment = self._format("moment", Kind.DATE)
            self.sheet.write_datetime(self.row, index, value.replace(tzinfo=None), moment)
        else:
            self.sheet.write_datetime(self.row, index, value, style)

    def _write_totals(self, columns: Sequence[Column], sums: Sequence[_Sum], first: int) -> None:
        """The total row: SUM formulas that already carry our exact result."""
        for index, (column, total) in enumerate(zip(columns, sums, strict=True)):
            if not column.total:
                label = self.layout.total_label if index == 0 else None
                self._write_cell(index, Column(column.header, Kind.CENTRED), label, "total")
            elif total.is_empty or total.is_ratio:
                self._write_cell(index, column, Ratio(total.amount, total.base) if total.is_ratio else None, "total")
            else:
                letters = xlsxwriter.utility.xl_col_to_name(index)
                formula = f"=SUM({letters}{first + 1}:{letters}{self.row})"
                style = self._format("total", column.kind)
                self.sheet.write_formula(self.row, index, formula, style, total.amount)
        self.row += 1

    def _write_foot(self, columns: Sequence[Column]) -> None:
        """Notes, then the line of 填报人, 审核人 and the like."""
        last = len(columns) - 1
        for note in self.layout.notes:
            self._across(0, last, cell_text(note), "note")
            self.row += 1
        if self.layout.signatures:
            self._across(0, last, (" " * 12).join(map(cell_text, self.layout.signatures)), "note")
            self.row += 1

    def _set_up_page(self, head: int, first: int, count: int) -> None:
        """Landscape, one page wide, headings on every page, page numbers, frozen headings."""
        last = len(self.layout.all_columns) - 1
        self.sheet.set_landscape()
        self.sheet.set_paper(_PAPER_NUMBER[self.layout.paper])
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head, first - 1)
        self.sheet.set_footer('&C&"宋体,常规"&10第 &P 页，共 &N 页')
        self.sheet.freeze_panes(first, min(self.layout.frozen_columns, last))
        if self.layout.filterable and count:
            self.sheet.autofilter(first - 1, 0, first + count - 1, last)


def _shares_heading(left: tuple[str, ...], right: tuple[str, ...], level: int) -> bool:
    """Whether two columns stand under one merged heading at that level; a lowest heading is never shared."""
    return min(len(left), len(right)) > level + 1 and left[: level + 1] == right[: level + 1]


def _properties(role: str, kind: Kind) -> dict[str, Any]:
    """The looks of a role and kind in the terms of the writer library."""
    base: dict[str, Any] = {"font_name": _BODY_FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True}
    if role == "title":
        return base | {"font_name": _TITLE_FONT, "font_size": 20, "align": "center"}
    if role.startswith("unit_"):
        align = {"unit_left": "left", "unit_middle": "center", "unit_right": "right"}[role]
        return base | {"align": align, "text_wrap": False}
    if role == "note":
        return base | {"align": "left"}
    if role == "head":
        return base | {"font_name": _HEAD_FONT, "align": "center", "border": 1, "bg_color": "#F2F2F2"}
    looks = base | {"border": 1, "align": _ALIGN.get(kind, "right")}
    if kind in _NUMBER_FORMAT:
        looks["num_format"] = _NUMBER_FORMAT[kind]
    if role == "moment":
        looks["num_format"] = "yyyy-mm-dd hh:mm"
    if role.endswith("_quoted"):
        looks |= {"quote_prefix": True, "align": "left"}
    return looks | {"bold": True} if role.startswith("total") else looks
