"""Ratios reproduce published percentages of both habits, truncated and rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core.ratio import Ratio, RatioMode, percent_of


@pytest.mark.parametrize(
    ("numerator", "denominator", "digits", "mode", "printed"),
    [
        ("207.96", "195", 2, "truncate", "106.64%"),
        ("207.96", "195", 2, "round", "106.65%"),
        ("121.04", "140", 2, "round", "86.46%"),
        ("121.04", "140", 2, "truncate", "86.45%"),
        ("104", "140", 2, "truncate", "74.28%"),
        ("104", "140", 2, "round", "74.29%"),
        ("78", "96", 2, "round", "81.25%"),
        ("138", "140", 2, "truncate", "98.57%"),
        ("244", "247", 1, "round", "98.8%"),
        ("222", "247", 0, "round", "90%"),
        ("370", "1077", 0, "round", "34%"),
        ("107.36", "496.47", 2, "truncate", "21.62%"),
        ("62.08", "210.44", 1, "round", "29.5%"),
        ("120", "145", 2, "round", "82.76%"),
        ("-1", "3", 2, "truncate", "-33.33%"),
        ("-0.00001", "3", 2, "round", "0.00%"),
        ("0", "3", 2, "round", "0.00%"),
        ("3", "0", 2, "round", "—"),
    ],
)
def test_published_rates_are_reproduced(numerator: str, denominator: str, digits: int, mode: str, printed: str) -> None:
    assert Ratio(Decimal(numerator), Decimal(denominator)).format_percent(digits, mode) == printed


@pytest.mark.parametrize(
    ("completion", "points"), [("125.64", "42.31"), ("165.07", "81.74"), ("70.41", "-12.92"), ("495.69", "412.36")]
)
def test_points_ahead_of_schedule_match_the_published_ones(completion: str, points: str) -> None:
    ratio = Ratio(Decimal(completion), Decimal(100))
    assert ratio.points_ahead(Fraction(10, 12), mode=RatioMode.ROUND) == Decimal(points)


def test_without_a_denominator_there_is_no_rate() -> None:
    empty = Ratio.of_counts(5, 0)
    assert (empty.exact(), empty.percent(), empty.points_ahead(Fraction(1, 2))) == (None, None, None)


def test_an_unknown_mode_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="ceiling"):
        percent_of(Fraction(1, 2), mode="ceiling")


@given(st.fractions(min_value=-10, max_value=10), st.integers(0, 6))
def test_truncation_never_exceeds_and_rounding_is_nearest(share: Fraction, digits: int) -> None:
    step = Fraction(1, 10**digits)
    truncated = Fraction(percent_of(share, digits, "truncate"))
    nearest = Fraction(percent_of(share, digits, "round"))
    assert abs(truncated) <= abs(share * 100) < abs(truncated) + step
    assert abs(nearest - share * 100) <= step / 2
