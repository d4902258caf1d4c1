"""Who sees which activities, which next steps are due, and how often what was done."""

from datetime import date

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.period import Period
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.org.enums import Breadth
from yinfeng.org.tests import factories as make
from yinfeng.outreach import actions, queries
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.tests.factories import make_chain, make_project

pytestmark = pytest.mark.django_db
MARCH = Period.month(2025, 3)


@pytest.fixture(autouse=True)
def spring():
    """It is the 20th of March 2025."""
    with clock.at(date(2025, 3, 20)):
        yield


def test_one_sees_the_activities_of_own_units_and_of_visible_projects():
    mine, below, other = make.make_unit(), make.make_unit(), make.make_unit()
    under = make.make_unit(parent=mine)
    project, hidden = make_project(unit=mine), make_project(unit=other)
    on_mine = make_activity(unit=other, project=project)
    own, lower = make_activity(unit=mine), make_activity(unit=under)
    strange = make_activity(unit=other, project=hidden)
    make_activity(unit=below)
    wide, narrow = make.actor(Role.OFFICER, mine), make.actor(Role.OFFICER, mine, Breadth.OWN)
    assert set(Activity.objects.visible_to(wide)) == {on_mine, own, lower}
    assert set(Activity.objects.visible_to(narrow)) == {on_mine, own}
    assert strange in Activity.objects.visible_to(make.actor(Role.OFFICE))


def test_a_task_force_member_sees_the_activities_of_its_projects():
    unit = make.make_unit()
    force = make.make_task_force(lead_units=(unit,))
    project = make_project(unit=make.make_unit(), chain=make_chain("盐湖化工", force))
    activity = make_activity(unit=make.make_unit(), project=project)
    for person in (make.actor(Role.LEADER, node=force.node), make.actor(Role.OFFICER, unit)):
        assert list(Activity.objects.visible_to(person)) == [activity]


@pytest.mark.parametrize(
    ("due_on", "due"),
    [
        (date(2024, 9, 20), False),
        (date(2024, 9, 21), True),
        (date(2025, 3, 19), True),
        (date(2025, 3, 20), True),
        (date(2025, 3, 21), False),
        (None, False),
    ],
)
def test_a_next_step_is_due_from_its_day_on_for_half_a_year(due_on, due):
    make_activity(occurred_on=date(2024, 9, 1), next_step="发资料", next_due_on=due_on)
    assert queries.due(Activity.objects.all()).exists() is due


def test_a_later_activity_on_the_same_project_or_firm_settles_the_next_step():
    unit, day = make.make_unit(), date(2025, 3, 10)
    project, other = make_project(unit=unit), make_project(unit=unit)
    firm = register_enterprise(actor=make.SYSTEM, name="昆仑锂业有限公司")
    on_project = make_activity(unit=unit, project=project, next_due_on=day)
    on_firm = make_activity(unit=unit, enterprise=firm, next_due_on=day)
    on_nobody = make_activity(unit=unit, next_due_on=day)
    make_activity(unit=unit, project=other, occurred_on=day)
    assert set(queries.due(Activity.objects.all())) == {on_project, on_firm, on_nobody}
    settling = make_activity(unit=unit, project=project, occurred_on=day)
    make_activity(unit=unit, enterprise=firm, occurred_on=on_firm.occurred_on)
    assert list(queries.due(Activity.objects.all())) == [on_nobody]
    actions.withdraw_activity(actor=make.SYSTEM, activity_id=settling.pk, reason="记错了")
    assert set(queries.due(Activity.objects.all())) == {on_project, on_nobody}


def test_the_days_page_counts_what_is_due_in_ones_own_units():
    mine, other = make.make_unit(), make.make_unit()
    make_activity(unit=mine, next_due_on=date(2025, 3, 10))
    make_activity(unit=other, next_due_on=date(2025, 3, 10))
    items = queries.today_items(make.actor(Role.OFFICER, mine))
    assert [(item.key, item.count, item.url, item.urgent) for item in items] == [
        ("follow_ups", 1, "/activities/?due=on", True)
    ]
    assert queries.today_items(make.actor(Role.OFFICE))[0].count == 2
    assert list(queries.today_items(make.actor(Role.OFFICER, make.make_unit()))) == []


def test_counts_are_by_unit_month_and_kind_on_the_posted_axis_and_leave_out_the_withdrawn():
    first, second = make.make_unit(), make.make_unit()
    make_activity(ActivityKind.TRIP, unit=first)
    make_activity(ActivityKind.TRIP, unit=first)
    make_activity(ActivityKind.VISIT, date(2025, 2, 5), unit=first)
    gone = make_activity(ActivityKind.TRIP, unit=second)
    actions.withdraw_activity(actor=make.SYSTEM, activity_id=gone.pk, reason="记错了")
    found = queries.counts_by_unit_and_month(Period.month(2025, 1), MARCH)
    assert {unit: dict(months) for unit, months in found.items()} == {
        first.pk: {"2025-03": {"trip": 2}, "2025-02": {"visit": 1}}
    }
    assert queries.counts_by_unit_and_month(MARCH, MARCH) == {first.pk: {"2025-03": {"trip": 2}}}
    assert list(queries.units_without(ActivityKind.TRIP, MARCH, MARCH)) == [second]


def test_counts_take_one_query(django_assert_num_queries):
    make_activity()
    make_activity()
    with django_assert_num_queries(1):
        queries.counts_by_unit_and_month(MARCH, MARCH)


def test_a_panel_shows_the_newest_and_counts_this_year():
    unit = make.make_unit()
    chain = make_chain("盐湖化工")
    project = make_project(unit=unit, chain=chain)
    for number in range(1, 11):
        make_activity(unit=unit, project=project, occurred_on=date(2025, 3, number))
    make_activity(ActivityKind.TRIP, date(2025, 1, 5), unit=unit, project=project)
    make_activity(ActivityKind.TRIP, date(2024, 12, 5), unit=unit, project=project)
    person = make.actor(Role.OFFICE)
    for shown in (
        queries.project_panel(person, [project.pk])[project.pk],
        queries.unit_panel(person, [unit.pk])[unit.pk],
        queries.chain_panel(person, [chain.pk])[chain.pk],
    ):
        assert [row.occurred_on.day for row in shown.latest] == [10, 9, 8, 7, 6, 5, 4, 3]
        assert [(item.kind, item.count) for item in shown.counts] == [(ActivityKind.VISIT, 10), (ActivityKind.TRIP, 1)]
        assert shown.total == 11
    stranger = make.actor(Role.OFFICER, make.make_unit())
    assert queries.project_panel(stranger, [project.pk])[project.pk].total == 0
