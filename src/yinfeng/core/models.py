"""What every room leans on: the audit log, files, dated parameters, jobs, and the text search table."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.fields import code_field


class AppendOnlyError(AssertionError):
    """Somebody tried to change or delete what is only ever added to: a fault in the program."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added."""

    def update(self, **_values: Any) -> int:
        """Refused: what is written stays as it is."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never updated")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: what is written stays."""
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted")


class AppendOnly(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    def save(self, **options: Any) -> None:
        """Store a new row; a stored one is refused."""
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never updated")
        super().save(**options)

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Refused: what is written stays."""
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted")


class AuditEntry(AppendOnly):
    """One fact about one write: who, when, from where, what changed. Never updated, never deleted.

    Ids and labels are plain values, so the entry outlives the record it speaks of.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    source = models.CharField(max_length=20)
    address = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    target_code = models.CharField(max_length=40, blank=True)
    target_label = models.CharField(max_length=240)
    root_type = models.CharField(max_length=60, blank=True)
    root_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    gesture = models.CharField(max_length=64, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["verb", "id"], name="audit_verb"),
            models.Index(fields=["target_code", "id"], name="audit_code"),
            models.Index(fields=["target_type", "target_id", "id"], name="audit_target"),
            models.Index(fields=["root_type", "root_id", "id"], name="audit_root"),
            models.Index(fields=["actor_id", "id"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_label} {self.verb} {self.target_label}"


class AuditSeal(AppendOnly):
    """One link of the hash chain over the audit log, made by the sealer shortly after the entry."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.number}:{self.digest[:12]}"


class Gesture(models.Model):
    """One click of one person, kept so that the same form arriving twice is carried out once."""

    KEY_LENGTH = 80

    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    target_type = models.CharField(max_length=60)
    target_code = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects: "models.Manager[Gesture]" = models.Manager()

    def __str__(self) -> str:
        return self.key


class StoredFile(models.Model):
    """The bytes of a file, once for equal content, addressed by their SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    objects: "models.Manager[StoredFile]" = models.Manager()

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """附件: a stored file attached to a record, reached only through that record."""

    code = code_field("E")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uses")
    owner_type = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40, blank=True)
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)

    objects: "models.Manager[Evidence]" = models.Manager()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="evidence_owner")]

    def __str__(self) -> str:
        return self.title


class Confidence(models.TextChoices):
    """How far a parameter's value can be relied upon."""

    VERIFIED = "verified", _("已核验")
    UNVERIFIED = "unverified", _("未核验")


class ParameterQuerySet(models.QuerySet["Parameter"]):
    """Versions of parameters."""

    def visible_to(self, actor: Actor) -> Self:
        """Rules are public inside the office: everybody may read every version."""
        return self

    def in_force(self, on: date) -> Self:
        """The versions that apply on a day."""
        return self.filter(Q(effective_from__lte=on), Q(effective_to__isnull=True) | Q(effective_to__gte=on))


class Parameter(models.Model):
    """One version of a rule's number or word: value, unit, source, clause, and the days it applies."""

    code = code_field("R")
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    value = models.CharField(max_length=400)
    unit = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=200, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence, default=Confidence.UNVERIFIED)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=400, blank=True)
    version = models.IntegerField(default=1)

    objects = ParameterQuerySet.as_manager()

    class Meta:
        ordering = ("key", "-effective_from")
        constraints = [models.UniqueConstraint(fields=["key", "effective_from"], name="one_version_a_day")]

    def __str__(self) -> str:
        return f"{self.title} {self.value}{self.unit}"


class CalendarDay(models.Model):
    """A day whose working status differs from the weekday, for years that the built-in calendar lacks."""

    day = models.DateField(unique=True)
    is_workday = models.BooleanField()
    note = models.CharField(max_length=80, blank=True)

    objects: "models.Manager[CalendarDay]" = models.Manager()

    def __str__(self) -> str:
        return self.day.isoformat()


class JobState(models.TextChoices):
    """Where a piece of background work stands."""

    WAITING = "waiting", _("排队")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")


class JobQuerySet(models.QuerySet["Job"]):
    """Background work."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own jobs; the administrator sees all."""
        if actor.has(Role.ADMIN):
            return self
        return self.filter(owner_id=actor.user_id)


class Job(models.Model):
    """Background work, written in the transaction of the action that wants it; a worker claims it by lease."""

    code = code_field("J")
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    message = models.CharField(max_length=400, blank=True)
    attempts = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    run_after = models.DateTimeField()
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    owner_id = models.BigIntegerField(null=True)
    owner_label = models.CharField(max_length=120)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "run_after", "id"], name="job_queue")]

    def __str__(self) -> str:
        return self.title


class SearchDocument(models.Model):
    """The searchable words of one record; the database keeps a full-text index over ``tokens``."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    tokens = models.TextField()

    objects: "models.Manager[SearchDocument]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_a_record")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"


def snapshot(record: models.Model, fields: tuple[str, ...]) -> dict[str, Any]:
    """The named fields of a record as plain values for the audit log."""
    return {name: plain(getattr(record, name)) for name in fields}


def plain(value: Any) -> Any:
    """A value as JSON can hold it: records by their label, everything exact as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return str(value)
