"""Industry chains with their task forces and chain masters."""

from django.db import models

from yinfeng.chains.enums import ChainGroup, Sector
from yinfeng.core.fields import code_field
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import ReferenceQuerySet, TaskForce


class Chain(models.Model):
    """产业链: what a task force attracts projects for. ``colour`` is its place (0–6) in the one colour set."""

    code = code_field("L")
    name = models.CharField(max_length=60, unique=True)
    short_name = models.CharField(max_length=20)
    group = models.CharField(max_length=10, choices=ChainGroup, default=ChainGroup.LEADING)
    sector = models.CharField(max_length=16, choices=Sector, default=Sector.MANUFACTURING)
    colour = models.IntegerField(default=0)
    position = models.IntegerField(default=100)
    task_force = models.OneToOneField(TaskForce, null=True, blank=True, on_delete=models.PROTECT, related_name="chain")
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.short_name or self.name


class ChainAlias(models.Model):
    """Another name of a chain, as documents and ledgers use it."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=60, unique=True)

    objects = ReferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ChainMaster(models.Model):
    """链主企业 of a chain."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="masters")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="leads_chains")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "enterprise"], name="master_once")]

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.enterprise_id}"
