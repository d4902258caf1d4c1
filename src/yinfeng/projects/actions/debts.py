"""Gate debts: what a project's milestones ask and nobody has shown yet. Reckoned anew whenever a fact changes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.calendars import calendar
from yinfeng.core.parameters import number
from yinfeng.core.waits import WaitUnit
from yinfeng.core.workdays import PROVISIONAL, WorkdayCalendar
from yinfeng.org.enums import UnitKind
from yinfeng.org.models import Unit
from yinfeng.projects import lifecycle
from yinfeng.projects.enums import MilestoneKind, Outcome, OwnerRole
from yinfeng.projects.errors import RedLineTouched
from yinfeng.projects.lifecycle import RECORD, Asked, Due
from yinfeng.projects.models import GateOutcome, Milestone, Project
from yinfeng.projects.queries.facts import banned_by, evidence_elsewhere, facts_of
from yinfeng.projects.values import Facts


@dataclass(frozen=True)
class Reckoning:
    """What one reckoning changed: titles newly owed, and titles settled by facts or left behind as 入库前."""

    owed: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


def follow_up_days(project: Project, asked: Asked) -> int:
    """Within how many days this project must be followed up; only asked where the wait follows the grade."""
    return int(number(f"follow_up.{project.grade}")) if asked.unit == "grade" else 0


def recorded(project: Project) -> dict[str, date | None]:
    """The milestones on record with their first day; ``None`` where there is only 入库前."""
    days: dict[str, date | None] = {}
    rows = Milestone.objects.filter(project=project, withdrawn_at__isnull=True).values_list("kind", "occurred_on")
    for kind, day in rows:
        known = days.get(kind)
        days[kind] = min(filter(None, (known, day)), default=None)
    return days


def reckon(project: Project, on_record: dict[str, date | None] | None = None) -> Reckoning:
    """Bring a project's outcomes in line with its milestones and facts.

    What a milestone on record asks and no fact answers becomes owed, with owner and due date; for 入库前 only legal
    papers and what the ledger itself should know are owed, the rest is 入库前. What facts now answer is settled. What
    is no longer asked and was never dealt with goes.
    """
    on_record = recorded(project) if on_record is None else on_record
    dues = {(due.asked.milestone, due.asked.key): due for due in lifecycle.asked_of(project.kind, on_record)}
    rows = {(row.milestone, row.requirement): row for row in GateOutcome.objects.filter(project=project)}
    facts, elsewhere = facts_of(project), evidence_elsewhere(project)
    _refuse_what_cannot_be_owed(project, dues, rows, facts)
    fresh = [due for key, due in dues.items() if key not in rows and not answered(due.asked, facts, elsewhere)]
    settled = _settle(rows, dues, on_record, facts, elsewhere)
    stale = [row.pk for key, row in rows.items() if key not in dues and is_open(row)]
    if stale:
        GateOutcome.objects.filter(pk__in=stale).delete()
    owners = unit_owners(project) if fresh else {}
    days = calendar() if any(due.asked.unit == WaitUnit.WORKDAY for due in fresh) else PROVISIONAL
    made = [_outcome(project, due, owners, facts, days) for due in fresh]
    GateOutcome.objects.bulk_create(made, batch_size=500)
    titles = {(due.asked.milestone, due.asked.key): due.asked.title for due in dues.values()}
    return Reckoning(
        owed=tuple(
            titles[MilestoneKind(row.milestone), row.requirement] for row in made if row.outcome == Outcome.OWED
        ),
        settled=tuple(title_of(project.kind, row) for row in settled),
    )


def title_of(kind: str, row: GateOutcome) -> str:
    """The title of an outcome's requirement."""
    asks = lifecycle.gate_of(kind, row.milestone).asks
    return next((asked.title for asked in asks if asked.key == row.requirement), row.requirement)


def is_open(row: GateOutcome) -> bool:
    """Whether an outcome still waits for somebody."""
    return row.outcome == Outcome.OWED and row.settled_on is None


