"""Who may see what: resolves a person's memberships and grants to the scope nodes of an ``Actor``."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.org.enums import Breadth
from yinfeng.org.models import Grant, Membership, Region, ScopeNode, TaskForceUnit, Unit, User

SEE_ALL = frozenset({Role.ADMIN, Role.OFFICE, Role.AUDITOR, Role.VERIFIER})


def actor_for(user: User, *, source: str = "page", address: str = "", gesture: str = "") -> Actor:
    """The actor behind a login: three queries at most, none for a person who sees everything."""
    today = clock.today()
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    memberships = list(Membership.objects.filter(in_force, user=user))
    roles = frozenset(Role(held.role) for held in memberships)
    if user.is_superuser:
        roles |= {Role.ADMIN}
    if roles & SEE_ALL or any(held.breadth == Breadth.ALL for held in memberships):
        nodes: frozenset[int] | None = None
        covers: frozenset[int] | None = None
    else:
        granted = list(Grant.objects.filter(in_force, user=user).values_list("node_id", flat=True))
        nodes = frozenset([held.node_id for held in memberships if held.node_id] + granted)
        wide = [held.node_id for held in memberships if held.node_id and held.breadth == Breadth.BELOW] + granted
        covers = nodes | below(wide)
    return Actor(
        label=str(user),
        user_id=user.pk,
        roles=roles,
        nodes=nodes,
        covers=covers,
        unit_id=user.unit_id,
        unit_ids=frozenset([user.unit_id]) if user.unit_id else frozenset(),
        source=source,
        address=address,
        gesture=gesture,
    )


def below(nodes: Iterable[int]) -> frozenset[int]:
    """The nodes of the units and regions under the given nodes, however deep."""
    wanted = set(nodes)
    if not wanted:
        return frozenset()
    found: set[int] = set()
    for model in (Unit, Region):
        children: dict[int | None, list[tuple[int, int]]] = defaultdict(list)
        start: list[int] = []
        rows = model.objects.filter(node__isnull=False).values_list("id", "parent_id", "node_id")
        for key, parent, node in rows:
            children[parent].append((key, node))
            if node in wanted:
                start.append(key)
        while start:
            for key, node in children[start.pop()]:
                if node not in found:
                    found.add(node)
                    start.append(key)
    return frozenset(found)


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
    """The nodes that list a record: unit and region with their ancestors, the task forces and their lead units."""
    nodes = above(unit, region)
    forces = list(force_ids)
    if forces:
        nodes.update(ScopeNode.objects.filter(task_force__in=forces).values_list("id", flat=True))
        nodes.update(
            TaskForceUnit.objects.filter(task_force__in=forces, role="lead").values_list("unit__node_id", flat=True)
        )
    return nodes
