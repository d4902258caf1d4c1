"""指标: every figure the product shows is one of these, and opens to the lines it consists of."""

from collections.abc import Mapping

from yinfeng.targets.metrics.against import BASES, CompletionRate, ScheduleGap, TargetValue
from yinfeng.targets.metrics.base import SCHEME, Figure, Figures, Measure, Metric, Sum, figures
from yinfeng.targets.metrics.flows import FLOWS
from yinfeng.targets.metrics.lines import Line, Lines, Sums
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window

METRICS: Mapping[str, Metric] = {
    metric.name: metric for metric in (*FLOWS, CompletionRate(), ScheduleGap(), TargetValue())
}

__all__ = [
    "BASES",
    "METRICS",
    "SCHEME",
    "Dimension",
    "Figure",
    "Figures",
    "Line",
    "Lines",
    "Measure",
    "Metric",
    "Options",
    "Scope",
    "Sum",
    "Sums",
    "Window",
    "figures",
]
