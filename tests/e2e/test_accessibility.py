"""Every page of the product, as the administrator opens it: usable with a screen reader, never scrolling sideways."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.doors import Door, doors
from tests.world import OWN, TODAY, make_world
from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.period import Period
from yinfeng.intake.actions import commit_batch
from yinfeng.intake.models import Batch
from yinfeng.intake.tests.factories import ROWS, read_ledger, workbook
from yinfeng.org.models import Place
from yinfeng.org.tests.factories import SYSTEM, make_user
from yinfeng.projects.models import Project
from yinfeng.reports.actions import draft_report

pytestmark = pytest.mark.browser

# Doors that give a file to keep.
FILES = {
    "evidence",
    "intake:annotated",
    "reports:document",
    "reports:project_ledger",
    "reports:template_file",
    "submissions:grid_export",
}
# Doors that only take what a form sends; they answer a GET with 405.
BUTTONS = {
    "chains:master_remove",
    "intake:accept",
    "intake:bulk",
    "intake:commit",
    "intake:drop",
    "intake:reopen",
    "intake:skip",
    "intake:skip_doubtful",
    "intake:undo",
    "org:grant_end",
    "org:logout",
    "org:membership_end",
    "org:user_password",
    "projects:delete_view",
    "reports:issue",
    "reports:redraft",
    "reports:restore_template",
    "submissions:accept",
}
# Doors shut to the administrator of this place: for a verifier, or for a record in another state; looked at apart.
SHUT = {"intake:withdraw", "ledger:queue", "ledger:verify", "place:new", "projects:judge", "reports:edit"}
# Belongs to Django, answers every GET by going back.
GOING_BACK = {"set_language"}
IN_ENGLISH = (
    "home",
    "reports:progress",
    "projects:list",
    "projects:board",
    "projects:detail",
    "submissions:grid",
    "ledger:detail",
    "intake:document",
    "targets:figure",
    "org:settings",
)
WIDE, PHONE = 1440, 390
OVER = "document.documentElement.scrollWidth - window.innerWidth"


def pages() -> Iterator[Door]:
    """Every door that must be a page."""
    return (door for door in doors() if door.name not in FILES | BUTTONS | SHUT | GOING_BACK)


@pytest.fixture
def desk(sign_in, live_server, db):
    """The administrator of a place with something in every room; addresses by name of door."""
    with clock.at(TODAY):
        world = make_world()
    Place.objects.update(demo_today=TODAY)
    page = sign_in(world.cast["admin"])
    page.addresses = {
        door.name: live_server.url + reverse(door.name, kwargs=world.arguments(door.name, OWN)) for door in doors()
    }
    return page


def too_wide(page) -> int:
    """By how much a page scrolls sideways; charts get two seconds to follow the window."""
    for _try in range(20):
        over = int(page.evaluate(OVER))
        if over <= 0:
            break
        page.wait_for_timeout(100)
    return over


def faults_of(page, name: str, assert_accessible) -> list[str]:
    """What is wrong with one page."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    answer = page.goto(page.addresses[name])
    if answer.status != 200:
        return [f"{name}: {answer.status}"]
    found = []
    try:
        assert_accessible(page)
    except AssertionError as error:
        found.append(f"{name}: {error}")
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 844})
        over = too_wide(page)
        if over > 0:
            found.append(f"{name}: {over} px too wide at {width}")
    return found


def a_committed_batch() -> Batch:
    """A ledger of one plain row, taken in."""
    batch = read_ledger(SYSTEM, workbook(ROWS[:1]), "一行.xlsx")
    return commit_batch(actor=SYSTEM, batch_id=batch.pk, version=batch.version)


def test_every_page_is_usable_with_a_screen_reader_and_scrolls_only_down(desk, assert_accessible):
    faults = [fault for door in pages() for fault in faults_of(desk, door.name, assert_accessible)]
    assert faults == [], "\n".join(faults)


def test_pages_in_english_are_as_usable(desk, live_server, assert_accessible):
    desk.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    faults = [fault for name in IN_ENGLISH for fault in faults_of(desk, name, assert_accessible)]
    assert desk.locator("html").get_attribute("lang") == "en"
    assert faults == [], "\n".join(faults)


def test_the_lists_name_no_door_that_is_gone():
    assert FILES | BUTTONS | SHUT | GOING_BACK | set(IN_ENGLISH) <= {door.name for door in doors()}


def test_what_is_no_page_is_a_file_or_a_button(client, db):
    with clock.at(TODAY):
        world = make_world()
        client.force_login(world.cast["admin"], backend="django.contrib.auth.backends.ModelBackend")
        for name in FILES | BUTTONS:
            answer = client.get(reverse(name, kwargs=world.arguments(name, OWN)))
            if name in FILES:
                assert answer.status_code == 200, name
                assert answer["Content-Disposition"].startswith("attachment"), name
            else:
                assert answer.status_code == 405, name


def test_pages_that_need_another_person_or_state_are_as_usable(sign_in, live_server, db, assert_accessible):
    page = sign_in(make_user(Role.ADMIN))
    page.addresses = {"place:new": f"{live_server.url}/place/new/"}
    faults = faults_of(page, "place:new", assert_accessible)
    with clock.at(TODAY):
        world = make_world()
        draft = draft_report(actor=SYSTEM, period=Period.parse("2025-03"))
        batch = a_committed_batch()
        twin = Project.objects.get(pk=world.own.project.pk)
    Project.objects.filter(pk=twin.pk).update(duplicate_state="pending")
    Place.objects.update(demo_today=TODAY)
    addresses = {
        "reports:edit": reverse("reports:edit", args=[draft.code]),
        "intake:withdraw": reverse("intake:withdraw", args=[batch.code]),
        "projects:judge": reverse("projects:judge", args=[twin.code]),
        "ledger:queue": reverse("ledger:queue"),
    }
    page.addresses = {name: live_server.url + address for name, address in addresses.items()}
    for name in ("reports:edit", "intake:withdraw", "projects:judge"):
        faults += faults_of(sign_in(world.cast["admin"]), name, assert_accessible)
    faults += faults_of(sign_in(world.cast["verifier"]), "ledger:queue", assert_accessible)
    assert faults == [], "\n".join(faults)
