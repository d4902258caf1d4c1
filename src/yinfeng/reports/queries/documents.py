"""A report as a Word document, and the template it is filled into."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from yinfeng.core import clock
from yinfeng.core.documents.bulletin import (
    BulletinContext,
    ChainRow,
    ChangeGroup,
    Section,
    default_bulletin_template,
)
from yinfeng.core.documents.docx import render_docx
from yinfeng.core.evidence import read
from yinfeng.org.models import DocumentTemplate
from yinfeng.org.periods import the_place
from yinfeng.reports.enums import ReportKind
from yinfeng.reports.models import Report


def template_in_use() -> DocumentTemplate | None:
    """The newest template that the office uploaded and still uses; none means the built-in one."""
    return DocumentTemplate.objects.filter(kind=ReportKind.MONTHLY, active=True).select_related("file").first()


def template_bytes() -> bytes:
    """The template that reports are filled into."""
    template = template_in_use()
    return read(template.file) if template else default_bulletin_template()


@override(settings.LANGUAGE_CODE)
def bulletin_bytes(report: Report) -> bytes:
    """The report as .docx: the stored file of an issued one, else filled now."""
    if report.document is not None:
        return read(report.document)
    return render_docx(template_bytes(), bulletin_context(report))


def bulletin_context(report: Report) -> BulletinContext:
    """Everything the template prints, all of it text."""
    shown = {figure.key: figure.shown for figure in report.figures.all()}
    content = report.content
    place = the_place()
    moment = clock.local(report.issued_at or clock.now())
    return BulletinContext(
        title=report.title,
        issuer=place.office_name if place else "",
        number=report.number,
        issued_on_text=f"{moment.year}年{moment.month}月{moment.day}日",
        addressee=report.addressee,
        sentence=as_text(content["sentence"], shown),
        sections=[
            Section(heading=section["heading"], paragraphs=[as_text(pieces, shown) for pieces in section["paragraphs"]])
            for section in content["sections"]
        ],
        chain_rows=[chain_row(row, shown) for row in content["chain_rows"]],
        changes=[ChangeGroup(kind=group["kind"], lines=group["lines"]) for group in content["changes"]],
        zero_units=[f"{kind['title']}：{'、'.join(kind['names'])}" for kind in content["idle"] if kind["names"]],
        notes=all_notes(report),
        definitions=content["definitions"],
    )


def all_notes(report: Report) -> list[str]:
    """The notes at the foot: demonstration data first, then the month's state, then what changed since the last one."""
    told = [_("本报告含演示数据，不得作为正式数据使用。")] if report.has_demo else []
    told += report.content["notes"]
    if report.content.get("differences"):
        told.append(_("与同月上一份月报的差异："))
        told += report.content["differences"]
    return told


def as_text(pieces: list[Any], shown: dict[str, str]) -> str:
    """A sentence with its figures as text."""
    return "".join(piece if isinstance(piece, str) else shown[piece["figure"]] for piece in pieces)


def chain_row(row: dict[str, Any], shown: dict[str, str]) -> ChainRow:
    """A chain's line with its figures as text."""

    def cell(name: str) -> str:
        value = row[name]
        return value if isinstance(value, str) else shown[value["figure"]]

    return ChainRow(
        name=cell("name"),
        signed_target=cell("signed_target"),
        signed=cell("signed"),
        signed_rate=cell("signed_rate"),
        funds_target=cell("funds_target"),
        funds=cell("funds"),
        funds_rate=cell("funds_rate"),
        gap=cell("gap"),
    )
