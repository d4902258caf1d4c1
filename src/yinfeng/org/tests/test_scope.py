"""Who may see what: memberships and grants become the nodes of an actor."""

from datetime import date

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.org import actions
from yinfeng.org.enums import Breadth, RegionLevel
from yinfeng.org.models import Membership
from yinfeng.org.scope import SEE_ALL, above, actor_for, below, nodes_seeing
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db


def nodes(seen: Actor) -> frozenset[int]:
    """The nodes of somebody who does not see everything."""
    assert seen.nodes is not None
    return seen.nodes


def covered(seen: Actor) -> frozenset[int]:
    """The nodes with everything below them, of somebody who does not see everything."""
    assert seen.covers is not None
    return seen.covers


@pytest.fixture
def tree():
    """A bureau with a division and an office under it, and a stranger."""
    bureau = make.make_unit("能源局")
    division = make.make_unit("新能源科", bureau)
    return bureau, division, make.make_unit("综合岗", division), make.make_unit("农牧局")


def test_own_breadth_reaches_the_unit_alone(tree):
    bureau, *_ = tree
    seen = make.actor(Role.OFFICER, bureau, Breadth.OWN)
    assert (seen.nodes, seen.covers) == (frozenset({bureau.node_id}), frozenset({bureau.node_id}))


def test_breadth_below_covers_the_units_underneath_but_lists_only_its_own_node(tree):
    bureau, division, desk, _stranger = tree
    seen = make.actor(Role.REPORTER, bureau)
    assert nodes(seen) == {bureau.node_id}
    assert covered(seen) == {bureau.node_id, division.node_id, desk.node_id}


def test_a_record_lists_its_unit_and_region_with_everything_above(tree):
    bureau, division, desk, _stranger = tree
    city = make.make_region(name="测试市")
    park = make.make_region(name="测试园", level=RegionLevel.PARK, parent=city)
    assert above(desk, park) == {desk.node_id, division.node_id, bureau.node_id, park.node_id, city.node_id}
    assert city.node_id is not None
    assert below([bureau.node_id, city.node_id]) == {division.node_id, desk.node_id, park.node_id}


def test_a_task_force_member_holds_its_node(tree):
    force = make.make_task_force("盐湖专班")
    seen = make.actor(Role.LEADER, tree[3], node=force.node)
    assert nodes(seen) == {force.node_id}
    assert nodes_seeing(tree[0], None, [force.pk]) == {tree[0].node_id, force.node_id}


def test_a_lead_unit_holds_its_task_force_and_a_support_unit_does_not(tree):
    bureau, division, _desk, stranger = tree
    force = make.make_task_force("清洁能源专班", lead_units=(division,), support_units=(stranger,))
    assert force.node_id in nodes(make.actor(Role.OFFICER, division, Breadth.OWN))
    assert force.node_id in nodes(make.actor(Role.OFFICER, bureau))
    assert force.node_id not in nodes(make.actor(Role.OFFICER, bureau, Breadth.OWN))
    assert force.node_id not in nodes(make.actor(Role.OFFICER, stranger))


def test_a_new_lead_unit_sees_its_task_force_at_once(tree):
    bureau, _division, _desk, stranger = tree
    force = make.make_task_force("农牧专班", lead_units=(bureau,))
    actions.update_task_force(
        actor=make.SYSTEM,
        task_force_id=force.pk,
        version=1,
        name=force.name,
        short_name=force.short_name,
        posts=(),
        lead_units=(stranger,),
        support_units=(),
    )
    assert force.node_id in nodes(make.actor(Role.OFFICER, stranger))
    assert force.node_id not in nodes(make.actor(Role.OFFICER, bureau))


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2025, 3, 31), True), (date(2025, 4, 1), False)],
)
def test_a_grant_holds_from_its_first_to_its_last_day(tree, day, held):
    bureau, division, _desk, stranger = tree
    user = make.make_user(Role.OFFICER, stranger)
    Membership.objects.filter(user=user).update(from_on=date(2025, 1, 1))
    actions.grant(
        actor=make.SYSTEM,
        user=user,
        node=bureau.node,
        reason="借调",
        from_on=date(2025, 3, 1),
        to_on=date(2025, 3, 31),
    )
    with clock.at(day):
        seen = actor_for(user)
    assert (bureau.node_id in nodes(seen), division.node_id in covered(seen)) == (held, held)
    assert stranger.node_id in nodes(seen)


def test_an_ended_membership_no_longer_holds(tree):
    user = make.make_user(Role.OFFICE)
    assert actor_for(user).sees_all
    actions.end_membership(actor=make.SYSTEM, membership_id=user.memberships.get().pk)
    after = actor_for(user)
    assert (after.roles, after.nodes) == (frozenset(), frozenset())


@pytest.mark.parametrize("role", list(Role))
def test_only_some_roles_see_everything(tree, role):
    assert make.actor(role, tree[0]).sees_all is (role in SEE_ALL)


def test_breadth_all_and_the_places_own_node_open_everything(tree):
    place = make.make_place()
    assert make.actor(Role.LEADER, tree[0], Breadth.ALL).sees_all
    assert make.actor(Role.LEADER, tree[0], node=place.node).sees_all
    assert not make.actor(Role.LEADER, tree[0], Breadth.OWN, node=place.node).sees_all


def test_a_superuser_is_an_administrator_without_a_membership():
    user = make.make_user(Role.OFFICER)
    user.is_superuser = True
    seen = actor_for(user)
    assert Role.ADMIN in seen.roles
    assert seen.sees_all


def test_a_person_without_anything_sees_nothing():
    user = make.make_user(Role.OFFICER)
    seen = actor_for(user)
    assert (seen.sees_all, seen.nodes, seen.covers, seen.unit_ids) == (False, frozenset(), frozenset(), frozenset())


def test_units_of_memberships_are_ones_own_units(tree):
    bureau, division, _desk, stranger = tree
    user = make.make_user(Role.REPORTER, bureau)
    actions.set_membership(actor=make.SYSTEM, user=user, role=Role.REPORTER, node=stranger.node)
    actions.grant(actor=make.SYSTEM, user=user, node=division.node, reason="查看")
    assert actor_for(user).unit_ids == {bureau.pk, stranger.pk}


def test_resolving_takes_two_queries_however_deep_the_tree(tree, django_assert_num_queries):
    user = make.make_user(Role.OFFICER, tree[0])
    office = make.make_user(Role.OFFICE, tree[0])
    with django_assert_num_queries(2):
        actor_for(user)
    with django_assert_num_queries(1):
        actor_for(office)
