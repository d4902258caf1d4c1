"""What the ledger already knows of a project, so that nobody is asked for it again."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.assembly import assembled
from yinfeng.core.money import format_wan
from yinfeng.org.enums import ForceRole
from yinfeng.org.models import TaskForcePost
from yinfeng.projects.enums import COUNTED_KINDS, DuplicateState, MilestoneKind, PartyRole
from yinfeng.projects.lifecycle import red_line_in
from yinfeng.projects.models import Agreement, Decision, Milestone, Party, Project
from yinfeng.projects.values import Facts


def facts_of(project: Project) -> Facts:
    """What answers the requirements of a project's gates; five queries."""
    contract = Agreement.objects.filter(project=project, kind__in=COUNTED_KINDS, withdrawn_at__isnull=True).first()
    recognised = (
        Milestone.objects.filter(project=project, withdrawn_at__isnull=True, kind=MilestoneKind.RAMPED_UP)
        .exclude(recognised_by="")
        .first()
    )
    return facts_from(
        project,
        parties=Party.objects.filter(project=project, to_on__isnull=True).select_related("enterprise"),
        contract=contract,
        decision=Decision.objects.filter(project=project).values_list("body", flat=True).first() or "",
        recognised=recognised.recognised_by if recognised else "",
        officer=officer_of(project),
    )


def facts_from(
    project: Project,
    *,
    parties: Iterable[Party],
    contract: Agreement | None,
    decision: str,
    recognised: str,
    officer: str,
) -> Facts:
    """The same from records already read."""
    firms = [(party.role, party.enterprise.name) for party in parties if party.to_on is None]
    investors = "、".join(name for role, name in firms if role == PartyRole.INVESTOR)
    pending = project.duplicate_state == DuplicateState.PENDING
    return Facts(
        source=project.source,
        investor_or_product=investors or project.product,
        first_reporter=clock.local(project.first_at).strftime("%Y-%m-%d") if project.first_at else "",
        duplicate="" if pending else str(DuplicateState(project.duplicate_state).label),
        officer=officer,
        product=project.product,
        industry_code=project.industry_code,
        total=_amount(project.total_wan),
        fixed=_amount(project.fixed_wan),
        land_need=_("%(area)s 亩") % {"area": project.land_mu.normalize()} if project.land_mu is not None else "",
        decision=decision,
        contract=f"{contract.number} {contract.signed_on}".strip() if contract else "",
        project_company="、".join(name for role, name in firms if role == PartyRole.PROJECT_COMPANY),
        recognised=recognised,
        red_line_list="" if banned_by(project) else _("无命中，另须人工核对"),
    )


def _amount(value: Decimal | None) -> str:
    return "" if value is None else _("%(amount)s 万元") % {"amount": format_wan(value)}


def officer_of(project: Project) -> str:
    """Who looks after a project: its own officer, else the officer of its chain's task force."""
    if project.officer_id is not None:
        return str(project.officer)
    if project.chain_id is None:
        return ""
    posts = TaskForcePost.objects.filter(task_force__chain=project.chain_id, role=ForceRole.OFFICER)
    return posts.values_list("post", flat=True).first() or ""


def banned_by(project: Project) -> str:
    """The title of the banned thing that a project's words name, or an empty text."""
    line = red_line_in(f"{project.name} {project.product} {project.content}")
    return line.title if line else ""


def evidence_elsewhere(project: Project) -> dict[str, str]:
    """What other rooms have that answers a requirement, by requirement."""
    found = {need.key: need.met([project.pk]).get(project.pk, "") for need in assembled().REQUIREMENTS}
    return {key: text for key, text in found.items() if text}
