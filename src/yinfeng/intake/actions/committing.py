"""Committing a workbook, all its rows or none, and taking the whole batch back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store
from yinfeng.core.actor import Actor
from yinfeng.core.errors import DomainError, Invalid, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import Origin
from yinfeng.enterprises.models import Enterprise
from yinfeng.enterprises.queries import enterprise_like
from yinfeng.intake import policy
from yinfeng.intake.enums import BatchState, IntakeVerb, RowProblem, RowState
from yinfeng.intake.ledgers import SUPPORTED, amount, day_of, funds_wanted
from yinfeng.intake.models import Batch, BatchRow, Provenance
from yinfeng.intake.queries.judging import Judge, judge_for
from yinfeng.intake.queries.later import done_since
from yinfeng.intake.queries.naming import parts_of, province_of
from yinfeng.ledger.actions import enter_funds, withdraw_funds
from yinfeng.ledger.enums import FundKind
from yinfeng.ledger.models import FundEntry
from yinfeng.org.models import Unit
from yinfeng.outreach.actions import log_activity, withdraw_activity
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.projects.actions import (
    add_agreement,
    add_party,
    create_project,
    enter_under_way,
    record_milestone,
    set_status,
    withdraw_project,
)
from yinfeng.projects.enums import STAGE_RANK, AgreementKind, MilestoneKind, Nature, Stage, Status
from yinfeng.projects.models import Project
from yinfeng.projects.values import ProjectValues

STATUSES = {"suspended": Status.SUSPENDED, "terminated": Status.TERMINATED}
FUND_WORDS = (
    ("股东借款", FundKind.SHAREHOLDER_LOAN),
    ("贷款", FundKind.BANK_LOAN),
    ("设备", FundKind.EQUIPMENT),
    ("土地", FundKind.LAND),
    ("流动", FundKind.WORKING_CAPITAL),
    ("无形", FundKind.INTANGIBLE),
    ("资本金", FundKind.CAPITAL),
    ("注册资本", FundKind.CAPITAL),
)
MOST_AT_ONCE = 1000


@dataclass
class Committing:
    """A batch while its rows become records."""

    actor: Actor
    batch: Batch
    judge: Judge
    province: str
    provenance: list[Provenance] = field(default_factory=list)
    rows: list[BatchRow] = field(default_factory=list)
    last: Project | None = None

    def note(self, row: BatchRow, target: models.Model, *, made: bool = True) -> None:
        """Keep which sheet and row a record comes from, and what the row became."""
        kind = target._meta.label_lower
        self.provenance.append(
            Provenance(
                target_type=kind,
                target_id=target.pk,
                workbook=self.batch,
                sheet=row.sheet,
                row=row.row,
                quotation="；".join(str(cell["text"]) for cell in row.raw.values() if cell["text"])[:2000],
                made=made,
                noted_at=clock.now(),
            )
        )
        if made:
            row.results.append(
                {"type": kind, "id": target.pk, "code": getattr(target, "code", ""), "label": str(target)[:120]}
            )

    def basis(self, row: BatchRow) -> str:
        """Where a fact stands, in words."""
        return _("《%(title)s》%(sheet)s 第 %(row)s 行") % {
            "title": self.batch.title,
            "sheet": row.sheet,
            "row": row.row,
        }

    def context(self, row: BatchRow) -> Mapping[str, str]:
        """What a row's sheet declares."""
        sheets: list[dict[str, Any]] = self.batch.mapping["sheets"]
        return next((sheet["context"] for sheet in sheets if sheet["name"] == row.sheet), {})


def commit_refusal(batch: Batch) -> str:
    """Why a kind of ledger cannot be committed yet; empty when it can."""
    if batch.kind in SUPPORTED:
        return ""
    if not batch.kind:
        return _("没有认出这是哪一类台账；请在“对应关系”中选择台账类型和表头。")
    return _("这类台账目前只能核对，暂不能入库：对应的登记簿还没有建好。读出的内容和您的核对都会保留。")


