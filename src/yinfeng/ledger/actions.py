"""Every write of the ledger: entering, correcting, verifying and withdrawing money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.evidence import attach
from yinfeng.core.models import snapshot
from yinfeng.core.money import format_wan
from yinfeng.enterprises.enums import Origin
from yinfeng.enterprises.models import Enterprise
from yinfeng.ledger import policy, vouching
from yinfeng.ledger.enums import EntryState, FundKind, LedgerVerb, Verdict
from yinfeng.ledger.models import FundEntry, Verification, Voucher, VoucherUse
from yinfeng.ledger.values import VoucherClaim
from yinfeng.org.models import Unit
from yinfeng.org.periods import is_closed, posting_period
from yinfeng.projects.models import Project

ENTRY_FIELDS = ("arrived_on", "amount_wan", "payer_name", "origin", "province_code", "kind", "note", "posted_period")
ZERO = Decimal(0)
FOREIGN = frozenset({Origin.FOREIGN, Origin.HK_MO_TW})


@dataclass(frozen=True)
class ForeignAmount:
    """Money in another currency with its dated rate to yuan; it keeps its own figure beside the 万元."""

    currency: str
    amount: Decimal
    rate: Decimal
    rate_on: date


@action
def enter_funds(
    *,
    actor: Actor,
    project: Project,
    arrived_on: date,
    amount_wan: Decimal,
    payer_name: str,
    origin: Origin,
    kind: FundKind,
    province_code: str = "",
    payer: Enterprise | None = None,
    vouchers: Sequence[VoucherClaim] = (),
    note: str = "",
    unit: Unit | None = None,
    foreign: ForeignAmount | None = None,
    demo: bool = False,
) -> FundEntry:
    """Enter money that arrived at a project on a day, in 万元, with the vouchers that prove it.

    It is counted in the month of its day, or in the next one that is not closed.
    """
    policy.can_enter(actor).require()
    _check_values(arrived_on, amount_wan, origin, province_code)
    entry = FundEntry.objects.create(
        project=project,
        arrived_on=arrived_on,
        amount_wan=amount_wan,
        payer=payer,
        payer_name=payer_name.strip() or (payer.name if payer else ""),
        origin=origin,
        province_code=province_code,
        kind=kind,
        note=note,
        unit=unit or project.lead_unit,
        currency=foreign.currency if foreign else "CNY",
        foreign_amount=foreign.amount if foreign else None,
        rate=foreign.rate if foreign else None,
        rate_on=foreign.rate_on if foreign else None,
        posted_period=posting_period(arrived_on),
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
        recorded_by=actor.label,
        demo=demo,
    )
    record(
        actor=actor, verb=LedgerVerb.ENTERED, target=entry, root=project, after=snapshot(entry, ENTRY_FIELDS), note=note
    )
    for claim in vouchers:
        claim_voucher(actor=actor, entry=entry, claim=claim)
    return entry


def _check_values(arrived_on: date, amount_wan: Decimal, origin: Origin, province_code: str) -> None:
    """Refuse a day to come, an amount of nothing, and an origin that contradicts its province."""
    problems: dict[str, str] = {}
    if arrived_on > clock.today():
        problems["arrived_on"] = _("到账日期不能晚于今天。")
    if amount_wan == ZERO:
        problems["amount_wan"] = _("金额不能为 0。")
    if origin in FOREIGN and province_code:
        problems["province_code"] = _("境外资金不填来源省份。")
    if problems:
        raise Invalid(problems)


@action
def claim_voucher(*, actor: Actor, entry: FundEntry, claim: VoucherClaim) -> VoucherUse:
    """Let a voucher prove part of an entry. All uses of one voucher never sum to more than its face (DOMAIN §5.2)."""
    number = claim.number.strip()
    if not number:
        raise Invalid({"number": _("请填写凭证编号。")})
    if claim.face_wan <= ZERO or claim.amount_wan <= ZERO:
        raise Invalid({"amount_wan": _("凭证票面金额和使用金额都要大于 0。")})
    voucher, created = Voucher.objects.get_or_create(
        kind=claim.kind,
        number=number,
        defaults={
            "face_wan": claim.face_wan,
            "issued_on": claim.issued_on,
            "issuer": claim.issuer,
            "demo": entry.demo,
        },
    )
    voucher = Voucher.objects.select_for_update().get(pk=voucher.pk)
    if not created:
        _check_further_use(voucher, claim)
    if claim.amount_wan > vouching.room_left(voucher.face_wan, uses_of(voucher)):
        raise Invalid(
            {
                "amount_wan": _("超过凭证票面：票面 %(face)s 万元，最多还可使用 %(left)s 万元。")
                % {
                    "face": format_wan(voucher.face_wan),
                    "left": format_wan(vouching.room_left(voucher.face_wan, uses_of(voucher))),
                }
            }
        )
    _check_total(entry, claim.amount_wan)
    use = VoucherUse.objects.create(
        voucher=voucher,
        entry=entry,
        amount_wan=claim.amount_wan,
        split_certificate=claim.split_certificate,
        demo=entry.demo,
    )
    if claim.file is not None:
        content, name = claim.file
        attach(actor=actor, owner=voucher, root=entry.project, content=content, name=name, purpose="voucher")
    record(
        actor=actor,
        verb=LedgerVerb.VOUCHER,
        target=voucher,
        root=entry.project,
        after={"entry": entry.code, "amount_wan": claim.amount_wan, "split_certificate": claim.split_certificate},
    )
    return use


def uses_of(voucher: Voucher) -> list[Decimal]:
    """The amounts (万元) that a voucher proves in entries that still stand."""
    uses = VoucherUse.objects.filter(voucher=voucher, entry__withdrawn_at__isnull=True)
    return list(uses.values_list("amount_wan", flat=True))


def _check_further_use(voucher: Voucher, claim: VoucherClaim) -> None:
    """A paper that is known already: the face must agree, and a second use needs its certificate."""
    if voucher.face_wan != claim.face_wan:
        raise Invalid(
            {
                "face_wan": _("这张凭证已登记过，票面是 %(face)s 万元，与本次填写的不一致。")
                % {"face": format_wan(voucher.face_wan)}
            }
        )
    if vouching.needs_split_certificate(uses_of(voucher)) and not claim.split_certificate.strip():
        raise Invalid({"split_certificate": _("这张凭证已用于另一笔资金，再次使用须填写资金分割证明编号。")})


def _check_total(entry: FundEntry, further_wan: Decimal) -> None:
    """Vouchers must not prove more than the entry claims."""
    used = entry.voucher_uses.aggregate(total=Sum("amount_wan"))["total"] or ZERO
    if entry.amount_wan > ZERO and used + further_wan > entry.amount_wan:
        raise Invalid({"amount_wan": _("各凭证使用金额合计超过了本笔到位金额。")})


@action
def correct_funds(
    *, actor: Actor, entry: FundEntry, amount_wan: Decimal, reason: str, on: date | None = None
) -> FundEntry:
    """Correct an entry by a further, dated one of *amount_wan* (signed) in the current open month; the old one stays."""
    policy.can_correct(actor, entry).require()
    if not reason.strip():
        raise Invalid({"reason": _("请写明更正原因。")})
    if amount_wan == ZERO:
        raise Invalid({"amount_wan": _("更正金额不能为 0。")})
    corrected = entry.corrections.filter(withdrawn_at__isnull=True).aggregate(total=Sum("amount_wan"))["total"] or ZERO
    if entry.amount_wan + corrected + amount_wan < ZERO:
        raise Invalid({"amount_wan": _("更正后合计不能小于 0。")})
    day = on or clock.today()
    correction = FundEntry.objects.create(
        project_id=entry.project_id,
        arrived_on=day,
        amount_wan=amount_wan,
        payer=entry.payer,
        payer_name=entry.payer_name,
        origin=entry.origin,
        province_code=entry.province_code,
        kind=entry.kind,
        note=reason,
        corrects=entry,
        unit=entry.unit,
        posted_period=posting_period(day),
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
        recorded_by=actor.label,
        demo=entry.demo,
    )
    record(
        actor=actor,
        verb=LedgerVerb.CORRECTED,
        target=correction,
        root=entry.project,
        before={"corrects": entry.code, "amount_wan": entry.amount_wan + corrected},
        after={"amount_wan": entry.amount_wan + corrected + amount_wan},
        note=reason,
    )
    return correction


@action
def verify_funds(
    *,
    actor: Actor,
    entry_id: int,
    version: int,
    verdict: Verdict,
    verified_wan: Decimal | None = None,
    reason: str = "",
) -> FundEntry:
    """Verify an entry, cut it to less, or return it; posts the change into the current open month.

    Never by the person who entered it. A cut and a return need a reason. A later verdict replaces an earlier one by
    posting the difference, so that a closed month keeps its figure.
    """
    entry = lock(FundEntry.objects.visible_to(actor), pk=entry_id, version=version)
    policy.can_verify(actor, entry).require()
    amount = _verified_amount(entry, verdict, verified_wan, reason)
    before = entry.verified_wan or ZERO
    today = clock.today()
    Verification.objects.create(
        entry=entry,
        verdict=verdict,
        verified_wan=amount,
        delta_wan=amount - before,
        reason=reason,
        decided_on=today,
        posted_period=_verdict_posting(entry),
        recorded_at=clock.now(),
        recorded_by_id=actor.user_id,
        recorded_by=actor.label,
        demo=entry.demo,
    )
    state = {Verdict.VERIFY: EntryState.VERIFIED, Verdict.CUT: EntryState.CUT, Verdict.RETURN: EntryState.RETURNED}[
        verdict
    ]
    old_state, entry.state, entry.state_reason = entry.state, state, reason
    entry.verified_wan = None if verdict is Verdict.RETURN else amount
    store(entry, "state", "state_reason", "verified_wan")
    verb = {Verdict.VERIFY: LedgerVerb.VERIFIED, Verdict.CUT: LedgerVerb.CUT, Verdict.RETURN: LedgerVerb.RETURNED}[
        verdict
    ]
    record(
        actor=actor,
        verb=verb,
        target=entry,
        root=entry.project,
        before={"state": old_state, "verified_wan": before},
        after={"state": state, "verified_wan": amount},
        note=reason,
    )
    return entry


def _verdict_posting(entry: FundEntry) -> str:
    """The month a verdict is counted in: the entry's own as long as it is not closed, else the next one that is not."""
    return posting_period(date.fromisoformat(f"{entry.posted_period}-01"))


