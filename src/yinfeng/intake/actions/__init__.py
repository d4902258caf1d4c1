"""Every write of the intake room."""

from yinfeng.intake.actions.accepting import accept_candidate, accept_candidates, merge_candidate
from yinfeng.intake.actions.committing import commit_batch, withdraw_batch
from yinfeng.intake.actions.documents import drop_candidates, edit_candidate, read_document
from yinfeng.intake.actions.reopening import reopen_candidates
from yinfeng.intake.actions.workbooks import read_batch, set_mapping, settle_row, skip_rows

__all__ = [
    "accept_candidate",
    "accept_candidates",
    "commit_batch",
    "drop_candidates",
    "edit_candidate",
    "merge_candidate",
    "read_batch",
    "read_document",
    "reopen_candidates",
    "set_mapping",
    "settle_row",
    "skip_rows",
    "withdraw_batch",
]
