"""Fund entries as a workbook in the office's layout."""

from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.codes import region
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, write_ledger
from yinfeng.core.exporting import note_export
from yinfeng.ledger.models import FundEntry
from yinfeng.org.periods import the_place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def entries_workbook(*, actor: Actor, rows: QuerySet[FundEntry]) -> HttpResponse:
    """到位资金明细 as .xlsx: what the list shows, all pages, amounts in 万元."""
    place = the_place()
    layout = LedgerLayout(
        title=_("到位资金明细表"),
        columns=(
            Column(_("项目名称"), width=34),
            Column(_("产业链"), width=12),
            Column(_("到账日期"), Kind.DATE),
            Column(_("出资方"), width=28),
            Column(_("资金来源")),
            Column(_("来源省份")),
            Column(_("资金类型")),
            Column(_("上报金额"), Kind.MONEY4, total=True),
            Column(_("核定金额"), Kind.MONEY4, total=True),
            Column(_("状态")),
            Column(_("计入月份")),
            Column(_("登记人")),
            Column(_("说明"), width=30),
        ),
        reporter=place.office_name if place else "",
        reported_on_text=f"{clock.today():%Y-%m-%d}",
        money_unit=_("万元"),
    )
    stream = BytesIO()
    lines = (
        (
            entry.project.name,
            entry.project.chain.name if entry.project.chain else "",
            entry.arrived_on,
            entry.payer_name,
            entry.get_origin_display(),
            found.name if (found := region(entry.province_code)) else "",
            entry.get_kind_display(),
            entry.amount_wan,
            entry.verified_wan,
            entry.get_state_display(),
            entry.posted_period,
            entry.recorded_by,
            entry.note,
        )
        for entry in rows.iterator(chunk_size=2000)
    )
    count = write_ledger(stream, layout, lines)
    note_export(actor=actor, title=layout.title, rows=count)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="funds-{clock.today():%Y%m%d}.xlsx"'
    return response
