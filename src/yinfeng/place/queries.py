"""Reads of the place room."""

from yinfeng.ledger.models import FundEntry
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Agreement, Milestone
from yinfeng.submissions.models import ProgressNote, Submission

COUNTED = {
    "agreements": Agreement,
    "milestones": Milestone,
    "entries": FundEntry,
    "activities": Activity,
    "notes": ProgressNote,
    "submissions": Submission,
}


def demo_counts() -> dict[str, int]:
    """How many simulated facts of each kind there are."""
    return {name: model._default_manager.filter(demo=True).count() for name, model in COUNTED.items()}
