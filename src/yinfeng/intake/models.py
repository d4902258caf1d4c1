"""Documents and workbooks on their way in: candidates, batches, and where every accepted value came from."""

from typing import Any, Self

from django.db import models

from yinfeng.core.actor import Actor, Role
from yinfeng.core.fields import code_field
from yinfeng.core.models import StoredFile
from yinfeng.intake.enums import BatchState, CandidateKind, CandidateState, RowState


class InboxQuerySet(models.QuerySet[Any]):
    """Uploads."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own uploads; office, administrator and auditor see all."""
        if actor.has(Role.OFFICE, Role.ADMIN, Role.AUDITOR):
            return self
        return self.filter(owner_id=actor.user_id)


class SourceDocument(models.Model):
    """A document that was read: its file, its text, and when and by whom."""

    code = code_field("I")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    owner_id = models.BigIntegerField(null=True)
    owner_label = models.CharField(max_length=120)
    read_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = InboxQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Candidates."""

    def visible_to(self, actor: Actor) -> Self:
        """Candidates of documents one sees."""
        return self.filter(document__in=SourceDocument.objects.visible_to(actor))


class Candidate(models.Model):
    """Something a document speaks of, with its quotation; ``values`` is a snapshot that a person may edit.

    ``number`` is its place in the document, by which addresses name it; ``start`` and ``end`` are offsets into the
    document's text as shown; ``doubts`` are words of ``Doubt``.
    """

    document = models.ForeignKey(SourceDocument, on_delete=models.CASCADE, related_name="candidates")
    number = models.IntegerField()
    kind = models.CharField(max_length=12, choices=CandidateKind)
    title = models.CharField(max_length=240)
    values = models.JSONField(default=dict)
    quotation = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    rule = models.CharField(max_length=80)
    doubts = models.JSONField(default=list)
    match_type = models.CharField(max_length=60, blank=True)
    match_id = models.BigIntegerField(null=True)
    match_label = models.CharField(max_length=240, blank=True)
    match_reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=CandidateState, default=CandidateState.PENDING)
    result_type = models.CharField(max_length=60, blank=True)
    result_id = models.BigIntegerField(null=True)
    result_code = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = [
            models.Index(fields=["document", "state", "kind"], name="candidate_queue"),
            models.Index(fields=["state", "document"], name="candidate_waiting"),
        ]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="candidate_number_once")]

    def __str__(self) -> str:
        return self.title


class Provenance(models.Model):
    """Where a record came from: document, quotation and place, or workbook, sheet and row. Kept for ever.

    ``made`` says that the record was made from this place; otherwise the place confirmed one already on record.
    """

    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    document = models.ForeignKey(SourceDocument, null=True, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, null=True, on_delete=models.PROTECT, related_name="+")
    quotation = models.TextField(blank=True)
    workbook = models.ForeignKey("Batch", null=True, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField(max_length=80, blank=True)
    row = models.IntegerField(null=True)
    made = models.BooleanField(default=True)
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: "models.Manager[Provenance]" = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["target_type", "target_id"], name="provenance_target")]

    def __str__(self) -> str:
        return f"{self.target_type}:{self.target_id}"


class Batch(models.Model):
    """An uploaded ledger workbook: guessed and corrected mapping, rows, and what became of them."""

    code = code_field("K")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.UPLOADED)
    owner_id = models.BigIntegerField(null=True)
    owner_label = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = InboxQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    """Rows of workbooks."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of workbooks one sees."""
        return self.filter(batch__in=Batch.objects.visible_to(actor))


class BatchRow(models.Model):
    """One record row of a workbook: values read, raw cells, problems, and the records it became.

    ``sheet_no`` is the sheet's place in the workbook, from 1; ``values`` are what will be committed, ``raw`` the cells
    as they stand; ``settled`` says that a person looked at the row and stands by it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    sheet_no = models.IntegerField()
    sheet = models.CharField(max_length=80)
    row = models.IntegerField()
    title = models.CharField(max_length=240)
    values = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    settled = models.BooleanField(default=False)
    match_type = models.CharField(max_length=60, blank=True)
    match_id = models.BigIntegerField(null=True)
    match_code = models.CharField(max_length=40, blank=True)
    match_label = models.CharField(max_length=240, blank=True)
    state = models.CharField(max_length=10, choices=RowState, default=RowState.READY)
    results = models.JSONField(default=list)
    version = models.IntegerField(default=1)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        ordering = ("sheet_no", "row")
        indexes = [models.Index(fields=["batch", "state", "sheet_no", "row"], name="batch_row_state")]
        constraints = [models.UniqueConstraint(fields=["batch", "sheet_no", "row"], name="row_once_a_batch")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"


class RememberedMapping(models.Model):
    """A header that a person has mapped, remembered for the next workbook of that kind."""

    kind = models.CharField(max_length=12)
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, blank=True)

    objects: "models.Manager[RememberedMapping]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "header"], name="header_once_a_kind")]

    def __str__(self) -> str:
        return self.header
