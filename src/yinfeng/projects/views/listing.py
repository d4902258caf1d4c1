"""The list of projects, its exports and saved views, and the board."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yinfeng.core.errors import NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, policy
from yinfeng.projects.enums import Stage
from yinfeng.projects.exports import COLUMN_TITLES, projects_file
from yinfeng.projects.forms import FilterForm, ViewForm
from yinfeng.projects.models import SavedView
from yinfeng.projects.queries import board as lanes_of
from yinfeng.projects.queries.board import lane_page
from yinfeng.projects.queries.listing import (
    DEFAULT_SORT,
    PAGE,
    SORTS,
    ProjectFilter,
    in_order,
    list_choices,
    projects_matching,
    totals_of,
)
from yinfeng.projects.queries.rows import as_rows, with_debts
from yinfeng.projects.views.shared import form_page
from yinfeng.ui.lists import Column, ListState, PageSlice, paginate
from yinfeng.ui.rendering import done, page

HIDDEN_AT_FIRST = frozenset(
    {"kind", "region", "officer", "product", "capacity", "fixed", "verified", "changed", "stage_on", "grade"}
)
SORTED_BY = {"name": "name", "total": "total", "stage_on": "stage_on", "changed": "changed"}
NUMERIC = frozenset({"total", "fixed", "contract", "year", "verified", "owed"})
COLUMNS = tuple(
    Column(key, title, sort=SORTED_BY.get(key, ""), numeric=key in NUMERIC, default=key not in HIDDEN_AT_FIRST)
    for key, title in COLUMN_TITLES.items()
)


@signed_in
def project_list(request: ActorRequest) -> HttpResponse:
    """Projects of the scope: filtered, sorted, with chosen columns; exported as they are seen."""
    wanted = ProjectFilter.read(request.GET.dict())
    state = ListState.from_request(request, COLUMNS, SORTS, DEFAULT_SORT)
    rows = projects_matching(request.actor, wanted)
    ordered = in_order(rows, state.order_by)
    if request.GET.get("format") in {"xlsx", "csv"}:
        return projects_file(
            actor=request.actor, rows=ordered, state=state, wanted=wanted.words, form=request.GET["format"]
        )
    totals = totals_of(rows)
    seen = with_debts(ordered).select_related("chain", "lead_unit", "region", "officer")
    projects = paginate(seen, min(state.page, max(1, -(-totals.count // 50))), counted=False)
    choices = list_choices(request.actor)
    context = {
        "state": state,
        "totals": totals,
        "slice": PageSlice(
            as_rows(request.actor, projects.rows),
            projects.number,
            projects.has_next,
            projects.has_previous,
            totals.count,
        ),
        "filter_form": FilterForm(request.GET, choices=choices),
        "wanted": wanted,
        "keep": carried(request),
        "views": choices["view"],
        "can_create": policy.can_create(request.actor),
        "columns": COLUMNS,
    }
    return page(request, "projects/project_list.html", context, fragment="rows")


def carried(request: ActorRequest) -> Mapping[str, str]:
    """Sort and columns, which a change of filter keeps."""
    return {name: value for name in ("sort", "cols") if (value := ",".join(request.GET.getlist(name)))}


@signed_in
def board(request: ActorRequest) -> HttpResponse:
    """The board: lanes of stages with their newest cards; ``?lane=`` asks for one further page of a lane."""
    wanted = ProjectFilter.read(request.GET.dict())
    rows = projects_matching(request.actor, wanted)
    context: dict[str, Any] = {"wanted": wanted, "can_create": policy.can_create(request.actor)}
    if "lane" in request.GET:
        return page(request, "projects/_lane.html", context | {"lane": _lane(request, rows)})
    choices = list_choices(request.actor)
    lanes = lanes_of(request.actor, rows)
    context |= {
        "lanes": lanes,
        "count": sum(lane.count for lane in lanes),
        "total_wan": sum(lane.total_wan or 0 for lane in lanes),
        "filter_form": _board_filter(request, choices),
    }
    return page(request, "projects/board.html", context, fragment="lanes")


def _lane(request: ActorRequest, rows: Any) -> Any:
    """The page of a lane that the address asks for."""
    number, name = request.GET.get("page", "2"), request.GET["lane"]
    if name not in Stage.values or not (number.isascii() and number.isdigit() and 0 < int(number) < 10_000):
        raise NotVisible
    return lane_page(request.actor, rows, Stage(name), int(number))


def _board_filter(request: ActorRequest, choices: Any) -> FilterForm:
    """The list's filter without what the lanes themselves say."""
    form = FilterForm(request.GET, choices=choices)
    for name in ("stage", "pool"):
        del form.fields[name]
    return form


@signed_in
@require_http_methods(["GET", "POST"])
def save_view(request: ActorRequest) -> HttpResponse:
    """Keep the list as it stands under a name."""
    form = ViewForm(request.POST or None, initial={"query": request.GET.urlencode()[:2000]})
    if not policy.can_share_view(request.actor):
        del form.fields["shared"]
    address = reverse("projects:list")

    def save(form: ViewForm) -> tuple[str, str]:
        values = form.values()
        view = actions.save_view(
            actor=request.actor,
            page=PAGE,
            title=values["title"],
            query=values["query"],
            shared=values.get("shared", False),
        )
        return f"{address}?{view.query}", _("视图“%(title)s”已保存。") % {"title": view.title}

    return form_page(
        request,
        form,
        title=_("保存视图"),
        submit=_("保存"),
        save=save,
        cancel=address,
        lead=_("筛选条件、排序和所选栏目会一起保存。"),
    )


@signed_in
@require_POST
def delete_view(request: ActorRequest, code: str) -> HttpResponse:
    """Delete one's own saved view."""
    view = SavedView.objects.visible_to(request.actor).filter(code=code).first()
    if view is None:
        raise NotVisible
    actions.delete_view(actor=request.actor, view=view)
    return done(request, reverse("projects:list"), _("视图已删除。"))
