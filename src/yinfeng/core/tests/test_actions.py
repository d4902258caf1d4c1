"""The second door: actions leave entries, join each other, refuse a second click."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from yinfeng.core import actions
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor, system
from yinfeng.core.errors import Conflict, DoubleSubmit, Invalid, NothingAudited, NotVisible
from yinfeng.core.models import AppendOnlyError, AuditEntry, CalendarDay, Gesture
from yinfeng.org.models import Unit
from yinfeng.org.tests.factories import make_unit

pytestmark = pytest.mark.django_db
CLERK = Actor(label="联络员", user_id=7, gesture="click-1")


@action
def mark(*, actor: Actor, number: int, note: str = "") -> CalendarDay:
    """Note a day."""
    day = CalendarDay.objects.create(day=date(2025, 1, number), is_workday=True)
    record(actor=actor, verb="day.marked", target=day, after={"number": number}, note=note)
    return day


@action
def mark_silently(*, actor: Actor, number: int) -> None:
    """Note a day and tell nobody."""
    CalendarDay.objects.create(day=date(2025, 1, number), is_workday=True)


@action
def mark_and_fail(*, actor: Actor, number: int) -> None:
    """Note a day, then find fault with it."""
    mark(actor=actor, number=number)
    raise Invalid("不行")


@action
def leave(*, actor: Actor) -> None:
    """Change nothing, and say so."""
    unchanged()


def test_an_action_writes_its_entry_in_its_transaction():
    mark(actor=system("任务"), number=1, note="说明")
    entry = AuditEntry.objects.get()
    assert (entry.actor_label, entry.actor_id, entry.source, entry.verb, entry.after, entry.note) == (
        "任务",
        None,
        "system",
        "day.marked",
        {"number": 1},
        "说明",
    )
    assert (entry.target_type, entry.target_label) == ("core.calendarday", "2025-01-01")


def test_an_action_without_an_actor_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="mark needs actor="):
        mark(number=1)  # type: ignore[call-arg]  # that is the point
    assert CalendarDay.objects.count() == 0


def test_an_action_that_recorded_nothing_is_rolled_back():
    with pytest.raises(NothingAudited, match="mark_silently"):
        mark_silently(actor=CLERK, number=1)
    assert (CalendarDay.objects.count(), Gesture.objects.count()) == (0, 0)


def test_an_action_may_say_that_it_changed_nothing():
    leave(actor=CLERK)
    assert AuditEntry.objects.count() == 0


def test_recording_outside_an_action_is_a_fault_of_the_program():
    day = CalendarDay.objects.create(day=date(2025, 1, 1), is_workday=True)
    with pytest.raises(NothingAudited, match="outside an action"):
        record(actor=CLERK, verb="day.marked", target=day)
    with pytest.raises(NothingAudited, match="outside an action"):
        unchanged()


def test_a_failed_action_leaves_nothing_and_its_click_may_come_again():
    with pytest.raises(Invalid):
        mark_and_fail(actor=CLERK, number=1)
    assert (CalendarDay.objects.count(), AuditEntry.objects.count(), Gesture.objects.count()) == (0, 0, 0)
    mark(actor=CLERK, number=1)
    assert AuditEntry.objects.get().gesture == "click-1"


def test_the_same_click_is_carried_out_once_and_names_what_it_led_to():
    unit = make_unit("能源局")

    @action
    def rename(*, actor: Actor) -> None:
        """Note a change of the unit."""
        record(actor=actor, verb="unit.changed", target=unit)

    rename(actor=CLERK)
    with pytest.raises(DoubleSubmit) as refused:
        rename(actor=CLERK)
    assert (refused.value.target_type, refused.value.target_code) == ("org.unit", unit.code)
    assert AuditEntry.objects.filter(verb="unit.changed").count() == 1


def test_an_equal_click_of_another_person_is_another_click():
    mark(actor=CLERK, number=1)
    mark(actor=Actor(label="他人", user_id=8, gesture="click-1"), number=2)
    assert CalendarDay.objects.count() == 2


def test_inner_actions_join_the_outer_one_under_one_click():
    @action
    def mark_two(*, actor: Actor) -> None:
        """Note two days."""
        mark(actor=actor, number=1)
        mark(actor=actor, number=2)

    mark_two(actor=CLERK)
    assert (CalendarDay.objects.count(), AuditEntry.objects.count(), Gesture.objects.count()) == (2, 2, 1)


def test_an_inner_action_that_failed_leaves_neither_rows_nor_entries():
    @action
    def mark_what_can_be_marked(*, actor: Actor) -> None:
        """Note days, passing over those that cannot be noted."""
        mark(actor=actor, number=1)
        with pytest.raises(Invalid):
            mark_and_fail(actor=actor, number=2)
        with pytest.raises(NothingAudited):
            mark_silently(actor=actor, number=3)

    mark_what_can_be_marked(actor=CLERK)
    assert [str(day) for day in CalendarDay.objects.all()] == ["2025-01-01"]
    assert [entry.after for entry in AuditEntry.objects.all()] == [{"number": 1}]


def test_an_inner_action_that_changed_nothing_excuses_only_itself():
    @action
    def leave_and_mark(*, actor: Actor) -> None:
        """Leave one thing, note another silently."""
        leave(actor=actor)
        mark_silently(actor=actor, number=1)

    with pytest.raises(NothingAudited):
        leave_and_mark(actor=CLERK)
    assert CalendarDay.objects.count() == 0


def test_lock_tells_a_hidden_row_a_stale_version_and_a_good_one_apart():
    unit = make_unit("能源局")
    with transaction.atomic():
        assert lock(Unit.objects.all(), pk=unit.pk, version=1) == unit
        with pytest.raises(NotVisible):
            lock(Unit.objects.none(), pk=unit.pk, version=1)
        with pytest.raises(Conflict) as refused:
            lock(Unit.objects.all(), pk=unit.pk, version=9)
    assert refused.value.current == unit


def test_store_counts_the_version_and_touches_only_the_named_fields():
    unit = make_unit("能源局")
    Unit.objects.filter(pk=unit.pk).update(name="改过的名字")
    unit.short_name = "能源"
    store(unit, "short_name")
    unit.refresh_from_db()
    assert (unit.name, unit.short_name, unit.version) == ("改过的名字", "能源", 2)


def test_entries_are_neither_changed_nor_deleted():
    mark(actor=CLERK, number=1)
    entry = AuditEntry.objects.get()
    entry.note = "改写"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(note="改写")
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.get().note == ""


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_arrivals_of_a_click_at_once_are_carried_out_once():
    start, outcomes = threading.Barrier(2), []

    def arrive() -> None:
        start.wait()
        try:
            mark(actor=CLERK, number=1)
            outcomes.append("done")
        except DoubleSubmit:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=arrive) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused"]
    assert CalendarDay.objects.count() == 1


def test_the_running_action_is_forgotten_afterwards():
    with pytest.raises(Invalid):
        mark_and_fail(actor=CLERK, number=1)
    assert actions._running.get() is None
