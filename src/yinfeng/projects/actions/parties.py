"""Firms in a project: investors, the project company, payers, guarantors."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import EnterpriseKind
from yinfeng.enterprises.models import Enterprise
from yinfeng.projects import policy
from yinfeng.projects.actions.debts import reckon
from yinfeng.projects.actions.keeping import keep_searchable, locked, state
from yinfeng.projects.enums import PartyRole, ProjectVerb
from yinfeng.projects.models import Party, Project

SHOWN = ("enterprise", "role", "share_percent", "from_on", "to_on")
WHOLE = Decimal(100)


@action
def add_party(
    *,
    actor: Actor,
    project: Project,
    enterprise: Enterprise | str,
    role: PartyRole | str = PartyRole.INVESTOR,
    share_percent: Decimal | None = None,
    from_on: date | None = None,
    demo: bool = False,
) -> Party:
    """Put a firm, given or named, into a project in a role; shares of one role never sum to more than 100 %."""
    project = locked(actor, project)
    policy.can_record(actor, project).require()
    if role not in PartyRole.values:
        raise Invalid({"role": _("没有这种角色。")})
    firm = registered_firm(actor, enterprise, PartyRole(role), demo=demo)
    current = Party.objects.filter(project=project, role=role, to_on__isnull=True)
    known: Party | None = current.filter(enterprise=firm).first()
    if known is not None:
        unchanged()
        return known
    if share_percent is not None:
        if not 0 < share_percent <= WHOLE:
            raise Invalid({"share_percent": _("持股比例应大于 0，不超过 100。")})
        held = current.aggregate(total=Sum("share_percent"))["total"] or Decimal(0)
        if held + share_percent > WHOLE:
            raise Invalid(
                {"share_percent": _("同一角色合计不能超过 100%%，现已有 %(held)s%%。") % {"held": held.normalize()}}
            )
    party: Party = Party.objects.create(
        project=project, enterprise=firm, role=role, share_percent=share_percent, from_on=from_on, demo=demo
    )
    reckon(project)
    keep_searchable(project)
    record(actor=actor, verb=ProjectVerb.PARTY, target=party, root=project, after=state(party, *SHOWN))
    return party


def registered_firm(actor: Actor, enterprise: Enterprise | str, role: PartyRole, *, demo: bool) -> Enterprise:
    """The firm itself, or the one on record under its name, registered if it is new."""
    if isinstance(enterprise, Enterprise):
        return enterprise
    kind = EnterpriseKind.PROJECT_COMPANY if role is PartyRole.PROJECT_COMPANY else EnterpriseKind.INVESTOR
    return register_enterprise(actor=actor, name=enterprise, kind=kind, demo=demo)


@action
def end_party(*, actor: Actor, party_id: int, to_on: date, reason: str = "") -> Party:
    """Say that a firm left a project on a day; its row stays for what it did before."""
    party: Party = lock(Party.objects.visible_to(actor), pk=party_id)
    project = locked(actor, party.project_id)
    policy.can_record(actor, project).require()
    if party.to_on is not None:
        unchanged()
        return party
    if to_on > clock.today():
        raise Invalid({"to_on": _("退出日期不能晚于今天。")})
    if party.from_on is not None and to_on < party.from_on:
        raise Invalid({"to_on": _("退出日期不能早于加入日期。")})
    before = state(party, *SHOWN)
    party.to_on = to_on
    party.save(update_fields=["to_on"])
    reckon(project)
    record(
        actor=actor,
        verb=ProjectVerb.PARTY_ENDED,
        target=party,
        root=project,
        before=before,
        after=state(party, *SHOWN),
        note=reason,
    )
    return party
