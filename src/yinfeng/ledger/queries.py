"""Reads of the ledger: the list, the verifier's queue, one entry's page, and what the project page shows of money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Finding, TodayItem
from yinfeng.core.fields import MoneyField
from yinfeng.core.money import format_wan
from yinfeng.core.period import Period
from yinfeng.ledger.enums import EntryState
from yinfeng.ledger.models import FundEntry, Verification, Voucher
from yinfeng.projects.enums import COUNTED_KINDS
from yinfeng.projects.models import Agreement, AgreementChange

ZERO = Decimal(0)
NO_FILTER = ""


@dataclass(frozen=True)
class EntryFilter:
    """What the list of entries is narrowed to; empty values do not filter."""

    state: str = NO_FILTER
    kind: str = NO_FILTER
    origin: str = NO_FILTER
    period: str = NO_FILTER
    chain: str = NO_FILTER
    project: str = NO_FILTER
    text: str = NO_FILTER
    year: str = NO_FILTER


def entries(actor: Actor, wanted: EntryFilter) -> QuerySet[FundEntry]:
    """Entries the actor sees under a filter, with everything a row shows."""
    rows = FundEntry.objects.visible_to(actor).select_related("project", "project__chain", "unit", "corrects")
    exact = {
        "state": wanted.state,
        "kind": wanted.kind,
        "origin": wanted.origin,
        "posted_period": wanted.period,
        "project__chain__code": wanted.chain,
        "project__code": wanted.project,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.year:
        rows = rows.filter(posted_period__gte=f"{wanted.year}-01", posted_period__lte=f"{wanted.year}-12")
    if wanted.text:
        rows = rows.filter(
            Q(payer_name__icontains=wanted.text)
            | Q(project__name__icontains=wanted.text)
            | Q(voucher_uses__voucher__number__icontains=wanted.text)
        ).distinct()
    return rows


@dataclass(frozen=True)
class EntryTotals:
    """What a filtered list adds up to, in 万元."""

    count: int
    reported_wan: Decimal
    verified_wan: Decimal


def totals(rows: QuerySet[FundEntry]) -> EntryTotals:
    """Count, reported and verified sums of the rows of a list, computed by the database."""
    # A text filter joins vouchers; sums are taken over the distinct ids so that a second voucher adds nothing.
    plain = FundEntry.objects.filter(pk__in=rows.order_by().values("pk"))
    sums = plain.aggregate(
        count=Count("pk"),
        reported=Sum("amount_wan", filter=~Q(state=EntryState.RETURNED)),
        verified=Sum("verified_wan"),
    )
    return EntryTotals(sums["count"], sums["reported"] or ZERO, sums["verified"] or ZERO)


def waiting(actor: Actor) -> QuerySet[FundEntry]:
    """The verifier's queue: reported entries, oldest first, without those the verifier entered."""
    rows = FundEntry.objects.visible_to(actor).filter(state=EntryState.REPORTED)
    if actor.user_id is not None:
        rows = rows.exclude(recorded_by_id=actor.user_id)
    return rows.select_related("project", "project__chain", "unit").order_by("recorded_at", "id")


@dataclass(frozen=True)
class VoucherShare:
    """How an entry uses a voucher, and what else the same paper proves (all in 万元)."""

    voucher: Voucher
    amount_wan: Decimal
    split_certificate: str
    elsewhere: tuple[tuple[str, Decimal], ...]
    elsewhere_hidden: int


def shares(actor: Actor, entry: FundEntry) -> list[VoucherShare]:
    """The vouchers of an entry; uses by projects out of the actor's scope are counted, not named."""
    uses = list(entry.voucher_uses.select_related("voucher").order_by("id"))
    others = (
        FundEntry.objects.filter(voucher_uses__voucher__in=[use.voucher_id for use in uses], withdrawn_at__isnull=True)
        .exclude(pk=entry.pk)
        .values_list("voucher_uses__voucher_id", "pk", "code", "voucher_uses__amount_wan")
    )
    found = list(others)
    seen = set(
        FundEntry.objects.visible_to(actor).filter(pk__in=[row[1] for row in found]).values_list("pk", flat=True)
    )
    return [
        VoucherShare(
            use.voucher,
            use.amount_wan,
            use.split_certificate,
            tuple((code, amount) for voucher, pk, code, amount in found if voucher == use.voucher_id and pk in seen),
            sum(1 for voucher, pk, _code, _amount in found if voucher == use.voucher_id and pk not in seen),
        )
        for use in uses
    ]


@dataclass(frozen=True)
class LikelyDouble:
    """Another entry that may be the same money."""

    entry: FundEntry
    reason: str


def likely_doubles(actor: Actor, entry: FundEntry) -> list[LikelyDouble]:
    """Entries of the same amount, day and payer, in whatever project; a hint for the verifier, never a block."""
    same = (
        FundEntry.objects.visible_to(actor)
        .filter(amount_wan=entry.amount_wan, arrived_on=entry.arrived_on, payer_name=entry.payer_name)
        .exclude(pk=entry.pk)
        .exclude(Q(corrects=entry.pk) | Q(pk=entry.corrects_id or 0))
        .select_related("project")
        .order_by("id")[:5]
    )
    return [LikelyDouble(other, "same_money") for other in same]


