"""Who may open a page: decorators for views, and the reason that a person reads when a page is not for them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Role
from yinfeng.core.errors import Refused
from yinfeng.core.http import ActorRequest
from yinfeng.org.enums import ROLE_LABELS

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> Page[P]:
    """Let only people who are logged in through; the others are led to the login page and back."""
    return role_required()(view)


def role_required(*roles: Role) -> Callable[[View[P]], Page[P]]:
    """Let only people with one of *roles* through; 403 with the reason for the others."""

    def guard(view: View[P]) -> Page[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            known = cast(ActorRequest, request)
            if known.actor.user_id is None:
                return to_login(request)
            if roles and not known.actor.has(*roles):
                raise Refused(only_for(roles))
            return view(known, *args, **kwargs)

        setattr(guarded, "roles", frozenset(roles))  # noqa: B010 - mypy knows no such attribute on a callable
        return guarded

    return guard


def only_for(roles: tuple[Role, ...]) -> str:
    """The sentence that says whom a page is for."""
    names = format_lazy("、".join(["{}"] * len(roles)), *(ROLE_LABELS[role] for role in roles))
    return str(_("此页面只对%(roles)s开放，如需使用请联系管理员。") % {"roles": names})


def to_login(request: HttpRequest) -> HttpResponse:
    """The way to the login page and back to where the person wanted to go; htmx is told to leave the page."""
    back = request.get_full_path() if request.method == "GET" and not request.headers.get("HX-Request") else ""
    address = reverse("org:login") + (f"?next={quote(back)}" if back else "")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
