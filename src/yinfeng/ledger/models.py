"""Funds in place: entries, vouchers and their uses, verification."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from yinfeng.core.actor import Actor
from yinfeng.core.codes import region
from yinfeng.core.fields import MoneyField, code_field
from yinfeng.enterprises.enums import Origin
from yinfeng.enterprises.models import Enterprise
from yinfeng.ledger.enums import EntryState, FundKind, Verdict, VoucherKind
from yinfeng.org.models import Unit
from yinfeng.projects.models import Project


class FundEntryQuerySet(models.QuerySet["FundEntry"]):
    """Fund entries."""

    def visible_to(self, actor: Actor) -> Self:
        """Entries of projects one sees."""
        rows = self.filter(withdrawn_at__isnull=True)
        if actor.sees_all:
            return rows.filter(project__withdrawn_at__isnull=True, project__merged_into__isnull=True)
        return rows.filter(project__in=Project.objects.visible_to(actor))


class FundEntry(models.Model):
    """到位资金: money that arrived. A correction is a further entry that names the one it corrects.

    ``amount_wan`` is what the reporter says, signed, in 万元. What was verified stands in ``Verification`` rows with
    their own posting; ``state`` repeats the latest verdict for lists.
    """

    code = code_field("F")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="fund_entries")
    arrived_on = models.DateField()
    amount_wan = MoneyField()
    currency = models.CharField(max_length=3, default="CNY")
    foreign_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    rate = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    payer = models.ForeignKey(Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    payer_name = models.CharField(max_length=160)
    origin = models.CharField(max_length=16, choices=Origin)
    province_code = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=20, choices=FundKind)
    note = models.CharField(max_length=400, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="fund_entries")
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.REPORTED)
    state_reason = models.CharField(max_length=400, blank=True)
    verified_wan = MoneyField(null=True)
    posted_period = models.CharField(max_length=7)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-arrived_on", "-id")
        indexes = [
            models.Index(fields=["project", "-arrived_on"], name="fund_project"),
            models.Index(fields=["state", "recorded_at", "id"], name="fund_queue"),
            models.Index(fields=["posted_period", "project"], name="fund_period"),
            models.Index(fields=["-arrived_on", "-id"], name="fund_recent"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_wan=0), name="fund_amount_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_name} {self.arrived_on}"

    @property
    def province_name(self) -> str:
        """The province the money comes from, by its code."""
        found = region(self.province_code)
        return found.name if found else ""


class EntryFactQuerySet(models.QuerySet[Any]):
    """Facts of fund entries."""

    def visible_to(self, actor: Actor) -> Self:
        """Facts of entries one sees."""
        return self.filter(entry__in=FundEntry.objects.visible_to(actor))


class Verification(models.Model):
    """核定: one verdict on one entry by somebody who did not enter it; posts ``delta_wan`` into its own month.

    ``verified_wan`` is the entry's verified amount after this verdict, ``delta_wan`` the change it brings.
    """

    entry = models.ForeignKey(FundEntry, on_delete=models.CASCADE, related_name="verifications")
    verdict = models.CharField(max_length=8, choices=Verdict)
    verified_wan = MoneyField()
    delta_wan = MoneyField()
    reason = models.CharField(max_length=400, blank=True)
    decided_on = models.DateField()
    posted_period = models.CharField(max_length=7)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)

    objects = EntryFactQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["posted_period"], name="verification_period")]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.decided_on}"


class VoucherQuerySet(models.QuerySet["Voucher"]):
    """Vouchers."""

    def visible_to(self, actor: Actor) -> Self:
        """Vouchers used by an entry one sees."""
        if actor.sees_all:
            return self
        return self.filter(uses__entry__in=FundEntry.objects.visible_to(actor)).distinct()


class Voucher(models.Model):
    """凭证: a paper that proves money; its uses never sum to more than its face."""

    code = code_field("B")
    kind = models.CharField(max_length=16, choices=VoucherKind)
    number = models.CharField(max_length=80)
    face_wan = MoneyField()
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=160, blank=True)
    demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="voucher_once"),
            models.CheckConstraint(condition=Q(face_wan__gt=0), name="voucher_face_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class VoucherUse(models.Model):
    """How much of a voucher proves an entry; a second use needs a 分割证明."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    entry = models.ForeignKey(FundEntry, on_delete=models.CASCADE, related_name="voucher_uses")
    amount_wan = MoneyField()
    split_certificate = models.CharField(max_length=80, blank=True)
    demo = models.BooleanField(default=False)

    objects = EntryFactQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["voucher", "entry"], name="voucher_once_an_entry")]

    def __str__(self) -> str:
        return f"{self.voucher_id}:{self.entry_id}"
