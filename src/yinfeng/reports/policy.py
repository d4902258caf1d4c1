"""Who may draft, change and issue reports, and change their template."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.verdicts import YES, Verdict, no
from yinfeng.org.enums import PeriodState
from yinfeng.reports.enums import ReportState
from yinfeng.reports.models import Report


def can_draft(actor: Actor) -> Verdict:
    """The office of the leading group writes the monthly report."""
    return YES if actor.has(Role.OFFICE, Role.ADMIN) else no(_("月报由招商办公室编发，您可以查看已印发的月报。"))


def can_change(actor: Actor, report: Report) -> Verdict:
    """A draft may be changed; what was issued is frozen for ever."""
    if report.state == ReportState.ISSUED:
        return no(_("月报已印发，内容不能再改；如有变化请编发新的一期，差异会自动列出。"))
    return can_draft(actor)


def can_issue(actor: Actor, report: Report, month: PeriodState) -> Verdict:
    """A month must at least be estimated before its report goes out."""
    allowed = can_change(actor, report)
    if allowed and PeriodState.OPEN in {month, report.month_state}:
        return no(_("%(month)s 的数还是填报中的，进入预报后重新生成才能印发。") % {"month": report.period})
    return allowed
