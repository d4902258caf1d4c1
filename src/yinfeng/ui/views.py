"""The page that shows every part of the shared look."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from yinfeng.ui.lists import ListState
from yinfeng.ui.rendering import invalid, page
from yinfeng.ui.samples import COLUMNS, SORTS, SampleForm, parts


@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part with its inputs; its form can be tried, nothing is kept."""
    if "dialog" in request.GET or request.method == "POST":
        return sample_form(request)
    if "figure" in request.GET:
        return page(request, "ui/styleguide_figure.html", parts())
    state = ListState.from_request(request, COLUMNS, SORTS, "-total")
    return page(request, "ui/styleguide.html", {**parts(), "state": state}, fragment="rows")


def sample_form(request: HttpRequest) -> HttpResponse:
    """The form of the style guide on its own, as a dialog shows it."""
    form = SampleForm(request.POST or None, request.FILES or None)
    context = {"form": form, "folded": ["grade", "demo", "note", "file"]}
    if request.method == "POST":
        form.is_valid()
        return invalid(request, "ui/styleguide_form.html", context)
    return page(request, "ui/styleguide_form.html", context)
