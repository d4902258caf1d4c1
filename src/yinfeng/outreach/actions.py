"""Every write of the outreach room."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid, NotVisible
from yinfeng.core.evidence import attach
from yinfeng.core.models import snapshot
from yinfeng.core.text import clean_text
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import Unit
from yinfeng.org.periods import posting_period, require_open
from yinfeng.outreach import policy
from yinfeng.outreach.enums import ActivityKind, OutreachVerb
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Project

FIELDS = (
    "kind",
    "occurred_on",
    "ended_on",
    "unit",
    "project",
    "enterprise",
    "counterpart",
    "place",
    "led_by",
    "participants",
    "headcount",
    "summary",
    "next_step",
    "next_due_on",
)
LENGTHS = {"counterpart": 160, "place": 120, "led_by": 120, "participants": 400, "next_step": 400}
COUNTED_FIELDS = frozenset({"kind", "occurred_on", "unit", "project"})


@action
def log_activity(
    *,
    actor: Actor,
    kind: ActivityKind | str,
    occurred_on: date,
    unit: Unit,
    summary: str,
    project: Project | None = None,
    enterprise: Enterprise | None = None,
    next_step: str = "",
    next_due_on: date | None = None,
    counterpart: str = "",
    place: str = "",
    led_by: str = "",
    participants: str = "",
    headcount: int | None = None,
    ended_on: date | None = None,
    file: tuple[bytes, str] | None = None,
    demo: bool = False,
) -> Activity:
    """Log who was met, what was said and what comes next; it counts in the month of its day, or the next open one."""
    policy.can_log_for(actor, unit).require()
    values = _clean(
        {
            "kind": ActivityKind(kind),
            "occurred_on": occurred_on,
            "ended_on": ended_on,
            "unit": unit,
            "project": project,
            "enterprise": enterprise,
            "counterpart": counterpart,
            "place": place,
            "led_by": led_by,
            "participants": participants,
            "headcount": headcount,
            "summary": summary,
            "next_step": next_step,
            "next_due_on": next_due_on,
        }
    )
    _require_project(actor, project)
    activity = Activity.objects.create(
        **values,
        posted_period=posting_period(occurred_on),
        recorded_at=clock.now(),
        recorded_by=actor.label,
        demo=demo,
    )
    record(actor=actor, verb=OutreachVerb.LOGGED, target=activity, root=project, after=snapshot(activity, FIELDS))
    if file is not None:
        attach(actor=actor, owner=activity, content=file[0], name=file[1], root=project, demo=demo)
    return activity


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored; an activity has happened, and something is said of it."""
    cleaned = dict(values)
    wrong = {}
    for field, length in LENGTHS.items():
        cleaned[field] = clean_text(cleaned[field])[:length]
    cleaned["summary"] = clean_text(cleaned["summary"], multiline=True)
    if not cleaned["summary"]:
        wrong["summary"] = _("请写一句这次谈了什么。")
    if cleaned["occurred_on"] > clock.today():
        wrong["occurred_on"] = _("日期不能晚于今天；还没发生的事请写在下一步。")
    if cleaned["ended_on"] and cleaned["ended_on"] < cleaned["occurred_on"]:
        wrong["ended_on"] = _("结束日期不能早于开始日期。")
    if cleaned["next_due_on"] and cleaned["next_due_on"] < cleaned["occurred_on"]:
        wrong["next_due_on"] = _("跟进日期不能早于活动日期。")
    if cleaned["headcount"] is not None and not 1 <= cleaned["headcount"] <= 100_000:
        wrong["headcount"] = _("人数应为 1 以上的整数。")
    if wrong:
        raise Invalid(wrong)
    return cleaned


def _require_project(actor: Actor, project: Project | None) -> None:
    """A project named must be one that the actor sees."""
    if project is not None and not Project.objects.visible_to(actor).filter(pk=project.pk).exists():
        raise NotVisible


@action
def update_activity(*, actor: Actor, activity_id: int, version: int, values: Mapping[str, Any]) -> Activity:
    """Change an activity; what was counted in a closed month stays as it was counted."""
    activity = lock(Activity.objects.visible_to(actor), pk=activity_id, version=version)
    policy.can_change(actor, activity).require()
    current = {field: getattr(activity, field) for field in FIELDS}
    wanted = _clean(current | {field: values[field] for field in FIELDS if field in values})
    changed = [field for field in FIELDS if current[field] != wanted[field]]
    if not changed:
        unchanged()
        return activity
    if COUNTED_FIELDS.intersection(changed):
        require_open(activity.posted_period)
        policy.can_log_for(actor, wanted["unit"]).require()
        _require_project(actor, wanted["project"])
    before = snapshot(activity, tuple(changed))
    for field in changed:
        setattr(activity, field, wanted[field])
    if "occurred_on" in changed:
        activity.posted_period = posting_period(activity.occurred_on)
    store(activity, *changed, "posted_period")
    record(
        actor=actor,
        verb=OutreachVerb.CHANGED,
        target=activity,
        root=activity.project,
        before=before,
        after=snapshot(activity, tuple(changed)),
    )
    return activity


@action
def withdraw_activity(*, actor: Actor, activity_id: int, reason: str, version: int | None = None) -> Activity:
    """Take a wrongly logged activity out of every list and figure; it stays in the log with the reason."""
    activity = lock(Activity.objects.visible_to(actor), pk=activity_id, version=version)
    policy.can_change(actor, activity).require()
    if not clean_text(reason):
        raise Invalid({"reason": _("请写明撤回原因。")})
    require_open(activity.posted_period)
    activity.withdrawn_at = clock.now()
    store(activity, "withdrawn_at")
    record(
        actor=actor,
        verb=OutreachVerb.WITHDRAWN,
        target=activity,
        root=activity.project,
        before=snapshot(activity, FIELDS),
        note=clean_text(reason),
    )
    return activity
