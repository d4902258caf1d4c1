"""The annotated copy of a workbook: what goes back to whoever sent it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as XlsxCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from yinfeng.core.actor import Actor
from yinfeng.core.evidence import read as stored_bytes
from yinfeng.core.exporting import note_export
from yinfeng.intake.models import Batch, BatchRow
from yinfeng.intake.queries.preview import problem_words
from yinfeng.intake.workbooks import read_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOUBTFUL = PatternFill("solid", fgColor="FDF3DD")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def annotated_copy(*, actor: Actor, batch: Batch) -> HttpResponse:
    """The workbook as .xlsx with a column of findings and a comment on each doubtful cell."""
    rows = list(BatchRow.objects.visible_to(actor).filter(batch=batch).order_by("sheet_no", "row"))
    book = copy_of(batch)
    for sheet in batch.mapping.get("sheets", []):
        own = [row for row in rows if row.sheet == sheet["name"][:80]]
        page = book[sheet["name"]] if sheet["name"] in book.sheetnames else None
        if own and isinstance(page, Worksheet):
            annotate(page, sheet, own)
    note_export(actor=actor, title=batch.title, rows=len(rows))
    stream = BytesIO()
    book.save(stream)
    name = f"{PurePath(batch.mapping.get('filename') or batch.title).stem}-{_('核对')}.xlsx"
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def copy_of(batch: Batch) -> Workbook:
    """The workbook itself where it is an .xlsx, else its cells as texts in a new one."""
    content, filename = stored_bytes(batch.file), batch.mapping.get("filename", "")
    if content.startswith(b"PK"):
        try:
            return load_workbook(BytesIO(content))
        except (ValueError, KeyError, TypeError, AttributeError):
            pass  # openpyxl is stricter than our reader; the cells are copied instead
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in read_workbook(content, filename):
        page = book.create_sheet(sheet.name[:31])
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                write_text(page, row, column, cell.text)
    return book


def write_text(page: Worksheet, row: int, column: int, text: str) -> None:
    """A text that no spreadsheet takes for a formula."""
    cell = page.cell(row=row, column=column)
    if isinstance(cell, XlsxCell):
        cell.value = ILLEGAL.sub("", text)[:32_000]
        cell.data_type = "s"


def annotate(page: Worksheet, sheet: Mapping[str, Any], rows: Sequence[BatchRow]) -> None:
    """Findings of one sheet: a column at the right, and a comment where a cell is doubtful."""
    column = page.max_column + 1
    if sheet["header_rows"]:
        write_text(page, sheet["header_rows"][0], column, _("核对意见"))
    page.column_dimensions[get_column_letter(column)].width = 48
    for row in rows:
        words = dict.fromkeys(problem_words(problem["code"]) for problem in row.problems)
        told = [str(row.get_state_display()), *words]
        write_text(page, row.row, column, "；".join(told))
        cell = page.cell(row=row.row, column=column)
        if isinstance(cell, XlsxCell):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        _mark(page, row)


def _mark(page: Worksheet, row: BatchRow) -> None:
    """A comment and a tint on each doubtful cell of a row."""
    by_column: dict[str, list[str]] = defaultdict(list)
    for problem in row.problems:
        if problem.get("column"):
            by_column[problem["column"]].append(problem_words(problem["code"]))
    for letter, words in by_column.items():
        cell = page[f"{letter}{row.row}"]
        if isinstance(cell, XlsxCell):
            cell.comment = Comment("；".join(dict.fromkeys(words)), "Yinfeng")
            cell.fill = DOUBTFUL
