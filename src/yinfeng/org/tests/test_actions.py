"""The organisation's writes: refusals beside their successes, versions, entries."""

from datetime import date, timedelta
from functools import partial

import pytest

from yinfeng.core import clock, codes
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.org import actions
from yinfeng.org.enums import ForceRole, NodeKind, RegionLevel
from yinfeng.org.models import Place, Region, TaskForcePost, User
from yinfeng.org.periods import the_place
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db
SYSTEM = make.SYSTEM


def last_entry() -> AuditEntry:
    """The newest entry of the log."""
    entry: AuditEntry = AuditEntry.objects.order_by("-id")[0]
    return entry


@pytest.mark.parametrize(
    ("role", "may_organise", "may_administer"),
    [(role, role in {Role.ADMIN, Role.OFFICE}, role is Role.ADMIN) for role in Role],
)
def test_units_are_the_offices_and_people_the_administrators(role, may_organise, may_administer):
    person = make.actor(role, make.make_unit())
    for allowed, attempt in (
        (may_organise, lambda: actions.create_unit(actor=person, name="新单位", short_name="新")),
        (
            may_administer,
            lambda: actions.create_user(actor=person, username="new", post="专员", unit=None, role="officer"),
        ),
    ):
        if allowed:
            attempt()
        else:
            with pytest.raises(Refused):
                attempt()


def test_setting_the_place_twice_changes_the_one_row_and_its_region_owns_its_node():
    place = make.make_place()
    again = make.make_place(year=2026)
    assert (again.pk, again.year, again.version) == (place.pk, 2026, 2)
    assert Place.objects.count() == 1
    assert [step.name for step in Region.objects.order_by("code")] == ["青海省", "海西蒙古族藏族自治州", "格尔木市"]
    here = the_place()
    assert here is not None
    assert here.region.node == here.node
    assert here.node.kind == NodeKind.PLACE
    assert last_entry().before["year"] == 2025


@pytest.mark.parametrize(
    ("values", "field"),
    [({"year": 1999}, "year"), ({"report_day": 31}, "report_day"), ({"final_day": 0}, "final_day"),
     ({"region_code": "999999"}, "region_code")],
)  # fmt: skip
def test_a_place_with_impossible_values_is_refused(values, field):
    with pytest.raises(Invalid) as refused:
        make.make_place(**values)
    assert list(refused.value.fields) == [field]
    assert Place.objects.count() == 0


def test_a_stale_place_is_a_conflict():
    place = make.make_place()
    with pytest.raises(Conflict):
        actions.set_place(
            actor=SYSTEM, name="甲", short_name="甲", office_name="甲", region_code="632801", year=2025, version=9
        )
    place.refresh_from_db()
    assert place.name == "格尔木市"


def test_the_whole_country_is_loaded_once_and_the_place_gets_nodes():
    make.make_place()
    assert actions.load_regions(actor=SYSTEM) == len(codes.regions()) - 3
    assert actions.load_regions(actor=SYSTEM) == 0
    town = Region.objects.get(code="632801100")
    assert (town.name, town.level, str(town.parent)) == ("郭勒木德镇", RegionLevel.STREET, "格尔木市")
    assert town.node_id is not None
    assert Region.objects.get(code="632802").node_id is None


def test_loading_regions_takes_the_same_number_of_queries_however_many(django_assert_max_num_queries):
    make.make_place()
    with django_assert_max_num_queries(40):
        actions.load_regions(actor=SYSTEM)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "632801-KL"}, None),
        ({"code": "园区"}, "code"),
        ({"code": "632801"}, "code"),
        ({"name": " "}, "name"),
        ({"parent_code": "nowhere"}, "parent_code"),
    ],
)
def test_a_park_needs_a_code_of_its_own_a_name_and_a_region(values, field):
    make.make_place()
    given = {"code": "632801-KL", "name": "昆仑园", "parent_code": "632801"} | values
    if field is None:
        park = actions.create_park(actor=SYSTEM, **given)
        assert (park.level, str(park.parent), str(park.node)) == (RegionLevel.PARK, "格尔木市", "昆仑园")
        return
    with pytest.raises(Invalid) as refused:
        actions.create_park(actor=SYSTEM, **given)
    assert list(refused.value.fields) == [field]


def test_two_units_do_not_share_a_full_name():
    make.make_unit("能源局")
    with pytest.raises(Invalid) as refused:
        actions.create_unit(actor=SYSTEM, name=" 能源局", short_name="")
    assert list(refused.value.fields) == ["name", "short_name"]


def test_a_changed_unit_counts_its_version_and_writes_only_what_changed():
    unit = make.make_unit("能源局")
    actions.update_unit(actor=SYSTEM, unit_id=unit.pk, version=1, values={"name": "能源局", "active": False})
    unit.refresh_from_db()
    assert (unit.active, unit.version) == (False, 2)
    assert (last_entry().before, last_entry().after) == ({"active": True}, {"active": False})
    with pytest.raises(Conflict):
        actions.update_unit(actor=SYSTEM, unit_id=unit.pk, version=1, values={"active": True})
    actions.update_unit(actor=SYSTEM, unit_id=unit.pk, version=2, values={"active": False})
    unit.refresh_from_db()
    assert unit.version == 2


