"""Pages of the organisation room: who opens what, forms that come back, conflicts, double submits, constant queries."""

import re

import pytest
from django.urls import reverse

from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry, Confidence, Parameter
from yinfeng.org import actions
from yinfeng.org.models import Region, TaskForce, Unit, User
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db

READ = ("settings", "units", "regions", "task_forces", "people", "parameters")
ORGANISE = ("unit_create", "park_create", "task_force_create", "parameter_create")
ADMINISTER = ("place_edit", "user_create")
LOG_READERS = {Role.ADMIN, Role.AUDITOR, Role.OFFICE}


@pytest.fixture
def house():
    """A place with two units, a task force and a park."""
    make.make_place()
    bureau = make.make_unit("能源局")
    make.make_unit("新能源科", bureau)
    make.make_task_force("清洁能源专班", lead_units=(bureau,))
    actions.create_park(actor=make.SYSTEM, code="632801-KL", name="昆仑园", parent_code="632801")
    return bureau


def enter(client, role=Role.ADMIN, unit=None):
    """Log in as a new person of this role."""
    user = make.make_user(role, unit or make.make_unit())
    client.force_login(user)
    return user


def typed(page) -> dict[str, str]:
    """What the form on a page would send back untouched, with its version and gesture."""
    form = page.context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is True:
            values[field.html_name] = "on"
        elif value not in (None, False):
            values[field.html_name] = value
    return values


@pytest.mark.parametrize("role", list(Role))
def test_every_page_opens_for_exactly_the_roles_it_is_for(client, house, role):
    enter(client, role)
    opens = {name: client.get(reverse(f"org:{name}")).status_code for name in (*READ, *ORGANISE, *ADMINISTER, "audit")}
    assert opens == {
        **dict.fromkeys(READ, 200),
        **dict.fromkeys(ORGANISE, 200 if role in {Role.ADMIN, Role.OFFICE} else 403),
        **dict.fromkeys(ADMINISTER, 200 if role is Role.ADMIN else 403),
        "audit": 200 if role in LOG_READERS else 403,
    }


def test_a_refusal_names_the_reason(client, house):
    enter(client, Role.OFFICER)
    assert "此页面只对管理员、办公室开放" in client.get("/units/new").content.decode()


@pytest.mark.parametrize(
    "name",
    ["unit", "unit_edit", "task_force", "task_force_edit", "user", "user_edit", "membership_create", "grant_create"],
)
def test_a_foreign_code_is_not_found(client, house, name):
    enter(client)
    assert client.get(reverse(f"org:{name}", args=["X-NOWHERE"])).status_code == 404


def test_details_open(client, house):
    user = enter(client, unit=house)
    force = TaskForce.objects.get()
    for url in (f"/units/{house.code}/", f"/task-forces/{force.code}/", f"/people/{user.code}/"):
        assert client.get(url).status_code == 200