@dataclass
class ProjectMoney:
    """The three series of a project that this room knows, in 万元."""

    contract_wan: Decimal = ZERO
    reported_wan: Decimal = ZERO
    verified_wan: Decimal = ZERO
    year_wan: Decimal = ZERO
    month_wan: Decimal = ZERO
    waiting: int = 0
    year: int = 0
    latest: list[FundEntry] = field(default_factory=list)


def money_of(actor: Actor, project_ids: Sequence[int]) -> dict[int, ProjectMoney]:
    """Contract and funds of a page of projects as of this month, in three queries."""
    return money_in(actor, project_ids, Period.month_of(clock.today()))


def money_in(actor: Actor, project_ids: Sequence[int], month: Period) -> dict[int, ProjectMoney]:
    """Contract and funds of a page of projects; ``month_wan`` of *month*, ``year_wan`` from January up to it."""
    found = funds_in(actor, project_ids, month)
    for key, amount in _contract_sums(project_ids):
        found[key].contract_wan += amount
    return found


def funds_in(actor: Actor, project_ids: Sequence[int], month: Period) -> dict[int, ProjectMoney]:
    """Funds of a page of projects without their contracts, in one query: what the grid of a month shows."""
    found = {key: ProjectMoney(year=month.first.year) for key in project_ids}
    standing = ~Q(state=EntryState.RETURNED)
    sums = (
        FundEntry.objects.filter(project__in=project_ids, withdrawn_at__isnull=True)
        .order_by()
        .values("project_id")
        .annotate(
            reported=Sum("amount_wan", filter=standing),
            verified=Sum("verified_wan"),
            year=Sum(
                "amount_wan",
                filter=standing & Q(posted_period__gte=f"{month.first.year}-01", posted_period__lte=month.code),
            ),
            month=Sum("amount_wan", filter=standing & Q(posted_period=month.code)),
            waiting=Count("pk", filter=Q(state=EntryState.REPORTED)),
        )
    )
    for row in sums:
        money = found[row["project_id"]]
        money.reported_wan = row["reported"] or ZERO
        money.verified_wan = row["verified"] or ZERO
        money.year_wan = row["year"] or ZERO
        money.month_wan = row["month"] or ZERO
        money.waiting = row["waiting"]
    return found


def _contract_sums(project_ids: Sequence[int]) -> list[tuple[int, Decimal]]:
    """Counted contract amounts with their dated changes, by project, in one query."""
    changes = AgreementChange.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    changed = Subquery(changes.annotate(total=Sum("delta_wan")).values("total"), output_field=MoneyField())
    counted = Agreement.objects.filter(project__in=project_ids, kind__in=COUNTED_KINDS, withdrawn_at__isnull=True)
    rows = counted.order_by().annotate(changed=changed).values_list("project_id")
    sums = rows.annotate(Sum("amount_wan"), Sum("changed"))
    return [(key, (signed or ZERO) + (change or ZERO)) for key, signed, change in sums]


def project_panel(actor: Actor, project_ids: Sequence[int]) -> Mapping[int, ProjectMoney]:
    """Money for the project page, with each project's latest entries."""
    found = money_of(actor, project_ids)
    latest = (
        FundEntry.objects.visible_to(actor)
        .filter(project__in=project_ids)
        .select_related("corrects")
        .order_by("-arrived_on", "-id")[: 30 * len(project_ids)]
    )
    for entry in latest:
        found[entry.project_id].latest.append(entry)
    return found


def today_items(actor: Actor) -> list[TodayItem]:
    """What the ledger asks of this person today."""
    from django.urls import reverse
    from django.utils.translation import gettext as _

    from yinfeng.core.actor import Role

    items = []
    if actor.has(Role.VERIFIER):
        items.append(TodayItem("verify", _("待核定资金"), reverse("ledger:queue"), waiting(actor).count()))
    if actor.has(Role.OFFICER, Role.REPORTER, Role.OFFICE):
        returned = FundEntry.objects.visible_to(actor).filter(state=EntryState.RETURNED).count()
        address = f"{reverse('ledger:list')}?state={EntryState.RETURNED.value}"
        items.append(TodayItem("returned", _("被退回的资金"), address, returned, urgent=returned > 0))
    return items


def voucher_findings() -> list[Finding]:
    """Vouchers whose standing uses exceed their face."""
    used = Voucher.objects.annotate(
        used=Sum("uses__amount_wan", filter=Q(uses__entry__withdrawn_at__isnull=True))
    ).values_list("code", "face_wan", "used")
    return [
        Finding("voucher_face", code, f"票面 {format_wan(face)} 万元，已使用 {format_wan(total)} 万元")
        for code, face, total in used
        if total is not None and total > face
    ]


def verification_findings() -> list[Finding]:
    """Entries whose stored verified amount differs from the sum of their verdicts."""
    rows = (
        FundEntry.objects.annotate(posted=Sum("verifications__delta_wan"))
        .exclude(verified_wan__isnull=True, posted__isnull=True)
        .values_list("code", "verified_wan", "posted")
    )
    return [
        Finding(
            "verified_amount",
            code,
            f"核定额 {format_wan(kept or ZERO)} 万元，核定记录合计 {format_wan(total or ZERO)} 万元",
        )
        for code, kept, total in rows
        if (kept or ZERO) != (total or ZERO)
    ]


def verdicts_of(entry: FundEntry) -> QuerySet[Verification]:
    """The verdicts on an entry, first one first."""
    return Verification.objects.filter(entry=entry).order_by("id")
