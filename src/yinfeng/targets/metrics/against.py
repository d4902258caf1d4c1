"""Figures against targets and time: 完成率 and 序时进度差."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.period import Period
from yinfeng.core.ratio import Ratio
from yinfeng.targets.metrics.base import Figure, Measure, Metric, Text
from yinfeng.targets.metrics.flows import FLOWS
from yinfeng.targets.metrics.lines import Fact, Line, Rows
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window
from yinfeng.targets.models import Target

MEASURED = (
    "signed_amount",
    "funds_reported",
    "funds_verified",
    "signed_count",
    "big_projects",
    "started",
    "completed",
    "visits",
    "trips",
)
BASES: Mapping[str, Metric] = {name: metric for name in MEASURED for metric in FLOWS if metric.name == name}
"""The metrics for which a target can be set."""

DEFAULT_BASE = "signed_amount"


def base_of(options: Options) -> Metric:
    """The metric that is measured against its target."""
    return BASES[options.of or DEFAULT_BASE]


class MainTargets(Fact):
    """The target that pages measure against: the main one of its metric, scope and year."""

    title = gettext_lazy("目标")
    project = ""
    period = ""

    def rows(self, window: Window, options: Options) -> Rows:
        """Main targets of the metric for the year."""
        year = Period.of_year(window.last.year).code
        return Target.objects.filter(metric=base_of(options).name, period=year, main=True, withdrawn_at__isnull=True)

    def scoped(self, rows: Rows, scope: Scope) -> Rows:
        """The target set for exactly this scope."""
        return rows.filter(target_limits(scope))

    def measured(self, rows: Rows) -> tuple[int, Decimal]:
        """The target's value; main targets of one scope and metric do not coexist."""
        values = [row.value for row in rows]
        return len(values), sum(values, Decimal(0))

    def line(self, row: Target) -> Line:
        """A target with the document that set it."""
        return Line(
            on=row.source_on,
            period=row.period,
            project="",
            project_code="",
            text=row.wording or str(row.get_level_display()),
            amount=row.value,
            note=" ".join(filter(None, [row.source_title, row.source_number])),
            target_type="targets.target",
            target_code=row.code,
        )


def target_limits(scope: Scope) -> Q:
    """Targets of exactly one scope: the place's have no chain, unit or region."""
    fields = {Dimension.CHAIN: "chain", Dimension.UNIT: "unit", Dimension.REGION: "region"}
    if scope.dimension is None:
        return Q(chain__isnull=True, unit__isnull=True, region__isnull=True)
    path = f"{fields[scope.dimension]}__code"
    return Q(**{path: scope.code})


class TargetValue(Metric):
    """年度目标, the lower figure of 完成率."""

    name = "target_value"
    title = gettext_lazy("年度目标")
    takes = frozenset({"of"})
    additive = False
    unit: Text = ""
    definition = gettext_lazy("下达文件规定的年度目标；同一指标有多个目标并存时，取标为主目标的一个。")

    def titled(self, options: Options) -> Text:
        """With the metric it is a target of."""
        return _("%(metric)s年度目标") % {"metric": base_of(options).title}

    def facts_behind(self, options: Options) -> tuple[Fact, ...]:
        """Targets."""
        return (MainTargets(),)

    def figures(self, scopes: Sequence[Scope], window: Window, options: Options) -> dict[Scope, Figure]:
        """The main target of each scope, in one query; no target is no value, never 0."""
        found: dict[tuple[str, str], Target] = {}
        for row in MainTargets().rows(window, options).select_related("chain", "unit", "region"):
            found.setdefault(row.scope_key, row)
        like = base_of(options)
        answers = {}
        for scope in scopes:
            row = found.get((scope.param.partition(":")[0], scope.code))
            asked = replace(options, threshold_wan=row.threshold_wan if row else None)
            answers[scope] = Figure(_like(self, like), scope, window, asked, row.value if row else None)
        return answers


def _like(metric: TargetValue, base: Metric) -> Metric:
    """The target metric in the measure and unit of the metric it is a target of."""
    shown = TargetValue()
    shown.measure, shown.unit = base.measure, base.unit
    return shown


class CompletionRate(Metric):
    """完成率."""

    name = "completion_rate"
    title = gettext_lazy("完成率")
    unit: Text = "%"
    measure = Measure.PERCENT
    additive = False
    takes = frozenset({"of", "threshold_wan"})
    definition = gettext_lazy("完成率＝本年累计完成÷年度目标。末位按口径截断或四舍五入，不存已取整的比率。")
    source = gettext_lazy("已公布通报 207.96÷195 印作 106.64%（截断），121.04÷140 印作 86.46%（四舍五入）")

    def titled(self, options: Options) -> Text:
        """With the metric it measures."""
        return _("%(metric)s完成率") % {"metric": base_of(options).title}

    def parts(self, options: Options) -> tuple[Metric, ...]:
        """What is done, and the target."""
        return (base_of(options), TargetValue())

    def facts_behind(self, options: Options) -> tuple[Fact, ...]:
        """The facts of what is done."""
        return base_of(options).facts_behind(options)

    def figures(self, scopes: Sequence[Scope], window: Window, options: Options) -> dict[Scope, Figure]:
        """What each scope has done of its target; without a target there is no rate."""
        done = base_of(options).figures(scopes, window, options)
        aims = TargetValue().figures(scopes, window, options)
        return {scope: self.measured(done[scope], aims[scope], options) for scope in scopes}

    def measured(self, done: Figure, aim: Figure, options: Options) -> Figure:
        """One figure against its target."""
        ratio = Ratio(done.value or Decimal(0), aim.value or Decimal(0))
        return Figure(self, done.scope, done.window, options, ratio=ratio)


class ScheduleGap(CompletionRate):
    """序时进度差."""

    name = "schedule_gap"
    title = gettext_lazy("序时进度差")
    unit = gettext_lazy("个百分点")
    measure = Measure.POINTS
    definition = gettext_lazy("序时进度差＝完成率－月份÷12，单位为百分点；正为超进度，负为欠进度。")
    source = gettext_lazy("攀枝花市通报 125.64－83.33＝42.31，83.33－70.41＝12.92")

    def titled(self, options: Options) -> Text:
        """With the metric it measures."""
        return _("%(metric)s序时进度差") % {"metric": base_of(options).title}

    def measured(self, done: Figure, aim: Figure, options: Options) -> Figure:
        """The completion rate less the elapsed share of the year."""
        year = Period.of_year(done.window.last.year)
        return replace(super().measured(done, aim, options), elapsed=year.elapsed_share(done.window.last.last))
