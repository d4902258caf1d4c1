"""Pages of the ledger: list, entry, new entry, verifier's queue."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.evidence import attached_to
from yinfeng.core.http import ActorRequest
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger import actions, policy, queries
from yinfeng.ledger.enums import EntryState, FundKind, Verdict
from yinfeng.ledger.exports import entries_workbook
from yinfeng.ledger.forms import CorrectForm, FundForm, VerifyForm, VoucherForm, WithdrawForm
from yinfeng.ledger.models import FundEntry
from yinfeng.org.access import role_required, signed_in
from yinfeng.ui.forms import GestureForm
from yinfeng.ui.lists import Column, ListState, paginate
from yinfeng.ui.rendering import done, invalid, page

COLUMNS = (
    Column("arrived_on", gettext_lazy("到账日期"), sort="arrived"),
    Column("project", gettext_lazy("项目")),
    Column("payer", gettext_lazy("出资方"), sort="payer"),
    Column("origin", gettext_lazy("来源")),
    Column("kind", gettext_lazy("类型")),
    Column("amount", gettext_lazy("上报（万元）"), sort="amount", numeric=True),
    Column("verified", gettext_lazy("核定（万元）"), numeric=True),
    Column("period", gettext_lazy("计入月份"), sort="period"),
    Column("state", gettext_lazy("状态"), sort="state"),
)
SORTS: dict[str, str | tuple[str, ...]] = {
    "arrived": ("arrived_on", "id"),
    "payer": ("payer_name", "id"),
    "amount": ("amount_wan", "id"),
    "period": ("posted_period", "id"),
    "state": ("state", "recorded_at", "id"),
}


def found(actor: Actor, code: str) -> FundEntry:
    """The entry with this code among those the actor sees."""
    rows = FundEntry.objects.visible_to(actor).select_related("project", "project__chain", "unit", "payer", "corrects")
    entry = rows.filter(code=code).first()
    if entry is None:
        raise NotVisible
    return entry


def wanted_from(request: ActorRequest) -> queries.EntryFilter:
    """The filter that the address asks for."""
    names = ("state", "kind", "origin", "period", "chain", "project", "year")
    return queries.EntryFilter(
        **{name: request.GET.get(name, "").strip()[:40] for name in names}, text=request.GET.get("q", "").strip()[:60]
    )


@signed_in
def entry_list(request: ActorRequest) -> HttpResponse:
    """All entries of the scope with what they add up to."""
    wanted = wanted_from(request)
    state = ListState.from_request(request, COLUMNS, SORTS, "-arrived")
    rows = queries.entries(request.actor, wanted)
    if request.GET.get("format") == "xlsx":
        return entries_workbook(actor=request.actor, rows=rows.order_by(*state.order_by))
    context = {
        "wanted": wanted,
        "state": state,
        "totals": queries.totals(rows),
        "slice": paginate(rows.order_by(*state.order_by), state.page),
        "states": EntryState.choices,
        "kinds": FundKind.choices,
        "origins": Origin.choices,
        "chains": Chain.objects.visible_to(request.actor),
        "can_enter": policy.can_enter(request.actor),
        "waiting": queries.waiting(request.actor).count() if request.actor.has(Role.VERIFIER) else None,
    }
    return page(request, "ledger/entry_list.html", context, fragment="rows")


@signed_in
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """One entry: what was reported, what proves it, what was decided."""
    return page(request, "ledger/entry.html", entry_context(request.actor, found(request.actor, code)))


def entry_context(actor: Actor, entry: FundEntry) -> dict[str, Any]:
    """Everything the pages of one entry show."""
    return {
        "entry": entry,
        "shares": [(share, attached_to(share.voucher)) for share in queries.shares(actor, entry)],
        "doubles": queries.likely_doubles(actor, entry),
        "verdicts": queries.verdicts_of(entry),
        "corrections": FundEntry.objects.visible_to(actor).filter(corrects=entry).order_by("id"),
        "can_change": policy.can_change(actor, entry),
        "can_correct": policy.can_correct(actor, entry),
        "can_verify": policy.can_verify(actor, entry),
    }


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Enter money, with its voucher in the same step if there is one."""
    policy.can_enter(request.actor).require()
    initial = {"project": request.GET.get("project", ""), "arrived_on": clock.today(), "origin": Origin.OUT_OF_PROVINCE}
    form = FundForm(request.POST or None, actor=request.actor, initial=initial)
    with_voucher = bool(request.POST.get("voucher-number", "").strip() or request.FILES.get("voucher-file"))
    voucher = VoucherForm(request.POST or None, request.FILES or None, prefix="voucher")
    if not with_voucher:
        voucher = VoucherForm(prefix="voucher", initial={"gesture": ""})
    context = {"form": form, "voucher": voucher, "title": _("登记到位资金")}
    if request.method == "GET":
        return page(request, "ledger/entry_form.html", context)
    if not form.is_valid() or (with_voucher and not voucher.is_valid()):
        return invalid(request, "ledger/entry_form.html", context)
    values = form.cleaned_data
    try:
        entry = actions.enter_funds(
            actor=request.actor,
            project=values["project"],
            arrived_on=values["arrived_on"],
            amount_wan=values["amount_wan"],
            payer_name=values["payer_name"],
            origin=Origin(values["origin"]),
            province_code=values["province_code"],
            kind=FundKind(values["kind"]),
            note=values["note"],
            foreign=form.foreign(),
            vouchers=[voucher.claim()] if with_voucher else [],
        )
    except Invalid as error:
        target: GestureForm = (
            voucher
            if with_voucher and set(error.fields) & {"number", "face_wan", "split_certificate", "file"}
            else form
        )
        target.apply(error)
        return invalid(request, "ledger/entry_form.html", context)
    return done(request, reverse("ledger:detail", args=[entry.code]), _("已登记，等待核定。"))


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Put right an entry that nobody has verified yet."""
    entry = found(request.actor, code)
    policy.can_change(request.actor, entry).require()
    names = ("arrived_on", "amount_wan", "payer_name", "origin", "province_code", "kind", "note")
    initial = {name: getattr(entry, name) for name in names} | {"project": entry.project.code, "version": entry.version}
    form = FundForm(request.POST or None, actor=request.actor, initial=initial)
    context = {"form": form, "entry": entry, "title": _("修改到位资金")}
    if request.method == "GET":
        return page(request, "ledger/entry_form.html", context)
    if not form.is_valid():
        return invalid(request, "ledger/entry_form.html", context)
    values = {name: form.cleaned_data[name] for name in names}
    try:
        actions.change_funds(
            actor=request.actor, entry_id=entry.pk, version=form.cleaned_data["version"] or 0, values=values
        )
    except Invalid as error:
        form.apply(error)
    except Conflict as conflict:
        form.overtaken(conflict)
    else:
        return done(request, reverse("ledger:detail", args=[code]), _("已保存。"))
    return invalid(request, "ledger/entry_form.html", context)


def decided(
    request: ActorRequest,
    entry: FundEntry,
    form: GestureForm,
    title: str,
    act: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Show a small form about one entry, or carry out what it asks and go back to the entry."""
    context = {"form": form, "entry": entry, "title": title}
    if request.method == "GET":
        return page(request, "ledger/decision.html", context)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as error:
            form.apply(error)
        except Conflict as conflict:
            form.overtaken(conflict, current={})
        else:
            return done(request, request.POST.get("next_url") or reverse("ledger:detail", args=[entry.code]), said)
    return invalid(request, "ledger/decision.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, code: str) -> HttpResponse:
    """Correct an entry by a further one."""
    entry = found(request.actor, code)
    policy.can_correct(request.actor, entry).require()

    def act(values: dict[str, Any]) -> object:
        return actions.correct_funds(
            actor=request.actor, entry=entry, amount_wan=values["amount_wan"], reason=values["reason"]
        )

    return decided(
        request, entry, CorrectForm(request.POST or None), _("更正到位资金"), act, _("更正已登记，等待核定。")
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take back an entry that was a mistake."""
    entry = found(request.actor, code)
    policy.can_change(request.actor, entry).require()
    form = WithdrawForm(request.POST or None, initial={"version": entry.version})

    def act(values: dict[str, Any]) -> object:
        return actions.withdraw_funds(
            actor=request.actor, entry_id=entry.pk, version=values["version"] or 0, reason=values["reason"]
        )

    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        return done(request, reverse("ledger:list"), _("已撤回。"))
    return decided(request, entry, form, _("撤回到位资金"), act, "")


@signed_in
@require_http_methods(["GET", "POST"])
def add_voucher(request: ActorRequest, code: str) -> HttpResponse:
    """Let a voucher prove an entry."""
    entry = found(request.actor, code)
    policy.can_enter(request.actor).require()
    form = VoucherForm(request.POST or None, request.FILES or None)
    context = {"form": form, "entry": entry, "title": _("登记凭证")}
    if request.method == "GET":
        return page(request, "ledger/decision.html", context)
    if form.is_valid():
        try:
            actions.claim_voucher(actor=request.actor, entry=entry, claim=form.claim())
        except Invalid as error:
            form.apply(Invalid(form.apply_claim(dict(error.fields))))
        else:
            return done(request, reverse("ledger:detail", args=[code]), _("凭证已登记。"))
    return invalid(request, "ledger/decision.html", context)


@role_required(Role.VERIFIER)
def queue(request: ActorRequest) -> HttpResponse:
    """The verifier's queue: what waits on the left, the first or chosen entry with its vouchers on the right."""
    waiting = paginate(queries.waiting(request.actor), _page_number(request))
    chosen = request.GET.get("entry", "")
    entry = found(request.actor, chosen) if chosen else (waiting.rows[0] if waiting.rows else None)
    context: dict[str, Any] = {"slice": waiting, "entry": entry}
    if entry is not None:
        context |= entry_context(request.actor, entry)
        context["form"] = VerifyForm(initial={"version": entry.version, "verified_wan": entry.amount_wan})
    return page(request, "ledger/queue.html", context)


def _page_number(request: ActorRequest) -> int:
    """The page in the address, 1 where it is none."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@role_required(Role.VERIFIER)
@require_http_methods(["GET", "POST"])
def verify(request: ActorRequest, code: str) -> HttpResponse:
    """Verify, cut or return one entry; then on to the next one that waits."""
    entry = found(request.actor, code)
    if request.method == "GET":
        return redirect(f"{reverse('ledger:queue')}?entry={code}")
    form = VerifyForm(request.POST)
    context = {"slice": paginate(queries.waiting(request.actor), 1), "form": form} | entry_context(request.actor, entry)
    if form.is_valid():
        values = form.cleaned_data
        try:
            actions.verify_funds(
                actor=request.actor,
                entry_id=entry.pk,
                version=values["version"] or 0,
                verdict=Verdict(values["verdict"]),
                verified_wan=values["verified_wan"],
                reason=values["reason"],
            )
        except Invalid as error:
            form.apply(error)
        except Conflict as conflict:
            form.overtaken(conflict, current={})
        else:
            return done(request, reverse("ledger:queue"), _("已办理：%(entry)s") % {"entry": entry})
    return invalid(request, "ledger/queue.html", context)
