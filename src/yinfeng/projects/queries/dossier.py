"""一项目一档: everything about one project, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Panel, assembled
from yinfeng.core.errors import NotVisible
from yinfeng.core.waits import Light
from yinfeng.org.enums import ForceRole
from yinfeng.org.models import TaskForcePost, Unit
from yinfeng.projects import lifecycle
from yinfeng.projects.enums import COUNTED_KINDS, STAGE_ORDER, STAGE_RANK, MilestoneKind, Outcome, Stage
from yinfeng.projects.lifecycle import RECORD, Asked
from yinfeng.projects.models import (
    Agreement,
    AnnualPlanLine,
    Decision,
    GateOutcome,
    Milestone,
    Party,
    Project,
    ProjectName,
)
from yinfeng.projects.queries.facts import evidence_elsewhere, facts_from
from yinfeng.projects.queries.rows import NEAR_DAYS, light_of
from yinfeng.projects.values import Facts


@dataclass(frozen=True, slots=True)
class Shown:
    """One requirement of a gate as the page shows it."""

    asked: Asked
    outcome: Outcome
    note: str
    owner: Unit | None
    due_on: date | None
    version: int
    today: date
    decision: str = ""

    @property
    def is_owed(self) -> bool:
        """Whether somebody still has to bring it."""
        return self.outcome is Outcome.OWED

    @property
    def days_late(self) -> int:
        """Days past its due date."""
        return max(0, (self.today - self.due_on).days) if self.is_owed and self.due_on else 0

    @property
    def light(self) -> Light:
        """Red when overdue, yellow when soon due; what is not owed is done."""
        if not self.is_owed:
            return Light.DONE
        if self.due_on is None:
            return Light.GREEN
        left = (self.due_on - self.today).days
        return Light.RED if left < 0 else Light.YELLOW if left <= NEAR_DAYS else Light.GREEN

    @property
    def owner_label(self) -> str:
        """The unit that must bring it, or the role where no unit is known."""
        return str(self.owner) if self.owner else str(self.asked.owner.label)


@dataclass(frozen=True, slots=True)
class GateShown:
    """One milestone of the project's life: the facts on record, and what its gate asks."""

    milestone: MilestoneKind
    stage: Stage | None
    records: Sequence[Milestone]
    requirements: Sequence[Shown]
    missing: bool

    @property
    def owed(self) -> int:
        """How many of its requirements are owed."""
        return sum(line.is_owed for line in self.requirements)


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the track at the top: ``done``, ``now``, ``todo`` or ``owed`` (passed without its milestone)."""

    stage: Stage
    state: str
    day: date | None


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """An agreement with its amount after all dated changes."""

    agreement: Agreement
    changed_wan: Decimal

    @property
    def amount_wan(self) -> Decimal | None:
        """What it stands at now; nothing where no amount was ever stated."""
        given = self.agreement.amount_wan
        return None if given is None else given + self.changed_wan

    @property
    def counts(self) -> bool:
        """Whether its amount enters the signed amount."""
        return self.agreement.kind in COUNTED_KINDS and self.agreement.withdrawn_at is None


@dataclass
class Dossier:
    """Everything the page of one project shows."""

    project: Project
    gates: list[GateShown]
    upcoming: GateShown | None
    track: list[Step]
    parties: list[Party]
    agreements: list[AgreementShown]
    phases: list[Project]
    names: list[ProjectName]
    plan_lines: list[AnnualPlanLine]
    panels: list[tuple[Panel, Any]]
    officer: str
    today: date = field(default_factory=clock.today)

    @property
    def debts(self) -> list[Shown]:
        """What is owed, the most urgent first."""
        owed = [line for gate in self.gates for line in gate.requirements if line.is_owed]
        return sorted(owed, key=lambda line: (line.due_on is None, line.due_on or date.max))

    @property
    def late(self) -> int:
        """How many debts are overdue."""
        return sum(line.days_late > 0 for line in self.debts)

    @property
    def light(self) -> Light:
        """The light of the project."""
        first = next((line.due_on for line in self.debts), None)
        return light_of(self.project.status, self.late, first, self.today)

    @property
    def days_in_stage(self) -> int | None:
        """Days since the stage was entered; unknown for 入库前."""
        return None if self.project.stage_on is None else (self.today - self.project.stage_on).days

    @property
    def contract_wan(self) -> Decimal:
        """What its counted agreements stand at."""
        return sum((line.amount_wan or Decimal(0) for line in self.agreements if line.counts), Decimal(0))

    @property
    def has_contract(self) -> bool:
        """Whether any agreement counts."""
        return any(line.counts for line in self.agreements)

    @property
    def money(self) -> Any:
        """What the ledger's panel loaded, if there is one."""
        return next((data for panel, data in self.panels if panel.key == "money"), None)


def project_seen(actor: Actor, code: str) -> Project:
    """The project with this code among those the actor sees, with what its page names."""
    officers = TaskForcePost.objects.filter(task_force__chain=OuterRef("chain_id"), role=ForceRole.OFFICER)
    rows = Project.objects.visible_to(actor).select_related(
        "chain", "chain__task_force", "region", "lead_unit", "officer", "parent", "follows", "first_unit"
    )
    decided = Decision.objects.filter(project=OuterRef("pk")).values("body")[:1]
    rows = rows.annotate(officer_post=Subquery(officers.values("post")[:1]), decided_by=Subquery(decided))
    project = rows.filter(code=code).first()
    if project is None:
        raise NotVisible
    return project


