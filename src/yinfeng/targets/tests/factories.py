"""Facts of every kind that a figure adds up, written straight into the tables with the posting a test wants."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from yinfeng.chains.models import Chain
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger.enums import EntryState, FundKind, Verdict
from yinfeng.ledger.models import FundEntry, Verification
from yinfeng.org.models import Place, Region, ScopeNode, Unit
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.projects.enums import AgreementKind, MilestoneKind, Stage, Status
from yinfeng.projects.models import (
    Agreement,
    AgreementChange,
    Milestone,
    Project,
    ProjectNode,
    StatusChange,
)
from yinfeng.targets.enums import TargetLevel
from yinfeng.targets.models import Target

_numbers = count(1)
MOMENT = datetime(2025, 6, 1, 4, tzinfo=UTC)
JUNE = date(2025, 6, 10)


def make_place(year: int = 2025) -> Place:
    """The place, without the regions of the whole country."""
    found = Place.objects.first()
    if found is not None:
        return found
    region = Region.objects.create(code="632801", name="格尔木市", level="county", node=make_node("region"))
    return Place.objects.create(
        name="格尔木市",
        short_name="格尔木",
        office_name="招商办公室",
        region=region,
        node=make_node("place"),
        year=year,
    )


def make_node(kind: str = "unit") -> ScopeNode:
    """A scope node."""
    return ScopeNode.objects.create(kind=kind, label=f"节点{next(_numbers)}")


def make_chain(name: str = "", position: int | None = None) -> Chain:
    """An industry chain."""
    number = next(_numbers)
    name = name or f"测试链{number}"
    place = number if position is None else position
    return Chain.objects.create(name=name, short_name=name[:20], position=place, colour=place % 7)


def make_unit(name: str = "", parent: Unit | None = None) -> Unit:
    """A unit that reports."""
    name = name or f"测试单位{next(_numbers)}"
    return Unit.objects.create(name=name, short_name=name, node=make_node(), parent=parent)


def make_project(
    name: str = "",
    *,
    chain: Chain | None = None,
    unit: Unit | None = None,
    parent: Project | None = None,
    stage: Stage = Stage.SIGNED,
    status: Status = Status.ACTIVE,
    duplicate_state: str = "none",
    withdrawn: bool = False,
) -> Project:
    """A project, seen from its unit's node."""
    name = name or f"测试项目{next(_numbers)}"
    project = Project.objects.create(
        name=name,
        name_key=name,
        chain=chain,
        lead_unit=unit,
        parent=parent,
        stage=stage,
        stage_on=JUNE,
        status=status,
        duplicate_state=duplicate_state,
        withdrawn_at=MOMENT if withdrawn else None,
        created_at=MOMENT,
        changed_at=MOMENT,
    )
    if unit is not None:
        ProjectNode.objects.create(project=project, node=unit.node)
    return project


def make_agreement(
    project: Project,
    amount_wan: str | None = "10000",
    on: date = JUNE,
    *,
    kind: AgreementKind = AgreementKind.INVESTMENT,
    posted: str = "",
    withdrawn: bool = False,
) -> Agreement:
    """An agreement; posted in the month it was signed unless said."""
    return Agreement.objects.create(
        project=project,
        kind=kind,
        signed_on=on,
        amount_wan=None if amount_wan is None else Decimal(amount_wan),
        posted_period=posted or f"{on:%Y-%m}",
        recorded_at=MOMENT,
        recorded_by="测试",
        withdrawn_at=MOMENT if withdrawn else None,
    )


def make_change(agreement: Agreement, delta_wan: str, on: date = JUNE, *, posted: str = "") -> AgreementChange:
    """A change of an agreement's amount."""
    return AgreementChange.objects.create(
        agreement=agreement,
        delta_wan=Decimal(delta_wan),
        occurred_on=on,
        posted_period=posted or f"{on:%Y-%m}",
        reason="投资规模调整",
        recorded_at=MOMENT,
        recorded_by="测试",
    )


