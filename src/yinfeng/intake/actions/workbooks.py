"""Reading a ledger workbook, correcting how it is read, and settling its rows."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.evidence import keep
from yinfeng.core.evidence import read as stored_bytes
from yinfeng.core.text import clean_text
from yinfeng.intake import policy
from yinfeng.intake.enums import BatchState, IntakeVerb, RowProblem, RowState
from yinfeng.intake.errors import AlreadyRead
from yinfeng.intake.ledgers import RowRead, read
from yinfeng.intake.models import Batch, BatchRow, RememberedMapping
from yinfeng.intake.queries.judging import Judge, judge, judge_for, matched, state_of
from yinfeng.intake.workbooks import UnreadableWorkbook, Workbook, read_workbook
from yinfeng.projects.models import Project

ROW_FIELDS = (
    "values",
    "problems",
    "settled",
    "match_type",
    "match_id",
    "match_code",
    "match_label",
    "state",
    "version",
)


@action
def read_batch(*, actor: Actor, content: bytes, filename: str, title: str = "", again: bool = False) -> Batch:
    """Keep a ledger workbook, how its columns were understood, and every row with what is doubtful about it.

    The same bytes are refused with the way to the earlier batch, unless that one was withdrawn or *again* is said.
    """
    policy.can_upload(actor).require()
    workbook = opened(content, filename)
    if not again:
        _refuse_known(actor, content)
    batch = Batch.objects.create(
        title=clean_text(title)[:200] or clean_text(PurePath(filename).name)[:200] or _("未命名台账"),
        file=keep(content, filename),
        owner_id=actor.user_id,
        owner_label=actor.label[:120],
        uploaded_at=clock.now(),
    )
    known = {(row.kind, row.header): (row.field, row.unit) for row in RememberedMapping.objects.all()}
    plan, rows = read(workbook, None, known)
    plan["filename"] = PurePath(filename).name[:200]
    batch.kind, batch.mapping = plan["kind"], plan
    batch.save(update_fields=["kind", "mapping"])
    kept = _keep_rows(actor, batch, rows)
    record(
        actor=actor,
        verb=IntakeVerb.WORKBOOK_READ,
        target=batch,
        after={"title": batch.title, "kind": batch.kind, "sha256": batch.file.sha256, "rows": kept},
    )
    return batch


def opened(content: bytes, filename: str) -> Workbook:
    """The workbook of an upload, or ``Invalid`` with the reason beside the file."""
    try:
        return read_workbook(content, filename)
    except UnreadableWorkbook as error:
        raise Invalid({"file": _(error.message_zh)}) from error


def _refuse_known(actor: Actor, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    seen = Batch.objects.visible_to(actor).exclude(state=BatchState.WITHDRAWN)
    earlier = seen.filter(file__sha256=digest).first()
    if earlier is not None:
        raise AlreadyRead("intake.batch", earlier.code, earlier.title)


def _keep_rows(actor: Actor, batch: Batch, rows: Sequence[RowRead]) -> int:
    """Judge rows by the records on hand and store them."""
    by = judge_for(actor, batch.kind, [str(row.values.get("name") or "") for row in rows], clock.today())
    judge(rows, by)
    drawn = [_row(batch, row, by) for row in rows]
    BatchRow.objects.bulk_create(drawn, batch_size=500)
    return len(drawn)


def _row(batch: Batch, read_row: RowRead, by: Judge) -> BatchRow:
    row = BatchRow(
        batch=batch,
        sheet_no=read_row.sheet_no,
        sheet=read_row.sheet[:80],
        row=read_row.row,
        title=read_row.title,
        values=read_row.values,
        raw=read_row.raw,
        problems=read_row.problems,
    )
    matched(row, by)
    row.state = state_of(batch.kind, row)
    return row


@action
def set_mapping(*, actor: Actor, batch_id: int, version: int | None, plan: Mapping[str, Any]) -> Batch:
    """Read a workbook anew under a corrected plan, and remember what the person said of each header.

    Rows that were settled or left out by hand keep that where they still stand.
    """
    batch: Batch = lock(Batch.objects.visible_to(actor), pk=batch_id, version=version)
    policy.can_map(actor, batch).require()
    before = {"kind": batch.kind, "columns": _columns(batch.mapping)}
    content = stored_bytes(batch.file)
    drawn, rows = read(opened(content, batch.mapping["filename"]), plan, {})
    drawn["filename"] = batch.mapping["filename"]
    by_hand = {
        (row.sheet_no, row.row): row
        for row in BatchRow.objects.filter(batch=batch)
        if row.settled or row.state == RowState.SKIPPED
    }
    BatchRow.objects.filter(batch=batch).delete()
    batch.kind, batch.mapping = drawn["kind"], drawn
    store(batch, "kind", "mapping")
    _keep_rows(actor, batch, rows)
    _restore(batch, by_hand)
    remember(batch)
    record(
        actor=actor,
        verb=IntakeVerb.MAPPING_SET,
        target=batch,
        before=before,
        after={"kind": batch.kind, "columns": _columns(drawn)},
    )
    return batch


def _columns(plan: Mapping[str, Any]) -> dict[str, str]:
    """A plan's columns as the log tells them."""
    return {
        f"{sheet['name']}!{column['letter']}": f"{column['field']} {column['unit']}".strip()
        for sheet in plan.get("sheets", [])
        for column in sheet["columns"]
    }


