"""Activities: visits, trips, receptions, events, calls and notes."""

from typing import Self

from django.db import models
from django.db.models import Q

from yinfeng.core.actor import Actor
from yinfeng.core.fields import code_field
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import Unit
from yinfeng.outreach.enums import ActivityKind
from yinfeng.projects.models import Project


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities."""

    def visible_to(self, actor: Actor) -> Self:
        """Activities of one's units, and of projects one sees."""
        rows = self.filter(withdrawn_at__isnull=True)
        if actor.covers is None:
            return rows
        return rows.filter(Q(unit__node_id__in=actor.covers) | Q(project__in=Project.objects.visible_to(actor)))


class Activity(models.Model):
    """活动: who was met, where, what was said, what comes next; belongs to a unit, often to a project."""

    code = code_field("H")
    kind = models.CharField(max_length=10, choices=ActivityKind)
    occurred_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.CASCADE, related_name="activities")
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    counterpart = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=120, blank=True)
    led_by = models.CharField(max_length=120, blank=True)
    participants = models.CharField(max_length=400, blank=True)
    headcount = models.IntegerField(null=True, blank=True)
    summary = models.TextField()
    next_step = models.CharField(max_length=400, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    posted_period = models.CharField(max_length=7)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ("-occurred_on", "-id")
        indexes = [
            models.Index(fields=["-occurred_on", "-id"], name="activity_recent"),
            models.Index(fields=["project", "-occurred_on"], name="activity_project"),
            models.Index(fields=["unit", "-occurred_on"], name="activity_unit"),
            models.Index(fields=["posted_period", "kind"], name="activity_period"),
            models.Index(fields=["kind", "-occurred_on", "-id"], name="activity_kind"),
            models.Index(fields=["posted_period", "-occurred_on", "-id"], name="activity_month"),
            models.Index(fields=["enterprise", "-occurred_on"], name="activity_enterprise"),
            models.Index(
                fields=["unit", "posted_period", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="activity_unit_month",
            ),
            models.Index(fields=["next_due_on"], name="activity_next_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on}"
