"""How a view answers: a whole page or the part that changed, a toast after a success, a form that came back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from yinfeng.core.errors import Text

DRAWERS = frozenset({"dialog", "panel"})
INVALID = 422
SEE_OTHER = 303


def target_of(request: HttpRequest) -> str:
    """The id of the element that htmx will put the answer into; empty for a plain request."""
    return request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""


def wants_part(request: HttpRequest) -> bool:
    """Whether the browser will put the answer into a page it already shows.

    A boosted link and a page restored from the history want the whole page.
    """
    asked = request.headers
    return bool(asked.get("HX-Request")) and not (asked.get("HX-Boosted") or asked.get("HX-History-Restore-Request"))


def layout_of(request: HttpRequest) -> str:
    """The frame that ``ui/page.html`` fills: everything, or only the page's own parts for the dialog and the panel."""
    in_drawer = wants_part(request) and target_of(request) in DRAWERS
    return "ui/drawer.html" if in_drawer else "ui/shell.html"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page *template*; for an htmx request only its partial *fragment*, if one is named.

    In the dialog and in the side panel the page stands as a whole without the frame around it, so that a view
    needs to know nothing about where it is shown.
    """
    part = bool(fragment) and wants_part(request) and target_of(request) not in DRAWERS
    response = render(request, f"{template}#{fragment}" if part else template, dict(context or {}), status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def invalid(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, fragment: str = ""
) -> HttpResponse:
    """A form that cannot be accepted, shown again as it was filled in, with what is wrong beside the fields (422)."""
    return page(request, template, context, fragment=fragment, status=INVALID)


def done(request: HttpRequest, url: str, message: Text = "") -> HttpResponse:
    """Go to *url* after a success and say *message* there; htmx is told to leave the page it is on."""
    if message:
        messages.success(request, str(message))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url, "Vary": "HX-Request"})
    return HttpResponse(status=SEE_OTHER, headers={"Location": url, "Vary": "HX-Request"})
