"""The review screen: source text, candidates, and what becomes of the chosen one."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.intake import actions, policy
from yinfeng.intake.actions.accepting import Decided
from yinfeng.intake.drafts import unwrapped
from yinfeng.intake.enums import CandidateKind, CandidateState
from yinfeng.intake.forms import THRESHOLDS, BulkForm, CandidateForm, MergeForm
from yinfeng.intake.models import Candidate, SourceDocument
from yinfeng.intake.queries import review as reads
from yinfeng.intake.queries.matching import likes
from yinfeng.intake.views.home import page_number
from yinfeng.org.access import signed_in
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page

SCREEN = "intake/review.html"
TOLD = 5


def found(actor: Actor, code: str) -> SourceDocument:
    """The document with this code among those the actor sees."""
    document: SourceDocument | None = SourceDocument.objects.visible_to(actor).filter(code=code).first()
    if document is None:
        raise NotVisible
    return document


def candidate_of(actor: Actor, code: str, number: int) -> Candidate:
    """A document's candidate by its number."""
    rows = Candidate.objects.visible_to(actor).filter(document__code=code, number=number)
    candidate = rows.select_related("document").defer("document__text").first()
    if candidate is None:
        raise NotVisible
    return candidate


def asked(request: ActorRequest) -> tuple[str, str]:
    """The kind and state that the address or the form asks for; pending ones unless all are asked for."""
    said = request.POST if request.method == "POST" else request.GET
    kind = said.get("kind", "")
    state = said.get("state", CandidateState.PENDING)
    return (kind if kind in CandidateKind.values else ""), (state if state in CandidateState.values else "all")


def address(document: SourceDocument, kind: str, state: str, number: int | None = None, *, undo: str = "") -> str:
    """The review screen with these filters, at this candidate."""
    words = {"kind": kind, "state": "" if state == CandidateState.PENDING else state, "undo": undo}
    asked_for = {key: value for key, value in words.items() if value}
    if number:
        asked_for["c"] = str(number)
    query = f"?{urlencode(asked_for)}" if asked_for else ""
    return f"{reverse('intake:document', args=[document.code])}{query}{'#here' if number else ''}"


@signed_in
@require_safe
def review(request: ActorRequest, code: str) -> HttpResponse:
    """The three parts of the screen."""
    document = found(request.actor, code)
    return page(request, SCREEN, context_of(request, document))


def context_of(request: ActorRequest, document: SourceDocument) -> dict[str, Any]:
    """Everything the review screen shows; the number of queries does not grow with the candidates."""
    kind, state = asked(request)
    rows = reads.candidates_of(document, request.actor, kind=kind, state=state)
    listed = paginate(rows, page_number(request))
    chosen = _chosen(request, document, listed.rows)
    start = request.GET.get("from", "")
    wanted = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else (chosen.start if chosen else 0)
    window = reads.window_of(document, wanted)
    return {
        "document": document,
        "counts": reads.counted(document),
        "kind": kind,
        "state": state,
        "slice": listed,
        "window": window,
        "segments": reads.segments(document, window, chosen.number if chosen else None),
        "thresholds": THRESHOLDS,
        "can_decide": policy.can_decide(request.actor),
        "undo": _undo_offer(request, document),
    } | (detail_of(request.actor, chosen) if chosen else {"chosen": None})


def _chosen(request: ActorRequest, document: SourceDocument, rows: Sequence[Candidate]) -> Candidate | None:
    """The candidate the address names, else the first of the list."""
    text = request.GET.get("c", "")
    if text.isascii() and text.isdigit() and len(text) < 7:
        row = Candidate.objects.visible_to(request.actor).filter(document=document, number=int(text)).first()
        if row is not None:
            return row
    return rows[0] if rows else None


