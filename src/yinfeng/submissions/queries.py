"""Reads of the submission room: the grid, the state of every unit's month, and the months themselves."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.core.assembly import TodayItem, assembled
from yinfeng.core.models import Evidence
from yinfeng.core.period import Period
from yinfeng.core.verdicts import Verdict
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import ReportingMonth, Unit
from yinfeng.org.periods import state_of, the_place
from yinfeng.projects.enums import Stage
from yinfeng.projects.models import AnnualPlanLine, Project
from yinfeng.submissions import lifecycle, policy
from yinfeng.submissions.enums import SubmissionState
from yinfeng.submissions.models import NOTE_FIELDS, ProgressNote, Submission


def current_period() -> Period:
    """The month that is being reported: this one."""
    return Period.month_of(clock.today())


@dataclass(frozen=True)
class GridFilter:
    """What the grid is narrowed to; empty values do not filter."""

    chain: str = ""
    unit: str = ""
    stage: str = ""
    only: str = ""


def grid_projects(actor: Actor, wanted: GridFilter, period: Period) -> QuerySet[Project]:
    """The projects of the grid in the office's order: chain, then furthest first, then name."""
    rows = (
        Project.objects.visible_to(actor)
        .undertakings()
        .select_related("chain", "lead_unit", "region")
        .order_by(F("chain__position").asc(nulls_last=True), "lead_unit__position", "name", "id")
    )
    exact = {"chain__code": wanted.chain, "lead_unit__code": wanted.unit, "stage": wanted.stage}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    noted = ProgressNote.objects.filter(period=period.code).exclude(text="").values("project_id")
    if wanted.only == "missing":
        rows = rows.exclude(pk__in=noted)
    elif wanted.only == "problems":
        with_problem = ProgressNote.objects.filter(period=period.code).exclude(problem="").values("project_id")
        rows = rows.filter(pk__in=with_problem)
    return rows


