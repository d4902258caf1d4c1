"""进度: where the year stands against its targets and against time, for the place and each chain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.core.money import format_yi, in_yi
from yinfeng.core.parameters import numbers
from yinfeng.core.period import Period
from yinfeng.core.ratio import Ratio
from yinfeng.org.enums import PeriodState
from yinfeng.org.periods import state_of
from yinfeng.projects.enums import Stage
from yinfeng.targets.metrics import METRICS, SCHEME, Dimension, Figure, Options, Scope, Sum, Sums, Window
from yinfeng.targets.metrics.against import CompletionRate, ScheduleGap
from yinfeng.targets.metrics.flows import BigProjectCount
from yinfeng.targets.models import Target
from yinfeng.targets.queries import Idle, main_targets, units_with_nothing
from yinfeng.ui.charts import ChartData, Series
from yinfeng.ui.figures import Shown

SIGNED, FUNDS, BIG = "signed_amount", "funds_reported", "big_projects"
TOLERANCE, BIG_FROM = "schedule.tolerance_points", "big_project.threshold_wan"


@dataclass(frozen=True)
class Standing:
    """One metric of one scope against its target, the schedule and last year."""

    done: Figure
    month: Figure
    last_year: Figure
    target: Target | None
    rate: Figure
    gap: Figure
    elapsed: Fraction
    tolerance_points: Decimal

    @property
    def target_value(self) -> Decimal | None:
        """The main target, if there is one."""
        return self.target.value if self.target else None

    @property
    def points(self) -> Decimal | None:
        """Percentage points ahead of the schedule; negative when behind."""
        return self.gap.shown_value

    @property
    def gap_size(self) -> Shown:
        """The gap without its sign, for a sentence that says ahead or behind."""
        shown = self.gap.shown()
        return replace(shown, text=shown.text.lstrip("+-"))

    @property
    def light(self) -> str:
        """Green on schedule, yellow a little behind, red further; grey without a target."""
        if self.points is None:
            return "none"
        if self.points >= 0:
            return "green"
        return "yellow" if self.points >= -self.tolerance_points else "red"

    @property
    def word(self) -> str:
        """What the light says."""
        words = {"green": _("达序时"), "yellow": _("略欠"), "red": _("落后"), "none": _("无目标")}
        return words[self.light]

    @property
    def growth(self) -> str:
        """同比 with its sign, or nothing to compare with."""
        before = self.last_year.value
        if not before:
            return ""
        share = Ratio((self.done.value or Decimal(0)) - before, before).percent(1, SCHEME.mode)
        return f"{share:+}%" if share is not None else ""


@dataclass(frozen=True)
class Row:
    """A chain's line, or the line of projects no chain claims."""

    scope: Scope
    chain: Chain | None
    signed: Standing
    funds: Standing
    big: Figure
    big_target: Target | None

    @property
    def behind(self) -> bool:
        """Whether either of signed amount and funds is behind the schedule."""
        return any(part.points is not None and part.points < 0 for part in (self.signed, self.funds))


@dataclass(frozen=True)
class Progress:
    """Everything the progress page shows of one scope and month."""

    month: Period
    state: PeriodState
    scope: Scope
    signed: Standing
    funds: Standing
    verified: Figure
    counted: Figure
    started: Figure
    completed: Figure
    big: Figure
    big_target: Target | None
    rows: Sequence[Row]
    unclaimed: Row | None
    idle: Sequence[Idle]
    stages: Sequence[tuple[str, Figure]]
    trend: ChartData
    funnel: ChartData

    @property
    def elapsed(self) -> Fraction:
        """The share of the year that is over."""
        return self.month.year_period().elapsed_share(self.month.last)

    @property
    def behind(self) -> list[Row]:
        """The chains behind the schedule."""
        return [row for row in self.rows if row.behind]

    @property
    def big_by_chain(self) -> tuple[int, int] | None:
        """Big projects of all chains, each by the threshold of its own target, and how many the targets ask for."""
        aimed = [row for row in self.rows if row.big_target is not None]
        if self.big_target is not None or len(self.rows) < 2 or not aimed:
            return None
        return int(sum(row.big.value or 0 for row in aimed)), int(
            sum(row.big_target.value for row in aimed if row.big_target)
        )

    @property
    def is_empty(self) -> bool:
        """A place that has set no target and counted nothing yet."""
        figures = (self.signed.done, self.funds.done)
        return not any(figure.value for figure in figures) and self.signed.target is None and self.funds.target is None


