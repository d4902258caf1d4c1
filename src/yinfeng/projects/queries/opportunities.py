"""The list of opportunities."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from yinfeng.core import search
from yinfeng.core.actor import Actor
from yinfeng.projects.enums import OpportunityState
from yinfeng.projects.models import Opportunity
from yinfeng.projects.queries.listing import NONE


@dataclass(frozen=True)
class OpportunityFilter:
    """What the list is narrowed to; chain is a code."""

    q: str = ""
    chain: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "OpportunityFilter":
        """The filter of an address; unknown words are ignored."""
        return cls(*(query.get(name, "").strip()[:60] for name in ("q", "chain", "state")))


def opportunities_matching(actor: Actor, wanted: OpportunityFilter) -> QuerySet[Opportunity]:
    """The opportunities that a filter asks for, with what their list shows, unordered."""
    rows = Opportunity.objects.visible_to(actor).select_related("chain", "lead_unit", "taken_by").order_by()
    if wanted.chain:
        rows = rows.filter(chain__isnull=True) if wanted.chain == NONE else rows.filter(chain__code=wanted.chain)
    if wanted.state in OpportunityState.values:
        rows = rows.filter(state=wanted.state)
    if wanted.q and (found := search.matching("opportunity", wanted.q)) is not None:
        rows = rows.filter(pk__in=found)
    return rows
