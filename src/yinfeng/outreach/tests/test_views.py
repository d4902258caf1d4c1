"""Pages of the outreach room."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.org.tests import factories as make
from yinfeng.outreach import actions
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.outreach.policy import READERS
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring():
    """It is the 20th of March 2025."""
    with clock.at(date(2025, 3, 20)):
        yield


def enter(client, role=Role.OFFICER, unit=None):
    """Log in as a new person of this role in this unit."""
    unit = unit or make.make_unit()
    client.force_login(make.make_user(role, unit))
    return unit


def form(unit, **values):
    """The short form, filled in."""
    return {"kind": "visit", "occurred_on": "2025-03-05", "summary": "谈了用地", "unit": unit.code} | values


@pytest.mark.parametrize("role", list(Role))
def test_everybody_reads_and_those_who_check_do_not_log(client, role):
    unit = enter(client, role)
    activity = make_activity(unit=unit)
    writes = 403 if role in READERS else 200
    opens = {path: client.get(f"/activities/{path}").status_code for path in (
        "", "new", f"{activity.code}/", f"{activity.code}/edit", f"{activity.code}/withdraw")}  # fmt: skip
    assert list(opens.values()) == [200, writes, 200, writes, writes]


@pytest.mark.parametrize("path", ["", "edit", "withdraw"])
def test_a_foreign_activity_is_not_found(client, path):
    enter(client)
    foreign = make_activity()
    assert client.get(f"/activities/{foreign.code}/{path}").status_code == 404
    assert client.get(f"/activities/H-NOWHERE/{path}").status_code == 404


def test_three_things_typed_are_an_activity(client):
    unit = enter(client)
    page = client.get("/activities/new")
    assert page.context["form"]["unit"].value() == unit.code
    assert page.context["form"]["occurred_on"].value() == date(2025, 3, 20)
    answer = client.post("/activities/new", form(unit, about="某投资公司负责人", next_step="发资料"))
    assert (answer.status_code, answer["Location"]) == (303, "/activities/")
    activity = Activity.objects.get()
    assert (activity.counterpart, activity.project, activity.enterprise) == ("某投资公司负责人", None, None)


def test_the_project_in_the_address_is_filled_in_and_leads_back_to_its_page(client):
    unit = enter(client)
    project = make_project("颗粒钾肥项目", unit=unit)
    about = client.get(f"/activities/new?project={project.code}").context["form"]["about"].value()
    assert about == f"{project.code} {project}"
    answer = client.post("/activities/new", form(unit, about=about, gesture="g1"))
    assert answer["Location"] == f"/projects/{project.code}/"
    assert Activity.objects.get().project == project
    again = client.post("/activities/new", form(unit, about=about, gesture="g1"))
    assert (again.status_code, again["Location"]) == (303, f"/activities/{Activity.objects.get().code}/")


def test_a_project_out_of_sight_is_neither_filled_in_nor_found(client):
    unit = enter(client)
    hidden = make_project("别人的项目", unit=make.make_unit())
    assert client.get(f"/activities/new?project={hidden.code}").context["form"]["about"].value() == ""
    answer = client.post("/activities/new", form(unit, about=hidden.code))
    assert answer.context["form"].errors == {"about": ["没有找到这个代码，或不在您的权限范围内。"]}


def test_names_are_looked_up_project_first_then_firm(client):
    unit = enter(client)
    project = make_project("颗粒钾肥项目", unit=unit)
    firm = register_enterprise(actor=make.SYSTEM, name="青海昆仑锂业有限公司")
    for about, found in (
        ("颗粒钾肥项目", (project, None)),
        ("昆仑锂业", (None, firm)),
        (firm.code.lower(), (None, firm)),
    ):
        client.post("/activities/new", form(unit, about=about))
        activity = Activity.objects.order_by("-id")[0]
        assert (activity.project, activity.enterprise) == found


def test_two_projects_of_one_name_have_to_be_told_apart(client):
    unit = enter(client)
    for _number in range(2):
        make_project("颗粒钾肥项目", unit=unit)
    answer = client.post("/activities/new", form(unit, about="颗粒钾肥项目"))
    assert answer.context["form"].errors == {"about": ["有几个同名项目，请从提示中选，或填项目代码。"]}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"summary": ""}, "summary"),
        ({"occurred_on": "2025-03-21"}, "occurred_on"),
        ({"occurred_on": "三月"}, "occurred_on"),
        ({"kind": "party"}, "kind"),
        ({"unit": "U-NOWHERE"}, "unit"),
        ({"headcount": "三"}, "headcount"),
        ({"next_due_on": "2025-03-04"}, "next_due_on"),
    ],
)
def test_a_bad_form_comes_back_with_what_was_typed(client, values, field):
    unit = enter(client)
    answer = client.post("/activities/new", form(unit, next_step="发资料") | values)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["next_step"].value() == "发资料"
    assert Activity.objects.count() == 0


def test_a_photograph_is_kept_and_opens_through_the_activity(client):
    unit = enter(client)
    photo = SimpleUploadedFile("现场.png", b"\x89PNG\r\n\x1a\n0")
    client.post("/activities/new", form(unit, file=photo))
    activity = Activity.objects.get()
    page = client.get(f"/activities/{activity.code}/")
    file = page.context["files"].get()
    assert file.title == "现场.png"
    assert client.get(f"/files/{file.code}/").status_code == 200
    enter(client)
    assert client.get(f"/files/{file.code}/").status_code == 404


def test_an_activity_is_changed_from_its_form_and_a_stale_one_shows_both(client):
    unit = enter(client)
    project = make_project("颗粒钾肥项目", unit=unit)
    activity = make_activity(unit=unit, project=project)
    shown = client.get(f"/activities/{activity.code}/edit").context["form"]
    filled = form(unit, about=shown["about"].value(), version=shown["version"].value())
    answer = client.post(f"/activities/{activity.code}/edit", filled | {"summary": "谈了用地和蒸汽"})
    assert (answer.status_code, answer["Location"]) == (303, f"/activities/{activity.code}/")
    activity.refresh_from_db()
    assert (activity.summary, activity.project, activity.version) == ("谈了用地和蒸汽", project, 2)
    answer = client.post(f"/activities/{activity.code}/edit", filled | {"summary": "另一句"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "谈了用地和蒸汽" in text
    assert "另一句" in text


def test_an_activity_is_taken_back_with_a_reason(client):
    unit = enter(client)
    activity = make_activity(unit=unit)
    path = f"/activities/{activity.code}/withdraw"
    assert client.post(path, {"reason": "", "version": "1"}).status_code == 422
    assert client.post(path, {"reason": "重复", "version": "9"}).status_code == 409
    assert client.post(path, {"reason": "重复", "version": "1"})["Location"] == "/activities/"
    assert client.get(f"/activities/{activity.code}/").status_code == 404


def test_the_list_is_narrowed_by_kind_unit_month_project_firm_and_what_is_due(client):
    unit = enter(client, Role.OFFICE)
    project = make_project("颗粒钾肥项目", unit=unit)
    firm = register_enterprise(actor=make.SYSTEM, name="昆仑锂业有限公司")
    visit = make_activity(unit=unit, project=project, next_due_on=date(2025, 3, 10))
    trip = make_activity(ActivityKind.TRIP, date(2025, 2, 5), enterprise=firm)
    for query, found in (
        ("", [visit, trip]),
        ("kind=trip", [trip]),
        (f"unit={unit.code}", [visit]),
        ("period=2025年2月", [trip]),
        (f"project={project.code.lower()}", [visit]),
        (f"enterprise={firm.code}", [trip]),
        ("due=on", [visit]),
        ("sort=date", [trip, visit]),
        ("kind=bogus", []),
        ("period=2025", []),
        ("sort=bogus&page=zz", [visit, trip]),
    ):
        assert client.get(f"/activities/?{query}").context["slice"].rows == found, query


def test_the_sentence_tells_what_was_done_this_month(client):
    unit = enter(client)
    for kind in (ActivityKind.VISIT, ActivityKind.VISIT, ActivityKind.TRIP):
        make_activity(kind, unit=unit)
    make_activity(unit=unit, occurred_on=date(2025, 2, 1))
    assert "本月：拜访 2、外出招商 1" in client.get("/activities/").content.decode()


def test_what_is_listed_can_be_taken_along_as_a_workbook_and_is_written_down(client):
    from openpyxl import load_workbook

    unit = enter(client)
    make_activity(unit=unit, summary="=HYPERLINK(1)")
    make_activity(unit=unit, kind=ActivityKind.TRIP)
    make_activity()
    answer = client.get("/activities/?kind=visit&export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "=HYPERLINK(1)" in cells
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert "外出招商" not in cells
    assert AuditEntry.objects.get(verb="export.made").after["rows"] == 1


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_the_list_takes_the_same_queries_for_few_activities_and_many(client, role, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    unit = enter(client, role)
    make_activity(unit=unit, project=make_project(unit=unit))
    with CaptureQueriesContext(connection) as few:
        client.get("/activities/")
    for _number in range(8):
        make_activity(unit=unit, project=make_project(unit=unit))
    firm = register_enterprise(actor=make.SYSTEM, name="昆仑锂业有限公司")
    for _number in range(50):
        make_activity(unit=unit, enterprise=firm)
    with django_assert_num_queries(len(few)):
        page = client.get("/activities/")
    assert (len(page.context["slice"].rows), page.context["slice"].has_next) == (50, True)
    assert len(few) <= 10


def test_a_withdrawn_activity_no_longer_opens_its_files(client):
    unit = enter(client)
    activity = make_activity(unit=unit, file=(b"\x89PNG\r\n\x1a\n0", "现场.png"))
    code = client.get(f"/activities/{activity.code}/").context["files"].get().code
    actions.withdraw_activity(actor=make.SYSTEM, activity_id=activity.pk, reason="记错了")
    assert client.get(f"/files/{code}/").status_code == 404
