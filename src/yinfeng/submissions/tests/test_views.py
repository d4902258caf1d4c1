from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.models import Evidence
from yinfeng.ledger.tests.factories import make_entry
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import ReportingMonth
from yinfeng.org.tests.factories import SYSTEM, make_place, make_unit, make_user
from yinfeng.projects.actions import create_project
from yinfeng.projects.values import ProjectValues
from yinfeng.submissions import actions, queries
from yinfeng.submissions.models import ProgressNote, Submission

pytestmark = pytest.mark.django_db
MARCH = "2025-03"


@pytest.fixture(autouse=True)
def _on_20_march():
    with clock.at(date(2025, 3, 20)):
        yield


@pytest.fixture
def unit():
    make_place()
    return make_unit("市能源局")


@pytest.fixture
def project(unit):
    return create_project(actor=SYSTEM, values=ProjectValues(name="储能电站", lead_unit=unit))


@pytest.fixture
def reporter(client, unit):
    client.force_login(make_user(Role.REPORTER, unit))
    return client


@pytest.fixture
def office(client):
    client.force_login(make_user(Role.OFFICE))
    return client


def row(project, text, *, version=0, was=None, **more):
    code = project.code
    return {
        "code": code,
        f"text-{code}": text,
        f"problem-{code}": "",
        f"help_needed-{code}": "",
        f"next_step-{code}": "",
        f"version-{code}": version,
        f"was-{code}": was or queries.digest_of([""] * 4),
        "period": MARCH,
    } | more


def test_the_grid_saves_the_rows_that_changed(reporter, project):
    answer = reporter.post(reverse("submissions:grid"), row(project, "已开工\r\n主体施工", gesture="g1"))
    assert answer.status_code == 303
    note = ProgressNote.objects.get()
    assert (note.text, note.period) == ("已开工\n主体施工", MARCH)
    shown = reporter.get(reverse("submissions:grid")).context["rows"][0]
    again = row(project, note.text, version=note.version, was=shown.digest, gesture="g2")
    reporter.post(reverse("submissions:grid"), again)
    assert ProgressNote.objects.get().version == 1


def test_a_row_somebody_else_changed_comes_back_as_typed(reporter, project):
    actions.write_note(actor=SYSTEM, project=project, period=MARCH, text="别人写的")
    answer = reporter.post(reverse("submissions:grid"), row(project, "我写的", gesture="g"))
    text = answer.content.decode()
    assert (answer.status_code, ProgressNote.objects.get().text) == (409, "别人写的")
    assert "我写的" in text
    assert "别人写的" in text


def test_a_foreign_code_in_the_grid_is_not_found(reporter):
    foreign = create_project(actor=SYSTEM, values=ProjectValues(name="牧场", lead_unit=make_unit("市农牧局")))
    assert reporter.post(reverse("submissions:grid"), row(foreign, "x")).status_code == 404
    assert reporter.post(reverse("submissions:grid"), {"code": "P-\0"}).status_code == 404
    assert not ProgressNote.objects.exists()


def test_too_long_a_text_is_told_and_kept(reporter, project):
    answer = reporter.post(reverse("submissions:grid"), row(project, "长" * 4001))
    assert answer.status_code == 422
    assert "最多 4000 个字" in answer.content.decode()
    assert "长" * 4001 in answer.content.decode()


def test_the_grid_shows_money_of_its_month_and_exports_a3(reporter, project, tmp_path):
    make_entry(project, "12000", date(2025, 2, 3))
    make_entry(project, "500", date(2025, 3, 3))
    money = reporter.get(reverse("submissions:grid")).context["rows"][0].panels["money"]
    assert (money.month_wan, money.year_wan) == (500, 12500)
    answer = reporter.get(reverse("submissions:grid_export"))
    (tmp_path / "grid.xlsx").write_bytes(answer.content)
    sheet = load_workbook(tmp_path / "grid.xlsx").worksheets[0]
    assert sheet.page_setup.paperSize == 8
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("count", [1, 40])
def test_the_grid_asks_the_same_queries_for_one_row_and_forty(reporter, unit, count, django_assert_num_queries):
    for number in range(count):
        made = create_project(actor=SYSTEM, values=ProjectValues(name=f"项目{number}", lead_unit=unit))
        actions.write_note(actor=SYSTEM, project=made, period=MARCH, text="进展")
    reporter.get(reverse("submissions:grid"))
    with django_assert_num_queries(14):
        assert len(reporter.get(reverse("submissions:grid")).context["rows"]) == count


