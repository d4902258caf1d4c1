"""Places, units, task forces and people for tests; everything goes through the room's own actions."""

from __future__ import annotations

from itertools import count

from yinfeng.core.actor import Actor, Role, system
from yinfeng.org import actions
from yinfeng.org.enums import Breadth, ForceRole, RegionLevel, TaskForceKind, UnitKind
from yinfeng.org.models import Place, Region, ScopeNode, TaskForce, Unit, User
from yinfeng.org.scope import actor_for

_numbers = count(1)
PASSWORD = "Fenghuang-2025"
SYSTEM = system("测试")


def system_actor() -> Actor:
    """A process that may do and see everything."""
    return SYSTEM


def make_place(
    name: str = "格尔木市",
    short_name: str = "格尔木",
    office_name: str = "格尔木市招商引资工作领导小组办公室",
    region_code: str = "632801",
    year: int = 2025,
    report_day: int = 25,
    final_day: int = 5,
) -> Place:
    """The one place; calling it again gives the same."""
    return actions.set_place(
        actor=SYSTEM,
        name=name,
        short_name=short_name,
        office_name=office_name,
        region_code=region_code,
        year=year,
        report_day=report_day,
        final_day=final_day,
    )


def make_region(
    code: str = "", name: str = "", level: RegionLevel = RegionLevel.COUNTY, parent: Region | None = None
) -> Region:
    """A region with a scope node of its own."""
    number = next(_numbers)
    name = name or f"测试区{number}"
    return Region.objects.create(
        code=code or f"T{number:05d}",
        name=name,
        level=level,
        parent=parent,
        node=ScopeNode.objects.create(kind="region", label=name),
    )


def make_unit(
    name: str = "",
    parent: Unit | None = None,
    *,
    short_name: str = "",
    kind: UnitKind = UnitKind.DEPARTMENT,
    region: Region | None = None,
    reports: bool = True,
    position: int = 100,
) -> Unit:
    """A unit; a name is made up when none is given."""
    name = name or f"测试单位{next(_numbers)}"
    return actions.create_unit(
        actor=SYSTEM,
        name=name,
        short_name=short_name or name[:40],
        kind=kind,
        parent=parent,
        region=region,
        reports=reports,
        position=position,
    )


def make_task_force(
    name: str = "",
    *,
    lead_units: tuple[Unit, ...] = (),
    support_units: tuple[Unit, ...] = (),
    posts: tuple[tuple[ForceRole, str], ...] = ((ForceRole.SPONSOR, "市长"), (ForceRole.LEADER, "副市长")),
    kind: TaskForceKind = TaskForceKind.CHAIN,
) -> TaskForce:
    """A task force with two posts."""
    name = name or f"测试专班{next(_numbers)}"
    return actions.create_task_force(
        actor=SYSTEM,
        name=name,
        short_name=name[:40],
        kind=kind,
        position=100,
        posts=posts,
        lead_units=lead_units,
        support_units=support_units,
    )


def make_user(
    role: Role = Role.OFFICER,
    unit: Unit | None = None,
    breadth: Breadth = Breadth.BELOW,
    *,
    node: ScopeNode | None = None,
    username: str = "",
    post: str = "",
    password: str = PASSWORD,
) -> User:
    """A person with one role and the password ``PASSWORD``; ``client.force_login`` needs no password."""
    number = next(_numbers)
    user, _password = actions.create_user(
        actor=SYSTEM,
        username=username or f"user{number}",
        post=post or f"岗位{number}",
        unit=unit,
        role=role,
        node=node,
        breadth=breadth,
        password=password,
    )
    return user


def actor(
    role: Role = Role.OFFICER,
    unit: Unit | None = None,
    breadth: Breadth = Breadth.BELOW,
    *,
    sees_all: bool = False,
    node: ScopeNode | None = None,
    gesture: str = "",
) -> Actor:
    """The actor of a new person, resolved from its membership as a request would do it."""
    user = make_user(role, unit, Breadth.ALL if sees_all else breadth, node=node)
    return actor_for(user, gesture=gesture)
