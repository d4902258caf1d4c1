"""What rooms may contribute to each other's pages; the lists themselves stand in ``config.assembly``.

A lower room reads them with ``assembled()`` and so never imports upward.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Text
from yinfeng.core.period import Period


@dataclass(frozen=True)
class Panel:
    """A part of a page that another room fills: loaded for a whole page of records in one go, keyed by record id."""

    key: str
    title: Text
    template: str
    load: Callable[[Actor, Sequence[int]], Mapping[int, Any]]


@dataclass(frozen=True)
class MonthPanel:
    """What a room adds to the rows of a month's grid: loaded for a whole page of records, for that month."""

    key: str
    load: Callable[[Actor, Sequence[int], Period], Mapping[int, Any]]


@dataclass(frozen=True)
class TodayItem:
    """One line of the 今日 page: how many wait for this person, and where the list of them is."""

    key: str
    title: Text
    url: str
    count: int
    note: Text = ""
    urgent: bool = False


@dataclass(frozen=True)
class Requirement:
    """How a gate's requirement is looked up in another room: evidence text for those projects where it is met."""

    key: str
    met: Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Finding:
    """Something ``prove`` or a data check found wrong."""

    check: str
    subject: str
    message: str


@dataclass(frozen=True)
class Check:
    """A proof over stored facts; returns findings, never raises for a wrong fact."""

    key: str
    title: Text
    run: Callable[[], Sequence[Finding]]


@dataclass(frozen=True)
class Hit:
    """One search result."""

    label: str
    url: str
    meta: str = ""


@dataclass(frozen=True)
class SearchProvider:
    """One kind of record in the top search box."""

    title: Text
    find: Callable[[Actor, str, int], Sequence[Hit]]


@dataclass(frozen=True)
class NavItem:
    """One entry of the main navigation; ``roles`` empty means everybody."""

    key: str
    title: Text
    url_name: str
    roles: frozenset[Role] = frozenset()


class Assembly(Protocol):
    """The lists of ``config.assembly``."""

    NAVIGATION: Sequence[NavItem]
    PROJECT_PANELS: Sequence[Panel]
    CARD_PANELS: Sequence[Panel]
    GRID_PANELS: Sequence[MonthPanel]
    UNIT_PANELS: Sequence[Panel]
    FORCE_PANELS: Sequence[Panel]
    CHAIN_PANELS: Sequence[Panel]
    ENTERPRISE_PANELS: Sequence[Panel]
    REQUIREMENTS: Sequence[Requirement]
    CHECKS: Sequence[Check]
    SEARCH: Sequence[SearchProvider]
    TODAY: Sequence[Callable[[Actor], Sequence[TodayItem]]]
    VERB_LABELS: Mapping[str, Text]

    def link(self, target_type: str, code: str) -> str:
        """The address of a record's page, or an empty text."""

    def evidence_owner_visible(self, actor: Actor, owner_type: str, owner_id: int) -> bool:
        """Whether the actor may see the record that a file belongs to."""


def assembled() -> Assembly:
    """The assembly of this installation."""
    return cast(Assembly, import_module(settings.YINFENG_ASSEMBLY))
