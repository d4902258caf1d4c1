"""Activities as a workbook."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, write_ledger
from yinfeng.core.exporting import note_export
from yinfeng.org.periods import the_place
from yinfeng.outreach.models import Activity

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 4 << 20


def activities_workbook(*, actor: Actor, rows: QuerySet[Activity]) -> FileResponse:
    """招商活动台账 as .xlsx: what the list shows, all pages."""
    place = the_place()
    layout = LedgerLayout(
        title=_("招商活动台账"),
        columns=(
            Column(_("日期"), Kind.DATE),
            Column(_("类型"), Kind.CENTRED),
            Column(_("单位"), width=16),
            Column(_("项目"), width=30),
            Column(_("企业"), width=26),
            Column(_("对方人员"), width=18),
            Column(_("地点"), width=14),
            Column(_("带队领导"), width=14),
            Column(_("人数"), Kind.COUNT),
            Column(_("内容"), width=50),
            Column(_("下一步"), width=26),
            Column(_("跟进日期"), Kind.DATE),
            Column(_("计入月份"), Kind.CENTRED),
            Column(_("记录人"), width=16),
        ),
        reporter=place.office_name if place else "",
        reported_on_text=f"{clock.today():%Y-%m-%d}",
    )
    lines = (
        (
            row.occurred_on,
            row.get_kind_display(),
            str(row.unit),
            str(row.project) if row.project else "",
            row.enterprise.name if row.enterprise else "",
            row.counterpart,
            row.place,
            row.led_by,
            row.headcount,
            row.summary,
            row.next_step,
            row.next_due_on,
            row.posted_period,
            row.recorded_by,
        )
        for row in rows.iterator(chunk_size=2000)
    )
    stream = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - the response closes it
    count = write_ledger(stream, layout, lines)
    stream.seek(0)
    note_export(actor=actor, title=layout.title, rows=count)
    name = f"activities-{clock.today():%Y%m%d}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)