def _restore(batch: Batch, by_hand: Mapping[tuple[int, int], BatchRow]) -> None:
    """Leave out again the rows that a person had left out; settled values are asked for anew under a new mapping."""
    out = [row for row in BatchRow.objects.filter(batch=batch) if (row.sheet_no, row.row) in by_hand]
    out = [row for row in out if by_hand[row.sheet_no, row.row].state == RowState.SKIPPED]
    for row in out:
        row.state = RowState.SKIPPED
    BatchRow.objects.bulk_update(out, ["state"], batch_size=500)


def remember(batch: Batch) -> None:
    """Keep what a person said of headers where it differs from the guess; forget it where it is the guess again."""
    for sheet in batch.mapping["sheets"]:
        for column in sheet["columns"]:
            header = column["header"][:200]
            if not header or not sheet["asked"]:
                continue
            if [column["field"], column["unit"]] == column["guess"]:
                RememberedMapping.objects.filter(kind=batch.kind, header=header).delete()
            else:
                RememberedMapping.objects.update_or_create(
                    kind=batch.kind, header=header, defaults={"field": column["field"], "unit": column["unit"]}
                )


@action
def settle_row(
    *, actor: Actor, row_id: int, version: int | None, values: Mapping[str, Any], project_code: str = ""
) -> BatchRow:
    """Stand by a row with the values given: what is still missing after that is said again."""
    row: BatchRow = lock(BatchRow.objects.visible_to(actor).select_related("batch"), pk=row_id, version=version)
    policy.can_map(actor, row.batch).require()
    before = {key: row.values.get(key) for key in values if row.values.get(key) != values[key]}
    row.values = row.values | dict(values)
    row.title = str(values.get("name") or row.title)[:240]
    kept = [said for said in row.problems if said["code"] not in RowProblem.values and said["code"] != "missing_name"]
    if row.batch.kind in {"projects", "funds"} and not str(row.values.get("name") or "").strip():
        kept.append({"code": "missing_name", "column": "", "field": "name"})
    context = next(sheet["context"] for sheet in row.batch.mapping["sheets"] if sheet["name"] == row.sheet)
    again = RowRead(row.sheet_no, row.sheet, row.row, row.title, row.values, row.raw, kept, context)
    by = judge_for(actor, row.batch.kind, [str(row.values.get("name") or "")], clock.today())
    judge([again], by)
    row.problems, row.settled, row.state = again.problems, True, RowState.READY
    matched(row, by)
    if project_code:
        _point(actor, row, project_code)
    row.state = state_of(row.batch.kind, row)
    row.version += 1
    row.save(update_fields=[*ROW_FIELDS, "title"])
    record(
        actor=actor,
        verb=IntakeVerb.ROW_SETTLED,
        target=row,
        root=row.batch,
        before=before,
        after={key: values[key] for key in before} | {"state": str(row.get_state_display())},
    )
    return row


def _point(actor: Actor, row: BatchRow, code: str) -> None:
    """Point a row at the project that a person named."""
    project = Project.objects.visible_to(actor).filter(code=code.strip().upper()).first()
    if project is None:
        raise Invalid({"project_code": _("没有找到这个项目编号，或不在您的权限范围内。")})
    row.match_type, row.match_id = "projects.project", project.pk
    row.match_code, row.match_label = project.code, str(project)[:240]
    gone = {RowProblem.PROJECT_NOT_FOUND, RowProblem.OUT_OF_SCOPE}
    row.problems = [said for said in row.problems if said["code"] not in gone]


@action
def skip_rows(*, actor: Actor, batch_id: int, row_ids: Sequence[int] | None = None, skip: bool = True) -> int:
    """Leave rows out, or take them in again; without ids, every row that is still doubtful."""
    batch: Batch = lock(Batch.objects.visible_to(actor), pk=batch_id)
    policy.can_map(actor, batch).require()
    rows = BatchRow.objects.visible_to(actor).filter(batch=batch)
    rows = rows.filter(state=RowState.DOUBTFUL) if row_ids is None else rows.filter(pk__in=list(row_ids))
    changed = [row for row in rows if (row.state == RowState.SKIPPED) != skip]
    for row in changed:
        row.state = RowState.SKIPPED if skip else RowState.READY
        row.state = state_of(batch.kind, row)
        row.version += 1
    BatchRow.objects.bulk_update(changed, ["state", "version"], batch_size=500)
    if not changed:
        unchanged()
        return 0
    told = [f"{row.sheet}!{row.row}" for row in changed[:200]]
    record(
        actor=actor,
        verb=IntakeVerb.ROW_SETTLED,
        target=batch,
        after={"skipped": skip, "rows": told, "count": len(changed)},
    )
    return len(changed)
