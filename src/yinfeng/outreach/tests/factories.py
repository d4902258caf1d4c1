"""Activities for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from yinfeng.core.actor import Actor
from yinfeng.org.models import Unit
from yinfeng.org.tests.factories import SYSTEM, make_unit
from yinfeng.outreach import actions
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity


def make_activity(
    kind: ActivityKind = ActivityKind.VISIT,
    occurred_on: date = date(2025, 3, 5),
    *,
    actor: Actor = SYSTEM,
    unit: Unit | None = None,
    summary: str = "考察生产线",
    **more: Any,
) -> Activity:
    """A logged activity; other keywords go to ``log_activity``."""
    return actions.log_activity(
        actor=actor, kind=kind, occurred_on=occurred_on, unit=unit or make_unit(), summary=summary, **more
    )
