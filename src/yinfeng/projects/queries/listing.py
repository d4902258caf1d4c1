"""The project list: what it may be filtered and sorted by, and what stands above it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.expressions import OrderBy

from yinfeng.chains.models import Chain
from yinfeng.core import clock, search
from yinfeng.core.actor import Actor
from yinfeng.core.money import FACTORS
from yinfeng.org.models import Region, Unit
from yinfeng.projects import lifecycle
from yinfeng.projects.enums import DuplicateState, ProjectKind, Stage, Status
from yinfeng.projects.models import Project, SavedView
from yinfeng.projects.queries.rows import open_debts

SORTS: Mapping[str, str | Sequence[str]] = {
    "changed": ("changed_at", "id"),
    "name": ("name", "id"),
    "total": ("total_wan", "id"),
    "stage_on": ("stage_on", "id"),
}
DEFAULT_SORT = "-changed"
SIZES = ("0.5", "1", "5", "10", "50")
NONE = "none"
PAGE = "projects"


@dataclass(frozen=True)
class ProjectFilter:
    """What a list of projects is narrowed to; empty texts ask for nothing. Chain, unit, region, officer are codes."""

    q: str = ""
    chain: str = ""
    stage: str = ""
    pool: str = ""
    unit: str = ""
    region: str = ""
    kind: str = ""
    status: str = ""
    size: str = ""
    officer: str = ""
    owed: str = ""
    mark: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "ProjectFilter":
        """The filter of an address; unknown words are ignored."""
        return cls(**{entry.name: query.get(entry.name, "").strip()[:60] for entry in fields(cls)})

    @property
    def words(self) -> dict[str, str]:
        """What is asked for, by name."""
        return {entry.name: value for entry in fields(self) if (value := getattr(self, entry.name))}


def projects_matching(actor: Actor, wanted: ProjectFilter) -> QuerySet[Project]:
    """The visible undertakings (without their phases) that a filter asks for, unordered."""
    rows = Project.objects.visible_to(actor).undertakings().filter(_plain(wanted, actor)).order_by()
    if wanted.owed:
        debts = open_debts().filter(project=OuterRef("pk"))
        rows = rows.filter(Exists(debts.filter(due_on__lt=clock.today()) if wanted.owed == "late" else debts))
    if wanted.q and (found := search.matching("project", wanted.q)) is not None:
        rows = rows.filter(pk__in=found)
    return rows


def _plain(wanted: ProjectFilter, actor: Actor) -> Q:
    """The conditions on a project's own columns and on what they point to."""
    asked = Q()
    if wanted.chain:
        asked &= Q(chain__isnull=True) if wanted.chain == NONE else Q(chain__code=wanted.chain)
    if wanted.stage in Stage.values:
        asked &= Q(stage=wanted.stage)
    if stages := lifecycle.stages_of(wanted.pool):
        asked &= Q(stage__in=stages)
    if wanted.unit:
        asked &= Q(lead_unit__code=wanted.unit) | Q(lead_unit__parent__code=wanted.unit)
    if wanted.region:
        asked &= Q(region__code=wanted.region) | Q(region__parent__code=wanted.region)
    if wanted.kind in ProjectKind.values:
        asked &= Q(kind=wanted.kind)
    if wanted.status in Status.values:
        asked &= Q(status=wanted.status)
    if wanted.size in SIZES:
        asked &= Q(total_wan__gte=Decimal(wanted.size) * FACTORS["亿元"])
    if wanted.officer:
        asked &= Q(officer_id=actor.user_id) if wanted.officer == "me" else Q(officer__code=wanted.officer)
    if wanted.mark == "duplicate":
        asked &= Q(duplicate_state=DuplicateState.PENDING)
    if wanted.mark == "doubt":
        asked &= Q(stage_in_doubt=True)
    return asked


def in_order(rows: QuerySet[Project], order_by: Iterable[str]) -> QuerySet[Project]:
    """The rows in an order in which unknown amounts and days come last, whichever way round."""
    return rows.order_by(*(_last_if_unknown(name) for name in order_by))


def _last_if_unknown(name: str) -> str | OrderBy:
    if name.removeprefix("-") not in {"total_wan", "stage_on"}:
        return name
    field = F(name.removeprefix("-"))
    return field.desc(nulls_last=True) if name.startswith("-") else field.asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many projects a filter finds and what they add up to by stated total investment."""

    count: int
    total_wan: Decimal
    unstated: int

    @property
    def stated(self) -> int:
        """How many say what they will invest."""
        return self.count - self.unstated


def totals_of(rows: QuerySet[Project]) -> Totals:
    """Count and sum of a list in one query; *unstated* have no total investment.

    Added up by stage, because then both databases answer from the index ``project_standing`` alone.
    """
    by_stage = rows.values_list("stage").annotate(n=Count("*"), total=Sum("total_wan"), stated=Count("total_wan"))
    found = list(by_stage)
    count = sum(row[1] for row in found)
    total = sum((row[2] or Decimal(0) for row in found), Decimal(0))
    return Totals(count, total, count - sum(row[3] for row in found))


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, or a saved view with its query."""

    code: str
    label: str
    query: str = ""


def list_choices(actor: Actor, page: str = PAGE) -> dict[str, list[Choice]]:
    """Chains, units, regions of the place, and saved views, in one query."""
    rows = _options("chain", Chain.objects.visible_to(actor).filter(active=True), "short_name", "position").union(
        _options("unit", Unit.objects.visible_to(actor).filter(active=True), "short_name", "position"),
        _options("region", Region.objects.visible_to(actor).filter(node__isnull=False), "name", ""),
        _options("view", SavedView.objects.visible_to(actor).filter(page=page), "title", ""),
        all=True,
    )
    found: dict[str, list[Choice]] = {"chain": [], "unit": [], "region": [], "view": []}
    for what, code, label, query, _place in sorted(rows, key=lambda row: (row[0], row[4], row[1])):
        found[what].append(Choice(code, label, query))
    return found


def _options(what: str, rows: QuerySet[Any], label: str, position: str) -> QuerySet[Any, tuple[Any, ...]]:
    """One kind of choice as comparable columns."""
    text = CharField(max_length=2000)
    found: QuerySet[Any, tuple[Any, ...]] = (
        rows.order_by()
        .annotate(
            what=Value(what, output_field=text),
            shown=F(label),
            asks=F("query") if what == "view" else Value("", output_field=text),
            place=F(position) if position else Value(0, output_field=IntegerField()),
        )
        .values_list("what", "code", "shown", "asks", "place")
    )
    return found
