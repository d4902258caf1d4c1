"""Investors and local firms; their roles in projects are parties of those projects."""

from typing import Self

from django.db import models

from yinfeng.core.actor import Actor
from yinfeng.core.fields import code_field
from yinfeng.enterprises.enums import EnterpriseKind, Origin


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Firms."""

    def visible_to(self, actor: Actor) -> Self:
        """The firm library is common to the whole place; what a firm does in a project is not."""
        return self.filter(withdrawn_at__isnull=True)


class Enterprise(models.Model):
    """企业: one firm, whatever names it goes by."""

    code = code_field("C")
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, db_index=True)
    credit_code = models.CharField(max_length=18, blank=True, db_index=True)
    kind = models.CharField(max_length=16, choices=EnterpriseKind, default=EnterpriseKind.INVESTOR)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.UNKNOWN)
    province_code = models.CharField(max_length=2, blank=True)
    group_name = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        indexes = [
            models.Index(fields=["name", "id"], name="enterprise_name"),
            models.Index(fields=["kind", "name", "id"], name="enterprise_kind"),
            models.Index(fields=["origin", "name", "id"], name="enterprise_origin"),
            models.Index(fields=["-created_at", "-id"], name="enterprise_recent"),
        ]

    def __str__(self) -> str:
        return self.name


class AliasQuerySet(models.QuerySet["EnterpriseAlias"]):
    """Other names of firms."""

    def visible_to(self, actor: Actor) -> Self:
        """Names are as public inside the office as the firms are."""
        return self


class EnterpriseAlias(models.Model):
    """Another name of a firm, as documents use it."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, db_index=True)

    objects = AliasQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enterprise", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name
