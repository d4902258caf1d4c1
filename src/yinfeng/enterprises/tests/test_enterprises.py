"""The firm library: one firm once, found by any of its names, warned about its code, changed with its version."""

import pytest

from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.enterprises import actions
from yinfeng.enterprises.enums import EnterpriseKind, Origin
from yinfeng.enterprises.models import Enterprise
from yinfeng.enterprises.queries import EnterpriseFilter, code_warning, enterprise_like, enterprises
from yinfeng.org.tests import factories as make
from yinfeng.projects.tests.factories import make_party, make_project

pytestmark = pytest.mark.django_db
GOOD, OTHER, BAD = "91632801MA752XA17L", "91632801MA758QK22K", "91350200MA2YJ1XR9H"


def register(name="青海昆仑锂业有限公司", **values) -> Enterprise:
    """A firm."""
    return actions.register_enterprise(actor=make.SYSTEM, name=name, **values)


@pytest.mark.parametrize("name", ["青海昆仑锂业有限公司", "昆仑锂业（集团）股份有限公司", " 青海昆仑锂业有限责任公司 "])
def test_the_same_firm_under_another_spelling_is_not_registered_twice(name):
    firm = register()
    assert register(name) == firm
    assert (Enterprise.objects.count(), AuditEntry.objects.filter(verb="enterprise.created").count()) == (1, 1)


def test_the_same_credit_code_is_the_same_firm_and_two_codes_are_two_firms():
    first = register(credit_code=GOOD)
    assert register("改了名的公司", credit_code=" 91632801ma752xa17l") == first
    assert register(credit_code=OTHER) != first
    assert register(credit_code="") == first


def test_a_firm_met_again_gains_what_was_unknown_and_loses_nothing():
    firm = register(origin=Origin.IN_PROVINCE)
    register(credit_code=GOOD, origin=Origin.FOREIGN, province_code="63")
    firm.refresh_from_db()
    assert (firm.credit_code, firm.origin, firm.province_code, firm.version) == (GOOD, Origin.IN_PROVINCE, "63", 2)


def test_a_simulated_fact_does_not_change_a_real_firm():
    firm = register()
    register(credit_code=GOOD, demo=True)
    firm.refresh_from_db()
    assert (firm.credit_code, firm.version) == ("", 1)


@pytest.mark.parametrize(
    ("province", "origin"),
    [("63", Origin.IN_PROVINCE), ("32", Origin.OUT_OF_PROVINCE), ("81", Origin.HK_MO_TW), ("", Origin.UNKNOWN)],
)
def test_the_province_says_where_a_firm_comes_from(province, origin):
    make.make_place()
    assert register(province_code=province).origin == origin


def test_before_there_is_a_place_the_origin_stays_unknown():
    assert register(province_code="63").origin == Origin.UNKNOWN


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": ""}, "name"), ({"name": "（）"}, "name"), ({"name": "字" * 161}, "name"),
     ({"credit_code": "9" * 19}, "credit_code"), ({"province_code": "99"}, "province_code")],
)  # fmt: skip
def test_a_firm_without_a_name_or_with_an_impossible_value_is_refused(values, field):
    with pytest.raises(Invalid) as refused:
        register(**values)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("code", "said"), [("", ""), (GOOD, ""), (BAD, "校验位应为 G，现为 H，请与证照核对；证照确为此号的可保留并说明")]
)
def test_a_code_that_fails_its_check_warns_and_is_kept(code, said):
    firm = register(credit_code=code)
    assert (firm.credit_code, code_warning(firm.credit_code)) == (code, said)


def test_an_alias_finds_the_firm_and_belongs_to_one():
    firm, other = register(), register("江苏晶能科技股份有限公司")
    actions.add_alias(actor=make.SYSTEM, enterprise=firm, name="蓝晶锂电")
    actions.add_alias(actor=make.SYSTEM, enterprise=firm, name="蓝晶锂电")
    assert enterprise_like("蓝晶锂电有限公司") == firm
    assert firm.aliases.count() == 1
    with pytest.raises(Invalid, match="已登记为另一家企业"):
        actions.add_alias(actor=make.SYSTEM, enterprise=other, name="蓝晶锂电")


@pytest.mark.parametrize("text", ["昆仑", "昆仑锂业", "kunlun", "klly", "锂", GOOD, "蓝晶", "ljld"])
def test_a_firm_is_found_in_chinese_pinyin_by_code_and_by_its_other_names(text):
    firm = register(credit_code=GOOD)
    register("江苏晶能科技股份有限公司")
    actions.add_alias(actor=make.SYSTEM, enterprise=firm, name="蓝晶锂电")
    found = enterprises(make.actor(Role.OFFICER, make.make_unit()), EnterpriseFilter(text=text))
    assert list(found) == [firm]


