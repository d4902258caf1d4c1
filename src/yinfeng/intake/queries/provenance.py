"""Where records came from, for project pages and for 今日."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core.actor import Actor, Role
from yinfeng.core.assembly import TodayItem
from yinfeng.intake.drafts import unwrapped
from yinfeng.intake.enums import BatchState, CandidateState
from yinfeng.intake.models import Batch, Candidate, Provenance


@dataclass(frozen=True, slots=True)
class Source:
    """One place a record came from: a document with its quotation, or a workbook's sheet and row."""

    title: str
    number: str
    issued_on: date | None
    url: str
    quotation: str
    sheet: str
    row: int | None
    made: bool


def sources_of(actor: Actor, record_type: str, record_ids: Sequence[int]) -> Mapping[int, list[Source]]:
    """The sources of some records of one kind; the quotation is for all, the paper itself for whoever sees it."""
    rows = Provenance.objects.filter(
        target_type=record_type, target_id__in=list(record_ids), withdrawn_at__isnull=True
    ).select_related("document", "candidate", "workbook")
    found: dict[int, list[Source]] = {}
    for row in rows.defer("document__text").order_by("id"):
        found.setdefault(row.target_id, []).append(_source(actor, row))
    return found


def _source(actor: Actor, row: Provenance) -> Source:
    paper = row.document or row.workbook
    mine = paper is not None and (actor.has(Role.OFFICE, Role.ADMIN, Role.AUDITOR) or paper.owner_id == actor.user_id)
    url = ""
    if mine and row.document is not None and row.candidate is not None:
        url = f"{reverse('intake:document', args=[row.document.code])}?state=all&c={row.candidate.number}#here"
    elif mine and row.workbook is not None:
        url = reverse("intake:batch", args=[row.workbook.code])
    return Source(
        title=paper.title if paper else "",
        number=row.document.number if row.document else "",
        issued_on=row.document.issued_on if row.document else None,
        url=url,
        quotation=unwrapped(row.quotation),
        sheet=row.sheet,
        row=row.row,
        made=row.made,
    )


def project_panel(actor: Actor, project_ids: Sequence[int]) -> Mapping[int, list[Source]]:
    """来源 of projects, for their pages."""
    return sources_of(actor, "projects.project", project_ids)


def today_items(actor: Actor) -> list[TodayItem]:
    """Candidates and workbooks that wait for this person."""
    items = []
    if actor.has(Role.OFFICE, Role.ADMIN):
        waiting = Candidate.objects.visible_to(actor).filter(state=CandidateState.PENDING).count()
        items.append(TodayItem("candidates", _("待核候选"), reverse("intake:home"), waiting))
    if actor.has(Role.OFFICE, Role.ADMIN, Role.REPORTER):
        open_batches = Batch.objects.visible_to(actor).filter(state=BatchState.UPLOADED).count()
        items.append(TodayItem("batches", _("待入库台账"), f"{reverse('intake:home')}?tab=workbooks", open_batches))
    return items