def dossier(actor: Actor, code: str) -> Dossier:
    """The whole page of one project."""
    project = project_seen(actor, code)
    milestones = list(project.milestones.filter(withdrawn_at__isnull=True).order_by("occurred_on", "id"))
    parties = list(project.parties.select_related("enterprise"))
    agreements = _agreements(project)
    contract = next((line.agreement for line in agreements if line.counts), None)
    officer = str(project.officer) if project.officer else getattr(project, "officer_post", None) or ""
    facts = facts_from(
        project,
        parties=parties,
        contract=contract,
        decision=getattr(project, "decided_by", None) or "",
        recognised=next((m.recognised_by for m in milestones if m.kind == MilestoneKind.RAMPED_UP), ""),
        officer=officer,
    )
    gates, upcoming = gates_shown(project, milestones, facts)
    return Dossier(
        project=project,
        gates=gates,
        upcoming=upcoming,
        track=track(project, milestones),
        parties=parties,
        agreements=agreements,
        phases=list(project.phases.filter(withdrawn_at__isnull=True, merged_into__isnull=True).order_by("id")),
        names=list(project.names.all()),
        plan_lines=list(project.plan_lines.order_by("-year")),
        panels=[(panel, panel.load(actor, [project.pk]).get(project.pk)) for panel in assembled().PROJECT_PANELS],
        officer=officer,
    )


def _agreements(project: Project) -> list[AgreementShown]:
    rows: QuerySet[Agreement] = project.agreements.filter(withdrawn_at__isnull=True)
    read = rows.annotate(changed=Sum("changes__delta_wan")).select_related("parent").order_by("signed_on", "id")
    return [AgreementShown(row, getattr(row, "changed", None) or Decimal(0)) for row in read]


def gates_shown(
    project: Project, milestones: Sequence[Milestone], facts: Facts
) -> tuple[list[GateShown], GateShown | None]:
    """The gates passed or owed, and the next one with what it will ask."""
    outcomes = {
        (row.milestone, row.requirement): row for row in project.outcomes.select_related("owner", "decision").all()
    }
    on_record: dict[str, date | None] = {}
    for milestone in milestones:
        known = on_record.get(milestone.kind)
        on_record[milestone.kind] = min(filter(None, (known, milestone.occurred_on)), default=None)
    asked: dict[MilestoneKind, list[Asked]] = {}
    for due in lifecycle.asked_of(project.kind, on_record):
        asked.setdefault(due.asked.milestone, []).append(due.asked)
    elsewhere, today = evidence_elsewhere(project), clock.today()
    found: list[GateShown] = []
    upcoming: GateShown | None = None
    for gate in lifecycle.gates_of(project.kind):
        records = [milestone for milestone in milestones if milestone.kind == gate.milestone]
        if records or gate.milestone in asked:
            lines = [shown(a, outcomes, facts, elsewhere, today) for a in asked.get(gate.milestone, [])]
            missing = not records
            found.append(GateShown(gate.milestone, gate.stage, records, lines, missing))
        elif (
            upcoming is None
            and gate.expected
            and STAGE_RANK[gate.stage or Stage.LEAD] >= STAGE_RANK[Stage(project.stage)]
        ):
            lines = [shown(a, outcomes, facts, elsewhere, today) for a in gate.asks if a.key != RECORD]
            upcoming = GateShown(gate.milestone, gate.stage, (), lines, missing=False)
    return found, upcoming


def shown(
    asked: Asked,
    outcomes: Mapping[tuple[str, str], GateOutcome],
    facts: Facts,
    elsewhere: Mapping[str, str],
    today: date,
) -> Shown:
    """One requirement: what a person said of it, else what facts say, else that it is owed."""
    row = outcomes.get((asked.milestone, asked.key))
    if row is not None:
        decision = str(row.decision) if row.decision else ""
        return Shown(asked, Outcome(row.outcome), row.note, row.owner, row.due_on, row.version, today, decision)
    answer = facts.showing(asked.key) or elsewhere.get(asked.key, "")
    return Shown(asked, Outcome.MET if answer else Outcome.OWED, answer, None, None, 0, today)


def track(project: Project, milestones: Sequence[Milestone]) -> list[Step]:
    """The stages with their days; a stage passed without its expected milestone is ``owed``."""
    days: dict[Stage, date | None] = {}
    reached = STAGE_RANK[Stage(project.stage)]
    for milestone in milestones:
        stage = lifecycle.stage_entered(project.kind, milestone.kind)
        if stage is not None:
            days[stage] = min(filter(None, (days.get(stage), milestone.occurred_on)), default=None)
    expected = {gate.stage for gate in lifecycle.gates_of(project.kind) if gate.expected}
    steps = []
    for stage in STAGE_ORDER:
        rank = STAGE_RANK[stage]
        state = "todo" if rank > reached else "now" if rank == reached else "done"
        if state == "done" and stage in expected and stage not in days:
            state = "owed"
        steps.append(Step(stage, state, days.get(stage)))
    return steps