def test_a_new_name_leaves_the_old_one_as_an_alias():
    firm = register()
    actions.update_enterprise(
        actor=make.SYSTEM, enterprise_id=firm.pk, version=1, values={"name": "青海高原锂业有限公司"}
    )
    assert enterprise_like("昆仑锂业") == firm
    assert enterprise_like("高原锂业") == firm
    with pytest.raises(Conflict):
        actions.update_enterprise(actor=make.SYSTEM, enterprise_id=firm.pk, version=1, values={"note": "x"})


def test_a_credit_code_belongs_to_one_firm():
    register(credit_code=GOOD)
    other = register("江苏晶能科技股份有限公司")
    with pytest.raises(Invalid) as refused:
        actions.update_enterprise(actor=make.SYSTEM, enterprise_id=other.pk, version=1, values={"credit_code": GOOD})
    assert list(refused.value.fields) == ["credit_code"]


@pytest.mark.parametrize("role", list(Role))
def test_auditors_and_reviewers_only_read(role):
    person = make.actor(role, make.make_unit())
    if role in {Role.AUDITOR, Role.REVIEWER}:
        with pytest.raises(Refused):
            actions.register_enterprise(actor=person, name="新企业甲")
    else:
        assert actions.register_enterprise(actor=person, name="新企业甲").kind == EnterpriseKind.INVESTOR


def enter(client, role=Role.OFFICER, unit=None):
    """Log in as a new person of this role."""
    user = make.make_user(role, unit or make.make_unit())
    client.force_login(user)
    return user


@pytest.mark.parametrize(("role", "status"), [(Role.OFFICER, 200), (Role.AUDITOR, 403)])
def test_forms_open_for_those_who_write(client, role, status):
    firm = register()
    enter(client, role)
    assert client.get("/enterprises/").status_code == 200
    assert client.get(f"/enterprises/{firm.code}/").status_code == 200
    for path in ("new", f"{firm.code}/edit", f"{firm.code}/aliases/new"):
        assert client.get(f"/enterprises/{path}").status_code == status


@pytest.mark.parametrize("path", ["", "edit", "aliases/new"])
def test_a_foreign_code_is_not_found(client, path):
    enter(client)
    assert client.get(f"/enterprises/C-NOWHERE/{path}").status_code == 404


def test_a_firm_is_registered_from_its_form_with_a_warning_and_once(client):
    enter(client)
    form = {"name": "江苏晶能科技股份有限公司", "kind": "investor", "origin": "unknown", "credit_code": BAD,
            "gesture": "g1"}  # fmt: skip
    answer = client.post("/enterprises/new", form)
    firm = Enterprise.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/enterprises/{firm.code}/")
    page = client.get(answer["Location"])
    assert "校验位应为 G" in page.content.decode()
    assert client.post("/enterprises/new", form)["Location"] == f"/enterprises/{firm.code}/"
    assert client.post("/enterprises/new", form | {"gesture": "g2"})["Location"] == f"/enterprises/{firm.code}/"
    assert Enterprise.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"), [({"name": " "}, "name"), ({"kind": "x"}, "kind"), ({"province_code": "99"}, "province_code")]
)
def test_a_bad_firm_comes_back(client, values, field):
    enter(client)
    answer = client.post("/enterprises/new", {"name": "甲公司科技", "kind": "local", "origin": "unknown"} | values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_stale_form_shows_both(client):
    firm = register()
    enter(client)
    actions.update_enterprise(actor=make.SYSTEM, enterprise_id=firm.pk, version=1, values={"group_name": "高原集团"})
    form = {"name": firm.name, "kind": "investor", "origin": "unknown", "group_name": "昆仑集团", "version": "1"}
    answer = client.post(f"/enterprises/{firm.code}/edit", form)
    assert answer.status_code == 409
    assert "高原集团" in answer.content.decode()
    firm.refresh_from_db()
    assert firm.group_name == "高原集团"


def test_the_page_lists_visible_projects_and_counts_the_others(client):
    firm = register()
    mine, theirs = make.make_unit(), make.make_unit()
    seen, hidden = make_project("看得见的项目", unit=mine), make_project("看不见的项目", unit=theirs)
    make_party(seen, firm)
    make_party(hidden, firm)
    enter(client, Role.OFFICER, mine)
    text = client.get(f"/enterprises/{firm.code}/").content.decode()
    assert "看得见的项目" in text
    assert "看不见的项目" not in text
    assert "另有 1 个项目在您的权限外" in text


def test_the_list_takes_the_same_queries_for_few_firms_and_many(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    enter(client)
    register()
    with CaptureQueriesContext(connection) as few:
        client.get("/enterprises/?q=kunlun&sort=-created")
    for number in range(55):
        register(f"昆仑新材料{number}号科技公司")
    with django_assert_num_queries(len(few)):
        page = client.get("/enterprises/?q=kunlun&sort=-created")
    assert (len(page.context["slice"].rows), page.context["slice"].has_next) == (50, True)
    assert len(few) <= 8
