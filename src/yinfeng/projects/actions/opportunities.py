"""Opportunities: self-conceived projects offered to investors, and what becomes of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock, search
from yinfeng.core.actions import action, lock, record, unchanged
from yinfeng.core.actions import store as store_record
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.names import normalise_project
from yinfeng.core.text import clean_text
from yinfeng.enterprises.models import Enterprise
from yinfeng.projects import policy
from yinfeng.projects.actions.keeping import state as _state
from yinfeng.projects.actions.registering import LARGEST, create_project
from yinfeng.projects.enums import OpportunityState, ProjectKind, ProjectVerb
from yinfeng.projects.errors import must_fill
from yinfeng.projects.models import Opportunity, Project
from yinfeng.projects.values import OpportunityValues, ProjectValues

FIELDS = (
    "name", "chain", "region", "lead_unit", "product", "capacity", "content", "offered", "total_wan", "source", "state"
)  # fmt: skip


@action
def create_opportunity(
    *,
    actor: Actor,
    values: OpportunityValues,
    state: OpportunityState | str = OpportunityState.PLANNED,
    demo: bool = False,
) -> Opportunity:
    """Register a self-conceived project for offering to investors."""
    policy.can_create(actor).require()
    cleaned = _checked(values.as_dict() | {"state": state})
    opportunity = Opportunity(
        **cleaned, name_key=normalise_project(cleaned["name"])[:200], demo=demo, created_at=clock.now()
    )
    opportunity.save(force_insert=True)
    _keep_searchable(opportunity)
    record(actor=actor, verb=ProjectVerb.OPPORTUNITY_CREATED, target=opportunity, after=_state(opportunity, *FIELDS))
    return opportunity


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values cleaned, or ``Invalid`` naming every field that cannot be accepted."""
    found, wrong = dict(values), {}
    for name in {"name", "product", "capacity", "source"} & found.keys():
        found[name] = clean_text(found[name] or "")
        if len(found[name]) > 200:
            wrong[name] = _("最多 %(longest)s 个字。") % {"longest": 200}
    for name in {"content", "offered"} & found.keys():
        found[name] = clean_text(found[name] or "", multiline=True)
    if "name" in found and not found["name"]:
        wrong["name"] = _("请填写项目名称。")
    amount = found.get("total_wan")
    if amount is not None and not 0 <= amount < LARGEST:
        wrong["total_wan"] = _("数额超出范围，请核对单位。")
    if found.get("state", OpportunityState.PLANNED) not in OpportunityState.values:
        wrong["state"] = _("没有这种状态。")
    if wrong:
        raise Invalid(wrong)
    return found


@action
def update_opportunity(
    *, actor: Actor, opportunity_id: int, version: int | None, values: Mapping[str, Any]
) -> Opportunity:
    """Change what is said of an opportunity; it is taken up by its own action."""
    opportunity = lock(Opportunity.objects.visible_to(actor), pk=opportunity_id, version=version)
    policy.can_edit_opportunity(actor, opportunity).require()
    if values.get("state") == OpportunityState.TAKEN_UP:
        raise Invalid({"state": _("有投资方承接时请办理“转为项目”。")})
    if values.keys() - set(FIELDS):
        raise Invalid({name: _("这一项不能在这里修改。") for name in values.keys() - set(FIELDS)})
    changed = {name: value for name, value in _checked(values).items() if getattr(opportunity, name) != value}
    if not changed:
        unchanged()
        return opportunity
    before = _state(opportunity, *changed)
    for name, value in changed.items():
        setattr(opportunity, name, value)
    opportunity.name_key = normalise_project(opportunity.name)[:200]
    store_record(opportunity, *changed, "name_key")
    _keep_searchable(opportunity)
    record(
        actor=actor,
        verb=ProjectVerb.OPPORTUNITY_CHANGED,
        target=opportunity,
        before=before,
        after=_state(opportunity, *changed),
    )
    return opportunity


@action
def take_up_opportunity(
    *,
    actor: Actor,
    opportunity: Opportunity,
    investor: Enterprise | None = None,
    investor_name: str = "",
    version: int | None = None,
    kind: ProjectKind | str = ProjectKind.NEW_INDUSTRY,
) -> Project:
    """Turn an opportunity into a project of the investor that takes it up."""
    opportunity = lock(Opportunity.objects.visible_to(actor), pk=opportunity.pk, version=version)
    policy.can_edit_opportunity(actor, opportunity).require()
    shared = ("name", "chain", "region", "lead_unit", "product", "capacity", "content", "total_wan")
    values = ProjectValues(
        kind=kind,
        source=_("招商推介项目 %(code)s") % {"code": opportunity.code},
        **{name: getattr(opportunity, name) for name in shared},
    )
    if investor is None and not clean_text(investor_name):
        raise must_fill("investor_name")
    project = create_project(actor=actor, values=values, investor=investor, investor_name=investor_name)
    opportunity.state, opportunity.taken_by = OpportunityState.TAKEN_UP, project
    store_record(opportunity, "state", "taken_by")
    record(
        actor=actor,
        verb=ProjectVerb.OPPORTUNITY_TAKEN,
        target=opportunity,
        root=project,
        after={"taken_by": project.code, "investor": str(investor or investor_name)},
    )
    return project


@action
def withdraw_opportunity(
    *, actor: Actor, opportunity: Opportunity, reason: str, version: int | None = None
) -> Opportunity:
    """Take a wrongly registered opportunity out of every list; nothing is deleted."""
    opportunity = lock(Opportunity.objects.visible_to(actor), pk=opportunity.pk, version=version)
    policy.can_edit_opportunity(actor, opportunity).require()
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    opportunity.withdrawn_at = clock.now()
    store_record(opportunity, "withdrawn_at")
    search.forget("opportunity", [opportunity.pk])
    record(
        actor=actor,
        verb=ProjectVerb.OPPORTUNITY_WITHDRAWN,
        target=opportunity,
        after={"withdrawn": True},
        note=reason,
    )
    return opportunity


def _keep_searchable(opportunity: Opportunity) -> None:
    words = (opportunity.name, opportunity.product, opportunity.code)
    search.index("opportunity", [(opportunity.pk, "\n".join(word for word in words if word))])
