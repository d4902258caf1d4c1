"""What a metric is: a named function over facts that gives a value and the lines behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.money import NOTHING, format_wan, format_yi
from yinfeng.core.ratio import Ratio, RatioMode
from yinfeng.targets.metrics.lines import Fact, Lines, Sums
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window
from yinfeng.ui.figures import Shown

Text = str | Promise


class Measure(StrEnum):
    """What a metric is measured in; money is 万元 in code and 亿元 on screens."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"


class Axis(StrEnum):
    """What decides which month a line belongs to."""

    POSTED = "posted"
    NOW = "now"


AXIS_LABELS: Mapping[Axis, Text] = {
    Axis.POSTED: gettext_lazy("按记账月份"),
    Axis.NOW: gettext_lazy("按打开时的现状"),
}


@dataclass(frozen=True)
class Scheme:
    """口径: what counts and how rates are shown."""

    name: Text
    text: Text
    digits: int = 2
    mode: RatioMode = RatioMode.ROUND


SCHEME = Scheme(
    gettext_lazy("本地默认口径"),
    gettext_lazy(
        "待判重、已撤回、已合并的项目不计；意向、框架、采购协议不计签约额；到位资金不分固定资产与流动资金，按记账月份计。"
    ),
)


@dataclass(frozen=True)
class Figure:
    """A computed figure: whose, over which months, how much; a rate keeps its two figures."""

    metric: Metric
    scope: Scope
    window: Window
    options: Options = field(default_factory=Options)
    value: Decimal | None = None
    ratio: Ratio | None = None
    elapsed: Fraction | None = None

    @property
    def mode(self) -> str:
        """How the last digit of a rate comes about."""
        return self.options.mode or SCHEME.mode

    @property
    def shown_value(self) -> Decimal | None:
        """The number that is printed: 万元, a count, a percentage or percentage points."""
        if self.ratio is None:
            return self.value
        if self.elapsed is not None:
            return self.ratio.points_ahead(self.elapsed, SCHEME.digits, self.mode)
        return self.ratio.percent(SCHEME.digits, self.mode)

    @property
    def text(self) -> str:
        """The figure as a page prints it, without its unit."""
        value = self.shown_value
        if value is None:
            return NOTHING
        if self.metric.measure is Measure.MONEY:
            return format_yi(value)
        if self.metric.measure is Measure.POINTS:
            return f"{value:+}" if value else f"{value}"
        return f"{value:,f}" if self.ratio is None else f"{value}"

    @property
    def exact(self) -> str:
        """The figure without any rounding: 万元, or the two figures of a rate."""
        if self.ratio is not None:
            parts = (self.ratio.numerator, self.ratio.denominator)
            return " ÷ ".join(format_wan(part) for part in parts)
        if self.value is None:
            return NOTHING
        if self.metric.measure is Measure.MONEY:
            return _("%(amount)s 万元") % {"amount": format_wan(self.value)}
        return f"{self.value:,f}"

    @property
    def unit(self) -> str:
        """The unit it is printed in."""
        return str(self.metric.unit)

    @property
    def title(self) -> str:
        """What it is, for whom and when."""
        return f"{self.scope.label} {self.window.label} {self.label}"

    @property
    def label(self) -> str:
        """What it is, without whose and when."""
        return str(self.metric.titled(self.options))

    @property
    def url(self) -> str:
        """Where it opens to its lines."""
        asked = {"scope": self.scope.param, "from": self.window.first.code, "to": self.window.last.code}
        return f"{reverse('targets:figure', args=[self.metric.name])}?{urlencode(asked | self.options.params())}"

    def shown(self) -> Shown:
        """The figure for a page: text, exact value, and the address it opens."""
        return Shown(self.shown_value, self.text, self.exact, self.unit, self.url, self.title)


Figures = dict[tuple[str, Scope], Figure]


