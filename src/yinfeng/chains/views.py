"""Pages of the industry chains."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinfeng.chains import actions, policy, queries
from yinfeng.chains.forms import ChainForm, MasterForm
from yinfeng.chains.models import Chain
from yinfeng.core.actor import Role
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.enterprises.models import Enterprise
from yinfeng.org import queries as org_queries
from yinfeng.org.access import role_required, signed_in
from yinfeng.ui.rendering import done, invalid, page

FORM_FIELDS = ("name", "short_name", "group", "sector", "colour", "position", "active", "version")


def chain_with(request: ActorRequest, code: str) -> Chain:
    """The chain of this code."""
    found = queries.chains(request.actor).filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


@signed_in
def chains(request: ActorRequest) -> HttpResponse:
    """The chains with their task forces and chain masters."""
    context = {"rows": queries.chains(request.actor), "may_organise": policy.can_organise(request.actor)}
    return page(request, "chains/list.html", context)


@signed_in
def chain(request: ActorRequest, code: str) -> HttpResponse:
    """One chain: who answers for it, who leads it, and what other rooms know of it."""
    found = chain_with(request, code)
    actor = request.actor
    force = org_queries.task_forces(actor).filter(pk=found.task_force_id).first() if found.task_force_id else None
    context = {
        "chain": found,
        "force": force,
        "makeup": org_queries.makeup(force) if force else None,
        "masters": found.masters.all(),
        "panels": [(panel, panel.load(actor, [found.pk]).get(found.pk)) for panel in assembled().CHAIN_PANELS],
        "may_organise": policy.can_organise(actor),
        "facts": (
            (_("分组"), found.get_group_display()),
            (_("行业"), found.get_sector_display()),
            (_("其他叫法"), _("、").join(alias.name for alias in found.aliases.all())),
            (_("代码"), found.code),
        ),
    }
    return page(request, "chains/detail.html", context)


@role_required(Role.ADMIN, Role.OFFICE)
def chain_create(request: ActorRequest) -> HttpResponse:
    """Set up a chain."""
    form = ChainForm(request.POST or None, actor=request.actor)
    context = {"form": form}
    if request.method != "POST":
        return page(request, "chains/form.html", context)
    if not form.is_valid():
        return invalid(request, "chains/form.html", context)
    values = form.values()
    try:
        made = actions.create_chain(actor=request.actor, **values | {"aliases": values["aliases"].splitlines()})
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "chains/form.html", context)
    return done(request, reverse("chains:detail", args=[made.code]), _("产业链已新增。"))


@role_required(Role.ADMIN, Role.OFFICE)
def chain_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change what is said of a chain."""
    found = chain_with(request, code)
    form = ChainForm(request.POST or None, actor=request.actor, chain=found, initial=_told(found))
    context = {"form": form, "chain": found}
    if request.method != "POST":
        return page(request, "chains/form.html", context)
    if not form.is_valid():
        return invalid(request, "chains/form.html", context)
    version = form.cleaned_data["version"] or 0
    try:
        actions.update_chain(actor=request.actor, chain_id=found.pk, version=version, values=form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "chains/form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, _told(conflict.current))
        return page(request, "chains/form.html", context, status=409)
    return done(request, reverse("chains:detail", args=[found.code]), _("产业链已保存。"))


def _told(chain: Chain) -> dict[str, Any]:
    """A chain as the form shows it."""
    return {name: getattr(chain, name) for name in FORM_FIELDS}


@role_required(Role.ADMIN, Role.OFFICE)
def master_create(request: ActorRequest, code: str) -> HttpResponse:
    """Name a firm as chain master; one not on record is registered on the way."""
    found = chain_with(request, code)
    form = MasterForm(request.POST or None)
    context = {"form": form, "chain": found}
    if request.method != "POST":
        return page(request, "chains/master_form.html", context)
    if not form.is_valid():
        return invalid(request, "chains/master_form.html", context)
    try:
        actions.name_chain_master(actor=request.actor, chain=found, name=form.cleaned_data["enterprise"])
    except Invalid as errors:
        form.apply(Invalid({"enterprise": errors.message}))
        return invalid(request, "chains/master_form.html", context)
    return done(request, reverse("chains:detail", args=[found.code]), _("链主企业已确定。"))


@require_POST
@role_required(Role.ADMIN, Role.OFFICE)
def master_remove(request: ActorRequest, code: str, enterprise_code: str) -> HttpResponse:
    """A firm no longer leads the chain."""
    found = chain_with(request, code)
    firm = Enterprise.objects.visible_to(request.actor).filter(code=enterprise_code).first()
    if firm is None:
        raise NotVisible
    actions.remove_chain_master(actor=request.actor, chain=found, enterprise=firm)
    return done(request, reverse("chains:detail", args=[found.code]), _("已取消链主企业。"))
