"""Pages of a unit's month: the grid, the table of units, one unit's month, and the place's months."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.evidence import attached_to
from yinfeng.core.faults import Fault
from yinfeng.core.http import ActorRequest
from yinfeng.core.period import Period
from yinfeng.org.access import role_required, signed_in
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import Unit
from yinfeng.org.periods import state_of
from yinfeng.projects.enums import Stage
from yinfeng.projects.models import Project
from yinfeng.submissions import actions, lifecycle, policy, queries
from yinfeng.submissions.actions import NoteRow
from yinfeng.submissions.enums import SubmissionState
from yinfeng.submissions.exports import grid_workbook
from yinfeng.submissions.forms import ReasonForm, ReportForm, StampedForm
from yinfeng.submissions.models import NOTE_FIELDS, Submission
from yinfeng.ui.lists import paginate
from yinfeng.ui.periods import period_text
from yinfeng.ui.rendering import done, invalid, page

GRID_PAGE = 50
PRINT_PAGE = 2000


def period_from(request: ActorRequest) -> Period:
    """The month in the address, this month where there is none or where it is none."""
    text = request.GET.get("period", "") or request.POST.get("period", "")
    try:
        period = Period.parse(text) if text else queries.current_period()
    except Fault:
        return queries.current_period()
    return period if period.kind == "month" else queries.current_period()


def recent_months() -> list[Period]:
    """The months that a period select offers: this one and a year back."""
    now = queries.current_period()
    return [now.shift(-back) for back in range(14)]


def filter_from(request: ActorRequest) -> queries.GridFilter:
    """What the address narrows the grid to."""
    names = ("chain", "unit", "stage", "only")
    return queries.GridFilter(**{name: request.GET.get(name, "").strip()[:40] for name in names})


@signed_in
@require_http_methods(["GET", "POST"])
def grid(request: ActorRequest) -> HttpResponse:
    """动态管理表: one row a project; saved as a whole without JavaScript, row by row with it."""
    period = period_from(request)
    if request.method == "POST":
        return _save_grid(request, period)
    return page(request, "submissions/grid.html", _grid_context(request, period), fragment="rows")


def _grid_context(request: ActorRequest, period: Period) -> dict[str, Any]:
    """Everything the grid shows."""
    wanted = filter_from(request)
    printing = request.GET.get("print") == "1"
    number = request.GET.get("page", "1")
    projects = paginate(
        queries.grid_projects(request.actor, wanted, period),
        int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
        size=PRINT_PAGE if printing else GRID_PAGE,
    )
    month = state_of(period.code)
    rows = queries.grid_rows(request.actor, projects.rows, period, month)
    return {
        "period": period,
        "month_state": month,
        "months": recent_months(),
        "wanted": wanted,
        "slice": projects,
        "rows": rows,
        "locked": rows[0].may_change.reason if rows and not any(row.may_change for row in rows) else "",
        "chains": Chain.objects.visible_to(request.actor),
        "units": queries.reporting_units(request.actor),
        "stages": Stage.choices,
        "can_write": policy.can_write_note(request.actor),
        "printing": printing,
    }


def rows_from(data: QueryDict, projects: dict[str, Project]) -> list[NoteRow]:
    """The rows of a posted grid that the person changed; the mark of the texts as shown tells them from the others."""
    rows = []
    for code, project in projects.items():
        texts = {name: data.get(f"{name}-{code}", "") for name in NOTE_FIELDS}
        if queries.digest_of(list(texts.values())) == data.get(f"was-{code}", ""):
            continue
        version = data.get(f"version-{code}", "0")
        rows.append(NoteRow(project.pk, texts, int(version) if version.isascii() and version.isdigit() else 0))
    return rows


def with_typed(row: queries.GridRow, data: QueryDict) -> queries.GridRow:
    """A row of the grid with what the person typed into it, if it was posted; it takes the version that stands now."""
    code = row.project.code
    if f"text-{code}" not in data:
        return row
    return replace(row, typed={name: data.get(f"{name}-{code}", "").replace("\r\n", "\n") for name in NOTE_FIELDS})


def _posted_projects(request: ActorRequest) -> dict[str, Project]:
    """The projects named by a posted grid, by code; a foreign code is not found."""
    codes = [code for code in request.POST.getlist("code") if code][:PRINT_PAGE]
    if not all(code.isprintable() for code in codes):
        raise NotVisible
    found = {project.code: project for project in Project.objects.visible_to(request.actor).filter(code__in=codes)}
    if len(found) != len(set(codes)):
        raise NotVisible
    return {code: found[code] for code in codes}


def _save_grid(request: ActorRequest, period: Period) -> HttpResponse:
    """Save the rows that changed, all or nothing; what cannot be saved comes back as typed."""
    policy.can_write_note(request.actor).require()
    rows = rows_from(request.POST, _posted_projects(request))
    here = f"{reverse('submissions:grid')}?{request.GET.urlencode()}" if request.GET else reverse("submissions:grid")
    try:
        notes = actions.write_notes(actor=request.actor, period=period.code, rows=rows)
    except (Invalid, Conflict) as error:
        context = _grid_context(request, period) | {"problem": str(error.message)}
        context["rows"] = [with_typed(row, request.POST) for row in context["rows"]]
        status = 409 if isinstance(error, Conflict) else 422
        return page(request, "submissions/grid.html", context, status=status)
    return done(request, here, _("已保存 %(count)s 行。") % {"count": len(notes)} if notes else _("没有改动。"))


@signed_in
def grid_export(request: ActorRequest) -> HttpResponse:
    """The grid as an A3 workbook, all rows of the filter."""
    period = period_from(request)
    projects = queries.grid_projects(request.actor, filter_from(request), period)
    return grid_workbook(actor=request.actor, projects=list(projects), period=period)


@signed_in
def submission_list(request: ActorRequest) -> HttpResponse:
    """Every unit's month: who has reported, who is late, what waits."""
    period = period_from(request)
    lines = queries.unit_months(request.actor, period)
    wanted = request.GET.get("state", "")
    groups = {
        "reported": {SubmissionState.REPORTED, SubmissionState.SUPPLEMENTED},
        "returned": {SubmissionState.RETURNED},
        "missing": {SubmissionState.NOT_REPORTED},
        "accepted": {SubmissionState.ACCEPTED},
    }
    shown = [line for line in lines if line.state in groups[wanted]] if wanted in groups else lines
    context = {
        "period": period,
        "months": recent_months(),
        "month_state": state_of(period.code),
        "lines": shown,
        "wanted": wanted,
        "groups": {name: sum(1 for line in lines if line.state in states) for name, states in groups.items()},
        "missing": [line.unit for line in lines if line.state is SubmissionState.NOT_REPORTED],
        "total": len(lines),
        "due_on": lines[0].due_on if lines else None,
        "can_run": request.actor.has(*policy.RUNNING),
    }
    return page(request, "submissions/submission_list.html", context, fragment="rows")


