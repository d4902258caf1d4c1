"""Who may enter, correct, verify and withdraw money."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.ledger.models import FundEntry
from yinfeng.org.periods import is_closed

ENTERING = (Role.OFFICER, Role.REPORTER, Role.OFFICE, Role.ADMIN)


def can_enter(actor: Actor) -> Verdict:
    """Officers, unit reporters and the office enter money."""
    return YES if actor.has(*ENTERING) else no(_("到位资金由项目专员、联络员或办公室登记。"))


def can_change(actor: Actor, entry: FundEntry) -> Verdict:
    """An entry that nobody has verified yet may be put right by those who enter; afterwards only a correction may."""
    if not can_enter(actor):
        return can_enter(actor)
    if entry.verifications.exists():
        return no(_("这笔资金已经核定过，不能再改；请登记一笔更正。"))
    if is_closed(entry.posted_period):
        return no(_("这笔资金所在月份已关账，不能再改；请登记一笔更正。"))
    return YES


def can_correct(actor: Actor, entry: FundEntry) -> Verdict:
    """A correction is a new entry; the same people may make it."""
    if entry.corrects_id is not None:
        return no(_("这本身是一笔更正；请在原来那笔上更正。"))
    return can_enter(actor)


def can_verify(actor: Actor, entry: FundEntry) -> Verdict:
    """Verifying is for verifiers, and never for the person who entered the money."""
    if not actor.has(Role.VERIFIER):
        return no(_("只有核定人员可以核定。"))
    if actor.user_id is not None and actor.user_id == entry.recorded_by_id:
        return no(_("这笔资金是您自己登记的，须由另一人核定。"))
    return YES