@action
def commit_batch(*, actor: Actor, batch_id: int, version: int | None) -> Batch:
    """Turn every row that was not left out into records, or none: one transaction, one click."""
    batch: Batch = lock(Batch.objects.visible_to(actor), pk=batch_id, version=version)
    policy.can_commit(actor, batch).require()
    reason = commit_refusal(batch)
    rows = list(BatchRow.objects.filter(batch=batch).order_by("sheet_no", "row"))
    ready = [row for row in rows if row.state == RowState.READY]
    doubtful = sum(1 for row in rows if row.state == RowState.DOUBTFUL)
    if reason or doubtful or not ready:
        raise Invalid(reason or _not_ready(doubtful))
    if len(ready) > MOST_AT_ONCE:
        raise Invalid(_("一次最多入库 %(most)s 行，请把台账拆开。") % {"most": MOST_AT_ONCE})
    names = [str(row.values.get("name") or "") for row in ready]
    by = judge_for(actor, batch.kind, names, clock.today())
    place = by.names.place
    work = Committing(actor, batch, by, place.region.code[:2] if place else "")
    for row in ready:
        _commit_row(work, row)
    Provenance.objects.bulk_create(work.provenance, batch_size=500)
    BatchRow.objects.bulk_update(ready, ["state", "results"], batch_size=500)
    batch.state, batch.committed_at = BatchState.COMMITTED, clock.now()
    store(batch, "state", "committed_at")
    record(
        actor=actor,
        verb=IntakeVerb.BATCH_COMMITTED,
        target=batch,
        after={"rows": len(ready), "records": sum(len(row.results) for row in ready)},
    )
    return batch


def _not_ready(doubtful: int) -> str:
    """What keeps a batch from being committed."""
    if doubtful:
        return _("还有 %(count)s 行有疑问，请逐行核对或跳过后再入库。") % {"count": doubtful}
    return _("没有可以入库的行。")


def _commit_row(work: Committing, row: BatchRow) -> None:
    """One row; whatever its room refuses is told with sheet and row, and nothing of the batch stays."""
    try:
        COMMITTERS[work.batch.kind](work, row)
    except DomainError as error:
        where = {"sheet": row.sheet, "row": row.row, "message": error.message}
        raise Invalid(_("%(sheet)s 第 %(row)s 行没有入库：%(message)s 整批都没有保存。") % where) from error
    row.state = RowState.COMMITTED


def commit_project(work: Committing, row: BatchRow) -> None:
    """A project with investor, agreement, stage and money; or one more investor of the row above."""
    values = row.values
    firms = [_firm(work, row, name) for name in firms_in(values.get("enterprise"))]
    if any(said["code"] == RowProblem.CONTINUES for said in row.problems) and work.last is not None:
        _join(work, work.last, firms)
        return
    unit = work.judge.unit(values)
    _require_unit(work, unit)
    project = create_project(
        actor=work.actor,
        values=ProjectValues(
            name=str(values.get("name") or ""),
            chain=work.judge.chain(str(values["chain"])) if values.get("chain") else None,
            region=work.judge.names.region(str(values.get("site") or "")),
            lead_unit=unit,
            content=str(values.get("content") or ""),
            total_wan=amount(values.get("amount_wan")),
            fixed_wan=amount(values.get("fixed_assets_wan")),
            nature=values.get("nature") or Nature.NEW,
            site=str(values.get("site") or "")[:120],
            source=work.basis(row)[:200],
        ),
        investor=firms[0] if firms else None,
    )
    work.last = project
    work.note(row, project)
    _join(work, project, firms[1:])
    _signing(work, row, project)
    _standing(work, row, project)
    _money(work, row, project, firms[0] if firms else None)


def _require_unit(work: Committing, unit: Unit | None) -> None:
    """A reporter commits for its own unit only."""
    if not work.judge.may_use(unit):
        raise Refused(str(RowProblem.OUT_OF_SCOPE.label))


def firms_in(text: Any) -> list[str]:
    """The firms that a cell names: several only where each part is plainly one.

    >>> firms_in("甲能源有限公司、乙集团"), firms_in("盐湖股份"), firms_in(None)
    (['甲能源有限公司', '乙集团'], ['盐湖股份'], [])
    """
    parts = parts_of(str(text or ""))
    if len(parts) > 1 and all(part.endswith(("公司", "集团", "厂", "中心", "院", "合作社")) for part in parts):
        return parts
    return [str(text).strip()] if str(text or "").strip() else []


def _firm(work: Committing, row: BatchRow, name: str) -> Enterprise:
    """The firm on record under this name, or a new one with what the row says of it."""
    values = row.values
    province = province_of(str(values.get("origin_province") or ""))
    code = str(values.get("uscc") or "") if len(firms_in(values.get("enterprise"))) == 1 else ""
    known = enterprise_like(name, code)
    firm = register_enterprise(
        actor=work.actor, name=name, credit_code=code, province_code=province, origin=origin_of(province, work.province)
    )
    if known is None:
        work.note(row, firm)
    return firm