def detail_of(actor: Actor, chosen: Candidate) -> dict[str, Any]:
    """What is said of one candidate."""
    pending = chosen.state == CandidateState.PENDING
    return {
        "chosen": chosen,
        "quoted": unwrapped(chosen.quotation),
        "said": reads.said_by(chosen),
        "doubts": reads.doubt_words(chosen),
        "rule": reads.rule_words(chosen.rule),
        "outcome": reads.what_accepting_does(chosen) if pending else "",
        "likes": reads.known_of(reads.hidden_likes(actor, likes(chosen.kind, chosen.values))) if pending else [],
        "records": [] if pending else reads.records_of(chosen),
        "can_edit": policy.can_edit(actor, chosen),
        "mergeable": chosen.kind in {CandidateKind.PROJECT, CandidateKind.TASK_FORCE, CandidateKind.TARGET},
    }


def _undo_offer(request: ActorRequest, document: SourceDocument) -> dict[str, Any] | None:
    """How many candidates the last click decided on, while they still are."""
    moment = _moment(request.GET.get("undo", ""))
    if moment is None:
        return None
    count = reads.undoable(document, request.actor, moment).count()
    return {"moment": moment.isoformat(), "count": count} if count else None


def _moment(text: str) -> datetime | None:
    """A moment out of an address; one without its time zone names no moment."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None


def after(request: ActorRequest, candidate: Candidate, message: str) -> HttpResponse:
    """On to the next candidate that waits."""
    kind, state = asked(request)
    following = reads.next_waiting(candidate.document, candidate.number, kind)
    return done(request, address(candidate.document, kind, state, following), message)


def refused(request: ActorRequest, candidate: Candidate, error: Invalid) -> HttpResponse:
    """The screen again, with why nothing was done."""
    document = found(request.actor, candidate.document.code)
    context = context_of(request, document) | detail_of(request.actor, candidate) | {"error": error}
    window = reads.window_of(document, candidate.start)
    context |= {"window": window, "segments": reads.segments(document, window, candidate.number)}
    return invalid(request, SCREEN, context)


def version_of(request: ActorRequest) -> int | None:
    """The version a form was shown with."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


