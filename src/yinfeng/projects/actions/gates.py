"""What became of a gate's requirement, and the decisions of meetings that waive one."""

from datetime import date

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, record
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.text import clean_text
from yinfeng.org.models import Unit
from yinfeng.projects import lifecycle, policy
from yinfeng.projects.actions.debts import reckon
from yinfeng.projects.actions.keeping import locked, state
from yinfeng.projects.enums import Outcome, ProjectVerb
from yinfeng.projects.errors import must_fill
from yinfeng.projects.lifecycle import RECORD, Asked
from yinfeng.projects.models import Decision, GateOutcome, Project

SHOWN = ("outcome", "note", "decision", "owner", "due_on", "settled_on")


@action
def set_outcome(
    *,
    actor: Actor,
    project: Project,
    milestone: str,
    requirement: str,
    outcome: Outcome | str,
    note: str,
    decision: Decision | None = None,
    owner: Unit | None = None,
    due_on: date | None = None,
    version: int | None = None,
) -> GateOutcome:
    """Say what became of one requirement: met on what basis, not applicable why, decided by whom, or owed until when.

    A meeting never waives a legal paper or a red line; a red line is never owed; a missing milestone is met only by
    recording it.
    """
    project = locked(actor, project)
    policy.can_settle(actor, project).require()
    asked = asked_as(project, milestone, requirement)
    note = clean_text(note)[:400]
    check_outcome(asked, outcome, note, decision)
    row = (
        GateOutcome.objects.select_for_update(of=("self",))
        .filter(project=project, milestone=milestone, requirement=requirement)
        .first()
    )
    if row is not None and version is not None and row.version != version:
        raise Conflict(row)
    before = state(row, *SHOWN) if row else {}
    row = row or GateOutcome(project=project, milestone=milestone, requirement=requirement, version=0)
    row.outcome, row.note, row.decision = Outcome(outcome), note, decision
    row.owner = owner or row.owner or project.lead_unit
    row.due_on = (due_on or row.due_on) if outcome == Outcome.OWED else row.due_on
    row.settled_on = None if outcome == Outcome.OWED else clock.today()
    row.version += 1
    row.save()
    record(
        actor=actor,
        verb=ProjectVerb.OUTCOME,
        target=row,
        root=project,
        before=before,
        after=state(row, *SHOWN) | {"milestone": milestone, "title": asked.title},
        note=note,
    )
    return row


def asked_as(project: Project, milestone: str, requirement: str) -> Asked:
    """The requirement as the gates of this kind of project put it; ``Invalid`` when they do not ask for it."""
    known = {gate.milestone for gate in lifecycle.gates_of(project.kind)}
    asks = lifecycle.gate_of(project.kind, milestone).asks if milestone in known else ()
    found = next((asked for asked in asks if asked.key == requirement), None)
    if found is None:
        raise Invalid({"requirement": _("这类项目的这个环节没有这项要件。")})
    return found


def check_outcome(asked: Asked, outcome: str, note: str, decision: Decision | None) -> None:
    """Refuse an outcome that the requirement does not allow."""
    if outcome not in Outcome.values:
        raise Invalid({"outcome": _("没有这种办理结果。")})
    if outcome in {Outcome.MET, Outcome.NOT_APPLICABLE} and not note:
        raise Invalid({"note": _("请写明依据或不涉及的理由。")})
    if outcome == Outcome.MET and asked.key == RECORD:
        raise Invalid({"outcome": _("补记这个里程碑即视为满足，不能直接标为满足。")})
    if outcome == Outcome.DECIDED:
        if asked.legal:
            raise Invalid({"outcome": _("法定手续和红线不能一事一议。")})
        if decision is None:
            raise Invalid({"decision": _("一事一议须注明会议决定。")})
    if outcome == Outcome.OWED and not asked.may_be_owed:
        raise Invalid({"outcome": _("红线事项不能挂欠。")})


@action
def add_decision(
    *,
    actor: Actor,
    project: Project,
    body: str,
    decided_on: date,
    matter: str,
    number: str = "",
    waives: str = "",
    conditions: str = "",
    valid_until: date | None = None,
    demo: bool = False,
) -> Decision:
    """Register what a meeting decided about a project."""
    project = locked(actor, project)
    policy.can_record(actor, project).require()
    body, matter = clean_text(body)[:80], clean_text(matter)[:400]
    if not body:
        raise must_fill("body")
    if not matter:
        raise must_fill("matter")
    if decided_on > clock.today():
        raise Invalid({"decided_on": _("会议日期不能晚于今天。")})
    decision = Decision.objects.create(
        project=project,
        body=body,
        number=clean_text(number)[:80],
        decided_on=decided_on,
        matter=matter,
        waives=clean_text(waives)[:200],
        conditions=clean_text(conditions)[:400],
        valid_until=valid_until,
        demo=demo,
    )
    reckon(project)
    record(
        actor=actor,
        verb=ProjectVerb.DECISION,
        target=decision,
        root=project,
        after=state(decision, "body", "number", "decided_on", "matter", "waives", "conditions", "valid_until"),
    )
    return decision