def test_a_unit_is_made_and_changed_from_its_form(client, house):
    enter(client, Role.OFFICE)
    answer = client.post(
        "/units/new",
        {"name": "农牧局", "short_name": "农牧", "kind": "department", "parent": house.code, "reports": "on",
         "position": "3", "gesture": "g1"},
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (303, "/units/")
    unit = Unit.objects.get(name="农牧局")
    assert (unit.parent, unit.reports, unit.position) == (house, True, 3)
    page = client.get(f"/units/{unit.code}/edit")
    answer = client.post(f"/units/{unit.code}/edit", typed(page) | {"short_name": "市农牧"})
    assert answer["Location"] == f"/units/{unit.code}/"
    unit.refresh_from_db()
    assert (unit.short_name, unit.version, unit.active) == ("市农牧", 2, True)


def test_the_same_click_twice_makes_one_unit_and_leads_to_it(client, house):
    enter(client, Role.OFFICE)
    form = {"name": "农牧局", "short_name": "农牧", "kind": "department", "position": "3", "gesture": "g1"}
    client.post("/units/new", form)
    again = client.post("/units/new", form | {"name": "农牧局（二）"})
    assert (again.status_code, again["Location"]) == (303, f"/units/{Unit.objects.get(name='农牧局').code}/")
    assert not Unit.objects.filter(name="农牧局（二）").exists()


def test_a_click_whose_key_is_no_text_is_refused_beside_the_form(client, house):
    enter(client, Role.OFFICE)
    form = {"name": "农牧局", "short_name": "农牧", "kind": "department", "position": "3", "gesture": "g\0"}
    assert client.post("/units/new", form).status_code == 422
    assert not Unit.objects.filter(name="农牧局").exists()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"name": "能源局"}, ["name"]),
        ({"position": "很多"}, ["position"]),
        ({"kind": "bogus"}, ["kind"]),
        ({"parent": "U-NOWHERE"}, ["parent"]),
        ({"name": "字" * 121}, ["name"]),
    ],
)
def test_a_bad_unit_comes_back_with_what_was_typed(client, house, values, fields):
    enter(client, Role.OFFICE)
    form = {"name": "农牧局", "short_name": "农牧", "kind": "department", "position": "3"} | values
    answer = client.post("/units/new", form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == fields
    assert answer.context["form"]["short_name"].value() == "农牧"


def test_a_unit_that_somebody_changed_meanwhile_shows_both(client, house):
    enter(client, Role.OFFICE)
    page = client.get(f"/units/{house.code}/edit")
    actions.update_unit(actor=make.SYSTEM, unit_id=house.pk, version=1, values={"short_name": "能源与数据局"})
    answer = client.post(f"/units/{house.code}/edit", typed(page) | {"short_name": "市能源局"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "能源与数据局" in text
    assert "市能源局" in text
    answer = client.post(f"/units/{house.code}/edit", typed(answer))
    assert answer.status_code == 303
    house.refresh_from_db()
    assert (house.short_name, house.version) == ("市能源局", 3)


def test_a_form_without_a_version_changes_nothing(client, house):
    enter(client, Role.OFFICE)
    form = typed(client.get(f"/units/{house.code}/edit"))
    del form["version"]
    assert client.post(f"/units/{house.code}/edit", form | {"short_name": "改"}).status_code == 409
    house.refresh_from_db()
    assert house.version == 1


def test_a_task_force_is_set_up_with_a_post_on_each_line(client, house):
    enter(client, Role.OFFICE)
    other = Unit.objects.get(name="新能源科")
    answer = client.post(
        "/task-forces/new",
        {"name": "农牧专班", "short_name": "农牧", "kind": "chain", "sponsors": "市政协主席\n\n", "position": "7",
         "leaders": "副市长⑥\r\n副主任", "lead_units": [house.code], "support_units": [house.code, other.code]},
    )  # fmt: skip
    force = TaskForce.objects.get(name="农牧专班")
    assert answer["Location"] == f"/task-forces/{force.code}/"
    assert sorted(force.posts.values_list("role", "post")) == [
        ("leader", "副主任"),
        ("leader", "副市长⑥"),
        ("sponsor", "市政协主席"),
    ]
    assert sorted(force.units.values_list("unit__name", "role")) == [("新能源科", "support"), ("能源局", "lead")]


def test_a_task_force_changed_meanwhile_is_a_conflict_and_untouched_saves_nothing(client, house):
    enter(client, Role.OFFICE)
    force = TaskForce.objects.get()
    page = client.get(f"/task-forces/{force.code}/edit")
    assert client.post(f"/task-forces/{force.code}/edit", typed(page)).status_code == 303
    force.refresh_from_db()
    assert force.version == 1
    assert (
        client.post(f"/task-forces/{force.code}/edit", typed(page) | {"version": "9", "gesture": "other"}).status_code
        == 409
    )


def test_a_park_and_the_place_are_kept_from_their_forms(client, house):
    enter(client)
    answer = client.post("/settings/parks/new", {"name": "陆港园", "code": "632801-lg", "parent_code": "632801"})
    assert answer.status_code == 303
    assert Region.objects.get(name="陆港园").code == "632801-LG"
    page = client.get("/settings/place/")
    answer = client.post("/settings/place/", typed(page) | {"year": "2026"})
    assert answer.status_code == 303
    assert client.post("/settings/place/", typed(page) | {"year": "2027", "gesture": "other"}).status_code == 409
    assert (
        client.post("/settings/place/", typed(page) | {"region_code": "999999", "gesture": "third"}).status_code == 422
    )


def test_a_new_person_gets_a_password_that_is_shown_once(client, house):
    enter(client)
    form = {"username": "lianluo", "post": "联络员", "unit": house.code, "role": "reporter", "breadth": "below",
            "gesture": "g7"}  # fmt: skip
    answer = client.post("/people/new", form)
    assert answer.status_code == 200
    secret = re.search(r'<code id="secret">([^<]+)</code>', answer.content.decode())
    assert secret is not None
    assert "no-store" in answer["Cache-Control"]
    user = User.objects.get(username="lianluo")
    assert user.check_password(secret[1])
    assert user.memberships.get().node == house.node
    again = client.post("/people/new", form)
    assert (again.status_code, again["Location"]) == (303, f"/people/{user.code}/")


def test_a_reset_password_is_shown_once_and_only_posted(client, house):
    enter(client)
    user = make.make_user(unit=house)
    assert client.get(f"/people/{user.code}/password").status_code == 405
    answer = client.post(f"/people/{user.code}/password")
    secret = re.search(r'<code id="secret">([^<]+)</code>', answer.content.decode())
    user.refresh_from_db()
    assert secret is not None
    assert user.check_password(secret[1])
    assert user.must_change_password


def test_roles_and_grants_come_and_go_on_a_persons_page(client, house):
    enter(client)
    user = make.make_user(Role.REPORTER, house)
    base = f"/people/{user.code}"
    force = TaskForce.objects.get()
    answer = client.post(f"{base}/roles/new", {"role": "leader", "node": f"force:{force.code}", "breadth": "own"})
    assert answer.status_code == 303
    answer = client.post(
        f"{base}/grants/new", {"node": "region:632801-KL", "reason": "借调园区", "to_on": "2099年12月31日"}
    )
    assert answer.status_code == 303
    page = client.get(f"{base}/")
    assert [row.title for row in page.context["roles"]] == ["领导", "联络员"]
    assert [(row.where, row.reason, row.state) for row in page.context["grants"]] == [("昆仑园", "借调园区", "current")]
    held = user.memberships.get(role="leader")
    assert client.post(f"{base}/roles/end", {"held": str(held.pk)}).status_code == 303
    assert client.post(f"{base}/grants/end", {"held": str(user.grants.get().pk)}).status_code == 303
    assert [row.state for row in client.get(f"{base}/").context["roles"]] == ["past", "current"]


@pytest.mark.parametrize("held", ["", "abc", "0", "999999999999999999", "-1"])
def test_a_role_or_grant_that_is_not_this_persons_is_not_found(client, house, held):
    admin = enter(client)
    user = make.make_user(Role.REPORTER, house)
    assert client.post(f"/people/{user.code}/roles/end", {"held": held}).status_code == 404
    assert client.post(f"/people/{user.code}/grants/end", {"held": held}).status_code == 404
    own = str(admin.memberships.get().pk)
    assert client.post(f"/people/{user.code}/roles/end", {"held": own}).status_code == 404


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("grants/new", {"node": "unit:U-NOWHERE", "reason": "x"}, "node"),
        ("grants/new", {"node": "", "reason": "x"}, "node"),
        ("grants/new", {"node": "region:632801-KL", "reason": "x", "to_on": "2020-01-01"}, "to_on"),
        ("grants/new", {"node": "region:632801-KL", "reason": "x", "from_on": "明天"}, "from_on"),
        ("roles/new", {"role": "king", "breadth": "own"}, "role"),
    ],
)
def test_a_bad_role_or_grant_comes_back(client, house, path, form, field):
    enter(client)
    user = make.make_user(Role.REPORTER, house)
    answer = client.post(f"/people/{user.code}/{path}", form)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_only_the_person_and_the_administrator_see_login_name_and_grants(client, house):
    user = make.make_user(Role.REPORTER, house, username="miming")
    for role, sees in ((Role.ADMIN, True), (Role.OFFICE, False), (Role.OFFICER, False)):
        enter(client, role)
        assert ("miming" in client.get(f"/people/{user.code}/").content.decode()) is sees
    client.force_login(user)
    assert "miming" in client.get(f"/people/{user.code}/").content.decode()


def test_people_are_found_by_unit_role_and_words(client, house):
    enter(client, Role.ADMIN)
    reporter = make.make_user(Role.REPORTER, house, post="能源联络员")
    for query in (f"unit={house.code}", "role=reporter", "text=联络"):
        found = client.get(f"/people/?{query}").context["slice"].rows
        assert found == [reporter]
    assert client.get("/people/?unit=nowhere&role=king").status_code == 200


def test_a_parameter_gets_a_new_version_that_starts_from_the_old_one(client, house):
    enter(client, Role.OFFICE)
    form = {"key": "energy.tce", "title": "免审上限", "value": "5000", "unit": "tce", "effective_from": "2023-06-01",
            "confidence": "unverified"}  # fmt: skip
    assert client.post("/settings/parameters/new", form).status_code == 303
    first = Parameter.objects.get()
    page = client.get(f"/settings/parameters/new?like={first.code}")
    assert page.context["form"]["value"].value() == "5000"
    answer = client.post("/settings/parameters/new", form | {"value": "1000", "effective_from": "2023-06-01"})
    assert answer.context["form"].errors == {"effective_from": ["这一天已有一个版本，请换一个生效日期。"]}
    client.post("/settings/parameters/new", form | {"value": "1000", "effective_from": "2025.9.1"})
    assert list(Parameter.objects.values_list("value", "confidence")) == [
        ("1000", Confidence.UNVERIFIED),
        ("5000", Confidence.UNVERIFIED),
    ]
    assert "未核验" in client.get("/settings/parameters/").content.decode()


def test_the_log_is_narrowed_by_person_verb_and_record(client, house):
    admin = enter(client)
    client.post(f"/units/{house.code}/edit", typed(client.get(f"/units/{house.code}/edit")) | {"short_name": "新简称"})
    for query in (f"person={admin.username}", f"person={admin.code}", f"code={house.code.lower()}&verb=unit.changed"):
        lines = client.get(f"/audit/?{query}").context["lines"]
        assert [(line.who, str(line.verb), line.code) for line in lines] == [(str(admin), "修改单位", house.code)]
        assert [(str(change.label), change.before, change.after) for change in lines[0].changes] == [
            ("简称", "能源局", "新简称")
        ]
    assert client.get("/audit/?person=nobody").context["lines"] == []
    assert client.get("/audit/?verb=bogus").context["lines"] == []


def test_the_log_says_choices_in_words(client, house):
    enter(client)
    user = make.make_user(Role.REPORTER, house)
    changes = client.get(f"/audit/?code={user.code}").context["lines"][0].changes
    said = {str(change.label): change.after for change in changes}
    assert (said["角色"], said["可见范围"], said["单位"]) == ("联络员", "本单位及下级", "能源局")


def test_the_log_says_how_much_is_sealed(client, house):
    enter(client)
    page = client.get("/audit/")
    assert (page.context["sealed"], page.context["waiting"]) == (0, AuditEntry.objects.count())


@pytest.mark.parametrize("path", ["/units/", "/task-forces/", "/people/", "/settings/regions/", "/audit/"])
def test_a_list_takes_the_same_queries_for_few_rows_and_many(client, house, path, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(client)
    make.make_user(Role.REPORTER, house)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    for number in range(12):
        unit = make.make_unit(f"单位甲{number}", house)
        make.make_user(Role.REPORTER, unit)
        make.make_task_force(f"专班甲{number}", lead_units=(unit, house), support_units=())
        actions.create_park(actor=make.SYSTEM, code=f"K{number:02d}", name=f"园{number}", parent_code="632801")
    with django_assert_num_queries(len(few)):
        client.get(path)
    assert len(few) <= 12


@pytest.mark.parametrize("path", ["/units/", "/people/?page=zz", "/people/?page=99999", "/audit/?page=-1"])
def test_nonsense_in_an_address_is_no_error(client, house, path):
    enter(client)
    assert client.get(path).status_code == 200


def test_the_search_box_finds_units_by_pinyin(client, house):
    enter(client, Role.OFFICER)
    hits = [hit.label for group in client.get("/search/?q=nengyuan").context["groups"] for hit in group.hits]
    assert "能源局" in hits
