"""Status, annual plan and duplicates: how a project stands beside its stage."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.text import clean_text
from yinfeng.core.verdicts import no
from yinfeng.org.periods import posting_period
from yinfeng.projects import policy
from yinfeng.projects.actions.debts import reckon
from yinfeng.projects.actions.keeping import keep_searchable, locked, state, touched
from yinfeng.projects.actions.milestones import check_day
from yinfeng.projects.enums import DuplicateState, NameKind, ProjectVerb, Stage, Status
from yinfeng.projects.errors import must_fill
from yinfeng.projects.models import AnnualPlanLine, Project, ProjectName, StatusChange

PLAN = ("aimed_stage", "start_on", "finish_on", "invest_wan", "funds_wan", "source")


@action
def set_status(
    *,
    actor: Actor,
    project: Project,
    status: Status | str,
    occurred_on: date,
    reason: str,
    version: int | None = None,
    demo: bool = False,
) -> Project:
    """Halt, rest, suspend, end, hand on or resume a project from a day, with the reason; its stage stays."""
    project = locked(actor, project, version)
    policy.can_set_status(actor, project).require()
    if status not in Status.values:
        raise Invalid({"status": _("没有这种状态。")})
    check_day(occurred_on)
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    if project.status == status and project.status_on == occurred_on:
        unchanged()
        return project
    before = state(project, "status", "status_on", "status_reason")
    StatusChange.objects.create(
        project=project,
        status=Status(status),
        occurred_on=occurred_on,
        posted_period=posting_period(occurred_on),
        reason=reason,
        recorded_at=clock.now(),
        demo=demo,
    )
    latest = StatusChange.objects.filter(project=project).order_by("-occurred_on", "-pk").first()
    if latest is not None:
        project.status, project.status_on, project.status_reason = latest.status, latest.occurred_on, latest.reason
    touched(project, "status", "status_on", "status_reason")
    record(
        actor=actor,
        verb=ProjectVerb.STATUS,
        target=project,
        root=project,
        before=before,
        after=state(project, "status", "status_on", "status_reason") | {"occurred_on": occurred_on.isoformat()},
        note=reason,
    )
    return project


@action
def set_plan_line(
    *,
    actor: Actor,
    project: Project,
    year: int,
    aimed_stage: Stage | str = "",
    start_on: date | None = None,
    finish_on: date | None = None,
    invest_wan: Decimal | None = None,
    funds_wan: Decimal | None = None,
    source: str = "",
    version: int | None = None,
) -> AnnualPlanLine:
    """Say what a year should bring for a project: the stage aimed at, planned start and finish, investment, funds."""
    project = locked(actor, project)
    policy.can_record(actor, project).require()
    if not 2000 <= year <= 2100:
        raise Invalid({"year": _("年份不对。")})
    if aimed_stage and aimed_stage not in Stage.values:
        raise Invalid({"aimed_stage": _("没有这个环节。")})
    if start_on and finish_on and finish_on < start_on:
        raise Invalid({"finish_on": _("计划竣工不能早于计划开工。")})
    line = AnnualPlanLine.objects.filter(project=project, year=year).first()
    if line is not None and version is not None and line.version != version:
        raise Conflict(line)
    before = state(line, *PLAN) if line else {}
    line = line or AnnualPlanLine(project=project, year=year, version=0)
    line.aimed_stage, line.start_on, line.finish_on = aimed_stage, start_on, finish_on
    line.invest_wan, line.funds_wan, line.source = invest_wan, funds_wan, clean_text(source)[:200]
    line.version += 1
    line.save()
    record(
        actor=actor,
        verb=ProjectVerb.PLAN_LINE,
        target=line,
        root=project,
        before=before,
        after=state(line, *PLAN) | {"year": year},
    )
    return line


@action
def judge_duplicate(
    *,
    actor: Actor,
    project: Project,
    reason: str,
    same_as: Project | None = None,
    version: int | None = None,
) -> Project:
    """End a 待判重 with a person's verdict: another project (with the reason), or the same as *same_as* and merged.

    Merging keeps every row and can be undone by ``separate_project``. A project that other facts already hang on is
    not merged; they would drop out of their figures.
    """
    project = locked(actor, project, version)
    policy.can_judge_duplicate(actor, project).require()
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    before = state(project, "duplicate_state")
    if same_as is not None:
        into = locked(actor, same_as)
        _refuse_merge(project, into)
        project.merged_into, project.duplicate_state = into, DuplicateState.MERGED
        touched(project, "merged_into", "duplicate_state")
        if project.name != into.name:
            ProjectName.objects.get_or_create(
                project=into, kind=NameKind.ALIAS, name=project.name, defaults={"name_key": project.name_key}
            )
            keep_searchable(into)
    else:
        project.duplicate_state = DuplicateState.DIFFERENT
        touched(project, "duplicate_state")
        reckon(project)
    record(
        actor=actor,
        verb=ProjectVerb.MERGED if same_as is not None else ProjectVerb.DUPLICATE_JUDGED,
        target=project,
        root=same_as or project,
        before=before,
        after=state(project, "duplicate_state") | {"merged_into": same_as.code if same_as else ""},
        note=reason,
    )
    return project


def _refuse_merge(project: Project, into: Project) -> None:
    """Nothing but what registering made may hang on a project that is merged away."""
    if project.pk == into.pk:
        raise Invalid({"same_as": _("不能并入自己。")})
    own = {"nodes", "names", "placements", "milestones", "outcomes", "parties"}
    for relation in project._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or relation.get_accessor_name() in own:
            continue
        if model._base_manager.filter(**{relation.field.name: project}).exists():
            raise Invalid(
                {"same_as": _("这个项目名下已有协议、资金、活动或分期等记录，请先改挂到保留的项目，再合并。")}
            )


@action
def separate_project(*, actor: Actor, project: Project, reason: str) -> Project:
    """Undo a merge: the project stands on its own again, judged different."""
    if not actor.has(*policy.KEEPERS):
        no(policy.OFFICE_ONLY).require()
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    if project.merged_into is None:
        unchanged()
        return project
    into = project.merged_into
    ProjectName.objects.filter(project=into, kind=NameKind.ALIAS, name=project.name).delete()
    keep_searchable(into)
    project.merged_into, project.duplicate_state = None, DuplicateState.DIFFERENT
    store(project, "merged_into", "duplicate_state")
    record(
        actor=actor,
        verb=ProjectVerb.SEPARATED,
        target=project,
        root=into,
        before={"merged_into": into.code},
        after={"merged_into": ""},
        note=reason,
    )
    return project
