"""Activities are logged for one's own units, count in an open month, and are taken back with a reason."""

from datetime import date

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.core.evidence import attached_to
from yinfeng.core.models import AuditEntry
from yinfeng.org.enums import Breadth, PeriodState
from yinfeng.org.models import ReportingMonth
from yinfeng.org.tests import factories as make
from yinfeng.outreach import actions
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.outreach.policy import READERS
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.tests.factories import make_project

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 5)


@pytest.fixture(autouse=True)
def spring():
    """It is the 20th of March 2025."""
    with clock.at(date(2025, 3, 20)):
        yield


def close(period: str) -> None:
    """Close a month."""
    ReportingMonth.objects.create(period=period, state=PeriodState.CLOSED)


def test_an_activity_is_counted_in_its_month_and_written_down_on_its_project():
    unit = make.make_unit()
    project = make_project(unit=unit)
    activity = make_activity(unit=unit, project=project, next_step="发资料", next_due_on=date(2025, 3, 12))
    assert (activity.posted_period, activity.recorded_by) == ("2025-03", "测试")
    entry = AuditEntry.objects.get(verb="activity.logged")
    assert (entry.root_type, entry.root_id, entry.after["summary"]) == ("projects.project", project.pk, "考察生产线")


def test_a_late_activity_counts_in_the_next_open_month_with_its_true_day():
    close("2025-01")
    close("2025-02")
    activity = make_activity(occurred_on=date(2025, 1, 9))
    assert (activity.occurred_on, activity.posted_period) == (date(2025, 1, 9), "2025-03")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"summary": " \n"}, "summary"),
        ({"occurred_on": date(2025, 3, 21)}, "occurred_on"),
        ({"ended_on": date(2025, 3, 4)}, "ended_on"),
        ({"next_due_on": date(2025, 3, 4)}, "next_due_on"),
        ({"headcount": 0}, "headcount"),
    ],
)
def test_an_activity_that_cannot_be_is_refused(values, field):
    with pytest.raises(Invalid) as refused:
        make_activity(**values)
    assert list(refused.value.fields) == [field]
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("role", list(Role))
def test_those_who_check_do_not_log(role):
    unit = make.make_unit()
    person = make.actor(role, unit)
    if role in READERS:
        with pytest.raises(Refused):
            make_activity(actor=person, unit=unit)
    else:
        assert make_activity(actor=person, unit=unit).unit == unit


def test_one_logs_for_the_own_unit_and_those_below_only():
    above = make.make_unit()
    below, stranger = make.make_unit(parent=above), make.make_unit()
    person, narrow = make.actor(Role.REPORTER, above), make.actor(Role.REPORTER, above, Breadth.OWN)
    assert make_activity(actor=person, unit=below).unit == below
    assert make_activity(actor=narrow, unit=above).unit == above
    for who, unit in ((person, stranger), (narrow, below)):
        with pytest.raises(Refused, match="只能为本单位或下级单位记录活动"):
            make_activity(actor=who, unit=unit)


def test_a_project_out_of_sight_cannot_be_named():
    unit = make.make_unit()
    hidden = make_project(unit=make.make_unit())
    with pytest.raises(NotVisible):
        make_activity(actor=make.actor(Role.OFFICER, unit), unit=unit, project=hidden)


def test_a_photograph_comes_along_and_a_bad_one_takes_the_activity_back():
    activity = make_activity(file=(b"\x89PNG\r\n\x1a\n0", "现场.png"))
    assert [file.title for file in attached_to(activity)] == ["现场.png"]
    with pytest.raises(Invalid):
        make_activity(file=(b"MZ", "病毒.exe"))
    assert Activity.objects.count() == 1


def test_a_change_writes_only_what_changed_and_moves_the_month():
    activity = make_activity()
    values = {"occurred_on": date(2025, 2, 27), "summary": "考察生产线"}
    changed = actions.update_activity(actor=make.SYSTEM, activity_id=activity.pk, version=1, values=values)
    assert (changed.posted_period, changed.version) == ("2025-02", 2)
    assert AuditEntry.objects.get(verb="activity.changed").before == {"occurred_on": "2025-03-05"}
    with pytest.raises(Conflict):
        actions.update_activity(actor=make.SYSTEM, activity_id=activity.pk, version=1, values={"summary": "x"})


def test_what_was_counted_in_a_closed_month_stays_and_its_next_step_may_change():
    activity = make_activity()
    close("2025-03")
    for values in ({"occurred_on": date(2025, 3, 6)}, {"kind": ActivityKind.TRIP}):
        with pytest.raises(Refused, match="2025年3月 已关账"):
            actions.update_activity(actor=make.SYSTEM, activity_id=activity.pk, version=1, values=values)
    with pytest.raises(Refused):
        actions.withdraw_activity(actor=make.SYSTEM, activity_id=activity.pk, reason="记错了")
    changed = actions.update_activity(
        actor=make.SYSTEM, activity_id=activity.pk, version=1, values={"next_step": "等回复"}
    )
    assert (changed.next_step, changed.posted_period) == ("等回复", "2025-03")


def test_a_withdrawn_activity_leaves_every_list_and_stays_in_the_log():
    activity = make_activity()
    with pytest.raises(Invalid):
        actions.withdraw_activity(actor=make.SYSTEM, activity_id=activity.pk, reason=" ")
    actions.withdraw_activity(actor=make.SYSTEM, activity_id=activity.pk, reason="重复记录", version=1)
    assert list(Activity.objects.visible_to(make.SYSTEM)) == []
    entry = AuditEntry.objects.get(verb="activity.withdrawn")
    assert (entry.note, entry.before["summary"]) == ("重复记录", "考察生产线")
    with pytest.raises(NotVisible):
        actions.withdraw_activity(actor=make.SYSTEM, activity_id=activity.pk, reason="再撤一次")
