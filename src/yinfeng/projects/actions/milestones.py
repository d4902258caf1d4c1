"""Milestones: the dated facts from which a project's stage follows. The only writers of ``stage``."""

from datetime import date

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.text import clean_text
from yinfeng.org.periods import posting_period, require_open
from yinfeng.projects import lifecycle, policy
from yinfeng.projects.actions.debts import Reckoning, reckon
from yinfeng.projects.actions.keeping import locked, state, touched
from yinfeng.projects.enums import STAGE_RANK, DateKind, MilestoneKind, ProjectVerb, Stage
from yinfeng.projects.errors import future_day, must_fill
from yinfeng.projects.models import Milestone, Project

EARLIEST = date(1949, 10, 1)
SHOWN = ("stage", "stage_on", "stage_in_doubt")


@action
def record_milestone(
    *,
    actor: Actor,
    project: Project,
    kind: MilestoneKind | str,
    occurred_on: date | None,
    date_kind: DateKind | str = DateKind.ACTUAL,
    basis: str = "",
    recognised_by: str = "",
    before_records: bool = False,
    version: int | None = None,
    demo: bool = False,
) -> Project:
    """Record one dated fact of a project's life and what it leaves owed.

    The stage becomes that of the furthest milestone on record, of the project and its phases. What the milestone's
    gate asks and nobody has shown becomes 欠项, never a refusal, unless the gate says it cannot be owed (a red line).
    入库前 needs no date and enters no month's figures. The same fact told twice changes nothing. A step forward ends
    the doubt about where the project stands.
    """
    project = locked(actor, project, version)
    policy.can_record(actor, project).require()
    if kind not in MilestoneKind.values:
        raise Invalid({"kind": _("没有这种里程碑。")})
    if date_kind not in DateKind.values:
        raise Invalid({"date_kind": _("没有这种日期性质。")})
    check_day(occurred_on, needed=not before_records)
    if told_before(project, kind, occurred_on, date_kind):
        unchanged()
        return project
    before = state(project, *SHOWN)
    milestone = note_milestone(
        project,
        actor,
        MilestoneKind(kind),
        occurred_on,
        date_kind=DateKind(date_kind),
        basis=basis,
        recognised_by=recognised_by,
        before_records=before_records,
        demo=demo,
    )
    reckoned = settle_stage(project)
    if project.stage_in_doubt and STAGE_RANK[Stage(project.stage)] > STAGE_RANK[Stage(str(before["stage"]))]:
        project.stage_in_doubt = False
        touched(project, "stage_in_doubt")
    log(actor, ProjectVerb.MILESTONE, project, milestone, before, reckoned)
    return project


@action
def enter_under_way(
    *, actor: Actor, project: Project, stage: Stage | str, basis: str, in_doubt: bool = False, demo: bool = False
) -> Project:
    """Enter a project that was under way before our records: at its stage, with no date invented.

    What its gate asks becomes 入库前, or 欠项 where a legal paper or a figure of our own ledger is missing. *in_doubt*
    marks 环节待核 when the source does not say plainly where the project stands.
    """
    project = locked(actor, project)
    policy.can_record(actor, project).require()
    if stage not in Stage.values:
        raise Invalid({"stage": _("没有这个环节。")})
    before = state(project, *SHOWN)
    kind = lifecycle.milestone_entering(project.kind, stage)
    if project.stage_in_doubt != in_doubt:
        project.stage_in_doubt = in_doubt
        touched(project, "stage_in_doubt")
    if told_before(project, kind, None, DateKind.ACTUAL):
        if before == state(project, *SHOWN):
            unchanged()
            return project
        record(
            actor=actor,
            verb=ProjectVerb.MILESTONE,
            target=project,
            root=project,
            before=before,
            after=state(project, *SHOWN),
            note=basis,
        )
        return project
    milestone = note_milestone(project, actor, kind, None, basis=basis, before_records=True, demo=demo)
    reckoned = settle_stage(project)
    log(actor, ProjectVerb.MILESTONE, project, milestone, before, reckoned)
    return project


@action
def confirm_stage(*, actor: Actor, project: Project, basis: str, version: int | None = None) -> Project:
    """Take the mark 环节待核 away after somebody looked: the stage stands as it is on record."""
    project = locked(actor, project, version)
    policy.can_record(actor, project).require()
    basis = clean_text(basis)[:400]
    if not basis:
        raise must_fill("basis")
    if not project.stage_in_doubt:
        unchanged()
        return project
    before = state(project, *SHOWN)
    project.stage_in_doubt = False
    touched(project, "stage_in_doubt")
    record(
        actor=actor,
        verb=ProjectVerb.MILESTONE,
        target=project,
        root=project,
        before=before,
        after=state(project, *SHOWN),
        note=basis,
    )
    return project


