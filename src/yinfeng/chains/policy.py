"""May this person change the industry chains."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no


def can_organise(actor: Actor) -> Verdict:
    """Chains and their masters: the administrator's and the office's."""
    return YES if actor.has(Role.ADMIN, Role.OFFICE) else no(_("只有办公室或管理员可以调整产业链。"))
