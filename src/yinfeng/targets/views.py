"""Pages of the target room: any figure opened to its lines, targets side by side, the month's changes."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.core.period import Period
from yinfeng.org.access import signed_in
from yinfeng.org.periods import state_of
from yinfeng.targets import actions, policy, queries
from yinfeng.targets.exports import lines_csv, lines_workbook
from yinfeng.targets.forms import TargetForm, WithdrawForm, initial_of
from yinfeng.targets.metrics import METRICS, SCHEME, Window
from yinfeng.targets.metrics.base import AXIS_LABELS
from yinfeng.targets.models import Target
from yinfeng.ui.lists import PageSlice
from yinfeng.ui.rendering import done, invalid, page


@signed_in
@require_safe
def figure(request: ActorRequest, metric: str) -> HttpResponseBase:
    """Any figure: what it means, how it was counted, and every line it consists of."""
    asked = METRICS.get(metric)
    if asked is None:
        raise NotVisible(_("没有这个指标。"))
    words = request.GET
    scope = queries.scope_named(words.get("scope", ""))
    window = queries.window_named(words.get("period", ""), words.get("from", ""), words.get("to", ""))
    options = queries.options_named(asked, words.dict())
    found = asked.figure(scope, window, **options.__dict__)
    parts = queries.opened_parts(request.actor, found, _page(words.get("page", "")))
    wanted = words.get("format", "")
    if wanted == "xlsx":
        return lines_workbook(actor=request.actor, figure=found, parts=parts)
    if wanted == "csv":
        return lines_csv(actor=request.actor, figure=found, parts=parts)
    if wanted:
        raise Invalid({"format": _("只能导出 xlsx 或 csv。")})
    context = {
        "figure": found,
        "parts": [(part, _slice(part)) for part in parts],
        "scheme": SCHEME,
        "axis": AXIS_LABELS[asked.axis],
        "as_of": clock.now(),
        "state": state_of(window.last.code),
        "is_rate": len(parts) > 1,
    }
    return page(request, "targets/figure.html", context, fragment="lines")


def _page(text: str) -> int:
    """A page number; anything else is the first."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _slice(part: queries.Opened) -> PageSlice[Any]:
    """The paging of a figure's lines."""
    return PageSlice(
        list(part.rows), part.page, part.page * part.size < part.visible_count, part.page > 1, part.visible_count
    )


@signed_in
@require_safe
def target_list(request: ActorRequest) -> HttpResponse:
    """The year's targets, the ones that coexist beside each other, each against what is done."""
    month = queries.month_named(request.GET.get("period", ""))
    groups = queries.target_groups(request.actor, month)
    context = {
        "month": month,
        "place_groups": [group for group in groups if group.place_total is not None],
        "months": [month.year_period().shift(step).months()[-1] for step in (-1, 0, 1)],
        "groups": groups,
        "can_set": policy.can_set(request.actor),
        "elapsed": month.year_period().elapsed_share(month.last),
    }
    return page(request, "targets/target_list.html", context, fragment="rows")


@signed_in
@require_safe
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """One target: what it says, where it stands, which others stand beside it."""
    target = found(request.actor, code)
    month = queries.working_month()
    if str(month.year) != target.period[:4]:
        month = Period.of_year(int(target.period[:4])).months()[-1]
    groups = queries.target_groups(request.actor, month)
    lines = [line for group in groups for line in group.lines if line.target.metric == target.metric]
    context = {
        "target": target,
        "line": next((line for line in lines if line.target.pk == target.pk), None),
        "beside": [line for line in lines if line.target.pk != target.pk and line.target.scope_key == target.scope_key],
        "can_set": policy.can_set(request.actor),
        "month": month,
    }
    return page(request, "targets/target.html", context)


def found(actor: Actor, code: str) -> Target:
    """A target by its public code."""
    target = Target.objects.visible_to(actor).select_related("chain", "unit", "region").filter(code=code).first()
    if target is None:
        raise NotVisible
    return target


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Set a target."""
    policy.can_set(request.actor).require()
    initial = {"year": queries.working_month().year}
    form = TargetForm(request.POST or None, actor=request.actor, initial=initial)
    context = {"form": form, "title": _("下达目标"), "back": reverse("targets:list"), "more": TargetForm.MORE}
    if request.method == "GET":
        return page(request, "targets/target_form.html", context)
    if form.is_valid():
        try:
            target = actions.set_target(actor=request.actor, **form.target().as_fields())
        except Invalid as error:
            form.apply(error)
        else:
            return done(request, reverse("targets:detail", args=[target.code]), _("目标已下达。"))
    return invalid(request, "targets/target_form.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Put a target right."""
    target = found(request.actor, code)
    policy.can_set(request.actor).require()
    form = TargetForm(request.POST or None, actor=request.actor, initial=initial_of(target))
    back = reverse("targets:detail", args=[code])
    context = {"form": form, "title": _("修改目标"), "back": back, "more": TargetForm.MORE}
    if request.method == "GET":
        return page(request, "targets/target_form.html", context)
    if not form.is_valid():
        return invalid(request, "targets/target_form.html", context)
    try:
        actions.change_target(
            actor=request.actor,
            target_id=target.pk,
            version=form.cleaned_data["version"] or 0,
            values=form.target(target),
        )
    except Invalid as error:
        form.apply(error)
    except Conflict as error:
        form.overtaken(error, initial_of(error.current))
        return page(request, "targets/target_form.html", context, status=409)
    else:
        return done(request, back, _("已保存。"))
    return invalid(request, "targets/target_form.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take a target back, with the reason."""
    target = found(request.actor, code)
    policy.can_set(request.actor).require()
    form = WithdrawForm(request.POST or None, initial={"version": target.version})
    back = reverse("targets:detail", args=[code])
    context = {"form": form, "title": _("撤销目标"), "back": back, "target": target, "danger": True}
    if request.method == "GET":
        return page(request, "targets/target_form.html", context)
    if form.is_valid():
        try:
            actions.withdraw_target(
                actor=request.actor,
                target_id=target.pk,
                version=form.cleaned_data["version"] or 0,
                reason=form.cleaned_data["reason"],
            )
        except Invalid as error:
            form.apply(error)
        except Conflict as error:
            form.overtaken(error)
            return page(request, "targets/target_form.html", context, status=409)
        else:
            return done(request, reverse("targets:list"), _("目标已撤销。"))
    return invalid(request, "targets/target_form.html", context)


@signed_in
@require_safe
def changes(request: ActorRequest) -> HttpResponse:
    """What changed in a month, and who has nothing."""
    month = queries.month_named(request.GET.get("period", ""))
    scope = queries.scope_named(request.GET.get("scope", ""))
    window = Window.of(month)
    groups = queries.change_list(window, scope)
    context = {
        "month": month,
        "scope": scope,
        "state": state_of(month.code),
        "groups": [(group, queries.opened(request.actor, group.figure, size=100)) for group in groups],
        "changed": any(group.lines.count for group in groups),
        "idle": [
            {"title": _("本月挂零单位"), "rows": queries.units_with_nothing(window)},
            {"title": _("本年挂零单位"), "rows": queries.units_with_nothing(Window.year_to(month))},
        ],
        "months": month.year_period().months(),
        "chains": Chain.objects.visible_to(request.actor).filter(active=True),
    }
    return page(request, "targets/changes.html", context)
