"""Reports with every figure frozen: value, definition, as-of time and lines."""

from typing import Self

from django.db import models

from yinfeng.core.actor import Actor
from yinfeng.core.fields import code_field
from yinfeng.core.models import StoredFile
from yinfeng.reports.enums import ReportKind, ReportState


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports."""

    def visible_to(self, actor: Actor) -> Self:
        """Issued reports are for all staff; drafts for those who see everything."""
        if actor.sees_all:
            return self
        return self.filter(state=ReportState.ISSUED)


class Report(models.Model):
    """月报: drafted from the ledger, then issued and frozen; ``summary`` holds the frozen text blocks."""

    code = code_field("D")
    kind = models.CharField(max_length=12, choices=ReportKind, default=ReportKind.MONTHLY)
    period = models.CharField(max_length=7)
    month_state = models.CharField(max_length=10)
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=80, blank=True)
    addressee = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DRAFT)
    as_of = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=120, blank=True)
    content = models.JSONField(default=dict)
    document = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    has_demo = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "-id")

    def __str__(self) -> str:
        return self.title


class ReportFigure(models.Model):
    """One frozen figure of a report with its definition and the lines it consisted of at that moment."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    definition = models.TextField()
    scheme = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=40)
    unit = models.CharField(max_length=12)
    shown = models.CharField(max_length=40)
    lines = models.JSONField(default=list)

    objects: "models.Manager[ReportFigure]" = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="figure_once_a_report")]

    def __str__(self) -> str:
        return f"{self.title} {self.shown}"