def answered(asked: Asked, facts: Facts, elsewhere: dict[str, str]) -> bool:
    """Whether the ledger, or another room, already shows what is asked."""
    return asked.key != RECORD and bool(facts.showing(asked.key) or elsewhere.get(asked.key))


def _refuse_what_cannot_be_owed(
    project: Project,
    dues: dict[tuple[MilestoneKind, str], Due],
    rows: dict[tuple[str, str], GateOutcome],
    facts: Facts,
) -> None:
    """A red line is no debt: the milestone is refused, unless a person judged the finding and wrote down why."""
    for key, due in dues.items():
        judged = rows.get(key)
        if due.asked.may_be_owed or (judged is not None and judged.outcome != Outcome.OWED):
            continue
        if not facts.showing(due.asked.key):
            raise RedLineTouched(
                _("触碰红线，不能%(milestone)s：%(line)s。如确属例外，请先由办公室在“%(title)s”中写明核对结论。")
                % {
                    "milestone": due.asked.milestone.label,
                    "line": banned_by(project) or due.asked.name,
                    "title": due.asked.name,
                }
            )


def _settle(
    rows: dict[tuple[str, str], GateOutcome],
    dues: dict[tuple[MilestoneKind, str], Due],
    on_record: dict[str, date | None],
    facts: Facts,
    elsewhere: dict[str, str],
) -> list[GateOutcome]:
    """Settle open debts that a fact now answers: the field was filled, the missing milestone was recorded."""
    found = []
    for key, row in rows.items():
        if not is_open(row):
            continue
        due = dues.get((MilestoneKind(key[0]), key[1]))
        if due is not None and due.before:
            row.outcome, row.settled_on, row.version = Outcome.BEFORE_RECORDS, clock.today(), row.version + 1
            found.append(row)
            continue
        if due is not None and answered(due.asked, facts, elsewhere):
            row.note = facts.showing(due.asked.key) or elsewhere[due.asked.key]
        elif row.requirement == RECORD and row.milestone in on_record:
            row.note = _("已补记里程碑")
        else:
            continue
        row.outcome, row.settled_on, row.note = Outcome.MET, clock.today(), row.note[:400]
        row.version += 1
        found.append(row)
    GateOutcome.objects.bulk_update(found, ["outcome", "settled_on", "note", "version"])
    return found


def _outcome(
    project: Project, due: Due, owners: dict[OwnerRole, Unit | None], facts: Facts, days: WorkdayCalendar
) -> GateOutcome:
    """A new outcome for what is asked and not answered."""
    asked = due.asked
    known_by_us = hasattr(facts, asked.key) or asked.legal
    before = due.before or (due.since is None and not known_by_us)
    return GateOutcome(
        project=project,
        milestone=asked.milestone,
        requirement=asked.key,
        outcome=Outcome.BEFORE_RECORDS if before else Outcome.OWED,
        owner=owners.get(asked.owner) or project.lead_unit,
        due_on=None if before else asked.due_on(due.since or clock.today(), follow_up_days(project, asked), days),
        settled_on=clock.today() if before else None,
    )


def unit_owners(project: Project) -> dict[OwnerRole, Unit | None]:
    """Which units stand behind the owner roles for this project; departments are chased by its own unit."""
    found: dict[OwnerRole, Unit | None] = {
        OwnerRole.LEAD_UNIT: project.lead_unit,
        OwnerRole.TASK_FORCE: project.lead_unit,
    }
    units = Unit.objects.filter(active=True, kind__in=[UnitKind.OFFICE, UnitKind.PARK]).order_by("position", "pk")
    for unit in units:
        if unit.kind == UnitKind.OFFICE:
            found.setdefault(OwnerRole.OFFICE, unit)
        elif unit.region_id is not None and unit.region_id == project.region_id:
            found.setdefault(OwnerRole.PARK, unit)
    return found
