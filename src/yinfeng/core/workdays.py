"""The Chinese working-day calendar: weekends, legal holidays and make-up working days.

National data come with the ``chinesecalendar`` package for 2004 to 2026. Each later year is announced by the State
Council in the autumn before and is given as data: a mapping of the days that differ from Monday to Friday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from chinese_calendar import constants

from yinfeng.core.faults import Fault, gettext_noop

_DAY = timedelta(days=1)
FIRST_YEAR = 2004
# Holidays of fixed date under the regulation of 2024; the lunar ones cannot be known before the announcement.
_FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@cache
def last_national_year() -> int:
    """The last year the national data cover."""
    last: date = max(constants.holidays)
    return last.year


class CalendarUnknown(Fault):
    """Nobody has yet said which days of that year are worked."""

    def __init__(self, day: date) -> None:
        super().__init__(
            "calendar_unknown",
            gettext_noop("%(year)s 年的工作日安排尚未录入，无法推算 %(day)s 是否为工作日"),
            year=str(day.year),
            day=day.isoformat(),
        )


@dataclass(frozen=True)
class WorkdayCalendar:
    """National working days, changed and extended by ``extra`` (day → worked or not).

    A year is known when the national data or at least one day of ``extra`` speak of it. In an unknown year a strict
    calendar raises :class:`CalendarUnknown`; a provisional one takes Monday to Friday less the holidays of fixed date,
    and :meth:`is_provisional` lets the page say so.
    """

    extra: Mapping[date, bool] = field(default_factory=dict)
    provisional: bool = False

    def knows(self, year: int) -> bool:
        """Whether the working days of the year have been announced to us."""
        return FIRST_YEAR <= year <= last_national_year() or any(day.year == year for day in self.extra)

    def is_provisional(self, day: date) -> bool:
        """Whether the answer for the day is a guess."""
        return not self.knows(day.year)

    def is_workday(self, day: date) -> bool:
        """Whether the offices are open on the day.

        >>> WorkdayCalendar().is_workday(date(2025, 1, 26))  # a Sunday worked for the Spring Festival
        True
        """
        said = self.extra.get(day)
        if said is not None:
            return said
        weekday = day.weekday() < 5
        if FIRST_YEAR <= day.year <= last_national_year():
            return day in constants.workdays or (weekday and day not in constants.holidays)
        if self.knows(day.year):
            return weekday
        if not self.provisional:
            raise CalendarUnknown(day)
        return weekday and (day.month, day.day) not in _FIXED_HOLIDAYS

    def add_workdays(self, start: date, count: int) -> date:
        """The day on which *count* working days have passed after *start*, which itself is not counted.

        Negative counts go back; 0 is *start* itself, worked or not.

        >>> WorkdayCalendar().add_workdays(date(2025, 9, 30), 1)  # over the National Day holiday
        datetime.date(2025, 10, 9)
        """
        step, left, day = (_DAY if count > 0 else -_DAY), abs(count), start
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """Working days after the first day up to and with the second; negative when they are the other way round.

        >>> WorkdayCalendar().workdays_between(date(2025, 9, 30), date(2025, 10, 10))
        2
        """
        if until < after:
            return -self.workdays_between(until, after)
        return sum(self.is_workday(after + _DAY * i) for i in range(1, (until - after).days + 1))


NATIONAL = WorkdayCalendar()
"""Strict: raises beyond the announced years."""
PROVISIONAL = WorkdayCalendar(provisional=True)
"""Guesses beyond the announced years, so that a wait into the next year still has a due date."""


def is_workday(day: date, extra: Mapping[date, bool] | None = None) -> bool:
    """Whether the offices are open on the day; raises :class:`CalendarUnknown` beyond the announced years."""
    return WorkdayCalendar(extra or {}).is_workday(day)


def add_workdays(start: date, count: int, extra: Mapping[date, bool] | None = None) -> date:
    """The day on which *count* working days have passed after *start*; see :meth:`WorkdayCalendar.add_workdays`."""
    return WorkdayCalendar(extra or {}).add_workdays(start, count)


def workdays_between(after: date, until: date, extra: Mapping[date, bool] | None = None) -> int:
    """Working days after the first day up to and with the second; see :meth:`WorkdayCalendar.workdays_between`."""
    return WorkdayCalendar(extra or {}).workdays_between(after, until)
