"""The shared look in a real browser: keys, drawers, sheets, reach."""

import pytest

from yinfeng.org.models import User

pytestmark = pytest.mark.browser


@pytest.fixture
def guide(live_server, page, db, client):
    """The style guide, opened by somebody who is logged in."""
    client.force_login(User.objects.create(username="guide", post="办公室主任", is_superuser=True))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/ui/")
    return page


def test_nothing_serious_is_found_by_axe_with_dialog_and_panel_open(guide, assert_accessible):
    guide.wait_for_selector(".chart-canvas svg")
    assert_accessible(guide)
    guide.click(".kpis a.figure")
    guide.wait_for_selector("#panel .table")
    assert_accessible(guide)
    guide.keyboard.press("Escape")
    guide.click("text=打开对话框")
    guide.wait_for_selector("#dialog form")
    assert_accessible(guide)


@pytest.mark.parametrize("width", [390, 768, 1024, 1366, 1920])
def test_no_page_scrolls_sideways(guide, width):
    guide.set_viewport_size({"width": width, "height": 844})
    assert guide.evaluate("document.documentElement.scrollWidth") == width


def test_keys_find_the_search_and_the_help_and_escape_closes(guide):
    guide.keyboard.press("/")
    assert guide.evaluate("document.activeElement.id") == "top-search"
    guide.keyboard.press("Escape")
    guide.evaluate("document.activeElement.blur()")
    guide.keyboard.press("?")
    assert guide.is_visible("#help-frame")
    guide.keyboard.press("Escape")
    assert not guide.is_visible("#help-frame")


def test_a_figure_opens_beside_the_page_and_escape_brings_the_focus_back(guide):
    guide.click(".kpis a.figure >> nth=0")
    guide.wait_for_selector("#panel h2")
    assert guide.inner_text("#panel h2") == "签约金额"
    guide.keyboard.press("Escape")
    assert not guide.is_visible("#panel-frame")
    assert guide.evaluate("document.activeElement.textContent") == "134.60"


def test_a_wrong_form_in_the_dialog_comes_back_in_the_dialog(guide):
    guide.click("text=打开对话框")
    guide.fill("#dialog [name=total_wan]", "约三亿")
    guide.click("#dialog .btn-primary")
    guide.wait_for_selector("#dialog .field-error")
    assert guide.input_value("#dialog [name=total_wan]") == "约三亿"
    assert guide.url.endswith("/ui/")


def test_sorting_replaces_the_rows_and_goes_into_the_address(guide):
    guide.click("#rows thead a >> text=项目名称")
    guide.wait_for_selector("#rows th[aria-sort=ascending]")
    assert guide.url.endswith("/ui/?sort=name")


def test_a_block_from_excel_is_spread_over_the_sheet(guide):
    guide.focus("[name=text-1]")
    guide.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "已开工\\t2.5\\n\\"一\\n二\\"\\t3\\n完成\\t4\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    values = [
        guide.input_value(f"[name={name}]") for name in ("text-1", "funds-1", "text-2", "funds-2", "text-3", "funds-3")
    ]
    assert values == ["已开工", "2.5", "一\n二", "3", "完成", "1.20"]
    assert guide.inner_text("[data-sheet-count]") == "5"


def test_enter_moves_down_the_sheet_but_not_in_the_middle_of_pinyin(guide):
    guide.focus("[name=text-1]")
    guide.evaluate(
        """() => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    assert guide.evaluate("document.activeElement.name") == "text-1"
    guide.keyboard.press("Enter")
    assert guide.evaluate("document.activeElement.name") == "text-2"


def test_arrow_keys_move_in_a_list(guide):
    guide.focus("#rows tbody th a")
    guide.keyboard.press("ArrowDown")
    assert guide.evaluate("document.activeElement.textContent") == "高纯镁合金压铸件生产线"
    guide.keyboard.press("ArrowRight")
    assert guide.evaluate("document.activeElement.textContent") == "新材料"


def test_a_list_in_the_panel_is_turned_in_the_panel(guide):
    guide.click(".kpis a.figure >> nth=0")
    guide.wait_for_selector("#panel .table")
    guide.click("#panel a[rel=next]")
    guide.wait_for_selector("#panel .paging >> text=第 51")
    assert guide.url.endswith("/ui/")


def test_a_phone_has_its_navigation_below(guide):
    assert not guide.is_visible(".bottomnav")
    guide.set_viewport_size({"width": 390, "height": 844})
    guide.click(".bottomnav summary")
    assert guide.is_visible(".bottomnav .menu-body a >> nth=0")


def test_a_refusal_leaves_what_was_typed_and_says_why(guide):
    guide.route(
        "**/ui/?dialog=1",
        lambda route: route.fulfill(status=403, body='<p data-problem="录入人不能核定自己的数。"></p>'),
    )
    guide.click("text=打开对话框")
    guide.wait_for_selector(".toast-note.error")
    assert guide.inner_text(".toast-note p") == "录入人不能核定自己的数。"
    assert not guide.is_visible("#dialog-frame")
