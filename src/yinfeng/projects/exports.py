"""The list of projects as a file: the columns that are seen, all pages, amounts in 万元."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.cells import CellValue
from yinfeng.core.documents.csvfile import write_csv
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, write_ledger
from yinfeng.core.errors import Invalid, Text
from yinfeng.core.exporting import note_export
from yinfeng.org.periods import the_place
from yinfeng.projects.models import Project
from yinfeng.projects.queries.rows import ProjectRow, as_rows, with_debts
from yinfeng.ui.lists import ListState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 500
LARGEST = 20_000

COLUMN_TITLES: Mapping[str, Text] = {
    "name": gettext_lazy("项目名称"),
    "chain": gettext_lazy("产业链"),
    "stage": gettext_lazy("环节"),
    "unit": gettext_lazy("责任单位"),
    "investor": gettext_lazy("投资方"),
    "kind": gettext_lazy("类型"),
    "region": gettext_lazy("所在地"),
    "officer": gettext_lazy("专员"),
    "product": gettext_lazy("产品"),
    "capacity": gettext_lazy("规模"),
    "total": gettext_lazy("总投资（亿元）"),
    "fixed": gettext_lazy("固定资产投资（亿元）"),
    "contract": gettext_lazy("合同额（亿元）"),
    "year": gettext_lazy("本年到位（亿元）"),
    "verified": gettext_lazy("核定到位（亿元）"),
    "owed": gettext_lazy("欠项"),
    "stage_on": gettext_lazy("进入环节"),
    "grade": gettext_lazy("跟进等级"),
    "changed": gettext_lazy("更新"),
}


def money(key: str, name: str) -> Callable[[ProjectRow], CellValue]:
    """An amount that another room's panel loaded."""
    return lambda row: getattr(row.panels.get(key), name, None)


def label(value: Any) -> str:
    """A record's label, or an empty text."""
    return "" if value is None else str(value)


CELLS: Mapping[str, tuple[Kind, Callable[[ProjectRow], CellValue]]] = {
    "name": (Kind.TEXT, lambda row: str(row.project)),
    "chain": (Kind.CENTRED, lambda row: label(row.project.chain)),
    "stage": (Kind.CENTRED, lambda row: row.project.get_stage_display()),
    "unit": (Kind.TEXT, lambda row: label(row.project.lead_unit)),
    "investor": (Kind.TEXT, lambda row: row.investor),
    "kind": (Kind.CENTRED, lambda row: row.project.get_kind_display()),
    "region": (Kind.TEXT, lambda row: label(row.project.region)),
    "officer": (Kind.CENTRED, lambda row: label(row.project.officer)),
    "product": (Kind.TEXT, lambda row: row.project.product),
    "capacity": (Kind.TEXT, lambda row: row.project.capacity),
    "total": (Kind.MONEY4, lambda row: row.project.total_wan),
    "fixed": (Kind.MONEY4, lambda row: row.project.fixed_wan),
    "contract": (Kind.MONEY4, money("money", "contract_wan")),
    "year": (Kind.MONEY4, money("money", "year_wan")),
    "verified": (Kind.MONEY4, money("money", "verified_wan")),
    "owed": (Kind.COUNT, lambda row: row.owed),
    "stage_on": (Kind.DATE, lambda row: row.project.stage_on),
    "grade": (Kind.CENTRED, lambda row: row.project.get_grade_display()),
    "changed": (Kind.DATE, lambda row: clock.local(row.project.changed_at).date()),
}


def projects_file(
    *, actor: Actor, rows: QuerySet[Project], state: ListState, wanted: Mapping[str, str], form: str
) -> HttpResponse:
    """项目清单 as .xlsx or .csv; leaves a trace of who took which rows out."""
    keys = [column.key for column in state.columns]
    count = rows.count()
    if count > LARGEST:
        raise Invalid(_("一次最多导出 %(most)s 个项目，请先缩小筛选范围。") % {"most": LARGEST})
    titles = [str(COLUMN_TITLES[key]).replace(_("亿元"), _("万元")) for key in keys]
    lines = ([CELLS[key][1](row) for key in keys] for row in _all(actor, rows))
    stream = BytesIO()
    if form == "csv":
        write_csv(stream, titles, lines)
    else:
        write_ledger(stream, _layout(keys, titles), lines)
    note_export(actor=actor.without_gesture(), title=_("项目清单"), rows=count, filters=dict(wanted))
    response = HttpResponse(stream.getvalue(), content_type=XLSX if form == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="projects-{clock.today():%Y%m%d}.{form}"'
    return response


def _layout(keys: list[str], titles: list[str]) -> LedgerLayout:
    place = the_place()
    columns = tuple(
        Column(title, CELLS[key][0], width=34 if key == "name" else None, total=CELLS[key][0] is Kind.MONEY4)
        for key, title in zip(keys, titles, strict=True)
    )
    return LedgerLayout(
        title=_("项目清单"),
        columns=columns,
        reporter=place.office_name if place else "",
        reported_on_text=f"{clock.today():%Y-%m-%d}",
        money_unit=_("万元"),
    )


def _all(actor: Actor, rows: QuerySet[Project]) -> Iterator[ProjectRow]:
    """All rows, so many at a time, each chunk with its panels."""
    read = with_debts(rows).select_related("chain", "lead_unit", "region", "officer")
    for chunk in Paginator(read, CHUNK):
        yield from as_rows(actor, list(chunk.object_list))
