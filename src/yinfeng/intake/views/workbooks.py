"""The page of a ledger workbook: how it was read, its rows, and what becomes of them."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.intake import actions, policy
from yinfeng.intake.actions.committing import commit_refusal
from yinfeng.intake.enums import BatchState, RowState
from yinfeng.intake.exports import annotated_copy
from yinfeng.intake.forms import UNITS, ReasonForm, RowForm, plan_from
from yinfeng.intake.models import Batch, BatchRow
from yinfeng.intake.queries import preview as reads
from yinfeng.intake.views.documents import version_of
from yinfeng.intake.views.home import page_number
from yinfeng.intake.workbooks.fields import FIELDS, KINDS
from yinfeng.ledger.enums import FundKind
from yinfeng.org.access import signed_in
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page

SCREEN = "intake/batch.html"
ROLES = {
    "ledger": gettext_lazy("台账"),
    "notes": gettext_lazy("填表说明"),
    "summary": gettext_lazy("汇总表"),
    "dictionary": gettext_lazy("下拉选项"),
    "empty": gettext_lazy("空表"),
}


def found(actor: Actor, code: str) -> Batch:
    """The workbook with this code among those the actor sees."""
    batch: Batch | None = Batch.objects.visible_to(actor).filter(code=code).first()
    if batch is None:
        raise NotVisible
    return batch


def row_of(actor: Actor, code: str, sheet: int, row: int) -> BatchRow:
    """A workbook's row by sheet and line."""
    rows = BatchRow.objects.visible_to(actor).filter(batch__code=code, sheet_no=sheet, row=row)
    record: BatchRow | None = rows.select_related("batch").first()
    if record is None:
        raise NotVisible
    return record


@signed_in
@require_safe
def batch(request: ActorRequest, code: str) -> HttpResponse:
    """The rows of a workbook, or how its columns were understood."""
    workbook = found(request.actor, code)
    return page(request, SCREEN, context_of(request, workbook), fragment="rows")


def context_of(request: ActorRequest, workbook: Batch) -> dict[str, Any]:
    """Everything the page of a workbook shows."""
    tab = "mapping" if request.GET.get("tab") == "mapping" or not workbook.kind else "rows"
    counts = reads.state_counts(workbook)
    context: dict[str, Any] = {
        "batch": workbook,
        "tab": tab,
        "counts": counts,
        "states": [(value, label, counts[value]) for value, label in RowState.choices if counts[value]],
        "total": sum(counts.values()),
        "kind_title": _(KINDS[workbook.kind]) if workbook.kind in KINDS else "",
        "refusal": commit_refusal(workbook) if workbook.state == BatchState.UPLOADED else "",
        "can_map": policy.can_map(request.actor, workbook),
        "can_commit": policy.can_commit(request.actor, workbook),
        "can_withdraw": policy.can_withdraw(request.actor, workbook),
    }
    return context | (mapping_of(workbook) if tab == "mapping" else rows_shown(request, workbook))


def rows_shown(request: ActorRequest, workbook: Batch) -> dict[str, Any]:
    """One page of rows."""
    state, sheet = request.GET.get("state", ""), request.GET.get("sheet", "")
    listed = paginate(reads.rows_of(workbook, request.actor, state=state, sheet=sheet), page_number(request))
    return {
        "state": state if state in RowState.values else "",
        "sheet": sheet,
        "slice": listed,
        "preview": reads.preview_of(workbook, listed.rows),
        "sheets": [
            (str(number), entry["name"])
            for number, entry in enumerate(workbook.mapping.get("sheets", []), start=1)
            if entry.get("records")
        ],
    }


def mapping_of(workbook: Batch) -> dict[str, Any]:
    """How the workbook was read."""
    known = FIELDS.get(workbook.kind, ())
    return {
        "kinds": [(kind, _(title)) for kind, title in KINDS.items()],
        "fund_kinds": FundKind.choices,
        "fields": [(field.name, _(field.title)) for field in known],
        "units": UNITS,
        "plan": [
            {**sheet, "number": number, "role_title": ROLES.get(sheet["role"], sheet["role"])}
            for number, sheet in enumerate(workbook.mapping.get("sheets", []), start=1)
        ],
    }


