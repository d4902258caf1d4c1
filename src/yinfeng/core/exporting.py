"""Exports leave a trace: who took which rows out of the system."""

from typing import Any

from yinfeng.core.actions import action, record_event
from yinfeng.core.actor import Actor
from yinfeng.core.verbs import CoreVerb


@action
def note_export(*, actor: Actor, title: str, rows: int, filters: dict[str, Any] | None = None) -> None:
    """Record that *actor* exported *rows* rows of *title*, with the filters in force."""
    record_event(actor=actor, verb=CoreVerb.EXPORTED, label=title, after={"rows": rows, "filters": filters or {}})