def _verified_amount(entry: FundEntry, verdict: Verdict, verified_wan: Decimal | None, reason: str) -> Decimal:
    """The amount that a verdict leaves verified, in 万元."""
    if verdict is not Verdict.VERIFY and not reason.strip():
        raise Invalid({"reason": _("核减或退回要写明原因。")})
    if verdict is Verdict.VERIFY:
        return entry.amount_wan
    if verdict is Verdict.RETURN:
        if is_closed(entry.posted_period):
            raise Invalid({"verdict": _("这笔资金所在月份已关账，不能退回；请核减。")})
        return ZERO
    if verified_wan is None:
        raise Invalid({"verified_wan": _("请填写核减后的金额。")})
    if not vouching.verified_within(entry.amount_wan, verified_wan) or verified_wan == entry.amount_wan:
        raise Invalid({"verified_wan": _("核减后的金额须小于上报金额，且不小于 0。")})
    return verified_wan


@action
def change_funds(*, actor: Actor, entry_id: int, version: int, values: dict[str, object]) -> FundEntry:
    """Put right an entry that nobody has verified yet; its month follows its day."""
    entry = lock(FundEntry.objects.visible_to(actor), pk=entry_id, version=version)
    policy.can_change(actor, entry).require()
    before = snapshot(entry, ENTRY_FIELDS)
    for name in ("arrived_on", "amount_wan", "payer_name", "origin", "province_code", "kind", "note"):
        if name in values:
            setattr(entry, name, values[name])
    _check_values(entry.arrived_on, entry.amount_wan, Origin(entry.origin), entry.province_code)
    used = entry.voucher_uses.aggregate(total=Sum("amount_wan"))["total"] or ZERO
    if used > max(entry.amount_wan, ZERO):
        raise Invalid(
            {"amount_wan": _("已登记的凭证合计 %(used)s 万元，超过了新的金额。") % {"used": format_wan(used)}}
        )
    entry.posted_period = posting_period(entry.arrived_on)
    if entry.state == EntryState.RETURNED:
        entry.state, entry.state_reason = EntryState.REPORTED, ""
    store(entry, *ENTRY_FIELDS, "state", "state_reason")
    record(
        actor=actor,
        verb=LedgerVerb.CHANGED,
        target=entry,
        root=entry.project,
        before=before,
        after=snapshot(entry, ENTRY_FIELDS),
    )
    return entry


@action
def withdraw_funds(*, actor: Actor, entry_id: int, version: int, reason: str) -> FundEntry:
    """Take back an entry that was a mistake, as long as nobody verified it and its month is open."""
    entry = lock(FundEntry.objects.visible_to(actor), pk=entry_id, version=version)
    policy.can_change(actor, entry).require()
    if not reason.strip():
        raise Invalid({"reason": _("请写明撤回原因。")})
    entry.withdrawn_at = clock.now()
    store(entry, "withdrawn_at")
    record(
        actor=actor,
        verb=LedgerVerb.WITHDRAWN,
        target=entry,
        root=entry.project,
        before=snapshot(entry, ENTRY_FIELDS),
        note=reason,
    )
    return entry
