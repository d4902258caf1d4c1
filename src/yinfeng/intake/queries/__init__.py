"""Reads of the intake room that other pages ask for."""

from yinfeng.intake.queries.provenance import project_panel, sources_of, today_items

__all__ = ["project_panel", "sources_of", "today_items"]
