"""The month's changes, and who has nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import CharField, Value
from django.utils.translation import gettext_lazy

from yinfeng.core.errors import Text
from yinfeng.targets.metrics import (
    METRICS,
    Figure,
    Lines,
    Options,
    Scope,
    Window,
    figures,
)
from yinfeng.targets.metrics.idle import KINDS

CHANGES: Mapping[str, Text] = {
    "signed_count": gettext_lazy("新签约"),
    "started": gettext_lazy("新开工"),
    "completed": gettext_lazy("新投产"),
    "resumed": gettext_lazy("复工"),
    "stopped": gettext_lazy("停工暂缓"),
    "departed": gettext_lazy("终止流转"),
    "amount_changed": gettext_lazy("合同金额增减"),
}


@dataclass(frozen=True)
class ChangeGroup:
    """One kind of change in the months: how many, and the lines."""

    figure: Figure
    lines: Lines

    @property
    def title(self) -> str:
        """新签约, 新开工 and so on."""
        return str(CHANGES[self.figure.metric.name])


def change_list(window: Window, scope: Scope | None = None) -> list[ChangeGroup]:
    """What changed in the months: newly signed, started, producing, resumed, stopped, gone, amounts changed."""
    asked = scope or Scope.place()
    wanted = [METRICS[name] for name in CHANGES]
    found = figures(wanted, [asked], window)
    return [ChangeGroup(found[metric.name, asked], metric.lines(asked, window)) for metric in wanted]


@dataclass(frozen=True)
class Idle:
    """Who has nothing of one kind in the months: the figure and the names."""

    figure: Figure
    names: Sequence[str]


def units_with_nothing(window: Window, who: str = "idle_units") -> list[Idle]:
    """零签约, 零到位, 零外出: reporting units (or chains, ``who="idle_chains"``) with nothing in the months; one query."""
    metric = METRICS[who]
    parts = [
        rows.order_by().values_list(Value(kind, CharField()), "name", "position", "pk")
        for kind in KINDS
        for _fact, rows in metric.lines(Scope.place(), window, of=kind).parts
    ]
    told = list(parts[0].union(*parts[1:], all=True).order_by("position", "pk"))
    names = {kind: [name for of, name, *_order in told if of == kind] for kind in KINDS}
    return [
        Idle(Figure(metric, Scope.place(), window, Options(of=kind), Decimal(len(names[kind]))), names[kind])
        for kind in KINDS
    ]