def origin_of(province: str, own: str) -> Origin:
    """Inside or outside the place's province; unknown where the ledger does not say.

    >>> origin_of("33", "63").value, origin_of("", "63").value
    ('out_of_province', 'unknown')
    """
    if not province or not own:
        return Origin.UNKNOWN
    if province in {"71", "81", "82"}:
        return Origin.HK_MO_TW
    return Origin.IN_PROVINCE if province == own else Origin.OUT_OF_PROVINCE


def _join(work: Committing, project: Project, firms: Iterable[Enterprise]) -> None:
    for firm in firms:
        add_party(actor=work.actor, project=project, enterprise=firm)


def _signing(work: Committing, row: BatchRow, project: Project) -> None:
    """The agreement, where kind, day and amount are all given; else the signing alone, where its day is."""
    values, day = row.values, day_of(row.values.get("signed_on"))
    if day is None or day > work.judge.today:
        return
    total, kind = amount(values.get("amount_wan")), values.get("contract_kind")
    if kind in AgreementKind.values and total:
        event = str(values.get("signing_event") or "")
        agreement = add_agreement(
            actor=work.actor, project=project, kind=kind, signed_on=day, amount_wan=total, event=event
        )
        work.note(row, agreement)
    elif not kind:
        record_milestone(
            actor=work.actor,
            project=project,
            kind=MilestoneKind.CONTRACT_SIGNED,
            occurred_on=day,
            basis=work.basis(row),
        )


def _standing(work: Committing, row: BatchRow, project: Project) -> None:
    """Start of works where its day is given, then the stage the ledger states, with no date invented; then status."""
    stage, began = row.values.get("stage"), day_of(row.values.get("start_on"))
    rank = STAGE_RANK.get(stage, -1)
    basis = work.basis(row)
    if began is not None and began <= work.judge.today and rank >= STAGE_RANK[Stage.CONSTRUCTION]:
        record_milestone(
            actor=work.actor, project=project, kind=MilestoneKind.WORKS_BEGUN, occurred_on=began, basis=basis
        )
    project.refresh_from_db(fields=["stage", "version"])
    if rank > STAGE_RANK[Stage(project.stage)]:
        enter_under_way(actor=work.actor, project=project, stage=Stage(str(stage)), basis=basis)
    if stage in STATUSES:
        day = day_of(work.context(row).get("reported_on")) or work.judge.today
        set_status(actor=work.actor, project=project, status=STATUSES[stage], occurred_on=day, reason=basis)


def _money(work: Committing, row: BatchRow, project: Project, payer: Enterprise | None) -> None:
    """The money the row says has come, each entry with the words of what is not known of its day."""
    province = province_of(str(row.values.get("origin_province") or ""))
    for wanted in funds_wanted(work.batch.kind, row.values, work.context(row), work.judge.today):
        origin = Origin(wanted.origin) if wanted.origin else origin_of(province, work.province)
        entry = enter_funds(
            actor=work.actor,
            project=project,
            arrived_on=wanted.day,
            amount_wan=wanted.amount_wan,
            payer_name=payer.name if payer else str(row.values.get("enterprise") or project.name)[:160],
            payer=payer,
            origin=origin,
            province_code=province if origin in {Origin.IN_PROVINCE, Origin.OUT_OF_PROVINCE} else "",
            kind=fund_kind(work, row),
            note=_note(work, row),
        )
        work.note(row, entry)


def fund_kind(work: Committing, row: BatchRow) -> FundKind:
    """The kind of money that the row names, else the one chosen for the whole workbook."""
    said = str(row.values.get("funds_kind") or "")
    return next((kind for word, kind in FUND_WORDS if word in said), FundKind(work.batch.mapping["fund_kind"]))


def _note(work: Committing, row: BatchRow) -> str:
    voucher = str(row.values.get("voucher") or "")
    told = _("%(where)s；台账只到月份，到账日期按填报时间记") % {"where": work.basis(row)}
    return (f"{told}；{voucher}" if voucher else told)[:400]


def commit_funds(work: Committing, row: BatchRow) -> None:
    """Money of a project on record."""
    wanted = [row.match_id] if row.match_id is not None else []
    project = Project.objects.visible_to(work.actor).filter(pk__in=wanted).first()
    if project is None:
        raise Invalid(str(RowProblem.PROJECT_NOT_FOUND.label))
    firms = firms_in(row.values.get("enterprise"))
    payer = enterprise_like(firms[0]) if firms else None
    before = len(row.results)
    _money(work, row, project, payer)
    if len(row.results) == before:
        raise Invalid(str(RowProblem.NO_FUNDS.label))
    work.note(row, project, made=False)