def digest_of(texts: Sequence[str]) -> str:
    """A short mark of some texts; line ends are compared as browsers send them."""
    joined = "\x1f".join(text.replace("\r\n", "\n").strip() for text in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class GridCell:
    """One text of a row: what is shown, last month's draft, and after a conflict what stands now."""

    name: str
    title: str
    value: str
    draft: str
    stands: str


CELL_TITLES = {
    "text": gettext_lazy("本月进展"),
    "problem": gettext_lazy("存在问题"),
    "help_needed": gettext_lazy("需协调事项"),
    "next_step": gettext_lazy("下一步"),
}


@dataclass(frozen=True)
class GridRow:
    """One project in one month: what was written, last month's text as the draft, and what other rooms add."""

    project: Project
    note: ProgressNote | None
    last: ProgressNote | None
    aimed_stage: str
    may_change: Verdict
    panels: Mapping[str, Any]
    typed: Mapping[str, str] | None = None

    @property
    def version(self) -> int:
        """The version of this month's note, 0 where none was written yet."""
        return self.note.version if self.note else 0

    @property
    def texts(self) -> tuple[str, ...]:
        """This month's texts in the order of ``NOTE_FIELDS``."""
        return tuple(getattr(self.note, name, "") for name in NOTE_FIELDS) if self.note else ("",) * len(NOTE_FIELDS)

    @property
    def cells(self) -> list[GridCell]:
        """The four texts with last month's beside them; what a person typed and could not save comes before what stands."""
        cells = []
        for name, text in zip(NOTE_FIELDS, self.texts, strict=True):
            value = self.typed[name] if self.typed is not None else text
            stands = text if self.typed is not None and text != value else ""
            cells.append(GridCell(name, str(CELL_TITLES[name]), value, getattr(self.last, name, ""), stands))
        return cells

    @property
    def digest(self) -> str:
        """A mark of the texts as shown, by which a row that nobody touched is told from one that changed."""
        return digest_of(self.texts)

    @property
    def changed(self) -> bool:
        """Whether this month's text differs from last month's (printed in red)."""
        return bool(self.note and self.last and self.note.text and self.note.text != self.last.text)

    @property
    def draft(self) -> str:
        """Last month's progress text, shown grey until this month's is written."""
        return self.last.text if self.last and not (self.note and self.note.text) else ""


def grid_rows(
    actor: Actor, projects: Sequence[Project], period: Period, month: PeriodState | None = None
) -> list[GridRow]:
    """The rows of a page of the grid, in a constant number of queries."""
    ids = [project.pk for project in projects]
    previous = period.previous()
    notes = {
        (note.project_id, note.period): note
        for note in ProgressNote.objects.filter(project__in=ids, period__in=[period.code, previous.code])
    }
    aims = dict(
        AnnualPlanLine.objects.filter(project__in=ids, year=period.first.year).values_list("project_id", "aimed_stage")
    )
    reported = dict(Submission.objects.filter(period=period.code).values_list("unit_id", "state"))
    month = month or state_of(period.code)
    verdicts = {state: policy.can_change_note(actor, state, month) for state in SubmissionState}
    loaded = {panel.key: panel.load(actor, ids, period) for panel in assembled().GRID_PANELS}
    labels = dict(Stage.choices)
    return [
        GridRow(
            project=project,
            note=notes.get((project.pk, period.code)),
            last=notes.get((project.pk, previous.code)),
            aimed_stage=str(labels.get(aims.get(project.pk, ""), "")),
            may_change=verdicts[SubmissionState(reported.get(project.lead_unit_id or 0, SubmissionState.NOT_REPORTED))],
            panels={key: values.get(project.pk) for key, values in loaded.items()},
        )
        for project in projects
    ]


@dataclass(frozen=True)
class UnitMonth:
    """One line of the submission table: a unit, its month, how far its notes are, and whether it is overdue."""

    unit: Unit
    submission: Submission | None
    projects: int
    noted: int
    stamped: int
    due_on: date
    overdue: bool

    @property
    def state(self) -> SubmissionState:
        """The state of the month; a unit that never opened it has not reported."""
        return SubmissionState(self.submission.state) if self.submission else SubmissionState.NOT_REPORTED

    @property
    def light(self) -> str:
        """Green when accepted, red when overdue, yellow in between."""
        if self.state is SubmissionState.ACCEPTED:
            return "green"
        if self.overdue or self.state is SubmissionState.RETURNED:
            return "red"
        return "yellow"


def reporting_units(actor: Actor) -> QuerySet[Unit]:
    """The units that report monthly and that the actor covers."""
    rows: QuerySet[Unit] = Unit.objects.visible_to(actor).filter(active=True, reports=True).select_related("node")
    return rows if actor.covers is None else rows.filter(node_id__in=actor.covers)


def unit_months(actor: Actor, period: Period) -> list[UnitMonth]:
    """Every reporting unit's month, in the office's order, in a constant number of queries."""
    units = list(reporting_units(actor))
    submissions = {row.unit_id: row for row in Submission.objects.visible_to(actor).filter(period=period.code)}
    live = Q(projects__withdrawn_at__isnull=True, projects__merged_into__isnull=True, projects__parent__isnull=True)
    noted = Q(projects__progress_notes__period=period.code) & ~Q(projects__progress_notes__text="")
    counts = {
        key: (projects, written)
        for key, projects, written in Unit.objects.filter(pk__in=[unit.pk for unit in units])
        .order_by()
        .annotate(
            all_projects=Count("projects", filter=live, distinct=True),
            written=Count("projects", filter=live & noted, distinct=True),
        )
        .values_list("pk", "all_projects", "written")
    }
    stamped = dict(
        Evidence.objects.filter(
            owner_type="submissions.submission",
            owner_id__in=[row.pk for row in submissions.values()],
            purpose="stamped",
            withdrawn_at__isnull=True,
        )
        .order_by()
        .values_list("owner_id")
        .annotate(Count("pk"))
    )
    place = the_place()
    due = lifecycle.due_on(period, place.report_day if place else 25)
    open_states = {SubmissionState.NOT_REPORTED, SubmissionState.RETURNED}
    lines = []
    for unit in units:
        submission = submissions.get(unit.pk)
        projects, written = counts.get(unit.pk, (0, 0))
        state = SubmissionState(submission.state) if submission else SubmissionState.NOT_REPORTED
        overdue = clock.today() > due and state in open_states
        papers = stamped.get(submission.pk, 0) if submission else 0
        lines.append(UnitMonth(unit, submission, projects, written, papers, due, overdue))
    return lines


@dataclass(frozen=True)
class MonthLine:
    """One month of the place: its state, and where it may go from here."""

    period: Period
    state: PeriodState
    row: ReportingMonth | None
    moves: tuple[PeriodState, ...]
    reported: int
    units: int


def months(actor: Actor, year: int) -> list[MonthLine]:
    """The months of a year up to this one, newest first."""
    today = clock.today()
    rows = {row.period: row for row in ReportingMonth.objects.visible_to(actor).filter(period__startswith=f"{year}-")}
    reported = dict(
        Submission.objects.visible_to(actor)
        .filter(period__startswith=f"{year}-")
        .exclude(state__in=[SubmissionState.NOT_REPORTED, SubmissionState.RETURNED])
        .order_by()
        .values_list("period")
        .annotate(Count("pk"))
    )
    units = reporting_units(actor).count()
    lines = []
    for month in reversed(Period.parse(str(year)).months()):
        if month.first > today:
            continue
        row = rows.get(month.code)
        state = PeriodState(row.state) if row else PeriodState.OPEN
        lines.append(MonthLine(month, state, row, lifecycle.MONTH_MOVES[state], reported.get(month.code, 0), units))
    return lines


def previous_submission(submission: Submission) -> Submission | None:
    """The same unit's month before, for the comparison side by side."""
    before = Period.parse(submission.period).previous().code
    return Submission.objects.filter(unit=submission.unit_id, period=before).first()


@dataclass(frozen=True)
class NotePair:
    """A project's note of a month beside last month's."""

    project: Project
    now: ProgressNote | None
    before: ProgressNote | None


def note_pairs(actor: Actor, submission: Submission) -> list[NotePair]:
    """What a unit wrote about its projects, each beside the month before."""
    period = Period.parse(submission.period)
    projects = list(
        Project.objects.visible_to(actor)
        .undertakings()
        .filter(lead_unit=submission.unit_id)
        .select_related("chain")
        .order_by("chain__position", "name", "id")
    )
    wanted = [period.code, period.previous().code]
    notes = {
        (note.project_id, note.period): note
        for note in ProgressNote.objects.filter(project__in=[project.pk for project in projects], period__in=wanted)
    }
    return [
        NotePair(project, notes.get((project.pk, wanted[0])), notes.get((project.pk, wanted[1])))
        for project in projects
    ]


def project_panel(actor: Actor, project_ids: Sequence[int]) -> Mapping[int, list[ProgressNote]]:
    """Three months' progress of each project, newest first."""
    since = current_period().shift(-11).code
    found: dict[int, list[ProgressNote]] = {key: [] for key in project_ids}
    rows = ProgressNote.objects.filter(project__in=project_ids, period__gte=since).order_by("-period", "id")
    for note in rows:
        found[note.project_id].append(note)
    return found


def today_items(actor: Actor) -> list[TodayItem]:
    """Who has not reported, and what waits for the office."""
    period = current_period()
    address = reverse("submissions:list")
    items: list[TodayItem] = []
    if actor.has(Role.OFFICE):
        review = Submission.objects.visible_to(actor).filter(
            period=period.code, state__in=[SubmissionState.REPORTED, SubmissionState.SUPPLEMENTED]
        )
        items.append(TodayItem("review", _("待审报送"), f"{address}?state=reported", review.count()))
    if actor.has(Role.REPORTER, Role.OFFICER):
        returned = Submission.objects.visible_to(actor).filter(state=SubmissionState.RETURNED).count()
        items.append(
            TodayItem("returned_month", _("被退回的月报"), f"{address}?state=returned", returned, urgent=returned > 0)
        )
        missing = grid_projects(actor, GridFilter(only="missing"), period).count()
        items.append(TodayItem("notes", _("本月进展未填"), f"{reverse('submissions:grid')}?only=missing", missing))
    return items
