"""Units and task forces."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core.actor import Role
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org import actions, policy, queries
from yinfeng.org.access import role_required, signed_in
from yinfeng.org.forms import TaskForceForm, UnitForm
from yinfeng.org.models import TaskForce, Unit, User
from yinfeng.ui.rendering import done, invalid, page

UNIT_FIELDS = ("name", "short_name", "kind", "reports", "position", "active", "version")


def unit_with(request: ActorRequest, code: str) -> Unit:
    """The unit of this code."""
    found: Unit | None = (
        Unit.objects.visible_to(request.actor).filter(code=code).select_related("parent", "region").first()
    )
    if found is None:
        raise NotVisible
    return found


@signed_in
def units(request: ActorRequest) -> HttpResponse:
    """The unit tree."""
    rows = queries.unit_tree(request.actor)
    context = {"tab": "units", "rows": rows, "may_organise": policy.can_organise(request.actor)}
    return page(request, "org/units.html", context)


@signed_in
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """One unit: where it stands, who works there, which task forces it is part of, and what other rooms add."""
    found = unit_with(request, code)
    actor = request.actor
    context = {
        "unit": found,
        "children": Unit.objects.visible_to(actor).filter(parent=found),
        "people": queries.people(actor, queries.PeopleFilter(unit=found.code))[:100],
        "parts": found.forces.select_related("task_force").order_by("role", "task_force__position"),
        "panels": [(panel, panel.load(actor, [found.pk]).get(found.pk)) for panel in assembled().UNIT_PANELS],
        "may_organise": policy.can_organise(actor),
        "facts": (
            (_("全称"), found.name),
            (_("类型"), found.get_kind_display()),
            (_("上级单位"), found.parent.name if found.parent else ""),
            (_("所在行政区/园区"), found.region.name if found.region else ""),
            (_("每月报送"), _("是") if found.reports else _("否")),
            (_("代码"), found.code),
        ),
    }
    return page(request, "org/unit.html", context)


@role_required(Role.ADMIN, Role.OFFICE)
def unit_create(request: ActorRequest) -> HttpResponse:
    """Set up a unit; ``?parent=CODE`` says under which."""
    form = UnitForm(request.POST or None, actor=request.actor, initial={"parent": request.GET.get("parent", "")})
    context = {"form": form}
    if request.method != "POST":
        return page(request, "org/unit_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/unit_form.html", context)
    try:
        actions.create_unit(actor=request.actor, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/unit_form.html", context)
    return done(request, reverse("org:units"), _("单位已新增。"))


@role_required(Role.ADMIN, Role.OFFICE)
def unit_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change a unit."""
    found = unit_with(request, code)
    form = UnitForm(request.POST or None, actor=request.actor, unit=found, initial=_told(found))
    context = {"form": form, "unit": found}
    if request.method != "POST":
        return page(request, "org/unit_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/unit_form.html", context)
    try:
        actions.update_unit(
            actor=request.actor, unit_id=found.pk, version=form.cleaned_data["version"] or 0, values=form.values()
        )
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/unit_form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, _told(conflict.current))
        return page(request, "org/unit_form.html", context, status=409)
    return done(request, reverse("org:unit", args=[found.code]), _("单位已保存。"))


def _told(unit: Unit) -> dict[str, Any]:
    """A unit as the form shows it."""
    return {name: getattr(unit, name) for name in UNIT_FIELDS} | {"region": unit.region.code if unit.region else ""}


def force_with(request: ActorRequest, code: str) -> TaskForce:
    """The task force of this code, with its posts and units."""
    found = queries.task_forces(request.actor).filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


@signed_in
def task_forces(request: ActorRequest) -> HttpResponse:
    """The task forces with their posts and units."""
    rows = [(force, queries.makeup(force)) for force in queries.task_forces(request.actor)]
    context = {"tab": "task_forces", "rows": rows, "may_organise": policy.can_organise(request.actor)}
    return page(request, "org/task_forces.html", context)


@signed_in
def task_force(request: ActorRequest, code: str) -> HttpResponse:
    """One task force: who answers for it, which units, who may see its projects."""
    found = force_with(request, code)
    actor = request.actor
    makeup = queries.makeup(found)
    members = User.objects.visible_to(actor).filter(memberships__node=found.node_id, is_active=True).distinct()
    context = {
        "force": found,
        "makeup": makeup,
        "members": members.select_related("unit")[:100],
        "panels": [(panel, panel.load(actor, [found.pk]).get(found.pk)) for panel in assembled().FORCE_PANELS],
        "may_organise": policy.can_organise(actor),
    }
    return page(request, "org/task_force.html", context)


@role_required(Role.ADMIN, Role.OFFICE)
def task_force_create(request: ActorRequest) -> HttpResponse:
    """Set up a task force."""
    form = TaskForceForm(request.POST or None, actor=request.actor)
    context = {"form": form}
    if request.method != "POST":
        return page(request, "org/task_force_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/task_force_form.html", context)
    try:
        made = actions.create_task_force(actor=request.actor, **form.given())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/task_force_form.html", context)
    return done(request, reverse("org:task_force", args=[made.code]), _("专班已成立。"))


@role_required(Role.ADMIN, Role.OFFICE)
def task_force_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Say anew who makes up a task force."""
    found = force_with(request, code)
    told = TaskForceForm.told(found, queries.makeup(found))
    form = TaskForceForm(request.POST or None, actor=request.actor, force=found, initial=told)
    context = {"form": form, "force": found}
    if request.method != "POST":
        return page(request, "org/task_force_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/task_force_form.html", context)
    version = form.cleaned_data["version"] or 0
    try:
        actions.update_task_force(actor=request.actor, task_force_id=found.pk, version=version, **form.given())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/task_force_form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, TaskForceForm.told(conflict.current, queries.makeup(conflict.current)))
        return page(request, "org/task_force_form.html", context, status=409)
    return done(request, reverse("org:task_force", args=[found.code]), _("专班已保存。"))
