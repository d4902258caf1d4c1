"""Registering projects and changing what is said of them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock, search
from yinfeng.core.actions import action, record, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.codes import industry
from yinfeng.core.errors import Invalid
from yinfeng.core.names import normalise_project
from yinfeng.core.text import clean_text
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import EnterpriseKind
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import TaskForce, Unit
from yinfeng.org.periods import require_open
from yinfeng.projects import policy
from yinfeng.projects.actions.debts import reckon
from yinfeng.projects.actions.keeping import keep_searchable, locked, place_nodes, state, touched
from yinfeng.projects.actions.milestones import note_milestone, restage
from yinfeng.projects.enums import (
    DuplicateState,
    Grade,
    MilestoneKind,
    NameKind,
    Nature,
    PartyRole,
    ProjectKind,
    ProjectVerb,
)
from yinfeng.projects.errors import must_fill
from yinfeng.projects.models import Party, Placement, Project, ProjectName
from yinfeng.projects.queries.matching import looks_registered
from yinfeng.projects.values import ProjectValues

TEXTS = ("name", "product", "capacity", "site", "source", "phase_label", "industry_code")
AMOUNTS = ("total_wan", "fixed_wan", "land_mu")
LONGEST = {"name": 200, "product": 200, "capacity": 200, "site": 120, "source": 200, "phase_label": 20}
LARGEST = Decimal(10) ** 11
CHOICES = {"kind": ProjectKind, "nature": Nature, "grade": Grade}
PLACES = ("chain", "region", "lead_unit")
EDITABLE = (*TEXTS, *AMOUNTS, *CHOICES, *PLACES, "officer", "content")


@action
def create_project(
    *,
    actor: Actor,
    values: ProjectValues,
    investor: Enterprise | None = None,
    investor_name: str = "",
    registered_on: date | None = None,
    parent: Project | None = None,
    follows: Project | None = None,
    task_force: TaskForce | None = None,
    judged_different: str = "",
    demo: bool = False,
) -> Project:
    """Register a project, or a phase of one when *parent* is given.

    A possible duplicate is saved all the same and waits as 待判重, unless *judged_different* says why it is none.
    The day of registering is today unless *registered_on* says otherwise. An investor may be named instead of given.
    """
    policy.can_create(actor).require()
    above = locked(actor, parent) if parent is not None else None
    if above is not None:
        policy.can_edit(actor, above).require()
        if above.parent_id is not None:
            raise Invalid(_("分期下面不能再分期。"))
    cleaned = checked(_with_defaults(values.as_dict(), actor, above))
    now = clock.now()
    project = Project(
        **cleaned,
        name_key=normalise_project(cleaned["name"])[:200],
        parent=above,
        follows=follows,
        first_unit=_own_unit(actor),
        first_at=now,
        created_at=now,
        changed_at=now,
        demo=demo,
    )
    project.save(force_insert=True)
    record(
        actor=actor,
        verb=ProjectVerb.CREATED if above is None else ProjectVerb.PHASE,
        target=project,
        root=above or project,
        after=state(project, *EDITABLE) | {"investor": str(investor or investor_name)},
        note=judged_different,
    )
    if investor is None and investor_name:
        investor = register_enterprise(actor=actor, name=investor_name, kind=EnterpriseKind.INVESTOR, demo=demo)
    if investor is not None:
        Party.objects.create(project=project, enterprise=investor, role=PartyRole.INVESTOR, demo=demo)
    _judge_at_once(project, investor, judged_different)
    place_nodes(project, actor, task_force)
    _place(project, task_force, registered_on or clock.today())
    note_milestone(project, actor, MilestoneKind.REGISTERED, registered_on or clock.today(), demo=demo)
    reckon(project)
    restage(project)
    keep_searchable(project)
    return project


def _with_defaults(values: dict[str, Any], actor: Actor, above: Project | None) -> dict[str, Any]:
    """Chain, unit and region of a phase are its project's; an unnamed unit is the registering person's own."""
    for name in PLACES if above is not None else ():
        values[name] = values[name] or getattr(above, name)
    values["lead_unit"] = values["lead_unit"] or _own_unit(actor)
    return values


def _own_unit(actor: Actor) -> Unit | None:
    return Unit.objects.filter(pk=actor.unit_id).first() if actor.unit_id else None


def _judge_at_once(project: Project, investor: Enterprise | None, judged_different: str) -> None:
    """Mark a new project that may be on record already."""
    if judged_different:
        project.duplicate_state = DuplicateState.DIFFERENT
    elif looks_registered(project, {investor.pk} if investor else set()):
        project.duplicate_state = DuplicateState.PENDING
    else:
        return
    project.save(update_fields=["duplicate_state"])


def _place(project: Project, task_force: TaskForce | None, from_on: date) -> None:
    """Open a dated row of where the project belongs from a day on: the one before ends, later ones never applied."""
    Placement.objects.filter(project=project, from_on__gte=from_on).delete()
    Placement.objects.filter(project=project, to_on__isnull=True).update(to_on=from_on)
    Placement.objects.create(
        project=project,
        chain=project.chain,
        lead_unit=project.lead_unit,
        region=project.region,
        task_force=task_force or (project.chain.task_force if project.chain else None),
        from_on=from_on,
    )


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values cleaned, or ``Invalid`` naming every field that cannot be accepted."""
    found, wrong = dict(values), {}
    for name in set(TEXTS) & found.keys():
        found[name] = clean_text(found[name] or "")
        if len(found[name]) > LONGEST.get(name, 200):
            wrong[name] = _("最多 %(longest)s 个字。") % {"longest": LONGEST.get(name, 200)}
    if "content" in found:
        found["content"] = clean_text(found["content"] or "", multiline=True)
    if "name" in found and not found["name"]:
        wrong["name"] = _("请填写项目名称。")
    for name in set(AMOUNTS) & found.keys():
        if found[name] is not None and not 0 <= found[name] < LARGEST:
            wrong[name] = _("数额超出范围，请核对单位。")
    for name in CHOICES.keys() & found.keys():
        if found[name] not in CHOICES[name].values:
            wrong[name] = _("没有这个选项。")
    if found.get("industry_code") and industry(found["industry_code"]) is None:
        wrong["industry_code"] = _("国民经济行业分类中没有这个代码。")
    if wrong:
        raise Invalid(wrong)
    return found


