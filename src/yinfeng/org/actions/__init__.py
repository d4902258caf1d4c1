"""Every write of the organisation room."""

from yinfeng.org.actions.forces import create_task_force, update_task_force
from yinfeng.org.actions.people import (
    change_own_password,
    create_user,
    end_grant,
    end_membership,
    grant,
    record_login,
    reset_password,
    set_membership,
    update_user,
)
from yinfeng.org.actions.places import create_park, load_regions, set_place
from yinfeng.org.actions.units import create_unit, update_unit

__all__ = [
    "change_own_password",
    "create_park",
    "create_task_force",
    "create_unit",
    "create_user",
    "end_grant",
    "end_membership",
    "grant",
    "load_regions",
    "record_login",
    "reset_password",
    "set_membership",
    "set_place",
    "update_task_force",
    "update_unit",
    "update_user",
]
