"""Waits that pause: when they fall due, what is used up and which light they show."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core.waits import Light, Pause, Wait, WaitUnit, days_late
from yinfeng.core.workdays import NATIONAL, CalendarUnknown

MONDAY = date(2025, 3, 3)


def test_a_term_in_working_days_skips_the_weekend() -> None:
    wait = Wait(MONDAY, 5)
    assert wait.due_on() == date(2025, 3, 10)
    assert wait.used(date(2025, 3, 9)) == 4
    assert wait.left(date(2025, 3, 12)) == -2


def test_a_term_in_calendar_days_does_not() -> None:
    assert Wait(MONDAY, 14, WaitUnit.DAY).due_on() == date(2025, 3, 17)
    assert Wait(MONDAY, 14, "day").used(date(2025, 3, 9)) == 6


def test_a_closed_pause_moves_the_due_date_by_the_days_it_took() -> None:
    wait = Wait(MONDAY, 5, pauses=(Pause(date(2025, 3, 5), date(2025, 3, 7), "补正材料"),))
    assert wait.due_on() == date(2025, 3, 12)
    assert wait.paused_days(date(2025, 3, 10)) == 2


def test_an_open_pause_leaves_the_due_date_open() -> None:
    wait = Wait(MONDAY, 5, pauses=(Pause(date(2025, 3, 5), None, "等企业补件"),))
    assert wait.due_on() is None
    assert wait.due_on(resumed_on=date(2025, 3, 7)) == date(2025, 3, 12)
    assert wait.used(date(2025, 3, 31)) == 1


def test_an_open_pause_after_the_due_date_changes_nothing() -> None:
    wait = Wait(MONDAY, 5, pauses=(Pause(date(2025, 3, 20), None, "等企业补件"),))
    assert wait.due_on() == date(2025, 3, 10)
    assert wait.light(date(2025, 3, 21)) is Light.RED


def test_overlapping_pauses_count_once() -> None:
    pauses = (Pause(date(2025, 3, 4), date(2025, 3, 6), "a"), Pause(date(2025, 3, 5), date(2025, 3, 7), "b"))
    assert Wait(MONDAY, 5, pauses=pauses).due_on() == date(2025, 3, 13)


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (MONDAY, Light.GREEN),
        (date(2025, 3, 6), Light.GREEN),  # 3 of 5 used
        (date(2025, 3, 7), Light.YELLOW),  # 4 of 5
        (date(2025, 3, 10), Light.YELLOW),  # the due day itself
        (date(2025, 3, 11), Light.RED),
    ],
)
def test_lights_follow_the_share_used(today: date, light: Light) -> None:
    assert Wait(MONDAY, 5).light(today) is light


def test_lights_of_a_paused_and_of_a_finished_wait() -> None:
    paused = Wait(MONDAY, 5, pauses=(Pause(date(2025, 3, 5), None, "等企业补件"),))
    assert paused.light(date(2025, 3, 4)) is Light.GREEN
    assert paused.light(date(2025, 4, 30)) is Light.PAUSED
    assert Wait(MONDAY, 5, done_on=date(2025, 3, 5)).light(date(2025, 4, 30)) is Light.DONE
    assert Wait(MONDAY, 5, done_on=date(2025, 3, 5)).used(date(2025, 4, 30)) == 2
    assert Wait(MONDAY, 5).light(date(2025, 3, 5), yellow=Fraction(2, 5)) is Light.YELLOW


def test_a_wait_into_an_unannounced_year_is_provisional_unless_asked_otherwise() -> None:
    wait = Wait(date(2026, 12, 28), 30)
    due = wait.due_on()
    assert due is not None
    assert due.year == 2027
    with pytest.raises(CalendarUnknown):
        wait.due_on(calendar=NATIONAL)


@given(st.dates(date(2010, 1, 1), date(2025, 1, 1)), st.integers(1, 40), st.sampled_from(WaitUnit))
def test_on_its_due_day_a_wait_is_exactly_used_up(start: date, length: int, unit: WaitUnit) -> None:
    wait = Wait(start, length, unit)
    due = wait.due_on()
    assert due is not None
    assert wait.used(due) == length
    assert wait.left(due) == 0


@pytest.mark.parametrize(
    ("done", "today", "paused", "late"),
    [
        (None, date(2025, 3, 10), 0, 9),
        (None, date(2025, 3, 10), 4, 5),
        (None, date(2025, 2, 1), 0, 0),
        (date(2025, 3, 3), date(2025, 12, 31), 0, 2),
        (date(2025, 3, 3), date(2025, 12, 31), 5, 0),
    ],
)
def test_days_late(done: date | None, today: date, paused: int, late: int) -> None:
    assert days_late(date(2025, 3, 1), done, today=today, paused=paused) == late


def test_every_light_has_a_name() -> None:
    assert [light.label for light in Light] == ["正常", "临近期限", "逾期", "已办结", "暂停计时"]