class Reader:
    """Loads each kind of fact once and answers for every scope and month out of it."""

    def __init__(self, month: Period) -> None:
        self.month = month
        self.year = Window.year_to(month)
        self.elapsed = month.year_period().elapsed_share(month.last)
        since = Window(self.year.last_year().first, month)
        self.sums: dict[str, Sums] = {name: self._sums(name, since) for name in (SIGNED, FUNDS)}
        self.sums |= {
            name: self._sums(name, self.year) for name in ("funds_verified", "signed_count", "started", "completed")
        }
        self.targets = main_targets(month.year)
        self.limits = numbers(TOLERANCE, BIG_FROM)

    @staticmethod
    def _sums(name: str, window: Window) -> Sums:
        metric = METRICS[name]
        if not isinstance(metric, Sum):
            raise TypeError(name)
        return metric.sums(window, [Dimension.CHAIN])

    def target(self, name: str, scope: Scope) -> Target | None:
        """The main target of a metric and scope."""
        return self.targets.get((name, (scope.param.partition(":")[0], scope.code)))

    def figure(self, name: str, scope: Scope, window: Window | None = None) -> Figure:
        """A figure out of the loaded sums."""
        asked = window or self.year
        return Figure(METRICS[name], scope, asked, Options(), self.sums[name].of(scope, asked))

    def standing(self, name: str, scope: Scope) -> Standing:
        """A metric against target, schedule and last year."""
        done, target = self.figure(name, scope), self.target(name, scope)
        options = Options(of=name)
        aim = replace(done, value=target.value if target else None)
        return Standing(
            done,
            self.figure(name, scope, Window.of(self.month)),
            self.figure(name, scope, self.year.last_year()),
            target,
            CompletionRate().measured(done, aim, options),
            ScheduleGap().measured(done, aim, options),
            self.elapsed,
            self.limits[TOLERANCE],
        )

    def big(self, scopes: Sequence[Scope]) -> Mapping[Scope, Figure]:
        """Big projects of each scope above the threshold of its own target."""
        aims = {scope: self.target(BIG, scope) for scope in scopes}
        thresholds = {
            scope: aim.threshold_wan if aim and aim.threshold_wan else self.limits[BIG_FROM]
            for scope, aim in aims.items()
        }
        metric = METRICS[BIG]
        if not isinstance(metric, BigProjectCount):
            raise TypeError(BIG)
        counts = metric.counts(self.year, thresholds)
        return {
            scope: Figure(metric, scope, self.year, Options(threshold_wan=thresholds[scope]), Decimal(counts[scope]))
            for scope in scopes
        }


def progress(month: Period, scope: Scope, chains: Sequence[Chain]) -> Progress:
    """The progress of a scope up to a month, in a number of queries that does not depend on the chains."""
    reader = Reader(month)
    chain_scopes = [Scope.chain(chain) for chain in chains]
    by_chain = dict(zip(chain_scopes, chains, strict=True))
    scopes = [scope, *chain_scopes, Scope.unchained()]
    big = reader.big(scopes)
    rows = [row_of(reader, own, by_chain.get(own), big) for own in [*chain_scopes, Scope.unchained()]]
    rest = rows.pop()
    stages = stage_figures(reader.year, scope)
    return Progress(
        month=month,
        state=state_of(month.code),
        scope=scope,
        signed=reader.standing(SIGNED, scope),
        funds=reader.standing(FUNDS, scope),
        verified=reader.figure("funds_verified", scope),
        counted=reader.figure("signed_count", scope),
        started=reader.figure("started", scope),
        completed=reader.figure("completed", scope),
        big=big[scope],
        big_target=reader.target(BIG, scope),
        rows=[row for row in rows if scope.dimension is None or row.scope == scope],
        unclaimed=rest if scope.dimension is None and (rest.signed.done.value or rest.funds.done.value) else None,
        idle=units_with_nothing(reader.year) if scope.dimension is None else [],
        stages=stages,
        trend=trend_chart(reader, scope),
        funnel=funnel_chart(stages),
    )


