"""Whose figure, over which months, and with which choices: the three things a metric is asked with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.chains.models import Chain
from yinfeng.core.money import format_wan
from yinfeng.core.period import Period, PeriodKind
from yinfeng.org.models import Region, Unit
from yinfeng.ui.periods import period_text

UNCHAINED = "none"


class Dimension(StrEnum):
    """By what a figure can be broken down; the value is the field of a project."""

    CHAIN = "chain_id"
    UNIT = "lead_unit_id"
    REGION = "region_id"


@dataclass(frozen=True)
class Scope:
    """Whose figure it is: the whole place, a chain, the projects without a chain, a unit or region with all below it.

    The same for every viewer; who may read the lines behind it is another question.
    """

    dimension: Dimension | None = None
    ids: frozenset[int | None] = frozenset()
    code: str = ""
    label: str | Promise = gettext_lazy("全市")

    @classmethod
    def place(cls) -> Scope:
        """The whole place."""
        return cls()

    @classmethod
    def chain(cls, chain: Chain) -> Scope:
        """One industry chain."""
        return cls(Dimension.CHAIN, frozenset([chain.pk]), chain.code, str(chain))

    @classmethod
    def unchained(cls) -> Scope:
        """Projects that no chain claims; they explain why chains do not add up to the place."""
        return cls(Dimension.CHAIN, frozenset([None]), UNCHAINED, gettext_lazy("未归链"))

    @classmethod
    def unit(cls, unit: Unit, below: frozenset[int] = frozenset()) -> Scope:
        """Projects led by a unit or by one of the units *below* it."""
        return cls(Dimension.UNIT, frozenset([unit.pk]) | below, unit.code, str(unit))

    @classmethod
    def region(cls, region: Region, below: frozenset[int] = frozenset()) -> Scope:
        """Projects sited in a region or park or in one of the regions *below* it."""
        return cls(Dimension.REGION, frozenset([region.pk]) | below, region.code, str(region))

    @property
    def param(self) -> str:
        """How an address names it: ``place``, ``chain:L-…``, ``chain:none``, ``unit:U-…``, ``region:632801``."""
        kinds = {Dimension.CHAIN: "chain", Dimension.UNIT: "unit", Dimension.REGION: "region"}
        return f"{kinds[self.dimension]}:{self.code}" if self.dimension else "place"

    def limits(self, path: str) -> Q:
        """The condition on facts whose project stands at *path* (empty for projects themselves)."""
        if self.dimension is None:
            return Q()
        field = f"{path}__{self.dimension.value}" if path else self.dimension.value
        known = [key for key in self.ids if key is not None]
        condition = Q(**{f"{field}__in": known}) if known else Q()
        return condition | Q(**{f"{field}__isnull": True}) if None in self.ids else condition


@dataclass(frozen=True)
class Window:
    """Months from *first* to *last*, both included, on the axis of posting."""

    first: Period
    last: Period

    def __post_init__(self) -> None:
        if {self.first.kind, self.last.kind} != {PeriodKind.MONTH} or self.last < self.first:
            raise ValueError(f"{self.first}..{self.last}")

    @classmethod
    def of(cls, period: Period) -> Window:
        """The months of a month, quarter or year."""
        months = period.months()
        return cls(months[0], months[-1])

    @classmethod
    def year_to(cls, month: Period) -> Window:
        """From January to *month*: 本年累计."""
        return cls(month.year_to_date()[0], month)

    def last_year(self) -> Window:
        """The same months a year earlier, for 同比."""
        return Window(self.first.last_year(), self.last.last_year())

    def months(self) -> Iterator[Period]:
        """Its months in order."""
        return self.first.until(self.last)

    def codes(self) -> list[str]:
        """The stored texts of its months."""
        return [month.code for month in self.months()]

    @property
    def label(self) -> str:
        """How it is written: one month, 1–n月 of a year, or two months."""
        if self.first == self.last:
            return period_text(self.first)
        if self.first.year == self.last.year and self.first.number == 1:
            return (
                period_text(self.first.year_period())
                if self.last.number == 12
                else _("%(year)s年1—%(month)s月")
                % {
                    "year": self.last.year,
                    "month": self.last.number,
                }
            )
        return _("%(first)s至%(last)s") % {"first": period_text(self.first), "last": period_text(self.last)}


@dataclass(frozen=True)
class Options:
    """The choices a metric may take; what is not given falls back to the metric's default."""

    threshold_wan: Decimal | None = None
    stage: str = ""
    pool: str = ""
    planned: bool = False
    origin: str = ""
    of: str = ""
    mode: str = ""

    def params(self) -> dict[str, str]:
        """The given choices as an address names them."""
        shown = {field.name: getattr(self, field.name) for field in fields(self)}
        shown["planned"] = "1" if self.planned else ""
        shown["threshold_wan"] = "" if self.threshold_wan is None else format_wan(self.threshold_wan).replace(",", "")
        return {name: value for name, value in shown.items() if value}