def _unit(request: ActorRequest, code: str) -> Unit:
    """A reporting unit that the actor covers."""
    unit = queries.reporting_units(request.actor).filter(code=code).first()
    if unit is None:
        raise NotVisible
    return unit


@signed_in
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, code: str) -> HttpResponse:
    """Report a unit's month, with its stamped scan."""
    unit, period = _unit(request, code), period_from(request)
    submission = Submission.objects.visible_to(request.actor).filter(unit=unit, period=period.code).first()
    state = SubmissionState(submission.state) if submission else SubmissionState.NOT_REPORTED
    policy.can_report(request.actor, unit, state).require()
    initial = {"version": submission.version if submission else None}
    form = ReportForm(request.POST or None, request.FILES or None, initial=initial)
    if not request.actor.has(*policy.RUNNING):
        form.fields.pop("by_phone")
    context = {"form": form, "unit": unit, "period": period, "title": _("报送月报")}
    if request.method == "GET":
        return page(request, "submissions/report.html", context)
    if form.is_valid():
        try:
            sent = _carry_out_report(request, unit, period, form.cleaned_data)
        except Invalid as error:
            form.apply(error)
        except Conflict as conflict:
            form.overtaken(conflict, current={})
        else:
            return done(request, reverse("submissions:detail", args=[sent.code]), _("已报送。"))
    return invalid(request, "submissions/report.html", context)


def _carry_out_report(request: ActorRequest, unit: Unit, period: Period, values: dict[str, Any]) -> Submission:
    """Attach the scan if there is one, then report."""
    upload = values["stamped"]
    return actions.report_with_scan(
        actor=request.actor,
        unit=unit,
        period=period.code,
        nothing_to_report=values["nothing_to_report"],
        note=values["note"],
        by_phone=values.get("by_phone", False),
        version=values["version"],
        scan=(upload.read(), upload.name) if upload else None,
    )


def _submission(request: ActorRequest, code: str) -> Submission:
    """The submission with this code among those the actor sees."""
    submission = Submission.objects.visible_to(request.actor).select_related("unit").filter(code=code).first()
    if submission is None:
        raise NotVisible
    return submission


