"""动态管理表 as an A3 workbook."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, write_ledger
from yinfeng.core.exporting import note_export
from yinfeng.core.money import in_yi
from yinfeng.core.period import Period
from yinfeng.org.periods import the_place
from yinfeng.projects.models import Project
from yinfeng.submissions import queries
from yinfeng.ui.periods import period_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def grid_workbook(*, actor: Actor, projects: list[Project], period: Period) -> HttpResponse:
    """The grid of a month: stage aimed at and reached, progress, problems, money of the month and the year (亿元)."""
    place = the_place()
    layout = LedgerLayout(
        title=_("%(place)s%(month)s招商引资重点项目动态管理表")
        % {"place": place.short_name if place else "", "month": period_text(period)},
        columns=(
            Column(_("产业链"), width=12),
            Column(_("项目名称"), width=30),
            Column(_("总投资（亿元）"), Kind.MONEY2, total=True),
            Column(_("目标环节"), Kind.CENTRED, width=11),
            Column(_("现环节"), Kind.CENTRED, width=11),
            Column(_("本月进展"), width=46),
            Column((_("到位资金（亿元）"), _("本月")), Kind.MONEY4, total=True),
            Column((_("到位资金（亿元）"), _("本年累计")), Kind.MONEY4, total=True),
            Column(_("存在问题"), width=24),
            Column(_("需协调事项"), width=24),
            Column(_("下一步"), width=24),
            Column(_("责任单位"), width=16),
        ),
        reporter=place.office_name if place else "",
        reported_on_text=f"{clock.today():%Y-%m-%d}",
        money_unit=_("亿元"),
        frozen_columns=3,
        signatures=(_("审核人："), _("填报人：")),
    )
    lines = []
    for row in queries.grid_rows(actor, projects, period):
        money = row.panels.get("money")
        lines.append(
            (
                row.project.chain.short_name if row.project.chain else "",
                str(row.project),
                in_yi(row.project.total_wan) if row.project.total_wan is not None else None,
                row.aimed_stage,
                row.project.get_stage_display(),
                row.note.text if row.note else "",
                in_yi(money.month_wan) if money else None,
                in_yi(money.year_wan) if money else None,
                row.note.problem if row.note else "",
                row.note.help_needed if row.note else "",
                row.note.next_step if row.note else "",
                row.project.lead_unit.short_name if row.project.lead_unit else "",
            )
        )
    stream = BytesIO()
    count = write_ledger(stream, layout, lines)
    note_export(actor=actor, title=layout.title, rows=count)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="grid-{period.code}.xlsx"'
    return response