def commit_trip(work: Committing, row: BatchRow) -> None:
    """A trip as an activity of the unit that went."""
    values, day = row.values, day_of(row.values.get("trip_start_on"))
    names = work.judge.names
    unit = work.judge.unit(values) or names.unit(work.context(row).get("reporting_unit", ""))
    unit = unit or Unit.objects.filter(pk__in=[work.actor.unit_id or 0]).first()
    if day is None or unit is None:
        raise Invalid(str(RowProblem.NO_DAY.label if day is None else RowProblem.UNIT_NOT_FOUND.label))
    _require_unit(work, unit)
    headcount = amount(values.get("headcount"))
    activity = log_activity(
        actor=work.actor,
        kind=ActivityKind.TRIP,
        occurred_on=day,
        ended_on=day_of(values.get("trip_end_on")),
        unit=unit,
        summary=str(values.get("talks") or values.get("visited") or ""),
        counterpart=str(values.get("visited") or ""),
        place=str(values.get("destination") or ""),
        led_by=str(values.get("led_by_post") or ""),
        headcount=int(headcount) if headcount is not None and headcount == headcount.to_integral_value() else None,
        next_due_on=day_of(values.get("next_due_on")),
    )
    work.note(row, activity)


Committer = Callable[[Committing, BatchRow], None]
COMMITTERS: Mapping[str, Committer] = {"projects": commit_project, "funds": commit_funds, "trips": commit_trip}


@action
def withdraw_batch(*, actor: Actor, batch_id: int, version: int | None, reason: str) -> Batch:
    """Take back everything a batch brought in, while nothing was built on it and no month with its lines is closed."""
    batch: Batch = lock(Batch.objects.visible_to(actor), pk=batch_id, version=version)
    policy.can_withdraw(actor, batch).require()
    if not reason.strip():
        raise Invalid({"reason": _("请写明撤回原因。")})
    rows = list(BatchRow.objects.filter(batch=batch, state=RowState.COMMITTED).order_by("-sheet_no", "-row"))
    _refuse_built_on(batch, rows)
    for kind in TAKEN_BACK:
        for row in rows:
            for result in row.results:
                if result["type"] == kind:
                    TAKEN_BACK[kind](actor, result["id"], reason)
    for row in rows:
        row.state = RowState.WITHDRAWN
    BatchRow.objects.bulk_update(rows, ["state"], batch_size=500)
    Provenance.objects.filter(workbook=batch).update(withdrawn_at=clock.now())
    batch.state, batch.withdrawn_at = BatchState.WITHDRAWN, clock.now()
    store(batch, "state", "withdrawn_at")
    record(actor=actor, verb=IntakeVerb.BATCH_WITHDRAWN, target=batch, after={"rows": len(rows)}, note=reason.strip())
    return batch


def _refuse_built_on(batch: Batch, rows: Iterable[BatchRow]) -> None:
    """Refuse when the log tells of anything done to the batch's projects, money and activities since."""
    entries = AuditEntry.objects.filter(target_type="intake.batch", target_id=batch.pk)
    since = entries.filter(verb=IntakeVerb.BATCH_COMMITTED).aggregate(last=Max("id"))["last"] or 0
    made: dict[str, list[int]] = {}
    for row in rows:
        for result in row.results:
            made.setdefault(result["type"], []).append(result["id"])
    for kind in TAKEN_BACK:
        later = done_since(kind, made.get(kind, []), since)
        if later is not None:
            told = {"label": later.target_label, "by": later.actor_label}
            raise Refused(_("入库后“%(label)s”已由%(by)s办理过，整批不能撤回；请逐条办理。") % told)


def _take_funds(actor: Actor, key: int, reason: str) -> None:
    entry = FundEntry.objects.get(pk=key)
    if entry.withdrawn_at is None:
        withdraw_funds(actor=actor, entry_id=key, version=entry.version, reason=reason)


def _take_project(actor: Actor, key: int, reason: str) -> None:
    project = Project.objects.get(pk=key)
    if project.withdrawn_at is None:
        withdraw_project(actor=actor, project=project, reason=reason)


def _take_activity(actor: Actor, key: int, reason: str) -> None:
    activity = Activity.objects.get(pk=key)
    if activity.withdrawn_at is None:
        withdraw_activity(actor=actor, activity_id=key, reason=reason)


TAKEN_BACK: Mapping[str, Callable[[Actor, int, str], None]] = {
    "ledger.fundentry": _take_funds,
    "outreach.activity": _take_activity,
    "projects.project": _take_project,
}
"""What a batch can take back, in this order; firms stay in the library."""