@signed_in
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """A unit's month beside the month before, with the office's buttons."""
    submission = _submission(request, code)
    context = {
        "submission": submission,
        "period": Period.parse(submission.period),
        "previous": queries.previous_submission(submission),
        "pairs": queries.note_pairs(request.actor, submission),
        "scans": attached_to(submission),
        "can_decide": policy.can_decide(request.actor, submission),
        "can_report": policy.can_report(request.actor, submission.unit, SubmissionState(submission.state)),
    }
    return page(request, "submissions/submission.html", context)


@signed_in
@require_POST
def accept(request: ActorRequest, code: str) -> HttpResponse:
    """Accept a unit's month."""
    submission = _submission(request, code)
    policy.can_decide(request.actor, submission).require()
    actions.accept_submission(actor=request.actor, submission_id=submission.pk, version=_version(request))
    return done(request, reverse("submissions:detail", args=[code]), _("已收取。"))


def _version(request: ActorRequest) -> int:
    """The version the person saw; a missing one never matches."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@signed_in
@require_http_methods(["GET", "POST"])
def send_back(request: ActorRequest, code: str) -> HttpResponse:
    """Return a unit's month with a reason."""
    submission = _submission(request, code)
    policy.can_decide(request.actor, submission).require()
    form = ReasonForm(request.POST or None, initial={"version": submission.version})
    context = {"form": form, "submission": submission, "title": _("退回月报")}
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_submission(
                actor=request.actor,
                submission_id=submission.pk,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
            )
        except Invalid as error:
            form.apply(error)
        except Conflict as conflict:
            form.overtaken(conflict, current={})
        else:
            return done(request, reverse("submissions:detail", args=[code]), _("已退回。"))
    if request.method == "POST":
        return invalid(request, "submissions/decision.html", context)
    return page(request, "submissions/decision.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def stamped(request: ActorRequest, code: str) -> HttpResponse:
    """Attach a stamped scan later."""
    submission = _submission(request, code)
    policy.can_write_note(request.actor).require()
    form = StampedForm(request.POST or None, request.FILES or None)
    context = {"form": form, "submission": submission, "title": _("上传盖章件")}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["stamped"]
        try:
            actions.attach_stamped(
                actor=request.actor,
                unit=submission.unit,
                period=submission.period,
                content=upload.read(),
                name=upload.name,
            )
        except Invalid as error:
            form.apply(Invalid({"stamped": error.message}))
        else:
            return done(request, reverse("submissions:detail", args=[code]), _("盖章件已上传。"))
    if request.method == "POST":
        return invalid(request, "submissions/decision.html", context)
    return page(request, "submissions/decision.html", context)


@signed_in
def months(request: ActorRequest) -> HttpResponse:
    """The months of a year on their way to being closed."""
    text = request.GET.get("year", "")
    now = queries.current_period().first.year
    year = int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:4]) <= now and len(text) == 4 else now
    context = {
        "year": year,
        "years": [now - back for back in range(4)],
        "lines": queries.months(request.actor, year),
        "can_run": request.actor.has(*policy.RUNNING),
        "states": list(PeriodState),
    }
    return page(request, "submissions/months.html", context)


@role_required(Role.OFFICE, Role.ADMIN)
@require_http_methods(["GET", "POST"])
def move_month(request: ActorRequest, period: str, to: str) -> HttpResponse:
    """Move a month to 预报, 定稿 or 关账; closing is confirmed with what it means."""
    try:
        month, state = Period.parse(period), PeriodState(to)
        if month.kind != "month":
            raise NotVisible
    except (Fault, ValueError) as error:
        raise NotVisible from error
    now = state_of(month.code)
    verdict = policy.can_move_month(request.actor, now, state)
    lines = queries.unit_months(request.actor, month)
    open_states = {SubmissionState.NOT_REPORTED, SubmissionState.RETURNED}
    context = {
        "month": month,
        "now": now,
        "to": state,
        "verdict": verdict,
        "backwards": list(PeriodState).index(state) < list(PeriodState).index(now),
        "missing": [line.unit for line in lines if line.state in open_states],
        "closing": state is PeriodState.CLOSED,
        "moves": lifecycle.MONTH_MOVES[now],
    }
    if request.method == "GET":
        return page(request, "submissions/move_month.html", context)
    try:
        actions.move_month(actor=request.actor, period=month.code, to=state)
    except Invalid as error:
        return invalid(request, "submissions/move_month.html", context | {"problem": str(error.message)})
    said = _("%(month)s：%(state)s") % {"month": period_text(month), "state": state.label}
    return done(request, f"{reverse('submissions:months')}?year={month.first.year}", said)
