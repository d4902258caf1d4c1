"""Targets: metric ≥ value for a scope and a period, with the document that set it; several may coexist."""

from decimal import Decimal
from typing import Self

from django.db import models

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.core.fields import MoneyField, code_field
from yinfeng.org.models import Region, Unit
from yinfeng.targets.enums import Operator, TargetLevel


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets."""

    def visible_to(self, actor: Actor) -> Self:
        """Targets are published documents: everybody in the office reads them."""
        return self.filter(withdrawn_at__isnull=True)


class Target(models.Model):
    """目标. Exactly one of chain, unit, region may be set; none means the whole place.

    Money targets use ``value_wan``, all others ``value_number``. ``main`` marks the one that pages measure against
    where several coexist for the same metric, scope and period.
    """

    code = code_field("G")
    metric = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    level = models.CharField(max_length=12, choices=TargetLevel, default=TargetLevel.CITY)
    chain = models.ForeignKey(Chain, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    operator = models.CharField(max_length=10, choices=Operator, default=Operator.AT_LEAST)
    value_wan = MoneyField(null=True, blank=True)
    value_number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    threshold_wan = MoneyField(null=True, blank=True)
    wording = models.CharField(max_length=200, blank=True)
    source_title = models.CharField(max_length=200)
    source_number = models.CharField(max_length=80, blank=True)
    source_on = models.DateField(null=True, blank=True)
    main = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ("metric", "chain__position", "level", "id")
        indexes = [models.Index(fields=["period", "metric"], name="target_period")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value_wan__isnull=False, value_number__isnull=True)
                | models.Q(value_wan__isnull=True, value_number__isnull=False),
                name="target_has_one_value",
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.period}"

    @property
    def value(self) -> Decimal:
        """The value in its own unit: 万元 of a money metric, a plain number of any other."""
        return self.value_wan if self.value_wan is not None else (self.value_number or Decimal(0))

    @property
    def scope_key(self) -> tuple[str, str]:
        """Whose target it is, as a metric's scope names it: the kind and the public code."""
        if self.chain is not None:
            return "chain", self.chain.code
        if self.unit is not None:
            return "unit", self.unit.code
        return ("region", self.region.code) if self.region is not None else ("place", "")
