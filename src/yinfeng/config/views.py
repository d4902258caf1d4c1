"""Pages that belong to no single room: the way in, the search over everything, files."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from yinfeng.core import evidence
from yinfeng.core.actor import Actor, Role
from yinfeng.core.assembly import Hit, assembled
from yinfeng.core.errors import Text
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.reports.views import today
from yinfeng.ui.rendering import page

HITS = 10
LONGEST_QUESTION = 80


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind of record."""

    title: Text
    hits: Sequence[Hit]


@signed_in
def home(request: ActorRequest) -> HttpResponseBase:
    """今日, which the reports room shows; an installation without a place starts with its short form."""
    if getattr(request, "place", None) is None and request.actor.has(Role.ADMIN):
        return redirect("place:new")
    return today(request)


@signed_in
def search(request: ActorRequest) -> HttpResponse:
    """Everything the person may see that holds the words, Chinese or pinyin, kind by kind."""
    text = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    groups = found_for(request.actor, text) if text else []
    return page(request, "ui/search.html", {"text": text, "groups": groups}, fragment="results")


def found_for(actor: Actor, text: str) -> list[Found]:
    """The hits of each kind that has any."""
    kinds = [Found(provider.title, provider.find(actor, text, HITS)) for provider in assembled().SEARCH]
    return [kind for kind in kinds if kind.hits]


@signed_in
def evidence_file(request: ActorRequest, code: str) -> HttpResponse:
    """A file, for whoever may see the record it belongs to; only pictures are shown inside the browser."""
    found = evidence.readable(request.actor, code)
    content = evidence.open_file(actor=request.actor, evidence=found)
    kind = found.file.media_type
    inline = kind in evidence.INLINE_SAFE and "download" not in request.GET
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, found.title) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response
