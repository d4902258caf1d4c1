"""Who may bring papers in, and who may turn what they say into records."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.intake.enums import BatchState, CandidateState
from yinfeng.intake.models import Batch, Candidate

UPLOADERS = (Role.OFFICER, Role.REPORTER, Role.OFFICE, Role.ADMIN)
KEEPERS = (Role.OFFICE, Role.ADMIN)


def can_upload(actor: Actor) -> Verdict:
    """Bring in a document or a workbook: those who register projects."""
    return YES if actor.has(*UPLOADERS) else no(_("上传文件和台账由项目专员、联络员或办公室办理。"))


def can_decide(actor: Actor) -> Verdict:
    """Turn what a document says into records, or put it aside: the office."""
    return YES if actor.has(*KEEPERS) else no(_("候选的接受、合并和丢弃由办公室办理；您可以先核对和修改。"))


def can_edit(actor: Actor, candidate: Candidate) -> Verdict:
    """Correct what was read, before anybody decided on it."""
    if candidate.state != CandidateState.PENDING:
        return no(_("这条候选已经办理，请先恢复再修改。"))
    return can_upload(actor)


def can_map(actor: Actor, batch: Batch) -> Verdict:
    """Correct how a workbook is read, until it is committed."""
    if batch.state != BatchState.UPLOADED:
        return no(_("台账已入库或已撤回，不能再改。"))
    return can_upload(actor)


def can_commit(actor: Actor, batch: Batch) -> Verdict:
    """Turn a workbook's rows into records: the office, and a unit's reporter for its own unit."""
    if batch.state != BatchState.UPLOADED:
        return no(_("台账已入库或已撤回。"))
    if actor.has(*KEEPERS, Role.REPORTER):
        return YES
    return no(_("台账入库由办公室或本单位联络员办理。"))


def can_withdraw(actor: Actor, batch: Batch) -> Verdict:
    """Take back what a workbook brought in: the office."""
    if batch.state != BatchState.COMMITTED:
        return no(_("台账没有入库，不用撤回。"))
    return YES if actor.has(*KEEPERS) else no(_("撤回台账由办公室办理。"))
