"""The working-day calendar: legal holidays, make-up days, years not announced yet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core import workdays
from yinfeng.core.workdays import NATIONAL, PROVISIONAL, CalendarUnknown, WorkdayCalendar

NEXT = workdays.last_national_year() + 1


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 1, 1), False),
        (date(2025, 1, 26), True),  # Sunday made up for the Spring Festival
        (date(2025, 1, 28), False),
        (date(2025, 2, 8), True),  # Saturday made up
        (date(2025, 3, 5), True),
        (date(2025, 3, 8), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 10, 1), False),
    ],
)
def test_national_days(day: date, worked: bool) -> None:
    assert workdays.is_workday(day) is worked


def test_counting_runs_over_the_national_day_holiday() -> None:
    assert workdays.add_workdays(date(2025, 9, 30), 3) == date(2025, 10, 11)
    assert workdays.workdays_between(date(2025, 9, 30), date(2025, 10, 11)) == 3
    assert workdays.add_workdays(date(2025, 10, 9), -1) == date(2025, 9, 30)
    assert workdays.add_workdays(date(2025, 10, 1), 0) == date(2025, 10, 1)


def test_a_year_not_announced_is_unknown_not_guessed() -> None:
    with pytest.raises(CalendarUnknown) as caught:
        workdays.add_workdays(date(NEXT - 1, 12, 30), 10)
    assert caught.value.code == "calendar_unknown"
    assert str(NEXT) in caught.value.message_zh
    with pytest.raises(CalendarUnknown):
        workdays.is_workday(date(2003, 12, 31))


def test_an_announced_year_is_data() -> None:
    monday = next(date(NEXT, 3, day) for day in range(1, 8) if date(NEXT, 3, day).weekday() == 0)
    saturday = monday.replace(day=monday.day + 5)
    extra = {monday: False, saturday: True}
    assert workdays.is_workday(monday, extra) is False
    assert workdays.is_workday(saturday, extra) is True
    assert workdays.is_workday(saturday.replace(day=saturday.day + 1), extra) is False
    assert WorkdayCalendar(extra).is_provisional(monday) is False


def test_extra_days_also_change_known_years() -> None:
    local_holiday = date(2025, 6, 18)
    assert workdays.is_workday(local_holiday) is True
    assert workdays.is_workday(local_holiday, {local_holiday: False}) is False


def test_a_provisional_calendar_guesses_and_says_so() -> None:
    new_year = date(NEXT, 1, 1)
    assert PROVISIONAL.is_workday(new_year) is False
    assert PROVISIONAL.is_provisional(new_year) is True
    assert PROVISIONAL.is_provisional(date(2025, 1, 1)) is False
    assert PROVISIONAL.add_workdays(date(NEXT - 1, 12, 31), 5).year == NEXT


days = st.dates(date(2004, 2, 1), date(2026, 6, 30))


@given(days, st.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = NATIONAL.add_workdays(start, count)
    assert NATIONAL.is_workday(end)
    assert NATIONAL.workdays_between(start, end) == count
    assert NATIONAL.workdays_between(end, start) == -count


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_terms_add_up(start: date, first: int, second: int) -> None:
    there = NATIONAL.add_workdays(NATIONAL.add_workdays(start, first), second)
    assert there == NATIONAL.add_workdays(start, first + second)
