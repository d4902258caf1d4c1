"""The board: a lane a stage, with counts and sums of all its projects and the cards of its first page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from yinfeng.core.actor import Actor
from yinfeng.projects.enums import STAGE_ORDER, Stage
from yinfeng.projects.models import Project
from yinfeng.projects.queries.rows import ProjectRow, as_rows, with_debts

LANE_PAGE = 12
NEWEST = ("-changed_at", "-id")


@dataclass
class Lane:
    """One stage of the board."""

    stage: Stage
    count: int = 0
    total_wan: Decimal | None = None
    cards: list[ProjectRow] = field(default_factory=list)
    page: int = 1

    @property
    def left(self) -> int:
        """How many cards the lane holds beyond the pages shown."""
        return max(0, self.count - self.page * LANE_PAGE)

    @property
    def next_page(self) -> int:
        """The page that follows."""
        return self.page + 1


def board(actor: Actor, rows: QuerySet[Project]) -> list[Lane]:
    """All lanes with the cards of their first pages: sums, ids, cards, and one load a panel."""
    lanes = {stage: Lane(stage) for stage in STAGE_ORDER}
    for stage, count, total in rows.values_list("stage").annotate(n=Count("*"), total=Sum("total_wan")):
        lanes[Stage(stage)].count, lanes[Stage(stage)].total_wan = count, total
    filled = [stage for stage in STAGE_ORDER if lanes[stage].count]
    for card in _cards(actor, _first_ids(rows, filled)):
        lanes[Stage(card.project.stage)].cards.append(card)
    return list(lanes.values())


def lane_page(actor: Actor, rows: QuerySet[Project], stage: Stage, page: int) -> Lane:
    """One further page of a lane."""
    inside = rows.filter(stage=stage)
    start = (page - 1) * LANE_PAGE
    ids = list(inside.order_by(*NEWEST).values_list("pk", flat=True)[start : start + LANE_PAGE])
    return Lane(stage, inside.count(), cards=_cards(actor, ids), page=page)


def _first_ids(rows: QuerySet[Project], stages: Sequence[Stage]) -> list[int]:
    """The ids of the newest projects of each stage, in one query.

    Each part is a subquery because SQLite takes no limits in the parts of a union.
    """
    parts = [
        Project.objects.filter(pk__in=rows.filter(stage=stage).order_by(*NEWEST).values("pk")[:LANE_PAGE])
        .order_by()
        .values_list("pk", flat=True)
        for stage in stages
    ]
    return list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else [key for part in parts for key in part]


def _cards(actor: Actor, ids: Sequence[int]) -> list[ProjectRow]:
    rows = with_debts(Project.objects.filter(pk__in=ids)).select_related("chain", "lead_unit").order_by(*NEWEST)
    return as_rows(actor, list(rows)) if ids else []
