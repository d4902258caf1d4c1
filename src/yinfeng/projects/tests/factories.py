"""Projects, opportunities and their facts for tests; everything goes through the room's own actions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Actor, system
from yinfeng.core.names import normalise_company
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import TaskForce, Unit
from yinfeng.projects import actions
from yinfeng.projects.enums import AgreementKind, MilestoneKind, OpportunityState, PartyRole, Stage
from yinfeng.projects.models import Agreement, Opportunity, Party, Project, SavedView
from yinfeng.projects.values import OpportunityValues, ProjectValues

_numbers = count(1)
SYSTEM = system("测试")
PRODUCTS = (
    "碳酸锂",
    "硫酸钾",
    "氢氧化镁",
    "储热熔盐",
    "风电整机",
    "碳化硅",
    "电解铜",
    "智算中心",
    "枸杞加工",
    "仓储物流",
)


def make_chain(name: str = "", task_force: TaskForce | None = None, position: int = 100) -> Chain:
    """A chain, with a task force if one is given."""
    number = next(_numbers)
    name = name or f"测试产业链{number}"
    return Chain.objects.create(
        name=name, short_name=name[:20], colour=number % 7, position=position, task_force=task_force
    )


def make_enterprise(name: str = "") -> Enterprise:
    """A firm; a name is made up when none is given."""
    name = name or f"引凤测试{next(_numbers)}号科技有限公司"
    return Enterprise.objects.create(name=name, name_key=normalise_company(name), created_at=clock.now())


def make_project(
    name: str = "",
    *,
    actor: Actor = SYSTEM,
    unit: Unit | None = None,
    chain: Chain | None = None,
    investor: Enterprise | None = None,
    registered_on: date | None = None,
    parent: Project | None = None,
    demo: bool = False,
    **values: Any,
) -> Project:
    """A registered project; a name is made up when none is given. Other keywords are fields of ``ProjectValues``."""
    number = next(_numbers)
    name = name or f"{PRODUCTS[number % len(PRODUCTS)]}基地{number}"
    return actions.create_project(
        actor=actor,
        values=ProjectValues(name=name, lead_unit=unit, chain=chain, **values),
        investor=investor,
        registered_on=registered_on,
        parent=parent,
        demo=demo,
    )


def make_milestone(
    project: Project,
    kind: MilestoneKind = MilestoneKind.CONTRACT_SIGNED,
    occurred_on: date | None = date(2025, 3, 5),
    *,
    actor: Actor = SYSTEM,
    **more: Any,
) -> Project:
    """One milestone; gives the project as it stands afterwards."""
    return actions.record_milestone(actor=actor, project=project, kind=kind, occurred_on=occurred_on, **more)


def make_under_way(stage: Stage = Stage.CONSTRUCTION, **more: Any) -> Project:
    """A project that was under way before our records."""
    return actions.enter_under_way(actor=SYSTEM, project=make_project(**more), stage=stage, basis="方案所列")


def make_agreement(
    project: Project,
    amount_wan: Decimal | None = Decimal(10_000),
    signed_on: date = date(2025, 3, 5),
    kind: AgreementKind = AgreementKind.INVESTMENT,
    *,
    actor: Actor = SYSTEM,
    **more: Any,
) -> Agreement:
    """A signed paper of 1 亿元."""
    return actions.add_agreement(
        actor=actor, project=project, kind=kind, signed_on=signed_on, amount_wan=amount_wan, **more
    )


def make_party(project: Project, enterprise: Enterprise | None = None, role: PartyRole = PartyRole.INVESTOR) -> Party:
    """A firm in a project."""
    return actions.add_party(actor=SYSTEM, project=project, enterprise=enterprise or make_enterprise(), role=role)


def make_opportunity(
    name: str = "", *, actor: Actor = SYSTEM, state: OpportunityState = OpportunityState.OFFERED, **values: Any
) -> Opportunity:
    """An opportunity on offer."""
    name = name or f"推介{PRODUCTS[next(_numbers) % len(PRODUCTS)]}{next(_numbers)}"
    return actions.create_opportunity(actor=actor, values=OpportunityValues(name=name, **values), state=state)


def make_view(actor: Actor, title: str = "", query: str = "stage=signed") -> SavedView:
    """A saved list view."""
    return actions.save_view(actor=actor, page="projects", title=title or f"视图{next(_numbers)}", query=query)