def make_funds(
    project: Project,
    amount_wan: str = "1000",
    on: date = JUNE,
    *,
    posted: str = "",
    state: EntryState = EntryState.REPORTED,
    origin: Origin = Origin.OUT_OF_PROVINCE,
    corrects: FundEntry | None = None,
    withdrawn: bool = False,
) -> FundEntry:
    """A fund entry."""
    return FundEntry.objects.create(
        project=project,
        amount_wan=Decimal(amount_wan),
        arrived_on=on,
        posted_period=posted or f"{on:%Y-%m}",
        payer_name="测试出资企业",
        origin=origin,
        kind=FundKind.CAPITAL,
        state=state,
        corrects=corrects,
        unit=project.lead_unit,
        recorded_at=MOMENT,
        recorded_by="测试",
        withdrawn_at=MOMENT if withdrawn else None,
    )


def make_verification(entry: FundEntry, delta_wan: str, on: date = JUNE, *, posted: str = "") -> Verification:
    """A verdict that changes the verified amount."""
    entry.verified_wan = (entry.verified_wan or Decimal(0)) + Decimal(delta_wan)
    entry.save(update_fields=["verified_wan"])
    return Verification.objects.create(
        entry=entry,
        verdict=Verdict.VERIFY if Decimal(delta_wan) > 0 else Verdict.CUT,
        verified_wan=Decimal(delta_wan),
        delta_wan=Decimal(delta_wan),
        decided_on=on,
        posted_period=posted or f"{on:%Y-%m}",
        recorded_at=MOMENT,
        recorded_by="测试核定",
    )


def make_milestone(
    project: Project,
    kind: MilestoneKind,
    on: date | None = JUNE,
    *,
    posted: str = "",
    withdrawn: bool = False,
) -> Milestone:
    """A milestone; without a date it lies before our records."""
    return Milestone.objects.create(
        project=project,
        kind=kind,
        occurred_on=on,
        before_records=on is None,
        posted_period=posted or f"{on or JUNE:%Y-%m}",
        recorded_at=MOMENT,
        recorded_by="测试",
        withdrawn_at=MOMENT if withdrawn else None,
    )


def make_status_change(project: Project, status: Status, on: date = JUNE) -> StatusChange:
    """A dated change of status."""
    return StatusChange.objects.create(
        project=project,
        status=status,
        occurred_on=on,
        posted_period=f"{on:%Y-%m}",
        reason="测试原因",
        recorded_at=MOMENT,
    )


def make_activity(
    unit: Unit, kind: ActivityKind = ActivityKind.TRIP, on: date = JUNE, *, project: Project | None = None
) -> Activity:
    """An activity of a unit."""
    return Activity.objects.create(
        kind=kind,
        occurred_on=on,
        unit=unit,
        project=project,
        summary="测试活动",
        posted_period=f"{on:%Y-%m}",
        recorded_at=MOMENT,
        recorded_by="测试",
    )


def make_target(
    metric: str = "signed_amount",
    value_wan: str | None = "100000",
    *,
    chain: Chain | None = None,
    value_number: str | None = None,
    threshold_wan: str | None = None,
    main: bool = True,
    year: str = "2025",
    level: TargetLevel = TargetLevel.CITY,
    source: str = "年度招商方案",
) -> Target:
    """A target for the place or a chain."""
    return Target.objects.create(
        metric=metric,
        period=year,
        level=level,
        chain=chain,
        value_wan=None if value_wan is None or value_number else Decimal(value_wan),
        value_number=None if value_number is None else Decimal(value_number),
        threshold_wan=None if threshold_wan is None else Decimal(threshold_wan),
        source_title=source,
        source_number="测政办〔2025〕9号",
        source_on=date(2025, 2, 20),
        main=main,
        created_at=MOMENT,
    )
