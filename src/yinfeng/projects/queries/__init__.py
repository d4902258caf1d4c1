"""Reads of the project room."""

from yinfeng.projects.lifecycle import stage_word
from yinfeng.projects.queries.board import board, lane_page
from yinfeng.projects.queries.desk import find_opportunities, find_projects, today_items
from yinfeng.projects.queries.dossier import dossier, project_seen
from yinfeng.projects.queries.facts import facts_of
from yinfeng.projects.queries.listing import ProjectFilter, projects_matching
from yinfeng.projects.queries.matching import candidates_like

__all__ = [
    "ProjectFilter",
    "board",
    "candidates_like",
    "dossier",
    "facts_of",
    "find_opportunities",
    "find_projects",
    "lane_page",
    "project_seen",
    "projects_matching",
    "stage_word",
    "today_items",
]
