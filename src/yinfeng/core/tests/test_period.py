"""Reporting periods: codes, neighbours, labels and the elapsed share of a schedule."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core.period import BadPeriod, Period, PeriodKind

periods = st.builds(
    lambda kind, year, seed: Period(kind, year, seed % {"month": 12, "quarter": 4, "year": 1}[kind] + 1),
    st.sampled_from(PeriodKind),
    st.integers(1950, 2150),
    st.integers(0, 11),
)


@pytest.mark.parametrize(
    ("code", "kind", "first", "last", "label", "english"),
    [
        ("2025-03", "month", date(2025, 3, 1), date(2025, 3, 31), "2025年3月", "Mar 2025"),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "Feb 2024"),
        ("2025Q1", "quarter", date(2025, 1, 1), date(2025, 3, 31), "2025年一季度", "2025 Q1"),
        ("2025Q4", "quarter", date(2025, 10, 1), date(2025, 12, 31), "2025年四季度", "2025 Q4"),
        ("2025", "year", date(2025, 1, 1), date(2025, 12, 31), "2025年", "2025"),
    ],
)
def test_a_code_names_one_period(code: str, kind: str, first: date, last: date, label: str, english: str) -> None:
    period = Period.parse(code)
    assert (period.code, period.kind, period.first, period.last) == (code, kind, first, last)
    assert (period.label, period.label_en, str(period)) == (label, english, code)


@pytest.mark.parametrize(
    "code", ["", "2025-13", "2025-00", "2025-3", "2025Q5", "2025q1", "25", "0000", "2025-03-01", "２０２５"]
)
def test_other_texts_name_no_period(code: str) -> None:
    with pytest.raises(BadPeriod) as caught:
        Period.parse(code)
    assert caught.value.code == "bad_period"
    assert code in caught.value.message_zh


@given(periods)
def test_code_reads_back_and_is_short(period: Period) -> None:
    assert Period.parse(period.code) == period
    assert len(period.code) <= 7


@given(periods, st.integers(-200, 200))
def test_shifting_there_and_back_is_the_same_period(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period


@given(periods)
def test_neighbours_touch_without_gap(period: Period) -> None:
    assert period.next().first == period.last + timedelta(days=1)
    assert period.previous() < period < period.next()


@given(periods)
def test_months_make_up_the_period(period: Period) -> None:
    months = period.months()
    assert (months[0].first, months[-1].last) == (period.first, period.last)
    assert all(period.covers(month) for month in months)
    assert period.last_year().first.replace(year=period.year) == period.first


@given(st.dates(), st.sampled_from(PeriodKind))
def test_a_day_lies_in_its_period(day: date, kind: PeriodKind) -> None:
    period = Period.containing(day, kind)
    assert period.contains(day)
    assert period.covers(Period.month_of(day))


def test_order_of_periods_that_begin_together() -> None:
    codes = ["2025-02", "2025", "2025Q1", "2025-01", "2024"]
    assert [str(period) for period in sorted(map(Period.parse, codes))] == [
        "2024",
        "2025-01",
        "2025Q1",
        "2025",
        "2025-02",
    ]


def test_walking_and_comparing_years() -> None:
    march = Period.parse("2025-03")
    assert [str(period) for period in march.previous().until(march)] == ["2025-02", "2025-03"]
    assert list(march.until(march.previous())) == []
    assert march.last_year() == Period.parse("2024-03")
    assert march.year_period() == Period.parse("2025")
    assert len(Period.parse("2025Q2").year_to_date()) == 6


@pytest.mark.parametrize(
    ("code", "as_of", "share"),
    [
        ("2025", date(2024, 12, 31), Fraction(0)),
        ("2025", date(2025, 1, 1), Fraction(1, 12)),
        ("2025", date(2025, 10, 31), Fraction(10, 12)),
        ("2025", date(2026, 5, 1), Fraction(1)),
        ("2025Q2", date(2025, 5, 20), Fraction(2, 3)),
        ("2025-04", date(2025, 4, 15), Fraction(1, 2)),
    ],
)
def test_elapsed_share_counts_months(code: str, as_of: date, share: Fraction) -> None:
    assert Period.parse(code).elapsed_share(as_of) == share
