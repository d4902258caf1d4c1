"""Pages of the report room: 今日, 进度, monthly reports and their template, the project ledger."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.documents.docx import BadTemplate
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.org.enums import PeriodState
from yinfeng.org.periods import state_of
from yinfeng.reports import actions, policy
from yinfeng.reports.exports import docx_response, ledger_workbook
from yinfeng.reports.forms import DraftForm, ReportForm, TemplateForm
from yinfeng.reports.models import Report
from yinfeng.reports.queries.documents import bulletin_bytes, template_bytes, template_in_use
from yinfeng.reports.queries.issued import opened_figure, read_report
from yinfeng.reports.queries.ledger import ledger_projects
from yinfeng.reports.queries.progress import chains_of, progress
from yinfeng.reports.queries.today import today as today_for
from yinfeng.targets.queries import month_named, scope_named, working_month
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page


@signed_in
@require_safe
def today(request: ActorRequest) -> HttpResponse:
    """今日: days to the report day, who has not reported, what waits, how the year stands."""
    return page(request, "reports/today.html", {"today": today_for(request.actor, request.place)})


@signed_in
@require_safe
def progress_page(request: ActorRequest) -> HttpResponse:
    """进度: where the year stands against its targets and against time."""
    month = month_named(request.GET.get("period", ""), request.place)
    scope = scope_named(request.GET.get("scope", ""))
    chains = chains_of(request.actor)
    context = {
        "progress": progress(month, scope, chains),
        "months": month.year_period().months(),
        "last_year": month.last_year(),
        "next_year": month.shift(12),
        "chains": chains,
        "as_of": clock.now(),
    }
    return page(request, "reports/progress.html", context)


# --- monthly reports -------------------------------------------------------------------------------------------------


@signed_in
@require_safe
def report_list(request: ActorRequest) -> HttpResponse:
    """The reports, newest month first."""
    number = request.GET.get("page", "1")
    rows = Report.objects.visible_to(request.actor)
    context = {
        "slice": paginate(rows, int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1),
        "can_draft": policy.can_draft(request.actor),
        "month": working_month(),
    }
    return page(request, "reports/report_list.html", context, fragment="rows")


def found(actor: Actor, code: str) -> Report:
    """A report by its public code."""
    report = Report.objects.visible_to(actor).select_related("document").filter(code=code).first()
    if report is None:
        raise NotVisible
    return report


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Draft the report of a month."""
    policy.can_draft(request.actor).require()
    form = DraftForm(request.POST or None, initial={"period": working_month()})
    context = {"form": form, "title": _("生成月报"), "back": reverse("reports:list")}
    if request.method == "GET":
        return page(request, "reports/report_form.html", context)
    if not form.is_valid():
        return invalid(request, "reports/report_form.html", context)
    report = actions.draft_report(actor=request.actor, period=form.cleaned_data["period"])
    return done(request, reverse("reports:detail", args=[report.code]), _("月报草稿已生成，请核对后印发。"))


@signed_in
@require_safe
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """A report as a page: every figure opens the lines it was frozen with."""
    report = found(request.actor, code)
    context = {
        "report": report,
        "reading": read_report(report),
        "month_state": PeriodState(report.month_state).label,
        "can_change": policy.can_change(request.actor, report),
        "can_issue": policy.can_issue(request.actor, report, state_of(report.period)),
    }
    return page(request, "reports/report.html", context)


@signed_in
@require_safe
def figure(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """One frozen figure of a report with its lines."""
    report = found(request.actor, code)
    opened = opened_figure(request.actor, report, key)
    if opened is None:
        raise NotVisible
    return page(request, "reports/figure.html", {"report": report, "opened": opened})


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change a draft's title, number and addressee."""
    report = found(request.actor, code)
    policy.can_change(request.actor, report).require()
    names = ("title", "number", "addressee", "version")
    form = ReportForm(request.POST or None, initial={name: getattr(report, name) for name in names})
    back = reverse("reports:detail", args=[code])
    context = {"form": form, "title": _("修改月报"), "back": back}
    if request.method == "GET":
        return page(request, "reports/report_form.html", context)
    if not form.is_valid():
        return invalid(request, "reports/report_form.html", context)
    try:
        actions.change_report(
            actor=request.actor,
            report_id=report.pk,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
    except Invalid as error:
        form.apply(error)
    except Conflict as error:
        form.overtaken(error)
        return page(request, "reports/report_form.html", context, status=409)
    else:
        return done(request, back, _("已保存。"))
    return invalid(request, "reports/report_form.html", context)


def version_of(request: ActorRequest) -> int:
    """The version a one-button form was shown with; anything else is no version at all."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


@signed_in
@require_POST
def redraft(request: ActorRequest, code: str) -> HttpResponse:
    """Make a draft again from the ledger as it stands now."""
    report = found(request.actor, code)
    policy.can_change(request.actor, report).require()
    actions.redraft_report(actor=request.actor, report_id=report.pk, version=version_of(request))
    return done(request, reverse("reports:detail", args=[code]), _("已按现在的台账重新生成。"))


@signed_in
@require_POST
def issue(request: ActorRequest, code: str) -> HttpResponse:
    """Issue a draft and freeze it."""
    report = found(request.actor, code)
    policy.can_issue(request.actor, report, state_of(report.period)).require()
    actions.issue_report(actor=request.actor, report_id=report.pk, version=version_of(request))
    return done(request, reverse("reports:detail", args=[code]), _("已印发，内容和明细已固定。"))


@signed_in
@require_safe
def document(request: ActorRequest, code: str) -> HttpResponse:
    """The report as a Word document."""
    report = found(request.actor, code)
    try:
        content = bulletin_bytes(report)
    except BadTemplate as fault:
        raise Invalid(_(fault.template) % fault.params) from fault
    return docx_response(actor=request.actor, title=str(report), content=content, name=str(report))


# --- the template ----------------------------------------------------------------------------------------------------


@signed_in
@require_http_methods(["GET", "POST"])
def template(request: ActorRequest) -> HttpResponse:
    """The Word template of the monthly report: download, edit in Word, upload."""
    policy.can_draft(request.actor).require()
    form = TemplateForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "template": template_in_use()}
    if request.method == "GET":
        return page(request, "reports/template.html", context)
    if not form.is_valid():
        return invalid(request, "reports/template.html", context)
    file = form.cleaned_data["file"]
    try:
        actions.replace_template(actor=request.actor, content=file.read(), name=file.name)
    except Invalid as error:
        form.apply(error)
        return invalid(request, "reports/template.html", context)
    return done(request, reverse("reports:template"), _("模板已更换，今后生成的月报都用它。"))


@signed_in
@require_safe
def template_file(request: ActorRequest) -> HttpResponse:
    """The template in use, to be edited in Word."""
    policy.can_draft(request.actor).require()
    return docx_response(actor=request.actor, title=_("月报模板"), content=template_bytes(), name="monthly-template")


@signed_in
@require_POST
def restore_template(request: ActorRequest) -> HttpResponse:
    """Go back to the built-in template."""
    actions.restore_template(actor=request.actor)
    return done(request, reverse("reports:template"), _("已恢复内置模板。"))


# --- the project ledger ----------------------------------------------------------------------------------------------


@signed_in
@require_safe
def project_ledger(request: ActorRequest) -> HttpResponseBase:
    """招商引资项目台账 as a workbook, for the filters of the list it was asked from."""
    month = month_named(request.GET.get("period", ""))
    projects = ledger_projects(request.actor, request.GET)
    return ledger_workbook(actor=request.actor, projects=projects, month=month, asked=request.GET.dict())
