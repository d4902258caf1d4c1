from datetime import date

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import ReportingMonth
from yinfeng.org.periods import posting_period
from yinfeng.org.tests.factories import SYSTEM, actor, make_place, make_unit
from yinfeng.projects.actions import create_project
from yinfeng.projects.values import ProjectValues
from yinfeng.submissions import actions, queries
from yinfeng.submissions.actions import NoteRow
from yinfeng.submissions.enums import SubmissionState
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
def reporter(unit):
    return actor(Role.REPORTER, unit)


@pytest.fixture
def office():
    return actor(Role.OFFICE)


@pytest.fixture
def project(unit):
    return create_project(actor=SYSTEM, values=ProjectValues(name="储能电站", lead_unit=unit))


def test_a_note_keeps_the_texts_that_are_left_out(project, reporter):
    actions.write_note(actor=reporter, project=project, period=MARCH, text="已完成备案", problem="缺电")
    note = actions.write_note(actor=reporter, project=project, period=MARCH, text="已开工", version=1)
    assert (note.text, note.problem, note.version) == ("已开工", "缺电", 2)


def test_a_stale_note_is_a_conflict_that_shows_what_stands(project, reporter, office):
    actions.write_note(actor=reporter, project=project, period=MARCH, text="一")
    actions.write_note(actor=office, project=project, period=MARCH, text="二", version=1)
    with pytest.raises(Conflict) as overtaken:
        actions.write_note(actor=reporter, project=project, period=MARCH, text="三", version=1)
    assert overtaken.value.current.text == "二"


def test_rows_are_saved_all_or_nothing(project, reporter):
    foreign = create_project(actor=SYSTEM, values=ProjectValues(name="牧场", lead_unit=make_unit("市农牧局")))
    rows = [NoteRow(project.pk, {"text": "好"}), NoteRow(foreign.pk, {"text": "坏"})]
    with pytest.raises(NotVisible):
        actions.write_notes(actor=reporter, period=MARCH, rows=rows)
    assert ProgressNote.objects.count() == 0


def test_a_reported_month_is_locked_until_it_is_returned(project, unit, reporter, office):
    sent = actions.report_month(actor=reporter, unit=unit, period=MARCH)
    with pytest.raises(Refused, match="已锁定"):
        actions.write_note(actor=reporter, project=project, period=MARCH, text="迟了")
    actions.return_submission(actor=office, submission_id=sent.pk, version=sent.version, reason="金额不符")
    assert actions.write_note(actor=reporter, project=project, period=MARCH, text="改好").text == "改好"


def test_a_returned_month_is_supplemented_and_accepted(unit, reporter, office):
    sent = actions.report_month(actor=reporter, unit=unit, period=MARCH)
    actions.return_submission(actor=office, submission_id=sent.pk, version=2, reason="金额不符")
    again = actions.report_month(actor=reporter, unit=unit, period=MARCH, version=3)
    assert (again.state, again.returns, again.late) == (SubmissionState.SUPPLEMENTED, 1, False)
    assert actions.accept_submission(actor=office, submission_id=sent.pk, version=4).state == SubmissionState.ACCEPTED


@pytest.mark.parametrize(("day", "late"), [(25, False), (26, True)])
def test_a_report_is_late_after_the_25th(unit, reporter, day, late):
    with clock.at(date(2025, 3, day)):
        assert actions.report_month(actor=reporter, unit=unit, period=MARCH).late is late


def test_a_unit_reports_only_itself(unit, reporter):
    with pytest.raises(NotVisible):
        actions.report_month(actor=reporter, unit=make_unit("市农牧局"), period=MARCH)
    assert not Submission.objects.exists()


def test_a_return_needs_a_reason(unit, reporter, office):
    sent = actions.report_month(actor=reporter, unit=unit, period=MARCH)
    with pytest.raises(Invalid, match="退回原因"):
        actions.return_submission(actor=office, submission_id=sent.pk, version=2, reason=" ")


def test_a_month_goes_from_estimate_over_final_to_closed(office):
    for state in (PeriodState.ESTIMATE, PeriodState.FINAL, PeriodState.CLOSED):
        assert actions.move_month(actor=office, period=MARCH, to=state).state == state
    with pytest.raises(Refused, match="不能再打开"):
        actions.move_month(actor=office, period=MARCH, to=PeriodState.FINAL)


@pytest.mark.parametrize("to", [PeriodState.FINAL, PeriodState.CLOSED])
def test_an_open_month_is_not_closed_at_once(office, to):
    with pytest.raises(Refused, match="依次"):
        actions.move_month(actor=office, period=MARCH, to=to)


def test_a_reporter_does_not_move_months(reporter):
    with pytest.raises(Refused, match="由办公室"):
        actions.move_month(actor=reporter, period=MARCH, to=PeriodState.ESTIMATE)


def test_months_close_in_order(office):
    ReportingMonth.objects.create(period="2025-02", state=PeriodState.FINAL)
    for state in (PeriodState.ESTIMATE, PeriodState.FINAL):
        actions.move_month(actor=office, period=MARCH, to=state)
    with pytest.raises(Invalid, match="2025年2月"):
        actions.move_month(actor=office, period=MARCH, to=PeriodState.CLOSED)


def test_closing_a_month_closes_the_untouched_ones_before_it(office):
    for state in (PeriodState.ESTIMATE, PeriodState.FINAL, PeriodState.CLOSED):
        actions.move_month(actor=office, period=MARCH, to=state)
    closed = ReportingMonth.objects.filter(state=PeriodState.CLOSED).values_list("period", flat=True)
    assert sorted(closed) == ["2025-01", "2025-02", MARCH]
    assert posting_period(date(2025, 2, 10)) == "2025-04"
    assert posting_period(date(2024, 12, 10)) == "2024-12"


def test_nothing_is_written_into_a_closed_month(project, unit, reporter):
    ReportingMonth.objects.create(period=MARCH, state=PeriodState.CLOSED)
    with pytest.raises(Refused, match="已关账"):
        actions.write_note(actor=reporter, project=project, period=MARCH, text="x")
    with pytest.raises(Refused, match="已关账"):
        actions.report_month(actor=reporter, unit=unit, period=MARCH)


def test_the_grid_offers_last_months_text_as_the_draft(project, reporter):
    from yinfeng.core.period import Period

    actions.write_note(actor=reporter, project=project, period="2025-02", text="二月在谈")
    row = queries.grid_rows(reporter, [project], Period.parse(MARCH))[0]
    assert (row.draft, row.version, row.changed) == ("二月在谈", 0, False)
    actions.write_note(actor=reporter, project=project, period=MARCH, text="三月签约")
    row = queries.grid_rows(reporter, [project], Period.parse(MARCH))[0]
    assert (row.draft, row.version, row.changed) == ("", 1, True)


def test_overdue_units_are_red_after_the_day(unit):
    from yinfeng.core.period import Period

    office = actor(Role.OFFICE)
    assert queries.unit_months(office, Period.parse(MARCH))[0].light == "yellow"
    with clock.at(date(2025, 3, 26)):
        line = queries.unit_months(office, Period.parse(MARCH))[0]
    assert (line.light, line.overdue) == ("red", True)