@signed_in
@require_POST
def accept(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Accept one candidate."""
    candidate = candidate_of(request.actor, code, number)
    try:
        actions.accept_candidate(actor=request.actor, candidate_id=candidate.pk, version=version_of(request))
    except Invalid as error:
        return refused(request, candidate, error)
    return after(request, candidate, _("已接受：%(title)s") % {"title": candidate.title})


@signed_in
@require_POST
def drop(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Put one candidate aside."""
    candidate = candidate_of(request.actor, code, number)
    actions.drop_candidates(actor=request.actor, document=candidate.document, candidate_ids=[candidate.pk])
    return after(request, candidate, _("已丢弃：%(title)s") % {"title": candidate.title})


@signed_in
@require_POST
def reopen(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Make one candidate pending again."""
    candidate = candidate_of(request.actor, code, number)
    outcome = actions.reopen_candidates(actor=request.actor, document=candidate.document, candidate_ids=[candidate.pk])
    if outcome.refused:
        return refused(request, candidate, Invalid(outcome.refused[0][1]))
    here = address(candidate.document, "", CandidateState.PENDING, candidate.number)
    return done(request, here, _("已恢复为待核：%(title)s") % {"title": candidate.title})


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Correct a candidate's values."""
    candidate = candidate_of(request.actor, code, number)
    policy.can_edit(request.actor, candidate).require()
    form = CandidateForm(
        request.POST or None,
        kind=candidate.kind,
        values=candidate.values,
        initial={"version": candidate.version},
    )
    context = {
        "form": form,
        "candidate": candidate,
        "document": candidate.document,
        "quoted": unwrapped(candidate.quotation),
    }
    if request.method == "GET":
        return page(request, "intake/edit.html", context)
    if not form.is_valid():
        return invalid(request, "intake/edit.html", context)
    try:
        actions.edit_candidate(
            actor=request.actor,
            candidate_id=candidate.pk,
            version=form.cleaned_data["version"] or 0,
            values=form.texts(),
        )
    except Invalid as error:
        form.apply(error)
        return invalid(request, "intake/edit.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, current=conflict.current.values)
        return page(request, "intake/edit.html", context, status=409)
    here = address(candidate.document, "", "all", candidate.number)
    return done(request, here, _("已修改。"))


@signed_in
@require_http_methods(["GET", "POST"])
def merge(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Join a candidate to a record on hand."""
    candidate = candidate_of(request.actor, code, number)
    policy.can_decide(request.actor).require()
    known = reads.hidden_likes(request.actor, likes(candidate.kind, candidate.values))
    form = MergeForm(request.POST or None, likes=known, initial={"version": candidate.version})
    context = {"form": form, "candidate": candidate, "document": candidate.document}
    if request.method == "GET":
        return page(request, "intake/merge.html", context)
    if form.is_valid():
        kind, target = form.target()
        try:
            actions.merge_candidate(
                actor=request.actor,
                candidate_id=candidate.pk,
                target_type=kind,
                target_code=target,
                version=form.cleaned_data["version"],
            )
        except NotVisible as error:
            form.apply(Invalid({"code": str(error.message)}))
        except Invalid as error:
            form.apply(Invalid({"code": str(error.message)}))
        else:
            return after(request, candidate, _("已合并：%(title)s") % {"title": candidate.title})
    return invalid(request, "intake/merge.html", context)


@signed_in
@require_POST
def bulk(request: ActorRequest, code: str) -> HttpResponse:
    """Accept all above a confidence, or drop all below one."""
    document = found(request.actor, code)
    form = BulkForm(request.POST)
    if not form.is_valid():
        return invalid(request, SCREEN, context_of(request, document) | {"error": Invalid(_("请选择把握度。"))})
    kind, threshold = form.cleaned_data["kind"], Decimal(form.cleaned_data["threshold"])
    if form.cleaned_data["what"] == "drop":
        rows = reads.candidates_of(document, request.actor, kind=kind, state=CandidateState.PENDING)
        keys = list(rows.filter(confidence__lt=threshold).values_list("pk", flat=True))
        dropped = actions.drop_candidates(actor=request.actor, document=document, candidate_ids=keys)
        moment = dropped[0].decided_at if dropped else None
        return _told(request, document, kind, moment, _("丢弃 %(count)s 条。") % {"count": len(dropped)})
    keys, left = reads.ready_for_bulk(document, request.actor, kind=kind, at_least=threshold)
    outcome = actions.accept_candidates(actor=request.actor, document=document, candidate_ids=keys)
    message = _("接受 %(count)s 条。") % {"count": len(outcome.done)}
    if left:
        message += _("另有 %(count)s 条疑似已有或前后不一致，请逐条核对。") % {"count": left}
    _tell_refused(request, outcome)
    return _told(request, document, kind, outcome.moment if outcome.done else None, message)


def _told(
    request: ActorRequest, document: SourceDocument, kind: str, moment: datetime | None, message: str
) -> HttpResponse:
    """Back to the screen, with what was done and the way to undo it."""
    back = address(document, kind, CandidateState.PENDING, undo=moment.isoformat() if moment else "")
    return done(request, back, message)


def _tell_refused(request: ActorRequest, outcome: Decided) -> None:
    """Name what could not be done, each with its reason."""
    for candidate, reason in outcome.refused[:TOLD]:
        messages.warning(request, f"{candidate.title}：{reason}")
    more = len(outcome.refused) - TOLD
    if more > 0:
        messages.warning(request, ngettext("还有 %(n)s 条没有办成。", "还有 %(n)s 条没有办成。", more) % {"n": more})


@signed_in
@require_POST
def undo(request: ActorRequest, code: str) -> HttpResponse:
    """Take back what one click decided."""
    document = found(request.actor, code)
    moment = _moment(request.POST.get("moment", ""))
    rows = reads.undoable(document, request.actor, moment) if moment else Candidate.objects.none()
    keys = list(rows.values_list("pk", flat=True))
    outcome = actions.reopen_candidates(actor=request.actor, document=document, candidate_ids=keys)
    _tell_refused(request, outcome)
    here = address(document, "", CandidateState.PENDING)
    return done(request, here, _("已撤销 %(count)s 条。") % {"count": len(outcome.done)})
