"""Pages of the outreach room: list, short form, activity, change, withdrawal, workbook."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.evidence import attached_to
from yinfeng.core.http import ActorRequest
from yinfeng.enterprises.models import Enterprise
from yinfeng.org import log
from yinfeng.org.access import signed_in
from yinfeng.org.models import Unit
from yinfeng.outreach import actions, policy, queries
from yinfeng.outreach.exports import activities_workbook
from yinfeng.outreach.forms import (
    MORE,
    ActivityFilterForm,
    ActivityForm,
    WithdrawForm,
    enterprise_text,
    project_text,
    told,
)
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Project
from yinfeng.ui.lists import Column, ListState, paginate
from yinfeng.ui.rendering import done, invalid, page

COLUMNS = (
    Column("occurred_on", gettext_lazy("日期"), sort="date"),
    Column("kind", gettext_lazy("类型")),
    Column("unit", gettext_lazy("单位")),
    Column("about", gettext_lazy("项目 / 企业")),
    Column("summary", gettext_lazy("内容")),
    Column("next_step", gettext_lazy("下一步")),
    Column("next_due_on", gettext_lazy("何时跟进"), sort="due"),
)
SORTS: dict[str, str | tuple[str, ...]] = {"date": ("occurred_on", "id"), "due": ("next_due_on", "id")}


def activity_with(request: ActorRequest, code: str) -> Activity:
    """The activity of this code among those the person sees."""
    rows = Activity.objects.visible_to(request.actor).select_related("unit", "project", "enterprise")
    found = rows.filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


@signed_in
def activities(request: ActorRequest) -> HttpResponseBase:
    """The activities, newest first; ``?export=xlsx`` gives them as a workbook."""
    form = ActivityFilterForm(request.GET or None, actor=request.actor)
    valid = form.is_bound and form.is_valid()
    asked = form.cleaned_data if valid else {}
    period = asked.get("period")
    wanted = queries.ActivityFilter(
        kind=asked.get("kind", ""),
        unit=asked["unit"].code if asked.get("unit") else "",
        period=period.code if period else "",
        project=asked.get("project", "").strip().upper(),
        enterprise=request.GET.get("enterprise", "")[:16],
        due=asked.get("due", False),
    )
    state = ListState.from_request(request, COLUMNS, SORTS, "-date")
    rows = queries.activities(request.actor, wanted).order_by(*state.order_by)
    if form.is_bound and not valid:
        rows = rows.none()
    if request.GET.get("export") == "xlsx":
        return activities_workbook(actor=request.actor, rows=rows)
    context = {
        "form": form,
        "state": state,
        "slice": paginate(rows, state.page, counted=False),
        "month": queries.month_counts(request.actor),
        "may_log": policy.can_log(request.actor),
    }
    return page(request, "outreach/list.html", context, fragment="rows")


@signed_in
def activity(request: ActorRequest, code: str) -> HttpResponse:
    """One activity with what was said, what comes next, files, and what was done to the record."""
    found = activity_with(request, code)
    days = f"{found.occurred_on:%Y-%m-%d}"
    if found.ended_on:
        days += f" — {found.ended_on:%Y-%m-%d}"
    context = {
        "activity": found,
        "files": attached_to(found),
        "history": log.history_of(found),
        "may_change": policy.can_change(request.actor, found),
        "facts": (
            (_("日期"), days),
            (_("单位"), found.unit.name),
            (_("对方人员"), found.counterpart),
            (_("地点"), found.place),
            (_("带队领导"), found.led_by),
            (_("参加单位"), found.participants),
            (_("人数"), found.headcount),
            (_("计入月份"), found.posted_period),
            (_("记录人"), found.recorded_by),
        ),
    }
    return page(request, "outreach/detail.html", context)


@signed_in
def activity_create(request: ActorRequest) -> HttpResponse:
    """The short form; ``?project=CODE`` or ``?enterprise=CODE`` says about whom."""
    policy.can_log(request.actor).require()
    form = ActivityForm(request.POST or None, request.FILES or None, actor=request.actor, initial=_first(request))
    context = {"form": form, "more": _folded(form)}
    if request.method != "POST":
        return page(request, "outreach/form.html", context)
    if not form.is_valid():
        return invalid(request, "outreach/form.html", context)
    upload = form.cleaned_data.get("file")
    file = (upload.read(), upload.name) if upload else None
    try:
        made = actions.log_activity(actor=request.actor, file=file, **form.given())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "outreach/form.html", context)
    where = reverse("projects:detail", args=[made.project.code]) if made.project else ""
    return done(request, where or reverse("outreach:list"), _("已记录。"))


def _folded(form: ActivityForm) -> list[str]:
    """The fields under 更多; the unit stands on top when nobody could guess it."""
    known = bool(form.initial.get("unit"))
    return [name for name in MORE if name in form.fields and (known or name != "unit")]


def _first(request: ActorRequest) -> dict[str, Any]:
    """What the address and the person already say."""
    actor = request.actor
    project = Project.objects.visible_to(actor).filter(code=request.GET.get("project", "")).first()
    firm = Enterprise.objects.visible_to(actor).filter(code=request.GET.get("enterprise", "")).first()
    about = project_text(project) if project else enterprise_text(firm) if firm else ""
    unit = Unit.objects.visible_to(actor).filter(pk=actor.unit_id, active=True).first() if actor.unit_id else None
    return {"about": about, "unit": unit.code if unit else "", "kind": request.GET.get("kind", "visit")}


@signed_in
def activity_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change an activity."""
    found = activity_with(request, code)
    policy.can_change(request.actor, found).require()
    form = ActivityForm(request.POST or None, actor=request.actor, activity=found, initial=told(found))
    context = {"form": form, "activity": found, "more": _folded(form)}
    if request.method != "POST":
        return page(request, "outreach/form.html", context)
    if not form.is_valid():
        return invalid(request, "outreach/form.html", context)
    version = form.cleaned_data["version"] or 0
    try:
        actions.update_activity(actor=request.actor, activity_id=found.pk, version=version, values=form.given())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "outreach/form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, told(conflict.current))
        return page(request, "outreach/form.html", context, status=409)
    return done(request, reverse("outreach:detail", args=[found.code]), _("活动已保存。"))


@signed_in
def activity_withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take a wrongly logged activity back, with the reason."""
    found = activity_with(request, code)
    policy.can_change(request.actor, found).require()
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    context = {"form": form, "activity": found}
    if request.method != "POST":
        return page(request, "outreach/withdraw.html", context)
    if not form.is_valid():
        return invalid(request, "outreach/withdraw.html", context)
    try:
        actions.withdraw_activity(
            actor=request.actor,
            activity_id=found.pk,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"] or 0,
        )
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "outreach/withdraw.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, {})
        return page(request, "outreach/withdraw.html", context, status=409)
    return done(request, reverse("outreach:list"), _("活动已撤回，日志里留有记录。"))
