"""Every write of the intake room."""

from yinfeng.intake.actions.accepting import accept_candidate, accept_candidates, merge_candidate
from yinfeng.intake.actions.documents import drop_candidates, edit_candidate, read_document
from yinfeng.intake.actions.reopening import reopen_candidates

__all__ = [
    "accept_candidate",
    "accept_candidates",
    "drop_candidates",
    "edit_candidate",
    "merge_candidate",
    "read_document",
    "reopen_candidates",
]
