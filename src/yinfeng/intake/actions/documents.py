"""Reading a document, correcting what was read, and putting candidates aside."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.evidence import keep
from yinfeng.core.text import clean_text
from yinfeng.intake import policy
from yinfeng.intake.drafts import Draft, doubts_of, drafts
from yinfeng.intake.enums import CandidateKind, CandidateState, Doubt, IntakeVerb
from yinfeng.intake.errors import AlreadyRead
from yinfeng.intake.extraction import extract
from yinfeng.intake.extraction.model import Extraction
from yinfeng.intake.extraction.text import load_text
from yinfeng.intake.extraction.unreadable import UnreadableDocument
from yinfeng.intake.ledgers import storable
from yinfeng.intake.models import Candidate, SourceDocument
from yinfeng.intake.queries.matching import Like, likes
from yinfeng.org.periods import the_place


@action
def read_document(
    *,
    actor: Actor,
    content: bytes,
    filename: str,
    title: str = "",
    number: str = "",
    issued_on: date | None = None,
    again: bool = False,
) -> SourceDocument:
    """Keep a document, its text and every candidate found in it, with what each seems to be on record already.

    A file that the actor's list holds already is refused with the way to it, unless *again* is said.
    """
    policy.can_upload(actor).require()
    try:
        loaded = load_text(content, filename)
    except UnreadableDocument as error:
        raise Invalid({"file": _(error.message_zh)}) from error
    kept, stored_name = content, filename
    if loaded.format == "txt":  # UTF-16 is kept as UTF-8: files are told apart by their bytes, and its look binary
        kept = loaded.text.encode() if b"\x00" in content else content
        stored_name = f"{PurePath(filename).stem}.txt"
    if not again:
        _refuse_known(actor, kept)
    text = storable(loaded.text)
    extraction = extract(text)
    document = SourceDocument.objects.create(
        title=clean_text(title)[:200] or _told_title(filename, extraction) or _("未命名文件"),
        number=clean_text(number)[:80],
        issued_on=issued_on,
        file=keep(kept, stored_name),
        text=text,
        owner_id=actor.user_id,
        owner_label=actor.label[:120],
        read_at=clock.now(),
    )
    found = drafts(extraction, text, title=document.title, year=_year_of(document))
    Candidate.objects.bulk_create(
        [_candidate(document, number, draft) for number, draft in enumerate(found, start=1)], batch_size=500
    )
    record(
        actor=actor,
        verb=IntakeVerb.DOCUMENT_READ,
        target=document,
        after={"title": document.title, "sha256": document.file.sha256, "candidates": len(found)},
    )
    return document


def _told_title(filename: str, extraction: Extraction) -> str:
    """The file's own name where it is a Chinese one, else the title of the first article in it."""
    stem = clean_text(PurePath(filename).stem)[:200]
    if any("\u4e00" <= sign <= "\u9fff" for sign in stem):
        return stem
    return next((clean_text(article.title)[:200] for article in extraction.articles if article.title), stem)


def _refuse_known(actor: Actor, content: bytes) -> None:
    """Lead to the document that was read from the same bytes, if the actor may see it."""
    digest = hashlib.sha256(content).hexdigest()
    earlier = SourceDocument.objects.visible_to(actor).filter(file__sha256=digest).first()
    if earlier is not None:
        raise AlreadyRead("intake.sourcedocument", earlier.code, earlier.title)


def _year_of(document: SourceDocument) -> int | None:
    """The year a plan is about where it does not say so: that of its date, else the place's."""
    if document.issued_on is not None:
        return int(document.issued_on.year)
    place = the_place()
    return place.year if place else None


def _candidate(document: SourceDocument, number: int, draft: Draft) -> Candidate:
    """A draft as a row, with the first record it is like."""
    known = next(iter(likes(draft.kind, draft.values)), None)
    candidate = Candidate(
        document=document,
        number=number,
        kind=draft.kind,
        title=draft.title,
        values=draft.values,
        quotation=draft.quotation,
        start=draft.start,
        end=draft.end,
        confidence=draft.confidence,
        rule=draft.rule[:80],
        doubts=list(draft.doubts),
    )
    compared(candidate, known)
    return candidate


def compared(candidate: Candidate, known: Like | None) -> None:
    """Note on a candidate what it is like, or that nothing is."""
    candidate.match_type = known.type if known else ""
    candidate.match_id = known.id if known else None
    candidate.match_label = known.label[:240] if known else ""
    candidate.match_reason = known.reason if known else ""


@action
def edit_candidate(*, actor: Actor, candidate_id: int, version: int, values: Mapping[str, Any]) -> Candidate:
    """Correct what was read; the quotation and what it was read as stay in the log."""
    candidate = lock(Candidate.objects.visible_to(actor), pk=candidate_id, version=version)
    policy.can_edit(actor, candidate).require()
    known = {key: values[key] for key in candidate.values if key in values}
    merged = candidate.values | known
    changed = [key for key in known if candidate.values[key] != merged[key]]
    name = str(merged.get("name") or merged.get("what") or candidate.title).strip()
    if not changed:
        unchanged()
        return candidate
    if "name" in known and not str(known["name"]).strip():
        raise Invalid({"name": _("请填写名称。")})
    before = {key: candidate.values[key] for key in changed}
    candidate.values, candidate.title = merged, name[:240]
    kept = [doubt for doubt in candidate.doubts if doubt == Doubt.CONTRADICTS]
    candidate.doubts = [*doubts_of(candidate.kind, merged, candidate.confidence), *kept]
    compared(candidate, next(iter(likes(candidate.kind, merged)), None))
    store(candidate, "values", "title", "doubts", "match_type", "match_id", "match_label", "match_reason")
    record(
        actor=actor,
        verb=IntakeVerb.CANDIDATE_EDITED,
        target=candidate,
        root=candidate.document,
        before=before,
        after={key: merged[key] for key in changed},
    )
    return candidate


@action
def drop_candidates(*, actor: Actor, document: SourceDocument, candidate_ids: Sequence[int]) -> list[Candidate]:
    """Put pending candidates aside; they stay with the document and can be reopened."""
    policy.can_decide(actor).require()
    rows = pending_of(actor, document, candidate_ids)
    now = clock.now()
    for candidate in rows:
        decided(candidate, CandidateState.DROPPED, actor, now)
        candidate.version += 1
        record(
            actor=actor,
            verb=IntakeVerb.CANDIDATE_DROPPED,
            target=candidate,
            root=document,
            after={"kind": CandidateKind(candidate.kind).label},
        )
    Candidate.objects.bulk_update(rows, ["state", "decided_by", "decided_at", "version"], batch_size=500)
    if not rows:
        unchanged()
    return rows


def pending_of(actor: Actor, document: SourceDocument, candidate_ids: Sequence[int]) -> list[Candidate]:
    """Those of the named candidates of a document on which nobody has decided, locked."""
    seen = Candidate.objects.visible_to(actor).filter(document=document, state=CandidateState.PENDING)
    wanted = set(candidate_ids)
    keys = [key for key in seen.order_by("number").values_list("pk", flat=True) if key in wanted]
    found: list[Candidate] = []
    for start in range(0, len(keys), 500):
        found += Candidate.objects.select_for_update(of=("self",)).filter(pk__in=keys[start : start + 500])
    return found


def decided(candidate: Candidate, state: CandidateState, actor: Actor, moment: datetime) -> None:
    """Note who decided on a candidate, and when."""
    candidate.state = state
    candidate.decided_by = actor.label[:120]
    candidate.decided_at = moment
