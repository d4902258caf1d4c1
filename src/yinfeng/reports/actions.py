"""Drafting, changing and issuing reports; their Word template."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store
from yinfeng.core.actor import Actor
from yinfeng.core.documents.bulletin import sample_context
from yinfeng.core.documents.docx import BadTemplate, render_docx
from yinfeng.core.errors import Invalid
from yinfeng.core.evidence import keep
from yinfeng.core.period import Period
from yinfeng.org.models import DocumentTemplate
from yinfeng.org.periods import state_of, the_place
from yinfeng.reports import policy
from yinfeng.reports.enums import ReportKind, ReportState, ReportVerb
from yinfeng.reports.models import Report, ReportFigure
from yinfeng.reports.queries.documents import bulletin_bytes
from yinfeng.reports.queries.monthly import Draft, Frozen, differences, draft_monthly
from yinfeng.reports.queries.progress import chains_of


@action
def draft_report(*, actor: Actor, period: Period, demo: bool = False) -> Report:
    """Draft the monthly report of a month from the ledger as it stands now, every figure with its lines."""
    policy.can_draft(actor).require()
    draft = draft_monthly(period, chains_of(actor))
    report = Report(kind=ReportKind.MONTHLY, period=period.code, made_by=actor.label, demo=demo, **headings(period))
    take_draft(report, draft)
    report.save()
    keep_figures(report, draft)
    record(
        actor=actor,
        verb=ReportVerb.DRAFTED,
        target=report,
        after={"period": period.code, "figures": len(draft.figures)},
    )
    return report


@action
def redraft_report(*, actor: Actor, report_id: int, version: int) -> Report:
    """Make a draft again from the ledger as it stands now; title, number and addressee stay as they were typed."""
    report = lock(Report.objects.visible_to(actor), pk=report_id, version=version)
    policy.can_change(actor, report).require()
    draft = draft_monthly(Period.parse(report.period), chains_of(actor))
    take_draft(report, draft)
    store(report, "month_state", "as_of", "content", "has_demo")
    report.figures.all().delete()
    keep_figures(report, draft)
    record(actor=actor, verb=ReportVerb.DRAFTED, target=report, after={"figures": len(draft.figures)})
    return report


@override(settings.LANGUAGE_CODE)
def headings(period: Period) -> dict[str, str]:
    """Title and addressee that a new report begins with; it is a Chinese paper whoever drafts it."""
    place = the_place()
    title = _("%(place)s%(month)s招商引资工作月报")
    return {
        "title": title % {"place": place.short_name if place else "", "month": period.label},
        "addressee": _("市委、市政府，各责任单位："),
    }


def take_draft(report: Report, draft: Draft) -> None:
    """Put a draft's text into the report, with what differs from the last one issued for the month."""
    place = the_place()
    earlier = (
        Report.objects.filter(period=draft.month.code, kind=report.kind, state=ReportState.ISSUED)
        .exclude(pk=report.pk)
        .order_by("-issued_at")
        .first()
    )
    before = frozen_figures(earlier) if earlier else {}
    named = {"code": earlier.code, "title": str(earlier), "number": earlier.number} if earlier else None
    report.content = draft.content | {"differences": differences(draft.figures, before), "earlier": named}
    report.as_of = clock.now()
    report.month_state = state_of(draft.month.code).value
    report.has_demo = bool(place and place.has_demo)


def keep_figures(report: Report, draft: Draft) -> None:
    """Store the draft's figures with the report."""
    rows = [ReportFigure(report=report, **figure.__dict__) for figure in draft.figures.values()]
    ReportFigure.objects.bulk_create(rows, batch_size=200)


def frozen_figures(report: Report) -> dict[str, Frozen]:
    """The figures of a stored report by key."""
    names = tuple(Frozen.__dataclass_fields__)
    return {row.key: Frozen(**{name: getattr(row, name) for name in names}) for row in report.figures.all()}


@action
def change_report(*, actor: Actor, report_id: int, version: int, values: dict[str, Any]) -> Report:
    """Change a draft's title, number and addressee; its figures come from the ledger alone."""
    report = lock(Report.objects.visible_to(actor), pk=report_id, version=version)
    policy.can_change(actor, report).require()
    names = [name for name in ("title", "number", "addressee") if name in values]
    if not str(values.get("title", report.title)).strip():
        raise Invalid({"title": _("请填写标题。")})
    before: dict[str, Any] = {name: getattr(report, name) for name in names}
    for name in names:
        setattr(report, name, str(values[name]).strip())
    store(report, *names)
    record(
        actor=actor, verb=ReportVerb.CHANGED, target=report, before=before, after={name: values[name] for name in names}
    )
    return report


@action
def issue_report(*, actor: Actor, report_id: int, version: int) -> Report:
    """Issue a draft: figures, text and the Word file are frozen for ever."""
    report = lock(Report.objects.visible_to(actor), pk=report_id, version=version)
    policy.can_issue(actor, report, state_of(report.period)).require()
    report.state, report.issued_at, report.issued_by = ReportState.ISSUED, clock.now(), actor.label
    report.document = keep(bulletin_bytes(report), f"{report.code}.docx")
    store(report, "state", "issued_at", "issued_by", "document")
    record(
        actor=actor,
        verb=ReportVerb.ISSUED,
        target=report,
        after={"number": report.number, "sha256": report.document.sha256, "month": report.month_state},
    )
    return report


@action
def replace_template(*, actor: Actor, content: bytes, name: str) -> DocumentTemplate:
    """Use another Word template for the monthly report from now on; it is tried on a sample before it is taken."""
    policy.can_draft(actor).require()
    try:
        render_docx(content, sample_context())
    except BadTemplate as fault:
        raise Invalid({"file": _(fault.template) % fault.params}) from fault
    template = DocumentTemplate.objects.create(
        kind=ReportKind.MONTHLY,
        file=keep(content, name),
        title=name[:120],
        uploaded_by=actor.label,
        uploaded_at=clock.now(),
    )
    record(actor=actor, verb=ReportVerb.TEMPLATE, target=template, after={"sha256": template.file.sha256})
    return template


@action
def restore_template(*, actor: Actor) -> int:
    """Go back to the built-in template; the uploaded ones are kept but no longer used."""
    policy.can_draft(actor).require()
    in_use = DocumentTemplate.objects.filter(kind=ReportKind.MONTHLY, active=True)
    newest = in_use.first()
    if newest is None:
        raise Invalid(_("正在使用的就是内置模板。"))
    count = in_use.update(active=False)
    record(actor=actor, verb=ReportVerb.TEMPLATE, target=newest, after={"active": False})
    return count
