"""Reads of the outreach room: the list, follow-ups that are due, counts, and what other pages show of activities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import TodayItem
from yinfeng.core.period import Period
from yinfeng.org.models import Unit
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Party, Project

ON_A_PAGE = 8
STALE_AFTER = timedelta(days=180)
"""A next step that nobody took for so long is no longer called due."""


@dataclass(frozen=True)
class ActivityFilter:
    """What the list is narrowed to; empty values do not filter."""

    kind: str = ""
    unit: str = ""
    period: str = ""
    project: str = ""
    enterprise: str = ""
    due: bool = False


def activities(actor: Actor, wanted: ActivityFilter) -> QuerySet[Activity]:
    """Activities the actor sees, with unit, project and firm loaded."""
    rows = Activity.objects.visible_to(actor).select_related("unit", "project", "enterprise")
    exact = {
        "kind": wanted.kind,
        "unit__code": wanted.unit,
        "posted_period": wanted.period,
        "project__code": wanted.project,
        "enterprise__code": wanted.enterprise,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    return due(rows) if wanted.due else rows


def due(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those whose next step is due by today and that no later activity with the same project or firm has followed."""
    today = clock.today()
    followed = _followed(project_id=OuterRef("project_id"))
    met_again = _followed(enterprise_id=OuterRef("enterprise_id"))
    return rows.filter(next_due_on__range=(today - STALE_AFTER, today)).exclude(
        followed | (Q(project__isnull=True) & met_again)
    )


def _followed(**same: Any) -> Q:
    """Whether there is a later activity with the *same* project or firm; on one day the later recorded is the later.

    Two questions with one answer each from an index; asked as one with an *or* they would read every activity.
    """
    others = Activity.objects.filter(withdrawn_at__isnull=True, **same)
    on_a_later_day = others.filter(occurred_on__gt=OuterRef("occurred_on"))
    on_the_same_day = others.filter(occurred_on=OuterRef("occurred_on"), id__gt=OuterRef("id"))
    return Exists(on_a_later_day) | Exists(on_the_same_day)


def today_items(actor: Actor) -> Sequence[TodayItem]:
    """How many next steps of one's own units are due."""
    rows = due(Activity.objects.visible_to(actor))
    if not actor.sees_all:
        rows = rows.filter(unit_id__in=actor.unit_ids)
    count = rows.count()
    if not count:
        return []
    return [
        TodayItem("follow_ups", _("到期跟进"), reverse("outreach:list") + "?due=on", count, urgent=True),
    ]


@dataclass(frozen=True)
class KindCount:
    """How often a kind of activity was done."""

    kind: ActivityKind
    count: int


def counts_by_kind(rows: QuerySet[Activity]) -> list[KindCount]:
    """The activities among *rows*, kind by kind in the fixed order; kinds without any are left out."""
    found = dict(rows.order_by().values_list("kind").annotate(count=Count("id")))
    return [KindCount(kind, found[kind.value]) for kind in ActivityKind if kind.value in found]


def month_counts(actor: Actor) -> list[KindCount]:
    """What was done this month, as far as the actor sees it."""
    month = Period.month_of(clock.today()).code
    return counts_by_kind(Activity.objects.visible_to(actor).filter(posted_period=month))


def counts_by_unit_and_month(first: Period, last: Period) -> dict[int, dict[str, dict[str, int]]]:
    """Unit → month → kind → how many, on the posted axis, over the whole place; one query.

    A metric has the same value for every viewer, so no scope is applied; the lines it opens are ``activities``.
    """
    rows = (
        Activity.objects.filter(withdrawn_at__isnull=True, posted_period__range=(first.code, last.code))
        .order_by()
        .values_list("unit_id", "posted_period", "kind")
        .annotate(count=Count("id"))
    )
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for unit, month, kind, count in rows:
        found[unit][month][kind] = count
    return found


def units_without(kind: ActivityKind, first: Period, last: Period) -> QuerySet[Unit]:
    """Reporting units that have no activity of this kind in these months: 零外出 and the like."""
    done = Activity.objects.filter(
        withdrawn_at__isnull=True, kind=kind, posted_period__range=(first.code, last.code)
    ).values("unit_id")
    rows: QuerySet[Unit] = Unit.objects.filter(active=True, reports=True).exclude(pk__in=done)
    return rows.order_by("position", "id")


@dataclass(frozen=True)
class Recent:
    """The newest activities of a record and how many of each kind there are this year."""

    latest: list[Activity]
    counts: list[KindCount]

    @property
    def total(self) -> int:
        """All of this year's."""
        return sum(item.count for item in self.counts)


def project_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, Recent]:
    """Activities on the project page."""
    return _recent(Activity.objects.visible_to(actor).filter(project_id__in=ids), "project_id", ids)


def unit_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, Recent]:
    """Activities on the unit page."""
    return _recent(Activity.objects.visible_to(actor).filter(unit_id__in=ids), "unit_id", ids)


def chain_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, Recent]:
    """Activities for the projects of a chain."""
    return _recent(Activity.objects.visible_to(actor).filter(project__chain_id__in=ids), "project__chain_id", ids)


def _recent(rows: QuerySet[Activity], key: str, ids: Sequence[int]) -> dict[int, Recent]:
    """The newest activities of each record: a query a record for the lines, one for this year's counts."""
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    this_year = rows.filter(posted_period__gte=f"{clock.today().year}-01")
    for record, kind, count in this_year.order_by().values_list(key, "kind").annotate(count=Count("id")):
        counted[record][kind] = count
    shown: dict[int, Recent] = {}
    for record in ids:
        counts = [
            KindCount(kind, counted[record][kind.value]) for kind in ActivityKind if kind.value in counted[record]
        ]
        mine = rows.filter(**{key: record}).select_related("unit", "project", "enterprise")
        shown[record] = Recent(list(mine.order_by("-occurred_on", "-id")[:ON_A_PAGE]), counts)
    return shown


@dataclass(frozen=True)
class Dealings:
    """What the place does with a firm: its part in projects the reader sees, and the newest activities."""

    parties: list[Party]
    hidden: int
    recent: Recent


def enterprise_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, Dealings]:
    """Projects and activities on the firm's page; projects out of scope are only counted."""
    recent = _recent(Activity.objects.visible_to(actor).filter(enterprise_id__in=ids), "enterprise_id", ids)
    seen = Project.objects.visible_to(actor)
    open_ends = Party.objects.filter(enterprise_id__in=ids, project__withdrawn_at__isnull=True)
    shown: dict[int, list[Party]] = defaultdict(list)
    for party in open_ends.filter(project__in=seen).select_related("project__chain").order_by("role", "id")[:200]:
        shown[party.enterprise_id].append(party)
    totals = dict(open_ends.order_by().values_list("enterprise_id").annotate(count=Count("id")))
    return {firm: Dealings(shown[firm], max(totals.get(firm, 0) - len(shown[firm]), 0), recent[firm]) for firm in ids}
