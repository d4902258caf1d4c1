"""May this person change the organisation: yes, or no with the reason."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no


def can_administer(actor: Actor) -> Verdict:
    """People, roles, grants, the place: the administrator's."""
    return YES if actor.has(Role.ADMIN) else no(_("只有管理员可以办理人员、授权和本地设置。"))


def can_organise(actor: Actor) -> Verdict:
    """Units, parks and task forces: the administrator's and the office's."""
    return YES if actor.has(Role.ADMIN, Role.OFFICE) else no(_("只有办公室或管理员可以调整单位和专班。"))


def can_read_log(actor: Actor) -> Verdict:
    """The whole audit log: the administrator's, the auditor's and the office's."""
    return (
        YES if actor.has(Role.ADMIN, Role.AUDITOR, Role.OFFICE) else no(_("只有管理员、审计和办公室可以查看操作日志。"))
    )