class Metric(ABC):
    """指标: a name, what it is called and measured in, what it means, and the lines it consists of."""

    name: str
    title: Text
    unit: Text
    definition: Text
    source: Text = ""
    measure: Measure = Measure.MONEY
    axis: Axis = Axis.POSTED
    additive: bool = True
    takes: frozenset[str] = frozenset()

    def titled(self, options: Options) -> Text:
        """Its title with the choices it was asked with."""
        return self.title

    def parts(self, options: Options) -> tuple[Metric, ...]:
        """The metrics a rate divides; none for a plain figure."""
        return ()

    @abstractmethod
    def figures(self, scopes: Sequence[Scope], window: Window, options: Options) -> dict[Scope, Figure]:
        """The figure of each scope, in a number of queries that does not grow with the scopes."""

    @abstractmethod
    def facts_behind(self, options: Options) -> tuple[Fact, ...]:
        """The kinds of fact it adds up."""

    def figure(self, scope: Scope, window: Window, **options: Any) -> Figure:
        """The figure of one scope."""
        return self.figures([scope], window, Options(**options))[scope]

    def lines(self, scope: Scope, window: Window, **options: Any) -> Lines:
        """The facts that the figure adds up, whoever may read them."""
        asked = Options(**options)
        return Lines(
            tuple(
                (fact, fact.scoped(fact.within(fact.rows(window, asked), window), scope))
                for fact in self.facts_behind(asked)
            )
        )


class Sum(Metric):
    """A metric that adds up amounts, or counts lines."""

    facts: tuple[Fact, ...]

    def facts_behind(self, options: Options) -> tuple[Fact, ...]:
        """Its facts, whatever the choices."""
        return self.facts

    def sums(self, window: Window, dimensions: Sequence[Dimension] = (), options: Options | None = None) -> Sums:
        """Sums by dimension and month: one query for each kind of fact, however many scopes and months are asked."""
        folded = Sums()
        asked = options or Options()
        for fact in self.facts:
            for cell in fact.cells(window, asked, dimensions):
                folded.add(cell)
        return folded

    def of(self, sums: Sums, scope: Scope, window: Window, options: Options | None = None) -> Figure:
        """The figure of a scope out of sums loaded before."""
        dated = any(fact.period for fact in self.facts)
        return Figure(self, scope, window, options or Options(), sums.of(scope, window if dated else None))

    def figures(self, scopes: Sequence[Scope], window: Window, options: Options) -> dict[Scope, Figure]:
        """One grouped query a fact; a fact that belongs to several scopes at once is asked scope by scope."""
        dimensions = sorted({scope.dimension for scope in scopes if scope.dimension})
        if all(fact.foldable(dimension) for fact in self.facts for dimension in dimensions):
            sums = self.sums(window, dimensions, options)
            return {scope: self.of(sums, scope, window, options) for scope in scopes}
        totals = {scope: self.lines(scope, window, **options.__dict__).total for scope in scopes}
        return {scope: Figure(self, scope, window, options, total) for scope, total in totals.items()}


class Rate(Metric):
    """A metric that divides one figure by another; both lists open."""

    measure = Measure.PERCENT
    unit = "%"
    additive = False
    numerator: Metric
    denominator: Metric

    def parts(self, options: Options) -> tuple[Metric, ...]:
        """What is divided by what."""
        return (self.numerator, self.denominator)

    def facts_behind(self, options: Options) -> tuple[Fact, ...]:
        """The facts of the numerator; those of the denominator open beside them."""
        return self.numerator.facts_behind(options)

    def figures(self, scopes: Sequence[Scope], window: Window, options: Options) -> dict[Scope, Figure]:
        """Both figures of each scope and their ratio."""
        upper = self.numerator.figures(scopes, window, options)
        lower = self.denominator.figures(scopes, window, options)
        return {scope: self.divided(upper[scope], lower[scope], options) for scope in scopes}

    def divided(self, upper: Figure, lower: Figure, options: Options) -> Figure:
        """One figure over another."""
        ratio = Ratio(upper.value or Decimal(0), lower.value or Decimal(0))
        return Figure(self, upper.scope, upper.window, options, ratio=ratio)


def figures(metrics: Iterable[Metric], scopes: Sequence[Scope], window: Window, **options: Any) -> Figures:
    """Many metrics for many scopes in a number of queries that depends on the metrics alone."""
    asked = Options(**options)
    return {
        (metric.name, scope): figure
        for metric in metrics
        for scope, figure in metric.figures(scopes, window, asked).items()
    }
