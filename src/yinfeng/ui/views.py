"""The page that shows every part of the shared look."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from yinfeng.ui.rendering import page


@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every part with its inputs."""
    return page(request, "ui/styleguide.html")
