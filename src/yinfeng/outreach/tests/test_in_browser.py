"""Logging in, logging a visit and looking after people in a real browser; every page within reach of everybody."""

import re

import pytest
from playwright.sync_api import expect

from yinfeng.chains.actions import create_chain, name_chain_master
from yinfeng.core.actor import Role
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.org.enums import UnitKind
from yinfeng.org.tests.factories import PASSWORD, SYSTEM, make_place, make_task_force, make_unit, make_user
from yinfeng.outreach.models import Activity
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.tests.factories import make_party, make_project

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_server, page, db):
    """The administrator, come in through the login page of a small place."""
    make_place()
    unit = make_unit("招商办公室", kind=UnitKind.OFFICE)
    make_unit("招商一科", unit)
    force = make_task_force("盐湖专班", lead_units=(unit,))
    chain = create_chain(actor=SYSTEM, name="盐湖化工", short_name="盐湖", task_force=force)
    name_chain_master(actor=SYSTEM, chain=chain, name="盐湖工业")
    firm = register_enterprise(actor=SYSTEM, name="昆仑锂业有限公司", credit_code="91350200MA2YJ1XR9H")
    project = make_project("颗粒钾肥项目", unit=unit, chain=chain)
    make_party(project, firm)
    activity = make_activity(unit=unit, project=project, next_step="发资料")
    admin = make_user(Role.ADMIN, unit, username="guanli")
    page.goto(f"{live_server.url}/login/?next=/activities/")
    page.get_by_label("登录名").fill("guanli")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("招商活动")
    page.base = live_server.url
    page.details = (
        f"/units/{unit.code}/",
        f"/task-forces/{force.code}/",
        f"/people/{admin.code}/",
        f"/chains/{chain.code}/",
        f"/enterprises/{firm.code}/",
        f"/activities/{activity.code}/",
    )
    return page


def test_a_visit_is_logged_in_the_dialog_and_a_forgotten_field_is_named_there(desk):
    desk.get_by_role("link", name="记一条").first.click()
    dialog = desk.locator("#dialog")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.locator(".field-error")).to_have_text("请填写“谈了什么”。")
    dialog.get_by_label("谈了什么").fill("谈了蒸汽价格")
    dialog.get_by_label("项目、企业或来访人").fill("颗粒钾肥项目")
    dialog.get_by_role("button", name="保存").click()
    expect(desk.locator(".toasts")).to_contain_text("已记录。")
    expect(desk).to_have_url(re.compile("/projects/P-"))
    assert Activity.objects.get(summary="谈了蒸汽价格").project is not None


def test_a_new_persons_password_is_shown_in_the_dialog(desk):
    desk.goto(f"{desk.base}/people/")
    desk.get_by_role("link", name="新增人员").click()
    dialog = desk.locator("#dialog")
    dialog.get_by_label("登录名").fill("xinren")
    dialog.get_by_label("职务或岗位").fill("专员")
    dialog.get_by_role("button", name="保存").click()
    expect(dialog.locator("#secret")).to_have_text(re.compile(r"^[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}$"))
    dialog.get_by_role("link", name="我已记下").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("专员")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_every_page_is_within_reach_and_fits_the_screen(desk, width, height, assert_accessible):
    desk.set_viewport_size({"width": width, "height": height})
    lists = ("settings/", "settings/regions/", "settings/parameters/", "units/", "task-forces/", "people/", "audit/",
             "chains/", "enterprises/", "activities/", "activities/new", "task-forces/new", "password/")  # fmt: skip
    for path in (*(f"/{name}" for name in lists), *desk.details):
        desk.goto(f"{desk.base}{path}")
        assert_accessible(desk)
        over = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, path
