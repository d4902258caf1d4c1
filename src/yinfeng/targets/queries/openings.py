"""A figure opened for one viewer: its lines, what they add up to, what lies out of sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yinfeng.core.actor import Actor
from yinfeng.targets.metrics import (
    Figure,
    Line,
    Measure,
)


@dataclass(frozen=True)
class Opened:
    """A figure opened for one viewer: a page of its lines, what they add up to, and what lies out of sight."""

    figure: Figure
    rows: Sequence[Line]
    page: int
    size: int
    visible_count: int
    visible_total: Decimal
    count: int
    total: Decimal

    @property
    def hidden_count(self) -> int:
        """Lines that this viewer may not read."""
        return self.count - self.visible_count

    @property
    def hidden_total(self) -> Decimal:
        """What those lines add up to."""
        return self.total - self.visible_total

    @property
    def difference(self) -> Decimal:
        """What the lines lack of the figure; 0 unless something is wrong."""
        return (self.figure.value or Decimal(0)) - self.total

    @property
    def is_money(self) -> bool:
        """Whether the lines carry amounts and not only count."""
        return self.figure.metric.measure is Measure.MONEY


def opened(actor: Actor, figure: Figure, page: int = 1, size: int = 50) -> Opened:
    """A plain figure with one page of the lines that *actor* may read."""
    options = figure.options.__dict__
    lines = figure.metric.lines(figure.scope, figure.window, **options)
    seen = lines if actor.sees_all else lines.visible_to(actor)
    page = min(max(page, 1), max(1, -(-seen.count // size)))
    rows = seen.slice((page - 1) * size, page * size)
    return Opened(figure, rows, page, size, seen.count, seen.total, lines.count, lines.total)


def opened_parts(actor: Actor, figure: Figure, page: int = 1, size: int = 50) -> list[Opened]:
    """The figure with its lines, or the two figures of a rate with theirs."""
    parts = figure.metric.parts(figure.options)
    if not parts:
        return [opened(actor, figure, page, size)]
    asked = [part.figure(figure.scope, figure.window, **figure.options.__dict__) for part in parts]
    return [opened(actor, part, page, size) for part in asked]
