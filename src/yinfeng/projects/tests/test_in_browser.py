"""The project pages in a real browser: dragging, dialogs, lanes, reach."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from yinfeng.core.actor import Role
from yinfeng.org.tests.factories import make_place, make_unit, make_user
from yinfeng.projects.enums import MilestoneKind, Stage
from yinfeng.projects.models import Project
from yinfeng.projects.tests.factories import (
    make_agreement,
    make_chain,
    make_enterprise,
    make_milestone,
    make_opportunity,
    make_project,
    make_under_way,
)

pytestmark = pytest.mark.browser
# Lanes are as high as the longest one: their middle may lie below the window.
TOP_OF_LANE = {"x": 60, "y": 20}


@pytest.fixture
def desk(live_server, page, db, client):
    """The office at its desk, with a lane longer than its first page and a project that owes."""
    make_place()
    unit = make_unit("测试工信局")
    client.force_login(make_user(Role.OFFICE, unit), backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    for number in range(13):
        make_project(f"碳化硅基地{number}", unit=unit, chain=make_chain(), total_wan=Decimal(30_000))
    project = make_project("熔盐储能项目", unit=unit, investor=make_enterprise(), total_wan=Decimal(90_000))
    make_agreement(project, Decimal(80_000))
    make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 5, 6), basis="现场核实")
    make_under_way(Stage.PRODUCTION, unit=unit)
    make_opportunity(lead_unit=unit)
    page.base = live_server.url
    return page


def go(desk, path):
    desk.goto(f"{desk.base}{path}")


def code_of(name):
    return Project.objects.get(name=name).code


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_is_usable_with_a_screen_reader_and_scrolls_only_down(desk, assert_accessible, width):
    desk.set_viewport_size({"width": width, "height": 844})
    code = code_of("熔盐储能项目")
    tabs = [f"/projects/{code}/{tab}" for tab in ("", "?tab=papers", "?tab=log")]
    for path in ["/projects/", "/projects/board/", "/opportunities/", "/projects/new", *tabs]:
        go(desk, path)
        assert_accessible(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") == width, path


def test_a_card_dropped_on_a_later_lane_asks_for_date_and_basis(desk):
    go(desk, "/projects/board/")
    card = desk.locator(".ticket", has_text="碳化硅基地12")
    card.drag_to(desk.locator("[data-lane=negotiation]"), target_position=TOP_OF_LANE)
    desk.wait_for_selector("#dialog form")
    assert desk.input_value("#dialog [name=kind]") == "talks_held"
    desk.fill("#dialog [name=basis]", "来访洽谈")
    desk.click("#dialog .btn-primary")
    desk.wait_for_url("**/projects/P-*/")
    assert Project.objects.get(name="碳化硅基地12").stage == Stage.NEGOTIATION


def test_a_card_dropped_backwards_explains(desk):
    go(desk, "/projects/board/")
    desk.locator(".ticket", has_text="熔盐储能项目").drag_to(
        desk.locator("[data-lane=signed]"), target_position=TOP_OF_LANE
    )
    desk.wait_for_selector("#dialog h2 >> text=环节由里程碑决定")


def test_a_long_lane_shows_more_on_asking(desk):
    go(desk, "/projects/board/")
    assert desk.locator("[data-lane=lead] .ticket").count() == 12
    desk.click("[data-lane=lead] .lane-more a")
    expect(desk.locator("[data-lane=lead] .ticket")).to_have_count(13)
    assert desk.locator(".lane-more").count() == 0


def test_a_wrong_milestone_comes_back_in_the_dialog_with_what_was_typed(desk):
    go(desk, f"/projects/{code_of('熔盐储能项目')}/")
    desk.click(".page-actions a >> text=记录里程碑")
    desk.wait_for_selector("#dialog form")
    desk.fill("#dialog [name=occurred_on]", "2099-01-01")
    desk.fill("#dialog [name=basis]", "验收")
    desk.click("#dialog .btn-primary")
    desk.wait_for_selector("#dialog .field-occurred_on .field-error")
    assert desk.input_value("#dialog [name=basis]") == "验收"


def test_filtering_replaces_the_rows_and_goes_into_the_address(desk):
    go(desk, "/projects/")
    desk.select_option("[name=stage]", "construction")
    expect(desk.locator("#rows tbody tr")).to_have_count(1)
    expect(desk).to_have_url(re.compile("stage=construction"))
