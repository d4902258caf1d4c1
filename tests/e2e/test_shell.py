"""The frame of every page in a real browser."""

import pytest

from yinfeng.core.actor import Role
from yinfeng.org.tests.factories import make_place, make_user

pytestmark = pytest.mark.browser
WIDTHS = [1440, 390]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_login_page_is_accessible_and_fits(page, live_server, assert_accessible, width):
    make_place()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url)
    assert page.locator("input[type=password]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_of_the_shared_look_is_accessible_and_fits(sign_in, live_server, assert_accessible, width):
    make_place()
    page = sign_in(make_user(Role.OFFICE))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/ui/")
    page.wait_for_selector("[data-chart] svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)
