"""Agreements and their dated changes: what was signed, for how much, and what became of the amount."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.text import clean_text
from yinfeng.org.periods import posting_period, require_open
from yinfeng.projects import policy
from yinfeng.projects.actions.debts import reckon, recorded
from yinfeng.projects.actions.keeping import locked, state, touched
from yinfeng.projects.actions.milestones import SHOWN as STAGE_SHOWN
from yinfeng.projects.actions.milestones import check_day, log, note_milestone, settle_stage
from yinfeng.projects.enums import COUNTED_KINDS, AgreementKind, MilestoneKind, ProjectVerb
from yinfeng.projects.errors import must_fill
from yinfeng.projects.models import Agreement, AgreementChange, Project

SHOWN = ("kind", "number", "signed_on", "amount_wan", "event", "posted_period")
LARGEST = Decimal(10) ** 11


@action
def add_agreement(
    *,
    actor: Actor,
    project: Project,
    kind: AgreementKind | str,
    signed_on: date,
    amount_wan: Decimal | None,
    number: str = "",
    event: str = "",
    parent: Agreement | None = None,
    demo: bool = False,
) -> Agreement:
    """Register a signed paper. Only investment contracts, supplements and increases carry a counted amount.

    The first investment contract also records the milestone 签订合同, so that nobody tells the same fact twice.
    """
    project = locked(actor, project)
    policy.can_record(actor, project).require()
    if kind not in AgreementKind.values:
        raise Invalid({"kind": _("没有这种协议。")})
    check_day(signed_on, field="signed_on")
    _check_amount(AgreementKind(kind), amount_wan)
    if parent is not None and parent.project_id != project.pk:
        raise Invalid({"parent": _("原协议不属于这个项目。")})
    _refuse_same_number(project, kind, number)
    agreement = Agreement.objects.create(
        project=project,
        kind=AgreementKind(kind),
        number=clean_text(number)[:80],
        signed_on=signed_on,
        amount_wan=amount_wan,
        event=clean_text(event)[:80],
        parent=parent,
        posted_period=posting_period(signed_on),
        recorded_at=clock.now(),
        recorded_by=actor.label[:120],
        demo=demo,
    )
    record(actor=actor, verb=ProjectVerb.AGREEMENT, target=agreement, root=project, after=state(agreement, *SHOWN))
    if kind == AgreementKind.INVESTMENT and MilestoneKind.CONTRACT_SIGNED not in recorded(project):
        _record_signing(actor, project, agreement)
    else:
        reckon(project)
        touched(project)
    return agreement


def _check_amount(kind: AgreementKind, amount_wan: Decimal | None) -> None:
    """A counted kind has an amount; no kind has a negative one."""
    if kind in COUNTED_KINDS and kind is not AgreementKind.SUPPLEMENT and not amount_wan:
        raise Invalid({"amount_wan": _("计入签约额的协议须填写金额。")})
    if amount_wan is not None and not 0 <= amount_wan < LARGEST:
        raise Invalid({"amount_wan": _("金额超出范围；减少请登记协议金额变更。")})


def _refuse_same_number(project: Project, kind: str, number: str) -> None:
    number = clean_text(number)
    same = Agreement.objects.filter(project=project, kind=kind, number=number, withdrawn_at__isnull=True)
    if number and same.exists():
        raise Invalid({"number": _("这个编号的协议已经登记过。")})


def _record_signing(actor: Actor, project: Project, agreement: Agreement) -> None:
    """The milestone that a first investment contract is."""
    before = state(project, *STAGE_SHOWN)
    basis = f"{agreement.get_kind_display()} {agreement.number}".strip()
    milestone = note_milestone(
        project, actor, MilestoneKind.CONTRACT_SIGNED, agreement.signed_on, basis=basis, demo=agreement.demo
    )
    log(actor, ProjectVerb.MILESTONE, project, milestone, before, settle_stage(project))


@action
def change_agreement(
    *,
    actor: Actor,
    agreement_id: int,
    version: int | None,
    delta_wan: Decimal,
    occurred_on: date,
    reason: str,
    demo: bool = False,
) -> AgreementChange:
    """Change an agreement's amount by a dated entry; a reduction is negative and never takes it below zero."""
    agreement = lock(Agreement.objects.visible_to(actor), pk=agreement_id, version=version)
    policy.can_change_agreement(actor, agreement).require()
    check_day(occurred_on)
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    if agreement.amount_wan is None:
        raise Invalid({"delta_wan": _("这份协议没有金额，不能变更。")})
    now = amount_of(agreement)
    if delta_wan == 0 or not 0 <= now + delta_wan < LARGEST:
        raise Invalid({"delta_wan": _("变更后金额不能小于 0，也不能没有变化；现为 %(now)s 万元。") % {"now": now}})
    if occurred_on < agreement.signed_on:
        raise Invalid({"occurred_on": _("变更日期不能早于签订日期。")})
    change = AgreementChange.objects.create(
        agreement=agreement,
        occurred_on=occurred_on,
        posted_period=posting_period(occurred_on),
        delta_wan=delta_wan,
        reason=reason,
        recorded_at=clock.now(),
        recorded_by=actor.label[:120],
        demo=demo,
    )
    store(agreement)
    touched(locked(actor, agreement.project_id))
    record(
        actor=actor,
        verb=ProjectVerb.AGREEMENT_CHANGED,
        target=agreement,
        root=agreement.project,
        before={"amount_wan": now},
        after={"amount_wan": now + delta_wan, "delta_wan": delta_wan, "occurred_on": occurred_on.isoformat()},
        note=reason,
    )
    return change


def amount_of(agreement: Agreement) -> Decimal:
    """An agreement's amount as it stands after its changes, in 万元."""
    total = AgreementChange.objects.filter(agreement=agreement).aggregate(total=Sum("delta_wan"))["total"]
    return (agreement.amount_wan or Decimal(0)) + (total or Decimal(0))


@action
def withdraw_agreement(*, actor: Actor, agreement: Agreement, reason: str, version: int | None = None) -> Agreement:
    """Take back an agreement registered by mistake; refused once a month that counts it is closed."""
    agreement = lock(Agreement.objects.visible_to(actor), pk=agreement.pk, version=version)
    if agreement.withdrawn_at is not None:
        unchanged()
        return agreement
    policy.can_change_agreement(actor, agreement).require()
    reason = clean_text(reason)[:400]
    if not reason:
        raise must_fill("reason")
    months = {agreement.posted_period, *agreement.changes.values_list("posted_period", flat=True)}
    for period in sorted(months):
        require_open(period)
    agreement.withdrawn_at = clock.now()
    store(agreement, "withdrawn_at")
    reckon(project := locked(actor, agreement.project_id))
    touched(project)
    record(
        actor=actor,
        verb=ProjectVerb.AGREEMENT_WITHDRAWN,
        target=agreement,
        root=project,
        before=state(agreement, *SHOWN),
        after={"withdrawn": True},
        note=reason,
    )
    return agreement
