"""Opportunities: the list, one of them, and turning it into a project."""

from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, policy
from yinfeng.projects.forms import OpportunityFilterForm, OpportunityForm, ReasonForm, TakeUpForm
from yinfeng.projects.models import Opportunity
from yinfeng.projects.queries.listing import list_choices
from yinfeng.projects.queries.opportunities import OpportunityFilter, opportunities_matching
from yinfeng.projects.views.shared import form_page, found_opportunity, page_of
from yinfeng.ui.lists import Column, ListState, paginate
from yinfeng.ui.rendering import page

COLUMNS = (
    Column("name", gettext_lazy("项目名称"), sort="name"),
    Column("chain", gettext_lazy("产业链"), sort="chain"),
    Column("product", gettext_lazy("产品")),
    Column("capacity", gettext_lazy("规模")),
    Column("total", gettext_lazy("估算总投资（亿元）"), sort="total", numeric=True),
    Column("unit", gettext_lazy("责任单位")),
    Column("state", gettext_lazy("状态"), sort="state"),
)
SORTS = {
    "name": ("name", "id"),
    "chain": ("chain__position", "name", "id"),
    "total": ("total_wan", "id"),
    "state": ("state", "name", "id"),
}


def address_of(opportunity: Opportunity) -> str:
    """The address of an opportunity's page."""
    return reverse("projects:opportunity", args=[opportunity.code])


@signed_in
def opportunity_list(request: ActorRequest) -> HttpResponse:
    """Self-conceived projects on offer."""
    wanted = OpportunityFilter.read(request.GET.dict())
    state = ListState.from_request(request, COLUMNS, SORTS, "chain")
    rows = opportunities_matching(request.actor, wanted)
    choices = list_choices(request.actor)
    context = {
        "state": state,
        "slice": paginate(rows.order_by(*state.order_by), state.page),
        "total_wan": rows.aggregate(total=Sum("total_wan"))["total"],
        "filter_form": OpportunityFilterForm(request.GET, chains=choices["chain"]),
        "can_create": policy.can_create(request.actor),
    }
    return page(request, "projects/opportunity_list.html", context, fragment="rows")


@signed_in
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """One opportunity."""
    opportunity = found_opportunity(request, code)
    context = {"o": opportunity, "can_edit": policy.can_edit_opportunity(request.actor, opportunity)}
    return page(request, "projects/opportunity.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Register an opportunity."""
    policy.can_create(request.actor).require()
    form = OpportunityForm(request.POST or None, actor=request.actor)

    def save(form: OpportunityForm) -> tuple[str, str]:
        opportunity = actions.create_opportunity(
            actor=request.actor, values=form.opportunity_values(), state=form.cleaned_data["state"]
        )
        return address_of(opportunity), _("推介项目已登记。")

    return form_page(
        request,
        form,
        title=_("登记推介项目"),
        submit=_("登记"),
        save=save,
        cancel=reverse("projects:opportunities"),
        more=form.more,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change what is said of an opportunity."""
    opportunity = found_opportunity(request, code)
    policy.can_edit_opportunity(request.actor, opportunity).require()
    now = initial_of(opportunity)
    form = OpportunityForm(request.POST or None, actor=request.actor, initial=now)

    def save(form: OpportunityForm) -> tuple[str, str]:
        actions.update_opportunity(
            actor=request.actor,
            opportunity_id=opportunity.pk,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
        return address_of(opportunity), _("已保存。")

    return form_page(
        request,
        form,
        title=_("修改推介项目"),
        submit=_("保存"),
        save=save,
        cancel=address_of(opportunity),
        current=now,
    )


def initial_of(opportunity: Opportunity) -> dict[str, Any]:
    """An opportunity's values as the fields start with them."""
    plain = ("name", "product", "capacity", "content", "offered", "total_wan", "source", "state", "version")
    return {name: getattr(opportunity, name) for name in plain} | {
        name: record.code if record else None
        for name, record in (
            ("chain", opportunity.chain),
            ("lead_unit", opportunity.lead_unit),
            ("region", opportunity.region),
        )
    }


@signed_in
@require_http_methods(["GET", "POST"])
def take_up(request: ActorRequest, code: str) -> HttpResponse:
    """Turn an opportunity into the project of an investor."""
    opportunity = found_opportunity(request, code)
    policy.can_edit_opportunity(request.actor, opportunity).require()
    form = TakeUpForm(request.POST or None, initial={"version": opportunity.version})

    def save(form: TakeUpForm) -> tuple[str, str]:
        project = actions.take_up_opportunity(
            actor=request.actor,
            opportunity=opportunity,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        return page_of(project), _("已转为项目。")

    return form_page(
        request,
        form,
        title=_("转为项目"),
        submit=_("转为项目"),
        save=save,
        cancel=address_of(opportunity),
        lead=_("“%(name)s”的产业链、产品、规模和投资会带入新项目。") % {"name": opportunity.name},
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take a wrongly registered opportunity out of the list."""
    opportunity = found_opportunity(request, code)
    policy.can_edit_opportunity(request.actor, opportunity).require()
    form = ReasonForm(request.POST or None, initial={"version": opportunity.version})

    def save(form: ReasonForm) -> tuple[str, str]:
        actions.withdraw_opportunity(
            actor=request.actor,
            opportunity=opportunity,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"] or 0,
        )
        return reverse("projects:opportunities"), _("推介项目已撤回。")

    return form_page(
        request,
        form,
        title=_("撤回推介项目"),
        submit=_("撤回"),
        save=save,
        cancel=address_of(opportunity),
        danger=True,
    )
