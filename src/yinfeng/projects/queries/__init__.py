"""Reads of the project room."""

from yinfeng.projects.lifecycle import stage_word
from yinfeng.projects.queries.facts import facts_of
from yinfeng.projects.queries.matching import candidates_like

__all__ = ["candidates_like", "facts_of", "stage_word"]
