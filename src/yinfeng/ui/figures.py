"""A figure as it is shown: its text, its exact value, and the address that opens the lines behind it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from yinfeng.core.errors import Text
from yinfeng.core.money import format_wan, format_yi
from yinfeng.core.ratio import NOTHING, Ratio, RatioMode


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure ready for a page: ``text`` is printed, ``exact`` appears on hover, ``url`` opens its lines.

    ``unit`` is for column headings and read aloud; it is printed only where the page asks for it.
    """

    value: Decimal | None
    text: str
    exact: str = ""
    unit: Text = ""
    url: str = ""
    title: Text = ""

    def __str__(self) -> str:
        return self.text


def shown_money(amount_wan: Decimal | None, *, url: str = "", title: Text = "", digits: int = 2) -> Shown:
    """Money in 亿元 with the exact 万元 on hover.

    >>> shown_money(Decimal("12345")).text
    '1.23'
    """
    exact = "" if amount_wan is None else gettext("%(amount)s 万元") % {"amount": format_wan(amount_wan)}
    return Shown(amount_wan, format_yi(amount_wan, digits), exact, gettext("亿元"), url, title)


def shown_count(count: int | None, *, unit: Text = "", url: str = "", title: Text = "") -> Shown:
    """A number of things, thousands separated.

    >>> shown_count(1200).text
    '1,200'
    """
    return Shown(
        None if count is None else Decimal(count), NOTHING if count is None else f"{count:,}", "", unit, url, title
    )


def shown_ratio(
    ratio: Ratio, *, digits: int = 1, mode: str = RatioMode.ROUND, exact: str = "", url: str = "", title: Text = ""
) -> Shown:
    """A rate as a percentage; a dash where there is nothing to divide by.

    >>> shown_ratio(Ratio.of_counts(1, 8)).text
    '12.5'
    """
    percent = ratio.percent(digits, mode)
    return Shown(percent, NOTHING if percent is None else f"{percent:,}", exact, "%", url, title)
