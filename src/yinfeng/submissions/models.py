"""A unit's month: progress notes of projects and the submission with its stamped scan."""

from typing import Self

from django.db import models

from yinfeng.core.actor import Actor
from yinfeng.core.fields import code_field
from yinfeng.org.models import Unit
from yinfeng.projects.models import Project
from yinfeng.submissions.enums import SubmissionState

# The four texts of a progress note, in the order of the grid.
NOTE_FIELDS = ("text", "problem", "help_needed", "next_step")


class ProgressNoteQuerySet(models.QuerySet["ProgressNote"]):
    """Progress notes."""

    def visible_to(self, actor: Actor) -> Self:
        """Notes of projects one sees."""
        return self.filter(project__in=Project.objects.visible_to(actor))


class ProgressNote(models.Model):
    """月进展: one text per project and month — where it stands, problem, help needed, next step."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="progress_notes")
    period = models.CharField(max_length=7)
    text = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    help_needed = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    objects = ProgressNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "id")
        constraints = [models.UniqueConstraint(fields=["project", "period"], name="one_note_a_month")]
        indexes = [models.Index(fields=["period", "project"], name="note_period")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.period}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Submissions."""

    def visible_to(self, actor: Actor) -> Self:
        """Submissions of units one covers."""
        if actor.covers is None:
            return self
        return self.filter(unit__node_id__in=actor.covers)


class Submission(models.Model):
    """报送单: a unit's month with its state, times and stamped scan (evidence with purpose ``stamped``)."""

    code = code_field("S")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=14, choices=SubmissionState, default=SubmissionState.NOT_REPORTED)
    reported_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    returns = models.IntegerField(default=0)
    return_reason = models.CharField(max_length=400, blank=True)
    entered_by_office = models.BooleanField(default=False)
    nothing_to_report = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("-period", "unit__position", "id")
        constraints = [models.UniqueConstraint(fields=["unit", "period"], name="one_submission_a_month")]
        indexes = [models.Index(fields=["period", "state"], name="submission_period")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"
