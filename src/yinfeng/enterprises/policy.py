"""May this person change the firm library."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no

READERS = frozenset({Role.AUDITOR, Role.REVIEWER})


def can_write(actor: Actor) -> Verdict:
    """Everybody who works on projects keeps the firm library; auditors and reviewers only read it."""
    if actor.is_system or actor.roles - READERS:
        return YES
    return no(_("您的岗位只能查看企业库，不能登记或修改。"))
