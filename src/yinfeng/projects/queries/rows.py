"""Projects as lists and boards show them: with what is owed, how long in the stage, and what other rooms know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.core.waits import Light
from yinfeng.projects.enums import Outcome, PartyRole, Status
from yinfeng.projects.models import GateOutcome, Party, Project

NEAR_DAYS = 5
RESTING = frozenset({Status.HALTED, Status.WINTER_REST, Status.SUSPENDED, Status.TERMINATED, Status.TRANSFERRED})


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project of a list: what is owed, since when it stands where it stands, and other rooms' panels."""

    project: Project
    owed: int
    late: int
    due_on: date | None
    investor: str
    panels: Mapping[str, Any] = field(default_factory=dict)
    today: date = field(default_factory=clock.today)

    @property
    def days_in_stage(self) -> int | None:
        """Days since the stage was entered; unknown for 入库前."""
        return None if self.project.stage_on is None else (self.today - self.project.stage_on).days

    @property
    def light(self) -> Light:
        """Red when something owed is overdue, yellow when it soon will be; a project at rest is paused."""
        return light_of(self.project.status, self.late, self.due_on, self.today)


def light_of(status: str, late: int, due_on: date | None, today: date) -> Light:
    """The light of a project by what it owes."""
    if status in RESTING:
        return Light.PAUSED
    if late:
        return Light.RED
    return Light.YELLOW if due_on is not None and (due_on - today).days <= NEAR_DAYS else Light.GREEN


def open_debts() -> QuerySet[GateOutcome]:
    """Requirements that are owed and not settled."""
    rows: QuerySet[GateOutcome] = GateOutcome.objects.filter(outcome=Outcome.OWED, settled_on__isnull=True)
    return rows


def with_debts(rows: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with ``owed``, ``late``, ``due_on`` and ``investor`` read in the same query."""
    debts = open_debts().filter(project=OuterRef("pk")).order_by().values("project")
    investors = Party.objects.filter(project=OuterRef("pk"), role=PartyRole.INVESTOR, to_on__isnull=True)
    return rows.annotate(
        owed=Coalesce(Subquery(debts.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        late=Coalesce(
            Subquery(
                debts.annotate(n=Count("pk", filter=Q(due_on__lt=clock.today()))).values("n"),
                output_field=IntegerField(),
            ),
            0,
        ),
        due_on=Subquery(debts.annotate(day=Min("due_on")).values("day")),
        investor=Subquery(
            investors.order_by("pk").values("enterprise__name")[:1], output_field=CharField(max_length=160)
        ),
    )


def as_rows(actor: Actor, projects: Sequence[Project], *, panels: bool = True) -> list[ProjectRow]:
    """A page of projects read by ``with_debts`` as rows, with every card panel loaded once for all of them."""
    ids = [project.pk for project in projects]
    loaded = {panel.key: panel.load(actor, ids) for panel in assembled().CARD_PANELS} if panels and ids else {}
    today = clock.today()
    return [
        ProjectRow(
            project=project,
            owed=getattr(project, "owed", 0),
            late=getattr(project, "late", 0),
            due_on=getattr(project, "due_on", None),
            investor=getattr(project, "investor", None) or "",
            panels={key: found.get(project.pk) for key, found in loaded.items()},
            today=today,
        )
        for project in projects
    ]
