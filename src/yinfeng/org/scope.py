"""Who may see what: resolves a person's memberships and grants to the scope nodes of an ``Actor``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, Q, Value

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.org.enums import Breadth, ForceUnitRole, NodeKind
from yinfeng.org.models import Grant, Membership, Region, ScopeNode, TaskForceUnit, Unit, User

SEE_ALL = frozenset({Role.ADMIN, Role.OFFICE, Role.AUDITOR, Role.VERIFIER})
Edges = Mapping[int, tuple[int, ...]]


@dataclass(frozen=True)
class Held:
    """One thing a person holds today: a role at a node, or (without a role) a grant."""

    role: str
    node: int | None
    breadth: str
    kind: str | None
    unit: int | None

    @property
    def is_everything(self) -> bool:
        """Whether it opens the whole place: by role, by breadth, or from the place's own node down."""
        if self.role in SEE_ALL or self.breadth == Breadth.ALL:
            return True
        return self.kind == NodeKind.PLACE and self.breadth == Breadth.BELOW


def actor_for(user: User, *, source: str = "page", address: str = "", gesture: str = "") -> Actor:
    """The actor behind a login: one query for a person who sees everything, two for the others."""
    holdings = held_today(user)
    roles = frozenset(Role(held.role) for held in holdings if held.role)
    nodes: frozenset[int] | None = None
    covers: frozenset[int] | None = None
    if user.is_superuser:
        roles |= {Role.ADMIN}
    elif not any(held.is_everything for held in holdings):
        nodes, covers = _reach(holdings)
    units = {held.unit for held in holdings if held.unit and held.role} | {user.unit_id}
    return Actor(
        label=str(user),
        user_id=user.pk,
        roles=roles,
        nodes=nodes,
        covers=covers,
        unit_id=user.unit_id,
        unit_ids=frozenset(unit for unit in units if unit),
        source=source,
        address=address,
        gesture=gesture,
    )


def held_today(user: User) -> list[Held]:
    """What a person holds on this day, memberships and grants in one query."""
    today = clock.calendar_day()
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    columns = ("held_role", "node_id", "held_breadth", "node__kind", "node__unit__id")
    memberships = (
        Membership.objects.filter(in_force, user=user)
        .annotate(held_role=F("role"), held_breadth=F("breadth"))
        .values_list(*columns)
    )
    grants = (
        Grant.objects.filter(in_force, user=user)
        .annotate(
            held_role=Value("", output_field=CharField()),
            held_breadth=Value(Breadth.BELOW.value, output_field=CharField()),
        )
        .values_list(*columns)
    )
    return [Held(*row) for row in memberships.union(grants, all=True)]


def _reach(holdings: Iterable[Held]) -> tuple[frozenset[int], frozenset[int]]:
    """The nodes held directly, and those with everything below them; leading a task force is holding its node."""
    tree, led = edges()
    direct = {held.node for held in holdings if held.node}
    wide = {held.node for held in holdings if held.node and held.breadth != Breadth.OWN}
    covers = direct | _below(wide, tree)
    forces = {force for node in covers for force in led.get(node, ())}
    return frozenset(direct | forces), frozenset(covers | forces)


def edges() -> tuple[Edges, Edges]:
    """From each node to those right below it, and from each unit's node to the task forces that the unit leads."""
    units = Unit.objects.filter(parent__isnull=False).values_list("parent__node_id", "node_id", "parent__node__kind")
    regions = Region.objects.filter(parent__node__isnull=False, node__isnull=False).values_list(
        "parent__node_id", "node_id", "parent__node__kind"
    )
    lead = TaskForceUnit.objects.filter(role=ForceUnitRole.LEAD).values_list(
        "unit__node_id", "task_force__node_id", "task_force__node__kind"
    )
    tree: dict[int, tuple[int, ...]] = defaultdict(tuple)
    led: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for start, end, kind in units.order_by().union(regions.order_by(), lead.order_by(), all=True):
        kept = led if kind == NodeKind.TASK_FORCE else tree
        kept[start] += (end,)
    return tree, led


def _below(nodes: Iterable[int], tree: Edges) -> frozenset[int]:
    """The nodes under the given ones, however deep."""
    found: set[int] = set()
    open_ends = list(nodes)
    while open_ends:
        for node in tree.get(open_ends.pop(), ()):
            if node not in found:
                found.add(node)
                open_ends.append(node)
    return frozenset(found)


def below(nodes: Iterable[int]) -> frozenset[int]:
    """The nodes of the units and regions under the given nodes, however deep."""
    wanted = set(nodes)
    return _below(wanted, edges()[0]) if wanted else frozenset()


def above(unit: Unit | None, region: Region | None) -> set[int]:
    """Every node from which a record of this unit and region can be seen: themselves and all their ancestors."""
    nodes: set[int] = set()
    place: Unit | Region | None
    for place in (unit, region):
        while place is not None:
            if place.node_id:
                nodes.add(place.node_id)
            place = place.parent
    return nodes


def nodes_seeing(unit: Unit | None, region: Region | None, force_ids: Iterable[int] = ()) -> set[int]:
    """The nodes that list a record: unit and region with their ancestors, and the task forces.

    The lead units of a task force hold its node (``actor_for``), so that a change of lead unit needs no new listing.
    """
    nodes = above(unit, region)
    forces = list(force_ids)
    if forces:
        nodes.update(ScopeNode.objects.filter(task_force__in=forces).values_list("id", flat=True))
    return nodes
