"""Pages of the place room: starting a place, and removing the simulated facts of a sample."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinfeng.core.actor import Role
from yinfeng.core.errors import Invalid
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import role_required
from yinfeng.org.periods import the_place
from yinfeng.place import actions, queries
from yinfeng.place.forms import NewPlaceForm, RemoveDemoForm
from yinfeng.ui.rendering import done, invalid, page


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Start an empty place from a short form; afterwards the settings are the place to change it."""
    if the_place() is not None:
        return redirect("home")
    form = NewPlaceForm(request.POST or None)
    if request.method == "GET":
        return page(request, "place/new.html", {"form": form})
    if form.is_valid():
        try:
            place = actions.found_place(actor=request.actor, **form.values())
        except Invalid as error:
            form.apply(error)
        else:
            return done(request, reverse("home"), _("%(place)s 已建立，接着添加单位和专班。") % {"place": place.name})
    return invalid(request, "place/new.html", {"form": form})


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def demo(request: ActorRequest) -> HttpResponse:
    """What the sample simulated, and the button that removes all of it."""
    place = the_place()
    if request.method == "POST":
        removed = actions.remove_demo(actor=request.actor)
        return done(request, reverse("home"), _("已清除 %(count)s 条演示数据。") % {"count": sum(removed.values())})
    context = {"place": place, "form": RemoveDemoForm(), **queries.demo_counts()}
    return page(request, "place/demo.html", context)
