"""Targets side by side, each against what is done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.core.money import format_wan, in_yi
from yinfeng.core.period import Period
from yinfeng.org.models import Region, Unit
from yinfeng.targets.metrics import (
    BASES,
    METRICS,
    Figure,
    Metric,
    Options,
    Scope,
    Window,
)
from yinfeng.targets.metrics.against import CompletionRate, ScheduleGap
from yinfeng.targets.models import Target
from yinfeng.targets.queries.addresses import below, working_month


@dataclass(frozen=True)
class TargetLine:
    """A target with how far it is met."""

    target: Target
    scope: Scope
    done: Figure
    rate: Figure
    gap: Figure

    @property
    def threshold(self) -> str:
        """From which amount in 亿元 a project counts, without needless zeros."""
        amount = self.target.threshold_wan
        return "" if amount is None else format_wan(in_yi(amount))


@dataclass(frozen=True)
class TargetGroup:
    """The targets of one metric: the place's first, then the chains', and whether these add up to that."""

    metric: Metric
    lines: Sequence[TargetLine]
    chains_total: Decimal | None
    place_total: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Chains less place; nothing to compare gives nothing."""
        if self.chains_total is None or self.place_total is None:
            return None
        return self.chains_total - self.place_total


def scope_of(target: Target) -> Scope:
    """The scope that a target is set for."""
    if target.chain is not None:
        return Scope.chain(target.chain)
    if target.unit is not None:
        return Scope.unit(target.unit, below(Unit, target.unit.pk))
    return Scope.region(target.region, below(Region, target.region.pk)) if target.region is not None else Scope.place()


MainTargets = dict[tuple[str, tuple[str, str]], Target]


def main_targets(year: int) -> MainTargets:
    """The year's main targets by metric and scope, in one query."""
    rows = Target.objects.filter(period=str(year), main=True, withdrawn_at__isnull=True)
    return {(row.metric, row.scope_key): row for row in rows.select_related("chain", "unit", "region")}


def targets_of(actor: Actor, year: int) -> list[Target]:
    """The year's targets, place before chains."""
    rows = Target.objects.visible_to(actor).filter(period=str(year)).select_related("chain", "unit", "region")
    return sorted(rows, key=lambda row: (row.scope_key[0] != "place", row.chain.position if row.chain else 999, row.pk))


def target_groups(actor: Actor, month: Period) -> list[TargetGroup]:
    """The targets of the month's year by metric, each against what is done by the month."""
    window = Window.year_to(month)
    by_metric: dict[str, list[Target]] = defaultdict(list)
    for target in targets_of(actor, month.year):
        by_metric[target.metric].append(target)
    return [_group(metric, by_metric[name], window) for name, metric in BASES.items() if by_metric.get(name)]


def _group(metric: Metric, rows: Sequence[Target], window: Window) -> TargetGroup:
    """One metric's targets."""
    scopes = {row.pk: scope_of(row) for row in rows}
    done: dict[tuple[Scope, Decimal | None], Figure] = {}
    for threshold in {row.threshold_wan for row in rows}:
        within = [scopes[row.pk] for row in rows if row.threshold_wan == threshold]
        found = metric.figures(within, window, Options(threshold_wan=threshold))
        done |= {(scope, threshold): figure for scope, figure in found.items()}
    lines = [_line(row, scopes[row.pk], done[scopes[row.pk], row.threshold_wan]) for row in rows]
    mains = [row for row in rows if row.main]
    of_chains = [row.value for row in mains if row.chain is not None]
    of_place = [row.value for row in mains if row.scope_key[0] == "place"]
    return TargetGroup(
        metric, lines, sum(of_chains, Decimal(0)) if of_chains else None, of_place[0] if of_place else None
    )


def _line(target: Target, scope: Scope, done: Figure) -> TargetLine:
    """A target against what is done; only the main one opens as a rate of its own."""
    options = Options(of=target.metric, threshold_wan=target.threshold_wan)
    aim = Figure(done.metric, scope, done.window, options, target.value)
    return TargetLine(
        target,
        scope,
        done,
        CompletionRate().measured(done, aim, options),
        ScheduleGap().measured(done, aim, options),
    )


PANEL_METRICS = ("signed_amount", "funds_reported", "big_projects")


@dataclass(frozen=True)
class PanelLine:
    """One metric of a chain against its main target, if it has one."""

    done: Figure
    target: Target | None
    rate: Figure
    gap: Figure


def chain_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, list[PanelLine]]:
    """Where the year of each chain stands, in a number of queries that does not depend on the chains."""
    window = Window.year_to(working_month())
    chains = {chain.pk: Scope.chain(chain) for chain in Chain.objects.visible_to(actor).filter(pk__in=ids)}
    aims = main_targets(window.last.year)
    found: dict[int, list[PanelLine]] = {pk: [] for pk in ids}
    for name in PANEL_METRICS:
        thresholds = {row.threshold_wan for (metric, _scope), row in aims.items() if metric == name} | {None}
        done = {
            limit: METRICS[name].figures([*chains.values()], window, Options(threshold_wan=limit))
            for limit in thresholds
        }
        for pk, scope in chains.items():
            target = aims.get((name, ("chain", scope.code)))
            figure = done[target.threshold_wan if target else None][scope]
            options = Options(of=name, threshold_wan=figure.options.threshold_wan)
            aim = Figure(figure.metric, scope, window, options, target.value if target else None)
            rate, gap = (metric.measured(figure, aim, options) for metric in (CompletionRate(), ScheduleGap()))
            found[pk].append(PanelLine(figure, target, rate, gap))
    return found
