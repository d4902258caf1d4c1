"""The settings: the place, its regions and parks, parameters, and the log."""

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core import audit
from yinfeng.core.actor import Role
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.http import ActorRequest
from yinfeng.core.models import Parameter
from yinfeng.core.parameters import set_parameter
from yinfeng.org import actions, log, policy, queries
from yinfeng.org.access import role_required, signed_in
from yinfeng.org.forms import LogFilterForm, ParameterForm, ParkForm, PlaceForm
from yinfeng.org.models import Place, TaskForce, Unit, User
from yinfeng.org.periods import the_place
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page

PLACE_FIELDS = ("name", "short_name", "office_name", "year", "report_day", "final_day", "version")


@signed_in
def settings(request: ActorRequest) -> HttpResponse:
    """What this installation is set up for, with the way to every list behind it."""
    actor = request.actor
    context = {
        "tab": "place",
        "here": the_place(),
        "may_administer": policy.can_administer(actor),
        "units": Unit.objects.visible_to(actor).filter(active=True).count(),
        "reporting": Unit.objects.visible_to(actor).filter(active=True, reports=True).count(),
        "forces": TaskForce.objects.visible_to(actor).filter(active=True).count(),
        "people": User.objects.visible_to(actor).filter(is_active=True).count(),
    }
    return page(request, "org/settings.html", context)


@role_required(Role.ADMIN)
def place_edit(request: ActorRequest) -> HttpResponse:
    """Change the place."""
    here = the_place()
    known = {name: getattr(here, name) for name in PLACE_FIELDS} | {"region_code": here.region.code} if here else {}
    form = PlaceForm(request.POST or None, initial=known)
    context = {"form": form}
    if request.method != "POST":
        return page(request, "org/place_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/place_form.html", context)
    try:
        actions.set_place(actor=request.actor, **form.values(), version=form.cleaned_data["version"])
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/place_form.html", context)
    except Conflict as conflict:
        stands: Place = conflict.current
        form.overtaken(
            conflict, {name: getattr(stands, name) for name in PLACE_FIELDS} | {"region_code": stands.region.code}
        )
        return page(request, "org/place_form.html", context, status=409)
    return done(request, reverse("org:settings"), _("本地设置已保存。"))


@signed_in
def regions(request: ActorRequest) -> HttpResponse:
    """The place's administrative divisions and parks."""
    context = {
        "tab": "regions",
        "rows": queries.region_tree(request.actor),
        "may_organise": policy.can_organise(request.actor),
    }
    return page(request, "org/regions.html", context)


@role_required(Role.ADMIN, Role.OFFICE)
def park_create(request: ActorRequest) -> HttpResponse:
    """Set up a park."""
    form = ParkForm(request.POST or None, actor=request.actor)
    context = {"form": form}
    if request.method != "POST":
        return page(request, "org/park_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/park_form.html", context)
    try:
        actions.create_park(actor=request.actor, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/park_form.html", context)
    return done(request, reverse("org:regions"), _("园区已登记。"))


@signed_in
def parameters(request: ActorRequest) -> HttpResponse:
    """Every version of every parameter, with what is not verified marked."""
    rows = Parameter.objects.visible_to(request.actor).order_by("key", "-effective_from")
    context = {
        "tab": "parameters",
        "slice": paginate(rows, page_number(request)),
        "may_organise": policy.can_organise(request.actor),
    }
    return page(request, "org/parameters.html", context, fragment="rows")


def page_number(request: ActorRequest) -> int:
    """The page asked for; nonsense is the first."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@role_required(Role.ADMIN, Role.OFFICE)
def parameter_create(request: ActorRequest) -> HttpResponse:
    """Put a new version in force; ``?like=CODE`` starts from the one on record."""
    like = Parameter.objects.visible_to(request.actor).filter(code=request.GET.get("like", "")).first()
    known = (
        {name: getattr(like, name) for name in ("key", "title", "value", "unit", "source", "clause")} if like else {}
    )
    form = ParameterForm(request.POST or None, initial=known)
    context = {"form": form, "like": like}
    if request.method != "POST":
        return page(request, "org/parameter_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/parameter_form.html", context)
    try:
        set_parameter(actor=request.actor, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/parameter_form.html", context)
    return done(request, reverse("org:parameters"), _("新版本已登记，到生效日起用。"))


@role_required(Role.ADMIN, Role.AUDITOR, Role.OFFICE)
def audit_log(request: ActorRequest) -> HttpResponse:
    """The log, newest first, narrowed by person, verb or record; before and after side by side."""
    verbs = sorted(assembled().VERB_LABELS.items())
    form = LogFilterForm(request.GET or None, verbs=verbs)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    named = asked.get("person", "").strip()
    person = _person(request, named) if named else None
    rows = log.entries(request.actor, person=person, verb=asked.get("verb", ""), code=asked.get("code", "").strip())
    if form.is_bound and not form.is_valid():
        rows = rows.none()
    found = paginate(rows, page_number(request), counted=False)
    sealed, waiting = audit.state()
    context = {
        "form": form if form.is_bound else LogFilterForm(verbs=verbs),
        "slice": found,
        "lines": log.lines(found.rows),
        "sealed": sealed,
        "waiting": waiting,
    }
    return page(request, "org/audit_log.html", context, fragment="rows")


def _person(request: ActorRequest, named: str) -> int:
    """The id of the person of that post, login name or code; 0, which nobody has, when there is none."""
    known = User.objects.visible_to(request.actor).filter(Q(code=named.upper()) | Q(username=named) | Q(post=named))
    return known.values_list("pk", flat=True).first() or 0
