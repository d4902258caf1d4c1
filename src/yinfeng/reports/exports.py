"""Files of the report room: the bulletin as .docx, the project ledger as .xlsx."""

from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, Paper, write_ledger
from yinfeng.core.exporting import note_export
from yinfeng.core.period import Period
from yinfeng.org.periods import the_place
from yinfeng.projects.models import Project
from yinfeng.reports.queries.ledger import ledger_rows
from yinfeng.ui.periods import period_text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved under a Chinese name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def docx_response(*, actor: Actor, title: str, content: bytes, name: str) -> HttpResponse:
    """A Word document, with a trace of who took it."""
    note_export(actor=actor, title=title, rows=1)
    return attachment(content, DOCX, f"{name}.docx")


def ledger_layout(month: Period, reporter: str) -> LedgerLayout:
    """The columns of 招商引资项目台账 as offices keep it, for A3."""
    signing, funds, this_year = _("签约"), _("到位资金（万元）"), _("本年累计")
    return LedgerLayout(
        title=_("%(month)s招商引资项目台账") % {"month": period_text(month)},
        sheet_name=month.code,
        columns=(
            Column(_("项目名称"), width=28),
            Column(_("建设内容及规模"), width=34),
            Column(_("建设性质"), Kind.CENTRED, 8),
            Column(_("建设地点"), width=14),
            Column(_("所属产业链"), Kind.CENTRED, 11),
            Column((_("投资方"), _("名称")), width=24),
            Column((_("投资方"), _("省份")), Kind.CENTRED, 9),
            Column((_("投资方"), _("统一社会信用代码")), width=21),
            Column((_("总投资（亿元）"), _("合计")), Kind.MONEY2, 11, total=True),
            Column((_("总投资（亿元）"), _("其中固定资产投资")), Kind.MONEY2, 11, total=True),
            Column((signing, _("合同类型")), Kind.CENTRED, 11),
            Column((signing, _("签约时间")), Kind.DATE, 11.5),
            Column((signing, _("签约活动")), width=14),
            Column(_("建设起止年限"), Kind.CENTRED, 16),
            Column(_("项目阶段"), Kind.CENTRED, 10),
            Column(_("形象进度"), width=34),
            Column((funds, _("本年计划")), Kind.MONEY4, 14, total=True),
            Column((funds, _("本月到位")), Kind.MONEY4, 14, total=True),
            Column((funds, this_year, _("小计")), Kind.MONEY4, 14, total=True),
            Column((funds, this_year, _("其中省外")), Kind.MONEY4, 14, total=True),
            Column((funds, _("开工以来累计")), Kind.MONEY4, 14, total=True),
            Column(_("存在问题"), width=24),
            Column(_("需协调事项"), width=24),
            Column(_("包联领导"), Kind.CENTRED, 11),
            Column(_("责任单位"), Kind.CENTRED, 13),
            Column(_("责任人"), Kind.CENTRED, 10),
            Column(_("备注"), width=14),
        ),
        reporter=reporter,
        reported_on_text=clock.today().isoformat(),
        money_unit=_("总投资亿元，资金万元"),
        signatures=(_("填报人："), _("审核人：")),
        paper=Paper.A3,
    )


def ledger_workbook(*, actor: Actor, projects: QuerySet[Project], month: Period, asked: dict[str, str]) -> HttpResponse:
    """The project ledger of a month as .xlsx, with a trace of who took it and with which filters."""
    place = the_place()
    layout = ledger_layout(month, place.office_name if place else "")
    stream = BytesIO()
    count = write_ledger(stream, layout, ledger_rows(projects, month))
    note_export(actor=actor, title=layout.title, rows=count, filters=asked)
    return attachment(stream.getvalue(), XLSX, f"{layout.title}.xlsx")
