"""Gives every request its actor, and keeps a person with a first password on the page that changes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.org.models import User
from yinfeng.org.periods import the_place
from yinfeng.org.scope import actor_for

NOBODY = Actor(label="")
OPEN_PATHS = ("/static/", "/i18n/")


def click(request: HttpRequest) -> str:
    """The key of the one click that sent the request; a text that is no key counts as none."""
    key = request.POST.get("gesture", "")
    return key[:64] if key.isprintable() else ""


class PlaceMiddleware:
    """Sets ``request.place``; with sample data, *today* is the day on which the sample stands (shown in its banner)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/static/"):
            return self.get_response(request)
        place = the_place()
        request.place = place  # type: ignore[attr-defined]  # read by the frame
        with clock.standing_on(place.demo_today if place else None):
            return self.get_response(request)


class ActorMiddleware:
    """Sets ``request.actor``: the person with roles and scope, or nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            request.actor = actor_for(  # type: ignore[attr-defined]  # views take ActorRequest
                user, address=request.META.get("REMOTE_ADDR", ""), gesture=click(request)
            )
            if user.must_change_password and not self._may_pass(request):
                return self._to_password(request)
        else:
            request.actor = NOBODY  # type: ignore[attr-defined]  # views take ActorRequest
        return self.get_response(request)

    @staticmethod
    def _to_password(request: HttpRequest) -> HttpResponse:
        """The way to the page that changes a first password; htmx is told to leave the page."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("org:password")})
        return redirect("org:password")

    @staticmethod
    def _may_pass(request: HttpRequest) -> bool:
        """Pages that somebody with a first password may open."""
        return request.path in {reverse("org:password"), reverse("org:logout")} or request.path.startswith(OPEN_PATHS)