def test_a_unit_reports_with_its_stamped_scan(reporter, unit, project):
    scan = SimpleUploadedFile("盖章.pdf", b"%PDF-1.4 stamped")
    answer = reporter.post(
        reverse("submissions:report", args=[unit.code]),
        {"note": "齐", "stamped": scan, "period": MARCH, "gesture": "g"},
    )
    sent = Submission.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("submissions:detail", args=[sent.code]))
    assert (sent.state, Evidence.objects.get().purpose) == ("reported", "stamped")
    page = reporter.get(reverse("submissions:detail", args=[sent.code]))
    assert "盖章.pdf" in page.content.decode()


def test_a_file_that_is_no_scan_is_refused_and_nothing_is_reported(reporter, unit):
    bad = SimpleUploadedFile("a.pdf", b"")
    answer = reporter.post(reverse("submissions:report", args=[unit.code]), {"stamped": bad, "period": MARCH})
    assert (answer.status_code, Submission.objects.count()) == (422, 0)


def test_the_office_returns_with_a_reason_and_accepts(office, unit):
    sent = actions.report_month(actor=SYSTEM, unit=unit, period=MARCH)
    address = reverse("submissions:return", args=[sent.code])
    assert office.post(address, {"reason": "", "version": sent.version}).status_code == 422
    assert office.post(address, {"reason": "金额不符", "version": sent.version}).status_code == 303
    sent = actions.report_month(actor=SYSTEM, unit=unit, period=MARCH)
    accept = reverse("submissions:accept", args=[sent.code])
    assert office.post(accept, {"version": 1}).status_code == 409
    assert office.post(accept, {"version": sent.version}).status_code == 303
    assert Submission.objects.get().state == "accepted"


def test_a_stranger_finds_no_submission(reporter):
    foreign = actions.report_month(actor=SYSTEM, unit=make_unit("市农牧局"), period=MARCH)
    for name in ("detail", "return", "stamped"):
        assert reporter.get(reverse(f"submissions:{name}", args=[foreign.code])).status_code == 404
    assert reporter.post(reverse("submissions:accept", args=[foreign.code])).status_code == 404


def test_the_table_names_who_has_not_reported(office, unit, project):
    make_unit("市农牧局")
    actions.report_month(actor=SYSTEM, unit=unit, period=MARCH)
    page = office.get(reverse("submissions:list"))
    assert [line.unit.name for line in page.context["lines"] if line.state == "not_reported"] == ["市农牧局"]
    assert page.context["groups"]["reported"] == 1


def test_a_month_is_closed_step_by_step_after_what_it_means_was_shown(office, unit):
    for state in ("estimate", "final"):
        assert office.post(reverse("submissions:move_month", args=[MARCH, state])).status_code == 303
    shown = office.get(reverse("submissions:move_month", args=[MARCH, "closed"])).content.decode()
    assert "也不能重新打开" in shown
    assert "市能源局" in shown
    office.post(reverse("submissions:move_month", args=[MARCH, "closed"]))
    assert set(ReportingMonth.objects.values_list("period", "state")) == {
        ("2025-01", PeriodState.CLOSED),
        ("2025-02", PeriodState.CLOSED),
        (MARCH, PeriodState.CLOSED),
    }
    assert office.post(reverse("submissions:move_month", args=[MARCH, "final"])).status_code == 403


@pytest.mark.parametrize("address", ["2025-13/closed", "2025/closed", "2025-03/gone", "x/y"])
def test_a_month_that_is_none_is_not_found(office, address):
    assert office.get(f"/months/{address}/").status_code == 404


def test_a_reporter_does_not_close_months(reporter):
    assert reporter.post(reverse("submissions:move_month", args=[MARCH, "estimate"])).status_code == 403


@pytest.mark.parametrize("query", ["period=x", "period=2025", "page=-1", "page=abc", "only=%01", "unit=1%27"])
def test_a_senseless_address_of_the_grid_is_answered_calmly(reporter, project, query):
    assert reporter.get(f"{reverse('submissions:grid')}?{query}").status_code == 200
