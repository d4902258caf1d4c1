"""Who may set and withdraw targets."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no


def can_set(actor: Actor) -> Verdict:
    """The office of the leading group keeps the targets."""
    if actor.has(Role.OFFICE, Role.ADMIN):
        return YES
    return no(_("目标由招商办公室维护，您只能查看。"))
