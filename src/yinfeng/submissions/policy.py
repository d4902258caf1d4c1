"""Who may write progress, report a unit's month, and move the place's month."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import Unit
from yinfeng.submissions.enums import SubmissionState
from yinfeng.submissions.lifecycle import DECIDABLE, MONTH_MOVES, REPORTABLE
from yinfeng.submissions.models import Submission

WRITING = (Role.OFFICER, Role.REPORTER, Role.OFFICE, Role.ADMIN)
RUNNING = (Role.OFFICE, Role.ADMIN)


def can_write_note(actor: Actor) -> Verdict:
    """Officers, unit reporters and the office write monthly progress."""
    return YES if actor.has(*WRITING) else no(_("月进展由项目专员、联络员或办公室填写。"))


def can_change_note(actor: Actor, state: SubmissionState, month: PeriodState) -> Verdict:
    """A month that a unit has reported is locked for the unit until the office returns it; a closed one for everybody."""
    if month is PeriodState.CLOSED:
        return no(_("本月已关账，不能再改。"))
    if state not in REPORTABLE and not actor.has(*RUNNING):
        return no(_("本单位本月已报送，内容已锁定；如需修改，请办公室退回。"))
    return can_write_note(actor)


def can_report(actor: Actor, unit: Unit, state: SubmissionState) -> Verdict:
    """A unit's reporter reports it; the office may enter it for a unit that phones."""
    if state not in REPORTABLE:
        return no(_("本月已经报送；如需修改，请办公室先退回。"))
    if actor.has(*RUNNING):
        return YES
    if not actor.has(Role.REPORTER):
        return no(_("由单位联络员报送。"))
    if actor.covers is not None and unit.node_id not in actor.covers:
        return no(_("只能报送本单位的月报。"))
    return YES


def can_decide(actor: Actor, submission: Submission) -> Verdict:
    """The office accepts or returns what was reported."""
    if not actor.has(*RUNNING):
        return no(_("由办公室收取或退回。"))
    if SubmissionState(submission.state) not in DECIDABLE:
        return no(_("该单位本月还没有报送，或已经收取。"))
    return YES


def can_move_month(actor: Actor, state: PeriodState, to: PeriodState) -> Verdict:
    """The office moves a month along the table; a closed one stays closed."""
    if not actor.has(*RUNNING):
        return no(_("由办公室定稿和关账。"))
    if to in MONTH_MOVES[state]:
        return YES
    if state is PeriodState.CLOSED:
        return no(_("已关账的月份不能再打开；更正请记入下一个未关账的月份。"))
    return no(_("月份要依次经过预报、定稿、关账。"))
