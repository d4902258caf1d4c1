"""What a chart is drawn from: labels and series of exact values; the drawing itself happens in the browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from yinfeng.core.errors import Text


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, as many as the chart has labels; ``kind`` is bar or line, a dashed line is a schedule.

    ``colour`` is a place in the chain colours (0–6), ``None`` takes the chart's own order.
    """

    name: Text
    values: Sequence[Decimal | int | None]
    kind: str = "bar"
    dashed: bool = False
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class ChartData:
    """A chart with its sentence: ``title`` says what is seen, ``unit`` stands on the axis, ``urls`` open each label."""

    title: Text
    unit: Text
    labels: Sequence[Text]
    series: Sequence[Series]
    urls: Sequence[str] = ()
    colours: Sequence[int] = ()

    @property
    def rows(self) -> list[tuple[Text, list[Decimal | int | None]]]:
        """The same as a table: one row a label."""
        return [(label, [line.values[at] for line in self.series]) for at, label in enumerate(self.labels)]