def test_a_renamed_unit_renames_its_node():
    unit = make.make_unit("能源局")
    actions.update_unit(actor=SYSTEM, unit_id=unit.pk, version=1, values={"name": "能源和数据局"})
    unit.node.refresh_from_db()
    assert unit.node.label == "能源和数据局"


def test_a_task_force_keeps_its_order_and_a_unit_only_once():
    first, second = make.make_unit("甲局"), make.make_unit("乙局")
    force = actions.create_task_force(
        actor=SYSTEM,
        name="盐湖专班",
        short_name="盐湖",
        posts=[(ForceRole.LEADER, "副市长②"), ("sponsor", "市长"), (ForceRole.LEADER, "副市长②"), ("leader", "  ")],
        lead_units=[second, first, second],
        support_units=[first],
    )
    assert [(post.role, post.post) for post in force.posts.all()] == [("leader", "副市长②"), ("sponsor", "市长")]
    assert [(part.unit, part.role) for part in force.units.order_by("position")] == [(second, "lead"), (first, "lead")]


def test_a_changed_task_force_keeps_the_people_of_posts_that_stay():
    force = make.make_task_force("盐湖专班")
    user = make.make_user(Role.LEADER)
    TaskForcePost.objects.filter(task_force=force, post="市长").update(user=user)
    change = partial(
        actions.update_task_force,
        actor=SYSTEM,
        task_force_id=force.pk,
        version=1,
        name=force.name,
        short_name=force.short_name,
        lead_units=(),
        support_units=(),
    )
    change(posts=[("sponsor", "市长")])
    assert [(post.post, post.user) for post in force.posts.all()] == [("市长", user)]
    assert last_entry().before == {"leaders": ["副市长"]}
    with pytest.raises(Conflict):
        change(posts=[])


@pytest.mark.parametrize(
    ("values", "field"), [({"username": "a"}, "username"), ({"username": "有 空格"}, "username"), ({"post": ""}, "post"),
                          ({"username": "TAKEN"}, "username")],
)  # fmt: skip
def test_a_login_needs_a_free_name_and_a_post(values, field):
    make.make_user(username="taken")
    with pytest.raises(Invalid) as refused:
        actions.create_user(
            actor=SYSTEM, **{"username": "能源局联络员", "post": "联络员", "unit": None, "role": "reporter"} | values
        )
    assert list(refused.value.fields) == [field]


def test_the_log_never_holds_a_password():
    user, secret = actions.create_user(actor=SYSTEM, username="zhuanyuan", post="专员", unit=None, role="officer")
    _user, second = actions.reset_password(actor=SYSTEM, user_id=user.pk)
    told = str(list(AuditEntry.objects.values_list("before", "after", "note")))
    assert secret not in told
    assert second not in told
    assert "argon2" not in told


def test_a_new_one_time_password_ends_open_sessions(client):
    user = make.make_user(unit=make.make_unit())
    client.force_login(user)
    assert client.get("/units/").status_code == 200
    actions.reset_password(actor=SYSTEM, user_id=user.pk)
    assert client.get("/units/").status_code == 302


def test_an_administrator_neither_closes_the_own_login_nor_ends_the_own_role():
    admin = make.actor(Role.ADMIN)
    assert admin.user_id is not None
    with pytest.raises(Invalid):
        actions.update_user(actor=admin, user_id=admin.user_id, version=1, values={"is_active": False})
    held = User.objects.get(pk=admin.user_id).memberships.get()
    with pytest.raises(Invalid):
        actions.end_membership(actor=admin, membership_id=held.pk)
    other = make.actor(Role.ADMIN)
    assert actions.end_membership(actor=other, membership_id=held.pk).to_on == clock.today() - timedelta(days=1)


def test_an_end_does_not_lie_before_its_beginning_and_a_grant_says_why():
    user, unit = make.make_user(), make.make_unit()
    start, end = date(2025, 3, 5), date(2025, 3, 4)
    with pytest.raises(Invalid, match="截止日期不能早于开始日期"):
        actions.set_membership(actor=SYSTEM, user=user, role="officer", node=unit.node, from_on=start, to_on=end)
    with pytest.raises(Invalid, match="截止日期不能早于开始日期"):
        actions.grant(actor=SYSTEM, user=user, node=unit.node, reason="借调", from_on=start, to_on=end)
    with pytest.raises(Invalid, match="请写明授权原因"):
        actions.grant(actor=SYSTEM, user=user, node=unit.node, reason=" ")
    assert (user.memberships.count(), user.grants.count()) == (1, 0)


def test_ending_what_is_not_there_is_not_found():
    for end in (
        lambda: actions.end_membership(actor=SYSTEM, membership_id=0),
        lambda: actions.end_grant(actor=SYSTEM, grant_id=0),
    ):
        with pytest.raises(NotVisible):
            end()
