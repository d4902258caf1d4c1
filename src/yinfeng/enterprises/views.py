"""Pages of the firm library: list, firm, new firm, change, another name."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.enterprises import actions, policy, queries
from yinfeng.enterprises.forms import AliasForm, EnterpriseFilterForm, EnterpriseForm
from yinfeng.enterprises.models import Enterprise
from yinfeng.org import log
from yinfeng.org.access import signed_in
from yinfeng.ui.lists import Column, ListState, paginate
from yinfeng.ui.rendering import done, invalid, page

COLUMNS = (
    Column("name", gettext_lazy("企业名称"), sort="name"),
    Column("kind", gettext_lazy("类型")),
    Column("origin", gettext_lazy("来源")),
    Column("province", gettext_lazy("省份")),
    Column("credit_code", gettext_lazy("统一社会信用代码")),
    Column("created", gettext_lazy("登记日期"), sort="created"),
)
SORTS: dict[str, str | tuple[str, ...]] = {"name": ("name", "id"), "created": ("created_at", "id")}
FORM_FIELDS = (*actions.FIELDS, "version")


def firm_with(request: ActorRequest, code: str) -> Enterprise:
    """The firm of this code."""
    found = Enterprise.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise NotVisible
    return found


@signed_in
def enterprises(request: ActorRequest) -> HttpResponse:
    """The library: searched in Chinese or pinyin, by kind and origin."""
    form = EnterpriseFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = queries.EnterpriseFilter(
        text=asked.get("q", ""), kind=asked.get("kind", ""), origin=asked.get("origin", "")
    )
    state = ListState.from_request(request, COLUMNS, SORTS, "name")
    rows = queries.enterprises(request.actor, wanted).order_by(*state.order_by)
    if form.is_bound and not form.is_valid():
        rows = rows.none()
    found = paginate(rows, state.page, counted=False)
    context = {
        "form": form,
        "state": state,
        "slice": found,
        "lines": [(firm, queries.province_name(firm.province_code)) for firm in found],
        "may_write": policy.can_write(request.actor),
    }
    return page(request, "enterprises/list.html", context, fragment="rows")


@signed_in
def enterprise(request: ActorRequest, code: str) -> HttpResponse:
    """One firm: who it is, its other names, and what other rooms know of it."""
    firm = firm_with(request, code)
    actor = request.actor
    context = {
        "firm": firm,
        "aliases": firm.aliases.visible_to(actor).order_by("id"),
        "warning": queries.code_warning(firm.credit_code),
        "panels": [(panel, panel.load(actor, [firm.pk]).get(firm.pk)) for panel in assembled().ENTERPRISE_PANELS],
        "may_write": policy.can_write(actor),
        "history": log.history_of(firm),
        "facts": (
            (_("企业名称"), firm.name),
            (_("类型"), firm.get_kind_display()),
            (_("来自省份"), queries.province_name(firm.province_code)),
            (_("资金来源地"), firm.get_origin_display()),
            (_("统一社会信用代码"), firm.credit_code),
            (_("所属集团"), firm.group_name),
            (_("备注"), firm.note),
            (_("代码"), firm.code),
        ),
    }
    return page(request, "enterprises/detail.html", context)


@signed_in
def enterprise_create(request: ActorRequest) -> HttpResponse:
    """Register a firm; the same firm is not registered twice."""
    policy.can_write(request.actor).require()
    form = EnterpriseForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    context = {"form": form}
    if request.method != "POST":
        return page(request, "enterprises/form.html", context)
    if not form.is_valid():
        return invalid(request, "enterprises/form.html", context)
    known = queries.enterprise_like(form.cleaned_data["name"], form.cleaned_data["credit_code"])
    try:
        firm = actions.register_enterprise(actor=request.actor, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "enterprises/form.html", context)
    said = _("企业库里已有这家企业，没有重复登记。") if known else _said(firm)
    return done(request, reverse("enterprises:detail", args=[firm.code]), said)


def _said(firm: Enterprise) -> str:
    """What to say after saving: done, or done with a warning."""
    warning = queries.code_warning(firm.credit_code)
    return _("已保存；信用代码%(warning)s。") % {"warning": warning} if warning else _("企业已保存。")


@signed_in
def enterprise_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change what is said of a firm."""
    policy.can_write(request.actor).require()
    firm = firm_with(request, code)
    form = EnterpriseForm(request.POST or None, initial=_told(firm))
    context = {"form": form, "firm": firm}
    if request.method != "POST":
        return page(request, "enterprises/form.html", context)
    if not form.is_valid():
        return invalid(request, "enterprises/form.html", context)
    version = form.cleaned_data["version"] or 0
    try:
        saved = actions.update_enterprise(
            actor=request.actor, enterprise_id=firm.pk, version=version, values=form.values()
        )
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "enterprises/form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, _told(conflict.current))
        return page(request, "enterprises/form.html", context, status=409)
    return done(request, reverse("enterprises:detail", args=[firm.code]), _said(saved))


def _told(firm: Enterprise) -> dict[str, Any]:
    """A firm as the form shows it."""
    return {name: getattr(firm, name) for name in FORM_FIELDS}


@signed_in
def alias_create(request: ActorRequest, code: str) -> HttpResponse:
    """Note another name of a firm."""
    policy.can_write(request.actor).require()
    firm = firm_with(request, code)
    form = AliasForm(request.POST or None)
    context = {"form": form, "firm": firm}
    if request.method != "POST":
        return page(request, "enterprises/alias_form.html", context)
    if not form.is_valid():
        return invalid(request, "enterprises/alias_form.html", context)
    try:
        actions.add_alias(actor=request.actor, enterprise=firm, name=form.cleaned_data["name"])
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "enterprises/alias_form.html", context)
    return done(request, reverse("enterprises:detail", args=[firm.code]), _("别名已登记。"))
