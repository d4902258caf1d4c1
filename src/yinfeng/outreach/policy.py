"""May this person log, change or withdraw an activity."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.org.models import Unit
from yinfeng.outreach.models import Activity

READERS = frozenset({Role.AUDITOR, Role.REVIEWER, Role.VERIFIER})


def can_log(actor: Actor) -> Verdict:
    """Everybody in the field and in the office; those who check only read."""
    if actor.is_system or actor.roles - READERS:
        return YES
    return no(_("您的岗位只能查看活动，不能记录。"))


def can_log_for(actor: Actor, unit: Unit) -> Verdict:
    """An activity is logged for a unit that one works for or looks after."""
    allowed = can_log(actor)
    if not allowed:
        return allowed
    if actor.covers is None or unit.pk in actor.unit_ids or unit.node_id in actor.covers:
        return YES
    return no(_("只能为本单位或下级单位记录活动。"))


def can_change(actor: Actor, activity: Activity) -> Verdict:
    """The unit that logged it and the office."""
    return can_log_for(actor, activity.unit)
