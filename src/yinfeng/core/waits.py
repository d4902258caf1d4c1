"""Waits with a due date: a term in working or calendar days that stands still while somebody else owes something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from yinfeng.core.faults import gettext_noop
from yinfeng.core.workdays import PROVISIONAL, WorkdayCalendar

_DAY = timedelta(days=1)
YELLOW_FROM = Fraction(8, 10)


class WaitUnit(StrEnum):
    """What a term is counted in."""

    WORKDAY = "workday"
    DAY = "day"


class Light(StrEnum):
    """The computed colour of a wait; a 挂牌督办 mark stands beside it and never replaces it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DONE = "done"
    PAUSED = "paused"

    @property
    def label(self) -> str:
        """Its Chinese name, a message id of the catalogue."""
        return _LIGHT_LABELS[self]


_LIGHT_LABELS = {
    Light.GREEN: gettext_noop("正常"),
    Light.YELLOW: gettext_noop("临近期限"),
    Light.RED: gettext_noop("逾期"),
    Light.DONE: gettext_noop("已办结"),
    Light.PAUSED: gettext_noop("暂停计时"),
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: from ``since`` until the day before ``until``; without ``until`` it still lasts.

    On the day the asked-for material arrives the clock runs again.
    """

    since: date
    until: date | None
    reason: str

    def covers(self, day: date) -> bool:
        """Whether the day does not count."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Wait:
    """A term of ``length`` days that began on ``started_on``; that day itself is not counted.

    Beyond the announced years working days are provisional unless a strict calendar is passed.
    """

    started_on: date
    length: int
    unit: WaitUnit | str = WaitUnit.WORKDAY
    pauses: tuple[Pause, ...] = ()
    done_on: date | None = None

    def counts(self, day: date, *, calendar: WorkdayCalendar = PROVISIONAL) -> bool:
        """Whether the day uses up the term: after the start, not paused and, in working days, worked."""
        if day <= self.started_on or self.is_paused(day):
            return False
        return self.unit != WaitUnit.WORKDAY or calendar.is_workday(day)

    def is_paused(self, day: date) -> bool:
        """Whether a pause covers the day."""
        return any(pause.covers(day) for pause in self.pauses)

    def due_on(self, *, resumed_on: date | None = None, calendar: WorkdayCalendar = PROVISIONAL) -> date | None:
        """The last day of the term; None while an open pause keeps it from ever running out.

        With *resumed_on* an open pause is taken to end that day: the due date if the clock ran again from then.

        >>> Wait(date(2025, 9, 30), 5).due_on()
        datetime.date(2025, 10, 14)
        """
        wait = self if resumed_on is None else self._resumed(resumed_on)
        stopped_from = min((pause.since for pause in wait.pauses if pause.until is None), default=None)
        day, left = wait.started_on, wait.length
        while left:
            day += _DAY
            if stopped_from is not None and day >= stopped_from:
                return None
            left -= wait.counts(day, calendar=calendar)
        return day

    def _resumed(self, day: date) -> Wait:
        closed = (pause if pause.until else replace(pause, until=max(day, pause.since)) for pause in self.pauses)
        return replace(self, pauses=tuple(closed))

    def used(self, today: date, *, calendar: WorkdayCalendar = PROVISIONAL) -> int:
        """Days of the term used up to and with *today*, or up to the day it was done.

        >>> Wait(date(2025, 3, 3), 5).used(date(2025, 3, 6))
        3
        """
        end = today if self.done_on is None else min(today, self.done_on)
        span = (end - self.started_on).days
        return sum(self.counts(self.started_on + _DAY * i, calendar=calendar) for i in range(1, span + 1))

    def left(self, today: date, *, calendar: WorkdayCalendar = PROVISIONAL) -> int:
        """Days of the term still to come, negative when it is overdrawn."""
        return self.length - self.used(today, calendar=calendar)

    def paused_days(self, today: date) -> int:
        """Calendar days after the start, up to and with *today*, that a pause took out."""
        span = (today - self.started_on).days
        return sum(self.is_paused(self.started_on + _DAY * i) for i in range(1, span + 1))

    def light(self, today: date, *, yellow: Fraction = YELLOW_FROM, calendar: WorkdayCalendar = PROVISIONAL) -> Light:
        """Done, red past the due date, paused, yellow when the given share of the term is used, else green.

        A wait that was overdue before it was paused stays red.

        >>> Wait(date(2025, 3, 3), 5).light(date(2025, 3, 7))
        <Light.YELLOW: 'yellow'>
        """
        if self.done_on is not None and self.done_on <= today:
            return Light.DONE
        due = self.due_on(calendar=calendar)
        if due is not None and today > due:
            return Light.RED
        if self.is_paused(today):
            return Light.PAUSED
        return Light.YELLOW if self.used(today, calendar=calendar) >= yellow * self.length else Light.GREEN


def days_late(due: date, done: date | None, *, today: date, paused: int = 0) -> int:
    """Days past the due date, never negative; an open task runs until *today*.

    Paused days do not count: a department is not blamed for time the investor asked for.

    >>> days_late(date(2025, 3, 1), None, today=date(2025, 3, 10), paused=4)
    5
    """
    return max(0, ((done or today) - due).days - paused)
