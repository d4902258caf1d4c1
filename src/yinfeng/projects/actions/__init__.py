"""Every write of the project room."""

from yinfeng.projects.actions.agreements import add_agreement, change_agreement, withdraw_agreement
from yinfeng.projects.actions.gates import add_decision, set_outcome
from yinfeng.projects.actions.milestones import (
    confirm_stage,
    enter_under_way,
    record_milestone,
    withdraw_milestone,
)
from yinfeng.projects.actions.opportunities import (
    create_opportunity,
    take_up_opportunity,
    update_opportunity,
    withdraw_opportunity,
)
from yinfeng.projects.actions.parties import add_party, end_party
from yinfeng.projects.actions.registering import (
    add_name,
    create_project,
    place_project,
    update_project,
    withdraw_project,
)
from yinfeng.projects.actions.saved_views import delete_view, save_view
from yinfeng.projects.actions.standing import judge_duplicate, separate_project, set_plan_line, set_status

__all__ = [
    "add_agreement",
    "add_decision",
    "add_name",
    "add_party",
    "change_agreement",
    "confirm_stage",
    "create_opportunity",
    "create_project",
    "delete_view",
    "end_party",
    "enter_under_way",
    "judge_duplicate",
    "place_project",
    "record_milestone",
    "save_view",
    "separate_project",
    "set_outcome",
    "set_plan_line",
    "set_status",
    "take_up_opportunity",
    "update_opportunity",
    "update_project",
    "withdraw_agreement",
    "withdraw_milestone",
    "withdraw_opportunity",
    "withdraw_project",
]
