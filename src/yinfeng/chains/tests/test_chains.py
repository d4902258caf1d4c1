"""Industry chains: found by any of their names, shown with who answers for them."""

import pytest

from yinfeng.chains import actions
from yinfeng.chains.models import Chain, ChainAlias
from yinfeng.chains.queries import chain_named
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, Refused
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db


def make_salt(**values) -> Chain:
    """The salt-lake chain."""
    return actions.create_chain(
        actor=make.SYSTEM, name="盐湖化工", short_name="盐湖", aliases=["盐湖产业", "盐湖资源综合利用"], **values
    )


@pytest.mark.parametrize(
    "text",
    ["盐湖化工", "盐湖", "盐湖化工产业链", "盐湖化工产业链专班", "盐湖产业", "盐湖资源综合利用产业链", " 盐 湖化工 "],
)
def test_a_chain_is_named_in_many_ways(text):
    chain = make_salt()
    assert chain_named(text) == chain


@pytest.mark.parametrize("text", ["", "专班", "清洁能源", "盐湖化工厂"])
def test_another_name_is_no_chain(text):
    make_salt()
    assert chain_named(text) is None


def test_an_alias_that_another_chain_has_stays_there():
    first = make_salt()
    actions.create_chain(actor=make.SYSTEM, name="金属冶金", short_name="冶金", aliases=["盐湖产业", "有色"])
    assert chain_named("盐湖产业") == first
    assert ChainAlias.objects.count() == 3


@pytest.mark.parametrize(("values", "field"), [({"name": ""}, "name"), ({"colour": 7}, "colour")])
def test_a_chain_needs_a_name_and_one_of_seven_colours(values, field):
    with pytest.raises(Invalid) as refused:
        actions.create_chain(actor=make.SYSTEM, **{"name": "盐湖", "short_name": "盐湖"} | values)
    assert list(refused.value.fields) == [field]


def test_two_chains_do_not_share_a_name():
    make_salt()
    with pytest.raises(Invalid):
        make_salt()


def test_a_changed_chain_counts_its_version():
    chain = make_salt()
    actions.update_chain(actor=make.SYSTEM, chain_id=chain.pk, version=1, values={"short_name": "盐湖链", "colour": 3})
    chain.refresh_from_db()
    assert (chain.short_name, chain.colour, chain.version) == ("盐湖链", 3, 2)
    with pytest.raises(Conflict):
        actions.update_chain(actor=make.SYSTEM, chain_id=chain.pk, version=1, values={"colour": 1})


def test_a_chain_master_is_a_firm_on_record_or_registered_on_the_way():
    chain = make_salt()
    firm = register_enterprise(actor=make.SYSTEM, name="盐湖工业股份有限公司")
    for name in (firm.code.lower(), "盐湖工业", "昆仑镁业有限公司"):
        actions.name_chain_master(actor=make.SYSTEM, chain=chain, name=name)
    assert sorted(chain.masters.values_list("enterprise__name", flat=True)) == [
        "昆仑镁业有限公司",
        "盐湖工业股份有限公司",
    ]
    actions.remove_chain_master(actor=make.SYSTEM, chain=chain, enterprise=firm)
    assert chain.masters.count() == 1
    assert Enterprise.objects.count() == 2


@pytest.mark.parametrize("role", list(Role))
def test_chains_are_the_offices(client, role):
    chain = make_salt()
    user = make.make_user(role, make.make_unit())
    client.force_login(user)
    allowed = role in {Role.ADMIN, Role.OFFICE}
    assert client.get("/chains/").status_code == 200
    assert client.get(f"/chains/{chain.code}/").status_code == 200
    for path in ("new", f"{chain.code}/edit", f"{chain.code}/masters/new"):
        assert client.get(f"/chains/{path}").status_code == (200 if allowed else 403)
    person = make.actor(role, make.make_unit())
    if not allowed:
        with pytest.raises(Refused):
            actions.create_chain(actor=person, name="物流", short_name="物流")


def test_the_page_says_who_answers_for_the_chain(client):
    unit = make.make_unit("昆仑经开区管委会")
    force = make.make_task_force("盐湖专班", lead_units=(unit,))
    chain = make_salt(task_force=force)
    client.force_login(make.make_user(Role.OFFICER, unit))
    text = client.get(f"/chains/{chain.code}/").content.decode()
    assert "市长包联；副市长负责；昆仑经开区管委会牵头。" in text
    text = client.get(f"/task-forces/{force.code}/").content.decode()
    assert f"/chains/{chain.code}/" in text


def test_a_chain_is_made_changed_and_given_a_master_from_its_forms(client):
    force = make.make_task_force("盐湖专班")
    client.force_login(make.make_user(Role.OFFICE, make.make_unit()))
    form = {"name": "盐湖化工", "short_name": "盐湖", "group": "leading", "sector": "manufacturing", "colour": "2",
            "position": "1", "task_force": force.code, "aliases": "盐湖产业\r\n\r\n"}  # fmt: skip
    assert client.post("/chains/new", form).status_code == 303
    chain = Chain.objects.get()
    assert (chain.task_force, chain.colour, chain_named("盐湖产业")) == (force, 2, chain)
    base = f"/chains/{chain.code}"
    assert client.post(f"{base}/edit", form | {"colour": "9", "version": "1"}).status_code == 422
    assert client.post(f"{base}/edit", form | {"colour": "3", "version": "1", "active": "on"}).status_code == 303
    assert client.post(f"{base}/edit", form | {"colour": "4", "version": "1"}).status_code == 409
    assert client.post(f"{base}/masters/new", {"enterprise": "（）"}).status_code == 422
    assert client.post(f"{base}/masters/new", {"enterprise": "盐湖工业"}).status_code == 303
    firm = chain.masters.get().enterprise
    assert client.get(f"{base}/masters/{firm.code}/remove").status_code == 405
    assert client.post(f"{base}/masters/C-NOWHERE/remove").status_code == 404
    assert client.post(f"{base}/masters/{firm.code}/remove").status_code == 303
    assert client.get("/chains/L-NOWHERE/").status_code == 404


def test_the_list_takes_the_same_queries_for_few_chains_and_many(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(make.make_user(Role.OFFICER, make.make_unit()))
    chain = make_salt(task_force=make.make_task_force())
    actions.name_chain_master(actor=make.SYSTEM, chain=chain, name="盐湖工业")
    with CaptureQueriesContext(connection) as few:
        client.get("/chains/")
    for number in range(9):
        force = make.make_task_force(f"专班甲{number}")
        actions.create_chain(actor=make.SYSTEM, name=f"链{number}", short_name=f"链{number}", task_force=force)
    with django_assert_num_queries(len(few)):
        client.get("/chains/")
    assert len(few) <= 8
