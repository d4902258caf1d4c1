"""The lines of a figure as files."""

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.cells import CellValue
from yinfeng.core.documents.csvfile import csv_chunks
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, write_workbook
from yinfeng.core.exporting import note_export
from yinfeng.core.money import format_wan
from yinfeng.org.periods import the_place
from yinfeng.targets.metrics import SCHEME, Figure, Lines
from yinfeng.targets.queries import Opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_lines(actor: Actor, figure: Figure) -> Lines:
    """The lines of a plain figure that *actor* may read."""
    lines = figure.metric.lines(figure.scope, figure.window, **figure.options.__dict__)
    return lines if actor.sees_all else lines.visible_to(actor)


def headings(opened: Opened) -> list[str]:
    """The headings of a figure's lines."""
    amount = _("金额（万元）") if opened.is_money else _("计数")
    return [_("日期"), _("记账月份"), _("项目"), _("项目编号"), _("内容"), amount, _("依据")]


def rows(lines: Lines) -> Iterator[list[CellValue]]:
    """The lines, one row each."""
    for line in lines.each():
        yield [line.on, line.period, line.project, line.project_code, line.text, line.amount, line.note]


def lines_workbook(*, actor: Actor, figure: Figure, parts: list[Opened]) -> HttpResponse:
    """The lines of a figure as .xlsx, a sheet for each part of a rate, with definition and as-of time below."""
    place = the_place()
    stream = BytesIO()
    sheets = [
        (_layout(part, place.office_name if place else ""), rows(visible_lines(actor, part.figure))) for part in parts
    ]
    count = write_workbook(stream, sheets)
    note_export(actor=actor, title=figure.title, rows=count, filters=_filters(figure))
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_name(figure)}.xlsx"'
    return response


def lines_csv(*, actor: Actor, figure: Figure, parts: list[Opened]) -> StreamingHttpResponse:
    """The lines of a plain figure (of a rate's upper figure) as CSV."""
    part = parts[0]
    note_export(actor=actor, title=figure.title, rows=part.visible_count, filters=_filters(figure))
    chunks = csv_chunks(headings(part), rows(visible_lines(actor, part.figure)))
    response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(figure)}.csv"'
    return response


def _name(figure: Figure) -> str:
    return f"{figure.metric.name}-{figure.window.first.code}-{figure.window.last.code}"


def _filters(figure: Figure) -> dict[str, str]:
    asked = {"metric": figure.metric.name, "scope": figure.scope.param}
    return asked | {"from": figure.window.first.code, "to": figure.window.last.code} | figure.options.params()


def _layout(part: Opened, reporter: str) -> LedgerLayout:
    """A figure's sheet."""
    date, period, project, code, text, amount, note = headings(part)
    figure = part.figure
    notes = [
        _("定义：%(text)s") % {"text": figure.metric.definition},
        _("口径：%(name)s。%(text)s") % {"name": SCHEME.name, "text": SCHEME.text},
        _("数字：%(value)s %(unit)s（%(exact)s），截至 %(moment)s")
        % {
            "value": figure.text,
            "unit": figure.unit,
            "exact": figure.exact,
            "moment": clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
        },
    ]
    if part.hidden_count:
        notes.append(
            _("另有 %(count)s 条、合计 %(total)s 在权限外，未列出。")
            % {"count": part.hidden_count, "total": format_wan(part.hidden_total)}
        )
    return LedgerLayout(
        title=figure.title,
        sheet_name=str(figure.metric.titled(figure.options)),
        columns=(
            Column(date, Kind.DATE),
            Column(period, Kind.CENTRED),
            Column(project, width=34),
            Column(code, width=14),
            Column(text, width=40),
            Column(amount, Kind.MONEY4 if part.is_money else Kind.COUNT, total=True),
            Column(note, width=40),
        ),
        reporter=reporter,
        reported_on_text=clock.today().isoformat(),
        money_unit=_("万元") if part.is_money else "",
        notes=tuple(notes),
    )