@signed_in
@require_http_methods(["GET", "POST"])
def mapping(request: ActorRequest, code: str) -> HttpResponse:
    """Read the workbook anew as the person says."""
    workbook = found(request.actor, code)
    if request.method != "POST":
        return done(request, f"{reverse('intake:batch', args=[code])}?tab=mapping")
    try:
        plan = plan_from(request.POST, workbook.mapping)
        actions.set_mapping(actor=request.actor, batch_id=workbook.pk, version=version_of(request), plan=plan)
    except Invalid as error:
        context = context_of(request, workbook) | mapping_of(workbook) | {"tab": "mapping", "error": error}
        return invalid(request, SCREEN, context)
    return done(request, reverse("intake:batch", args=[code]), _("已按新的对应关系重读，下次同样的表头照此办理。"))


@signed_in
@require_http_methods(["GET", "POST"])
def row(request: ActorRequest, code: str, sheet: int, row: int) -> HttpResponse:
    """Look at one row, mend its cells, and stand by it."""
    record = row_of(request.actor, code, sheet, row)
    fields = reads.mapped_fields(record.batch)
    form = RowForm(request.POST or None, row=record, fields=fields)
    context = {
        "form": form,
        "row": record,
        "batch": record.batch,
        "preview": reads.preview_row(record.batch, record, fields),
        "can_map": policy.can_map(request.actor, record.batch),
    }
    if request.method == "GET":
        return page(request, "intake/row.html", context)
    if not form.is_valid():
        return invalid(request, "intake/row.html", context)
    try:
        settled = actions.settle_row(
            actor=request.actor,
            row_id=record.pk,
            version=form.cleaned_data["version"],
            values=form.row_values(),
            project_code=form.cleaned_data.get("project_code", ""),
        )
    except Invalid as error:
        form.apply(error)
        return invalid(request, "intake/row.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, current=conflict.current.values)
        return page(request, "intake/row.html", context, status=409)
    message = _("已核对。") if settled.state == RowState.READY else _("已保存，但这一行还不能入库。")
    return done(request, reverse("intake:batch", args=[code]), message)


@signed_in
@require_POST
def skip(request: ActorRequest, code: str, sheet: int, row: int) -> HttpResponse:
    """Leave one row out, or take it in again."""
    record = row_of(request.actor, code, sheet, row)
    leave = record.state != RowState.SKIPPED
    actions.skip_rows(actor=request.actor, batch_id=record.batch_id, row_ids=[record.pk], skip=leave)
    return done(request, reverse("intake:batch", args=[code]), _("已跳过这一行。") if leave else _("已恢复这一行。"))


@signed_in
@require_POST
def skip_doubtful(request: ActorRequest, code: str) -> HttpResponse:
    """Leave every doubtful row out."""
    workbook = found(request.actor, code)
    count = actions.skip_rows(actor=request.actor, batch_id=workbook.pk)
    return done(request, reverse("intake:batch", args=[code]), _("已跳过 %(count)s 行。") % {"count": count})


@signed_in
@require_POST
def commit(request: ActorRequest, code: str) -> HttpResponse:
    """Turn all rows into records, or none."""
    workbook = found(request.actor, code)
    try:
        actions.commit_batch(actor=request.actor, batch_id=workbook.pk, version=version_of(request))
    except Invalid as error:
        return invalid(request, SCREEN, context_of(request, workbook) | {"error": error})
    return done(request, reverse("intake:batch", args=[code]), _("整批已入库。"))


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take a whole batch back."""
    workbook = found(request.actor, code)
    policy.can_withdraw(request.actor, workbook).require()
    form = ReasonForm(request.POST or None, initial={"version": workbook.version})
    context = {"form": form, "batch": workbook}
    if request.method == "GET":
        return page(request, "intake/withdraw.html", context)
    if form.is_valid():
        try:
            actions.withdraw_batch(
                actor=request.actor,
                batch_id=workbook.pk,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except Invalid as error:
            form.apply(error)
        else:
            return done(request, reverse("intake:batch", args=[code]), _("整批已撤回。"))
    return invalid(request, "intake/withdraw.html", context)


@signed_in
@require_safe
def annotated(request: ActorRequest, code: str) -> HttpResponse:
    """A copy of the workbook with what is doubtful written beside each row."""
    return annotated_copy(actor=request.actor, batch=found(request.actor, code))
