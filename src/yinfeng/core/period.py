"""Reporting periods: a month, a quarter or a year, written ``2025-03``, ``2025Q1``, ``2025``."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering

from yinfeng.core.faults import Fault, gettext_noop

_CODE = re.compile(r"([0-9]{4})(?:-([0-9]{2})|Q([1-4]))?")
_QUARTERS_ZH = "一二三四"
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}


class BadPeriod(Fault):
    """A text or number that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            "bad_period", gettext_noop("不是有效的期次：%(text)s（应如 2025-03、2025Q1、2025）"), text=text
        )


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One month, quarter or year; ordered by first day, and the shorter first where they begin together.

    >>> Period.parse("2025-01") < Period.parse("2025Q1") < Period.parse("2025") < Period.parse("2025-02")
    True
    """

    kind: PeriodKind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= _PER_YEAR[self.kind]):
            raise BadPeriod(f"{self.year}/{self.number}")

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period a stored code names; anything else is :class:`BadPeriod`.

        >>> Period.parse("2025Q1").last
        datetime.date(2025, 3, 31)
        """
        match = _CODE.fullmatch(code)
        if match is None:
            raise BadPeriod(code)
        year, month, quarter = match.groups()
        try:
            if month:
                return cls.month(int(year), int(month))
            return cls.quarter(int(year), int(quarter)) if quarter else cls.of_year(int(year))
        except BadPeriod:
            raise BadPeriod(code) from None

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        return cls(PeriodKind.MONTH, year, month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """The calendar quarter, 1 to 4."""
        return cls(PeriodKind.QUARTER, year, quarter)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(PeriodKind.YEAR, year)

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The month a day falls in."""
        return cls.month(day.year, day.month)

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> Period:
        """The period of the given kind that a day falls in.

        >>> Period.containing(date(2025, 5, 9), PeriodKind.QUARTER).code
        '2025Q2'
        """
        return cls(kind, day.year, (day.month - 1) * _PER_YEAR[kind] // 12 + 1)

    @property
    def code(self) -> str:
        """The stored text, at most seven characters; codes of one kind sort as their periods do."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.year:04d}-{self.number:02d}"
        return f"{self.year:04d}Q{self.number}" if self.kind is PeriodKind.QUARTER else f"{self.year:04d}"

    def __str__(self) -> str:
        return self.code

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)

    @property
    def _month_count(self) -> int:
        return 12 // _PER_YEAR[self.kind]

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self._month_count + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.number * self._month_count
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def label(self) -> str:
        """How it is written in Chinese papers.

        >>> [Period.parse(code).label for code in ("2025-03", "2025Q1", "2025")]
        ['2025年3月', '2025年一季度', '2025年']
        """
        if self.kind is PeriodKind.MONTH:
            return f"{self.year}年{self.number}月"
        return (
            f"{self.year}年{_QUARTERS_ZH[self.number - 1]}季度" if self.kind is PeriodKind.QUARTER else f"{self.year}年"
        )

    @property
    def label_en(self) -> str:
        """How it is written on an English page: ``Mar 2025``, ``2025 Q1``, ``2025``."""
        if self.kind is PeriodKind.MONTH:
            return f"{_MONTHS_EN[self.number - 1]} {self.year}"
        return f"{self.year} Q{self.number}" if self.kind is PeriodKind.QUARTER else str(self.year)

    def contains(self, day: date) -> bool:
        """Whether the day lies in it; both ends belong."""
        return self.first <= day <= self.last

    def covers(self, other: Period) -> bool:
        """Whether the other period lies wholly in this one."""
        return self.first <= other.first and other.last <= self.last

    def shift(self, steps: int) -> Period:
        """The period so many of its own kind later, or earlier when negative.

        >>> Period.parse("2025-11").shift(3).code
        '2026-02'
        """
        index = self.year * _PER_YEAR[self.kind] + self.number - 1 + steps
        return Period(self.kind, *_year_and_number(index, _PER_YEAR[self.kind]))

    def next(self) -> Period:
        """The one that follows."""
        return self.shift(1)

    def previous(self) -> Period:
        """The one before, for 环比."""
        return self.shift(-1)

    def last_year(self) -> Period:
        """The same period a year earlier, for 同比."""
        return self.shift(-_PER_YEAR[self.kind])

    def months(self) -> tuple[Period, ...]:
        """Its months in order; a month is its own only one."""
        start = self.first.month
        return tuple(Period.month(self.year, start + i) for i in range(self._month_count))

    def year_period(self) -> Period:
        """The year it belongs to."""
        return Period.of_year(self.year)

    def year_to_date(self) -> tuple[Period, ...]:
        """The months from January to its last one, for 本年累计.

        >>> [period.code for period in Period.parse("2025-03").year_to_date()]
        ['2025-01', '2025-02', '2025-03']
        """
        return tuple(Period.month(self.year, month) for month in range(1, self.last.month + 1))

    def until(self, end: Period) -> Iterator[Period]:
        """This period and those after it, up to and with *end*, all of the same kind; nothing if *end* is earlier."""
        period = self
        while period <= end:
            yield period
            period = period.next()

    def elapsed_share(self, as_of: date) -> Fraction:
        """The share of the period that the schedule says is over (序时进度): whole months for a year or quarter.

        The month of *as_of* counts as over, as published figures do: at the end of October a year stands at 10/12.
        A single month runs by days. 0 before the period, 1 after it.

        >>> Period.parse("2025").elapsed_share(date(2025, 10, 31))
        Fraction(5, 6)
        """
        if as_of < self.first:
            return Fraction(0)
        if as_of >= self.last:
            return Fraction(1)
        if self.kind is PeriodKind.MONTH:
            return Fraction((as_of - self.first + timedelta(days=1)).days, self.last.day)
        return Fraction(as_of.month - self.first.month + 1, self._month_count)


def _year_and_number(index: int, per_year: int) -> tuple[int, int]:
    """The year and the 1-based number in it of a running index."""
    year, rest = divmod(index, per_year)
    return year, rest + 1
