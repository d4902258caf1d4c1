"""Turns domain errors that a view did not handle itself into answers a person understands."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from yinfeng.config.assembly import link
from yinfeng.core.errors import Conflict, DomainError, DoubleSubmit, Invalid, NotVisible, Refused

STATUS: dict[type[DomainError], int] = {NotVisible: 404, Refused: 403, Conflict: 409, Invalid: 422}

NUL = "\0"


class WholeWordsMiddleware:
    """Refuses an address or a cookie with a NUL character: PostgreSQL keeps no text with it, and no browser sends one.

    What is typed into forms is left to the forms, which say so beside the field.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = (text for _, texts in request.GET.lists() for text in texts)
        if any(NUL in text for text in (request.path, *asked, *request.COOKIES.values())):
            raise BadRequest("a NUL character")
        return self.get_response(request)


class DomainErrorMiddleware:
    """404 for what is out of scope, 403 with the reason, 409 with both versions, 303 for a second click."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a domain error; anything else stays an error of the program."""
        if isinstance(error, DoubleSubmit):
            return self._second_click(request, error)
        if not isinstance(error, DomainError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 400)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"code": error.code, "message": str(error.message)}, status=status)
        context = {"error": error, "status": status, "typed": request.POST}
        return render(request, "ui/problem.html", context, status=status)

    @staticmethod
    def _second_click(request: HttpRequest, error: DoubleSubmit) -> HttpResponse:
        """Lead a second click to what the first one made."""
        messages.info(request, str(error.message))
        where = link(error.target_type, error.target_code) or request.path
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        response = HttpResponseRedirect(where)
        response.status_code = 303
        return response