@action
def withdraw_milestone(*, actor: Actor, milestone_id: int, version: int | None, reason: str) -> Project:
    """Take back a milestone recorded by mistake; the stage follows from what remains.

    Refused once its month is closed: then the correction is a status or a later fact.
    """
    milestone = lock(
        Milestone.objects.visible_to(actor).filter(withdrawn_at__isnull=True), pk=milestone_id, version=version
    )
    project = locked(actor, milestone.project_id)
    policy.can_withdraw_record(actor, project).require()
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    if milestone.posted_period:
        require_open(milestone.posted_period)
    if milestone.kind == MilestoneKind.REGISTERED:
        raise Invalid(_("登记入库不能撤回；登记错了请撤回整个项目。"))
    before = state(project, *SHOWN)
    milestone.withdrawn_at, milestone.withdrawn_reason = clock.now(), reason
    store(milestone, "withdrawn_at", "withdrawn_reason")
    reckoned = settle_stage(project)
    log(actor, ProjectVerb.MILESTONE_WITHDRAWN, project, milestone, before, reckoned, note=reason)
    return project


def check_day(day: date | None, *, needed: bool = True, field: str = "occurred_on") -> None:
    """A day must be there where one is needed, and neither in the future nor absurdly early."""
    if day is None:
        if needed:
            raise must_fill(field)
        return
    if day > clock.today():
        raise future_day(field)
    if day < EARLIEST:
        raise Invalid({field: _("日期太早，请核对年份。")})


def told_before(project: Project, kind: str, day: date | None, date_kind: str) -> bool:
    """Whether the very same fact is on record; another day for it is a contradiction and refused.

    A dated fact may follow an undated one of 入库前, and a ceremony may have another day than the real start.
    """
    rows = Milestone.objects.filter(project=project, kind=kind, withdrawn_at__isnull=True)
    if day is None:
        return rows.exists()
    known = list(rows.filter(date_kind=date_kind, occurred_on__isnull=False).values_list("occurred_on", flat=True))
    if known and day not in known:
        raise Invalid(
            {
                "occurred_on": _("已记有“%(name)s” %(day)s；日期记错了请先撤回原来那条，再重新记录。")
                % {"name": MilestoneKind(kind).label, "day": known[0].isoformat()}
            }
        )
    return bool(known)


def note_milestone(
    project: Project,
    actor: Actor,
    kind: MilestoneKind,
    occurred_on: date | None,
    *,
    date_kind: DateKind = DateKind.ACTUAL,
    basis: str = "",
    recognised_by: str = "",
    before_records: bool = False,
    demo: bool = False,
) -> Milestone:
    """Write the row of a milestone; 入库前 is posted in no month. To be called inside an action."""
    return Milestone.objects.create(
        project=project,
        kind=kind,
        occurred_on=occurred_on,
        date_kind=date_kind,
        basis=clean_text(basis)[:400],
        recognised_by=clean_text(recognised_by)[:120],
        before_records=before_records,
        posted_period="" if before_records or occurred_on is None else posting_period(occurred_on),
        recorded_at=clock.now(),
        recorded_by=actor.label[:120],
        demo=demo,
    )


def settle_stage(project: Project) -> Reckoning:
    """Derive the stage anew, of the project and of the one it is a phase of, and reckon what is owed."""
    reckoned = reckon(project)
    restage(project)
    if project.parent_id is not None:
        restage(Project.objects.select_for_update(of=("self",)).get(pk=project.parent_id))
    return reckoned


def restage(project: Project) -> None:
    """Write the stage that follows from a project's milestones and those of its phases, if it differs."""
    rows = Milestone.objects.filter(withdrawn_at__isnull=True, project__withdrawn_at__isnull=True).filter(
        project__in=[project.pk, *project.phases.values_list("pk", flat=True)]
    )
    stage, day = lifecycle.standing(project.kind, rows.values_list("kind", "occurred_on"))
    if (project.stage, project.stage_on) != (stage, day):
        project.stage, project.stage_on = stage, day
    touched(project, "stage", "stage_on")


def log(
    actor: Actor,
    verb: ProjectVerb,
    project: Project,
    milestone: Milestone,
    before: dict[str, object],
    reckoned: Reckoning,
    note: str = "",
) -> None:
    """Write down a milestone with the stage before and after it and what it left owed."""
    record(
        actor=actor,
        verb=verb,
        target=milestone,
        root=project,
        before=before,
        after=state(project, *SHOWN)
        | state(
            milestone, "kind", "occurred_on", "date_kind", "basis", "recognised_by", "before_records", "posted_period"
        )
        | {"owed": list(reckoned.owed), "settled": list(reckoned.settled)},
        note=note or milestone.basis,
    )