def row_of(reader: Reader, scope: Scope, chain: Chain | None, big: Mapping[Scope, Figure]) -> Row:
    """One chain's line."""
    return Row(
        scope,
        chain,
        reader.standing(SIGNED, scope),
        reader.standing(FUNDS, scope),
        big[scope],
        reader.target(BIG, scope),
    )


def stage_figures(window: Window, scope: Scope) -> list[tuple[str, Figure]]:
    """How many projects stand at each stage now, in one query."""
    metric = METRICS["projects_by_stage"]
    ((_fact, rows),) = metric.lines(scope, window).parts
    counts = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    return [
        (stage.value, Figure(metric, scope, window, Options(stage=stage.value), Decimal(counts.get(stage.value, 0))))
        for stage in Stage
    ]


def trend_chart(reader: Reader, scope: Scope) -> ChartData:
    """Signed amount and funds month by month, with the schedule of the year's target if there is one."""
    months = reader.year.last.year_period().months()
    past = [month for month in months if month <= reader.month]
    values = {name: [reader.figure(name, scope, Window.of(month)) for month in past] for name in (SIGNED, FUNDS)}
    rest = len(months) - len(past)

    def bars(name: str) -> list[Decimal | None]:
        return [*(in_yi(figure.value or Decimal(0)) for figure in values[name]), *[None] * rest]

    series = [Series(_("签约"), bars(SIGNED)), Series(_("到位"), bars(FUNDS))]
    return ChartData(
        title=_("%(year)s 年各月签约与到位") % {"year": reader.month.year},
        unit=_("亿元"),
        labels=[_("%(month)s月") % {"month": month.number} for month in months],
        series=series,
        urls=[figure.url for figure in values[SIGNED]],
    )


def funnel_chart(stages: Sequence[tuple[str, Figure]]) -> ChartData:
    """How many projects stand at each stage."""
    return ChartData(
        title=_("在库项目按环节"),
        unit=_("个"),
        labels=[figure.label for _stage, figure in stages],
        series=[Series(_("项目数"), [int(figure.value or 0) for _stage, figure in stages])],
        urls=[figure.url for _stage, figure in stages],
    )


def sentence(found: Progress) -> str:
    """The page in one sentence, for papers: what is done, how it stands against time, who is behind."""
    parts = []
    if found.signed.target is not None:
        parts.append(
            _("签约完成%(rate)s%%，%(gap)s") % {"rate": found.signed.rate.text, "gap": gap_words(found.signed)}
        )
    else:
        parts.append(_("签约%(amount)s亿元") % {"amount": format_yi(found.signed.done.value)})
    funds = _("到位%(amount)s亿元") % {"amount": format_yi(found.funds.done.value)}
    if found.funds.target is not None:
        funds += _("，完成%(rate)s%%，%(gap)s") % {"rate": found.funds.rate.text, "gap": gap_words(found.funds)}
    parts.append(funds)
    count = len(found.behind)
    if found.scope.dimension is None and count:
        parts.append(ngettext("%(count)s条链落后", "%(count)s条链落后", count) % {"count": count})
    return _("；").join(parts) + _("。")


def gap_words(standing: Standing) -> str:
    """超序时进度 or 欠序时进度 with its points."""
    points = standing.points
    if points is None:
        return ""
    if points < 0:
        return _("欠序时进度%(points)s个百分点") % {"points": abs(points)}
    return _("超序时进度%(points)s个百分点") % {"points": points}


def chains_of(actor: Actor) -> list[Chain]:
    """The chains at work, in their order."""
    return list(Chain.objects.visible_to(actor).filter(active=True))
