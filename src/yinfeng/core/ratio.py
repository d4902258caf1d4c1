"""Ratios kept as two figures, turned into a percentage only for display and by the rule of the scheme that shows them.

Published figures of one article both truncate (207.96 / 195 is printed 106.64) and round (121.04 / 140 is 86.46), so
the mode is the scheme's to say and a rounded rate is never stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from fractions import Fraction

_EXACT = Context(prec=60, rounding=ROUND_DOWN)
NOTHING = "—"


class RatioMode(StrEnum):
    """How the last shown digit comes about."""

    ROUND = "round"
    TRUNCATE = "truncate"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure over another in the same unit; without a denominator there is no rate, not a rate of 0."""

    numerator: Decimal
    denominator: Decimal

    @classmethod
    def of_counts(cls, numerator: int, denominator: int) -> Ratio:
        """The ratio of two counts, such as started over signed projects."""
        return cls(Decimal(numerator), Decimal(denominator))

    def exact(self) -> Fraction | None:
        """The exact quotient, for rules that compare; None when the denominator is 0."""
        return Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else None

    def percent(self, digits: int = 2, mode: str = RatioMode.ROUND) -> Decimal | None:
        """The percentage to show; None when the denominator is 0. ``mode`` is a :class:`RatioMode` or its value.

        >>> Ratio(Decimal("207.96"), Decimal(195)).percent(mode="truncate")
        Decimal('106.64')
        """
        share = self.exact()
        return None if share is None else percent_of(share, digits, mode)

    def format_percent(self, digits: int = 2, mode: str = RatioMode.ROUND) -> str:
        """The percentage with its sign, or a dash when there is none.

        >>> Ratio(Decimal("121.04"), Decimal(140)).format_percent()
        '86.46%'
        """
        shown = self.percent(digits, mode)
        return NOTHING if shown is None else f"{shown}%"

    def points_ahead(self, elapsed: Fraction, digits: int = 2, mode: str = RatioMode.ROUND) -> Decimal | None:
        """Percentage points ahead of the schedule (超序时进度), negative when behind; None without a denominator.

        The two shown percentages are subtracted, so that a reader can check the figure by hand.

        >>> Ratio(Decimal("125.64"), Decimal(100)).points_ahead(Fraction(10, 12))
        Decimal('42.31')
        """
        shown = self.percent(digits, mode)
        return None if shown is None else shown - percent_of(elapsed, digits, mode)


def percent_of(share: Fraction, digits: int = 2, mode: str = RatioMode.ROUND) -> Decimal:
    """An exact share as a percentage of so many digits; truncation goes towards zero, rounding half away from it.

    >>> percent_of(Fraction(104, 140), mode="truncate"), percent_of(Fraction(104, 140))
    (Decimal('74.28'), Decimal('74.29'))
    """
    rounding = {RatioMode.ROUND: ROUND_HALF_UP, RatioMode.TRUNCATE: ROUND_DOWN}[RatioMode(mode)]
    # Cutting at 60 digits never moves a value across a half, so the second step rounds the exact quotient.
    quotient = _EXACT.divide(Decimal(share.numerator * 100), Decimal(share.denominator))
    shown = quotient.quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    return shown or abs(shown)
