"""The projects of a document, each once, under its ledger name."""

import re

from .lexicon import Lexicon
from .mention import Mention
from .mentions import mentions
from .merging import Cluster, clusters
from .model import Capacity, Project
from .names import Profile
from .outlook import Outlook
from .quantities import CONTEXT_ONLY
from .sentences import Paragraph
from .source import Source

ENDS_ITSELF = re.compile(r"(?:项目|工程)\Z")
BASE = 0.5


def projects(
    source: Source, parts: list[Paragraph], views: list[Outlook], lexicon: Lexicon, area: str | None
) -> tuple[Project, ...]:
    """Every project the document names."""
    found = list(mentions(parts, views, lexicon))
    return tuple(as_project(source, cluster, area) for cluster in clusters(found, lexicon))


def as_project(source: Source, cluster: Cluster, area: str | None) -> Project:
    """One project from its namings: the fullest gives the name, the first the quotation."""
    best = max(cluster.namings, key=lambda m: (m.score, len(m.profile.text)))
    capacity = next((c for c in (capacity_of(m.profile) for m in [best, *cluster.namings]) if c), None)
    paid = next((m for m in cluster.namings if m.amount_raw), None)
    firm = max((m.firm for m in cluster.namings if m.firm), key=full_name, default=None)
    start, end = source.quoted(best.clause.start, best.clause.end)
    names = dict.fromkeys(ledger_name(m) for m in cluster.namings)
    name = ledger_name(best)
    names.pop(name, None)
    return Project(
        name=name,
        aliases=tuple(names),
        enterprise=firm,
        product=best.profile.product or None,
        capacity=capacity,
        amount_wan=paid.amount_wan if paid else None,
        amount_raw=paid.amount_raw if paid else None,
        stage=cluster.stage,
        region=best.profile.region or area,
        mentions=tuple(dict.fromkeys(source.quoted(m.name.start, m.name.end) for m in cluster.namings)),
        evidence=source.condensed[start:end],
        start=start,
        end=end,
        confidence=round(min(0.95, BASE + 0.08 * best.score + (0.05 if len(cluster.namings) > 1 else 0)), 2),
        rule=best.rule,
    )


def full_name(firm: str) -> tuple[bool, int]:
    """A registered name is fuller than a short one."""
    return firm.endswith("公司"), len(firm)


def ledger_name(mention: Mention) -> str:
    """The name as a ledger writes it."""
    text = mention.profile.text
    return text if ENDS_ITSELF.search(text) else text + "项目"


def capacity_of(parts: Profile) -> Capacity | None:
    """The capacity, unless the figure is a voltage or a length that only tells which line is meant."""
    found = parts.capacity
    if found is None or found.unit in CONTEXT_ONLY:
        return None
    return Capacity(found.value, found.unit, found.raw)
