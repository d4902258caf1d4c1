"""May this person do that to a project: yes, or no with the reason shown beside the button.

Scope is not asked here: what an actor cannot see is not found in the first place.
"""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.projects.enums import DuplicateState, OpportunityState, Status
from yinfeng.projects.models import Agreement, Opportunity, Project, SavedView

WRITERS = (Role.OFFICER, Role.REPORTER, Role.OFFICE, Role.ADMIN)
KEEPERS = (Role.OFFICE, Role.ADMIN)

READS_ONLY = _("您的岗位只能查看；登记和修改由项目专员、联络员或办公室办理。")
OFFICE_ONLY = _("这一项由招商办公室办理。")


def can_create(actor: Actor) -> Verdict:
    """Register a project or an opportunity: officers, reporters, the office."""
    return YES if actor.has(*WRITERS) else no(READS_ONLY)


def can_edit(actor: Actor, project: Project) -> Verdict:
    """Change what is said of a project: those who register, while it was not withdrawn or merged away."""
    if not actor.has(*WRITERS):
        return no(READS_ONLY)
    if project.withdrawn_at is not None:
        return no(_("项目已撤回，不能再改。"))
    if project.merged_into_id is not None:
        return no(_("项目已并入另一个项目，请到那个项目办理。"))
    return YES


def can_record(actor: Actor, project: Project) -> Verdict:
    """Record milestones, agreements and parties: not on a project that was ended."""
    verdict = can_edit(actor, project)
    if verdict and project.status == Status.TERMINATED:
        return no(_("项目已终止；如重新启动，请先把状态改为正常推进。"))
    return verdict


def can_set_status(actor: Actor, project: Project) -> Verdict:
    """Halt, suspend, end or resume: those who may edit."""
    return can_edit(actor, project)


def can_settle(actor: Actor, project: Project) -> Verdict:
    """Say what became of a gate's requirement: those who may edit."""
    return can_edit(actor, project)


def can_place(actor: Actor, project: Project) -> Verdict:
    """Hand a project to another chain, unit or region: the office, because others lose or gain it."""
    verdict = can_edit(actor, project)
    if verdict and not actor.has(*KEEPERS):
        return no(_("调整产业链、责任单位和地区由招商办公室办理。"))
    return verdict


def can_withdraw(actor: Actor, project: Project) -> Verdict:
    """Take a wrongly registered project out of every list: the office."""
    verdict = can_edit(actor, project)
    return no(OFFICE_ONLY) if verdict and not actor.has(*KEEPERS) else verdict


def can_withdraw_record(actor: Actor, project: Project) -> Verdict:
    """Take back a milestone recorded by mistake: those who may edit; the reason stays on record."""
    return can_edit(actor, project)


def can_change_agreement(actor: Actor, agreement: Agreement) -> Verdict:
    """Change an agreement's amount or take it back: those who may record, while it stands."""
    if agreement.withdrawn_at is not None:
        return no(_("协议已撤回。"))
    return can_record(actor, agreement.project)


def can_judge_duplicate(actor: Actor, project: Project) -> Verdict:
    """Say whether two projects are one: the office, on a project that waits for it."""
    if not actor.has(*KEEPERS):
        return no(_("判重由招商办公室办理。"))
    if project.duplicate_state != DuplicateState.PENDING:
        return no(_("这个项目没有待判的重复疑点。"))
    return YES


def can_edit_opportunity(actor: Actor, opportunity: Opportunity) -> Verdict:
    """Change an opportunity: those who register, until an investor took it up."""
    if not actor.has(*WRITERS):
        return no(READS_ONLY)
    if opportunity.withdrawn_at is not None:
        return no(_("推介项目已撤回。"))
    if opportunity.state == OpportunityState.TAKEN_UP:
        return no(_("已有投资方承接，请到对应项目办理。"))
    return YES


def can_delete_view(actor: Actor, view: SavedView) -> Verdict:
    """Delete a saved view: its owner."""
    return YES if view.owner_id == actor.user_id else no(_("只能删除自己保存的视图。"))


def can_share_view(actor: Actor) -> Verdict:
    """Share a view with everybody: the office."""
    return YES if actor.has(*KEEPERS) else no(_("公共视图由招商办公室保存。"))
