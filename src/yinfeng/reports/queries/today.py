"""今日: what a person comes to the office for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import TodayItem, assembled
from yinfeng.core.parameters import number
from yinfeng.core.period import Period
from yinfeng.org.models import Place, Unit
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Project
from yinfeng.submissions.enums import SubmissionState
from yinfeng.submissions.lifecycle import due_on
from yinfeng.submissions.models import Submission
from yinfeng.submissions.queries import reporting_units
from yinfeng.targets.metrics import METRICS, Figure, Options, Scope, Window
from yinfeng.targets.metrics.against import CompletionRate
from yinfeng.targets.queries import main_targets, working_month

REPORTED = (SubmissionState.REPORTED, SubmissionState.SUPPLEMENTED, SubmissionState.ACCEPTED)
RECENT = 10


@dataclass(frozen=True)
class Recent:
    """An activity as the page shows it."""

    kind: str
    text: str
    on: date
    unit: str
    url: str
    demo: bool


@dataclass(frozen=True)
class Today:
    """The page: the report day and who has not reported, what waits, how the year stands, what was done lately."""

    place: Place | None
    period: Period
    due_on: date
    days_left: int
    missing: Sequence[Unit]
    units: int
    items: Sequence[TodayItem]
    figures: Sequence[tuple[Figure, Figure]]
    recent: Sequence[Recent]
    has_projects: bool
    near_days: int

    @property
    def days_late(self) -> int:
        """Days past the report day, 0 before it."""
        return max(-self.days_left, 0)

    @property
    def light(self) -> str:
        """Green when everybody has reported, red when the day is past, yellow in its last days."""
        if not self.missing:
            return "green"
        if self.days_left < 0:
            return "red"
        return "yellow" if self.days_left <= self.near_days else "paused"

    @property
    def word(self) -> str:
        """What the light says."""
        words = {"green": _("已报齐"), "red": _("超期"), "yellow": _("临近"), "paused": _("未到期")}
        return words[self.light]

    @property
    def reported(self) -> int:
        """How many units have reported."""
        return self.units - len(self.missing)

    @property
    def waiting(self) -> list[TodayItem]:
        """What waits, urgent first, nothing that is empty."""
        return [item for item in self.ordered if item.count]

    @property
    def ordered(self) -> list[TodayItem]:
        """Everything that may wait, urgent first and empty last."""
        return sorted(self.items, key=lambda item: (not item.count, not item.urgent))


def today(actor: Actor, place: Place | None) -> Today:
    """The page for one person, in a constant number of queries."""
    day = clock.today()
    period = Period.month_of(day)
    due = due_on(period, place.report_day if place else 25)
    units = list(reporting_units(actor))
    done = set(
        Submission.objects.visible_to(actor)
        .filter(period=period.code, state__in=REPORTED)
        .values_list("unit_id", flat=True)
    )
    lately = recent(actor)
    return Today(
        place=place,
        period=period,
        due_on=due,
        days_left=(due - day).days,
        missing=[unit for unit in units if unit.pk not in done],
        units=len(units),
        items=[item for contribute in assembled().TODAY for item in contribute(actor)],
        figures=year_figures(place) if place else [],
        recent=lately,
        has_projects=bool(lately) or Project.objects.visible_to(actor).exists(),
        near_days=int(number("report.near_days")),
    )


def recent(actor: Actor) -> list[Recent]:
    """The latest activities that the person may see."""
    rows = Activity.objects.visible_to(actor).select_related("unit", "project", "enterprise")
    link = assembled().link
    return [
        Recent(
            kind=str(row.get_kind_display()),
            text=" ".join(filter(None, [str(row.project or row.enterprise or row.counterpart), row.summary[:60]])),
            on=row.occurred_on,
            unit=str(row.unit),
            url=link("outreach.activity", row.code),
            demo=row.demo,
        )
        for row in rows.order_by("-occurred_on", "-id")[:RECENT]
    ]


def year_figures(place: Place) -> list[tuple[Figure, Figure]]:
    """Signed amount and funds of the working year so far, each with its completion rate."""
    window = Window.year_to(working_month(place))
    scope, targets = Scope.place(), main_targets(window.last.year)
    found = []
    for name in ("signed_amount", "funds_reported"):
        done, target = METRICS[name].figure(scope, window), targets.get((name, ("place", "")))
        aim = replace(done, value=target.value if target else None)
        found.append((done, CompletionRate().measured(done, aim, Options(of=name))))
    return found