@action
def update_project(*, actor: Actor, project_id: int, version: int | None, values: Mapping[str, Any]) -> Project:
    """Change what is said of a project; only the fields given are checked and stored.

    Another chain, unit or region is a handing over and asks for that right.
    """
    project = locked(actor, project_id, version)
    policy.can_edit(actor, project).require()
    unknown = values.keys() - set(EDITABLE)
    if unknown:
        raise Invalid({name: _("这一项不能在这里修改。") for name in unknown})
    changed = {name: value for name, value in checked(values).items() if getattr(project, name) != value}
    if not changed:
        unchanged()
        return project
    if changed.keys() & set(PLACES):
        policy.can_place(actor, project).require()
    before = state(project, *changed)
    for name, value in changed.items():
        setattr(project, name, value)
    project.name_key = normalise_project(project.name)[:200]
    touched(project, *changed, "name_key")
    if changed.keys() & set(PLACES):
        place_nodes(project, actor, handover=True)
        _place(project, None, clock.today())
    if "kind" in changed:
        restage(project)
    reckon(project)
    keep_searchable(project)
    record(
        actor=actor,
        verb=ProjectVerb.CHANGED,
        target=project,
        root=project,
        before=before,
        after=state(project, *changed),
    )
    return project


@action
def place_project(
    *,
    actor: Actor,
    project: Project,
    chain: Any,
    lead_unit: Any,
    region: Any,
    task_force: TaskForce | None = None,
    from_on: date | None = None,
    version: int | None = None,
) -> Project:
    """Hand a project to a chain, unit, region and task force from a day on; those before keep their dated row."""
    project = locked(actor, project, version)
    policy.can_place(actor, project).require()
    before = state(project, *PLACES)
    project.chain, project.lead_unit, project.region = chain, lead_unit, region
    touched(project, *PLACES)
    place_nodes(project, actor, task_force, handover=True)
    _place(project, task_force, from_on or clock.today())
    reckon(project)
    record(
        actor=actor,
        verb=ProjectVerb.PLACED,
        target=project,
        root=project,
        before=before,
        after=state(project, *PLACES) | {"task_force": str(task_force or ""), "from_on": from_on or clock.today()},
    )
    return project


@action
def add_name(*, actor: Actor, project: Project, name: str, kind: NameKind | str = NameKind.ALIAS) -> ProjectName:
    """Keep another name, the statistics' name or an outside code of a project."""
    project = locked(actor, project)
    policy.can_edit(actor, project).require()
    name = clean_text(name)[:200]
    if not name:
        raise must_fill("name")
    known: ProjectName | None = ProjectName.objects.filter(project=project, name=name, kind=kind).first()
    if known is not None:
        unchanged()
        return known
    second: ProjectName = ProjectName.objects.create(
        project=project, name=name, name_key=normalise_project(name)[:200], kind=NameKind(kind)
    )
    keep_searchable(project)
    record(
        actor=actor,
        verb=ProjectVerb.NAME,
        target=project,
        root=project,
        after={"name": name, "kind": NameKind(kind).label},
    )
    return second


@action
def withdraw_project(*, actor: Actor, project: Project, reason: str, version: int | None = None) -> Project:
    """Take a wrongly registered project out of every list and figure; nothing is deleted.

    Refused where a closed month already counts one of its facts, or phases still hang on it.
    """
    project = locked(actor, project, version)
    policy.can_withdraw(actor, project).require()
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    if project.phases.filter(withdrawn_at__isnull=True).exists():
        raise Invalid(_("还有分期挂在这个项目下，请先撤回各分期。"))
    for period in posted_periods(project):
        require_open(period)
    project.withdrawn_at = clock.now()
    touched(project, "withdrawn_at")
    search.forget("project", [project.pk])
    if project.parent is not None:
        restage(project.parent)
    record(
        actor=actor, verb=ProjectVerb.WITHDRAWN, target=project, root=project, after={"withdrawn": True}, note=reason
    )
    return project


def posted_periods(project: Project) -> set[str]:
    """The months in which facts of any room about this project are counted."""
    periods: set[str] = set()
    for relation in project._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or not any(field.name == "posted_period" for field in model._meta.get_fields()):
            continue
        rows = model._base_manager.filter(**{relation.field.name: project})
        if any(field.name == "withdrawn_at" for field in model._meta.get_fields()):
            rows = rows.filter(withdrawn_at__isnull=True)
        periods.update(rows.values_list("posted_period", flat=True).distinct())
    return periods - {""}
