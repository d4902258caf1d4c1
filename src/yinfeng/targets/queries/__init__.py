"""Reads of the target room."""

from yinfeng.targets.queries.addresses import (
    below,
    month_named,
    options_named,
    period_named,
    scope_named,
    window_named,
    working_month,
)
from yinfeng.targets.queries.changes import ChangeGroup, Idle, change_list, units_with_nothing
from yinfeng.targets.queries.openings import Opened, opened, opened_parts
from yinfeng.targets.queries.proofs import sums_findings, target_findings
from yinfeng.targets.queries.standings import (
    MainTargets,
    TargetGroup,
    TargetLine,
    chain_panel,
    main_targets,
    scope_of,
    target_groups,
)

__all__ = [
    "ChangeGroup",
    "Idle",
    "MainTargets",
    "Opened",
    "TargetGroup",
    "TargetLine",
    "below",
    "chain_panel",
    "change_list",
    "main_targets",
    "month_named",
    "opened",
    "opened_parts",
    "options_named",
    "period_named",
    "scope_named",
    "scope_of",
    "sums_findings",
    "target_findings",
    "target_groups",
    "units_with_nothing",
    "window_named",
    "working_month",
]
