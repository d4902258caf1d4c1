"""Reads of the organisation room: the unit tree, task forces with their members, people and what they hold."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.core.assembly import Hit
from yinfeng.core.errors import Text
from yinfeng.core.search import matching
from yinfeng.org.enums import ROLE_LABELS, Breadth, ForceRole, ForceUnitRole, RegionLevel
from yinfeng.org.models import (
    Grant,
    Membership,
    Place,
    Region,
    ScopeNode,
    TaskForce,
    TaskForcePost,
    TaskForceUnit,
    Unit,
    User,
)
from yinfeng.org.periods import the_place


@dataclass(frozen=True)
class Branch:
    """A row of a tree that is shown as a list: the record, how deep it stands, and how many people belong to it."""

    record: Any
    depth: int
    people: int = 0


def unit_tree(actor: Actor) -> list[Branch]:
    """Every unit under the one it belongs to, in the office's order; two queries however many there are."""
    units = list(Unit.objects.visible_to(actor).select_related("region").order_by("position", "id"))
    rows = User.objects.visible_to(actor).filter(is_active=True, unit__isnull=False).order_by()
    people = dict(rows.values_list("unit_id").annotate(count=Count("id")))
    return _branches(units, people)


def _branches(records: Sequence[Any], people: Mapping[int, int] | None = None) -> list[Branch]:
    """Records with a ``parent`` as a tree written out row by row; whose parent is not among them stands at the top."""
    known = {record.pk for record in records}
    children: dict[int | None, list[Any]] = defaultdict(list)
    for record in records:
        children[record.parent_id if record.parent_id in known else None].append(record)
    rows: list[Branch] = []
    waiting = [(record, 0) for record in reversed(children[None])]
    while waiting:
        record, depth = waiting.pop()
        rows.append(Branch(record, depth, (people or {}).get(record.pk, 0)))
        waiting.extend((child, depth + 1) for child in reversed(children[record.pk]))
    return rows


def region_tree(actor: Actor) -> list[Branch]:
    """The place's own region with the divisions and parks below it."""
    regions = Region.objects.visible_to(actor).filter(node__isnull=False).order_by("code")
    return _branches(list(regions))


def task_forces(actor: Actor) -> QuerySet[TaskForce]:
    """Task forces in order, with their posts and units loaded."""
    rows: QuerySet[TaskForce] = TaskForce.objects.visible_to(actor).order_by("-active", "position", "id")
    return rows.prefetch_related(
        Prefetch("posts", TaskForcePost.objects.select_related("user").order_by("position", "id")),
        Prefetch("units", TaskForceUnit.objects.select_related("unit").order_by("position", "id")),
    )


@dataclass(frozen=True)
class Makeup:
    """Who makes up a task force, part by part."""

    sponsors: list[TaskForcePost]
    leaders: list[TaskForcePost]
    officers: list[TaskForcePost]
    lead_units: list[Unit]
    support_units: list[Unit]


def makeup(force: TaskForce) -> Makeup:
    """The posts and units of a task force that was loaded by ``task_forces``, without a further query."""
    posts, parts = list(force.posts.all()), list(force.units.all())
    return Makeup(
        sponsors=[post for post in posts if post.role == ForceRole.SPONSOR],
        leaders=[post for post in posts if post.role == ForceRole.LEADER],
        officers=[post for post in posts if post.role == ForceRole.OFFICER],
        lead_units=[part.unit for part in parts if part.role == ForceUnitRole.LEAD],
        support_units=[part.unit for part in parts if part.role == ForceUnitRole.SUPPORT],
    )


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty values do not filter."""

    unit: str = ""
    role: str = ""
    text: str = ""
    closed: bool = False


def people(actor: Actor, wanted: PeopleFilter) -> QuerySet[User]:
    """People with their unit and the roles they hold today."""
    rows = User.objects.visible_to(actor).filter(is_active=not wanted.closed).select_related("unit")
    if wanted.unit:
        rows = rows.filter(unit__code=wanted.unit)
    if wanted.role:
        rows = rows.filter(pk__in=Membership.objects.filter(_today(), role=wanted.role).values("user_id"))
    if wanted.text:
        rows = rows.filter(Q(post__icontains=wanted.text) | Q(username__icontains=wanted.text))
    current = Membership.objects.filter(_today()).select_related("node").order_by("id")
    return rows.prefetch_related(Prefetch("memberships", current, to_attr="current_memberships"))


def _today() -> Q:
    """What is in force on this day."""
    today = clock.today()
    return Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))


@dataclass(frozen=True)
class Holding:
    """A role or a grant of a person as the page shows it; ``state`` is current, later or past."""

    id: int
    title: Text
    where: str
    reach: Text
    from_on: date
    to_on: date | None
    reason: str

    @property
    def state(self) -> str:
        """Whether it holds today."""
        today = clock.today()
        if self.from_on > today:
            return "later"
        return "past" if self.to_on is not None and self.to_on < today else "current"


def roles_of(user: User) -> list[Holding]:
    """Every role a person holds, held or will hold, newest first."""
    rows = Membership.objects.filter(user=user).select_related("node").order_by("-from_on", "-id")
    return [
        Holding(
            row.pk,
            ROLE_LABELS[Role(row.role)],
            str(row.node) if row.node else "",
            Breadth(row.breadth).label,
            row.from_on,
            row.to_on,
            "",
        )
        for row in rows
    ]


def grants_of(user: User) -> list[Holding]:
    """Every further permission to see of a person, newest first."""
    rows = Grant.objects.filter(user=user).select_related("node").order_by("-from_on", "-id")
    return [
        Holding(row.pk, _("查看"), str(row.node), Breadth.BELOW.label, row.from_on, row.to_on, row.reason)
        for row in rows
    ]


def scope_choices() -> list[tuple[Text, list[tuple[str, str]]]]:
    """Where a role may be held, in groups: the place and its regions, units, task forces; keys are public codes."""
    place: Place | None = the_place()
    regions = [
        (f"region:{branch.record.code}", "　" * branch.depth + branch.record.name)
        for branch in _branches(list(Region.objects.filter(node__isnull=False).order_by("code")))
        if branch.record.level != RegionLevel.STREET
    ]
    units = [
        (f"unit:{branch.record.code}", "　" * branch.depth + branch.record.name)
        for branch in _branches(list(Unit.objects.filter(active=True).order_by("position", "id")))
    ]
    forces = [(f"force:{force.code}", force.name) for force in TaskForce.objects.filter(active=True)]
    groups: list[tuple[Text, list[tuple[str, str]]]] = [
        (gettext_lazy("单位"), units),
        (gettext_lazy("专班"), forces),
        (gettext_lazy("行政区/园区"), regions if place else []),
    ]
    return [(title, choices) for title, choices in groups if choices]


def node_of(key: str) -> ScopeNode | None:
    """The scope node behind a key of ``scope_choices``."""
    kind, _separator, code = key.partition(":")
    lookup = {"unit": "unit__code", "force": "task_force__code", "region": "region__code"}.get(kind)
    if not lookup or not code:
        return None
    found: ScopeNode | None = ScopeNode.objects.filter(**{lookup: code}).first()
    return found


def find_units(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Units for the search box."""
    ids = matching("unit", text)
    if ids is None:
        return []
    rows = Unit.objects.visible_to(actor).filter(pk__in=ids).order_by("-active", "position", "id")[:limit]
    return [Hit(unit.name, reverse("org:unit", args=[unit.code]), unit.get_kind_display()) for unit in rows]
