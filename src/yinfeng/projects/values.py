"""What callers hand to this room's actions, and what its queries hand back as plain values."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from yinfeng.chains.models import Chain
from yinfeng.org.models import Region, Unit, User
from yinfeng.projects.enums import Grade, Nature, ProjectKind


@dataclass(frozen=True, kw_only=True)
class ProjectValues:
    """What is said of a project when it is registered; everything but the name may be unknown."""

    name: str
    kind: ProjectKind | str = ProjectKind.NEW_INDUSTRY
    chain: Chain | None = None
    region: Region | None = None
    lead_unit: Unit | None = None
    officer: User | None = None
    product: str = ""
    capacity: str = ""
    content: str = ""
    total_wan: Decimal | None = None
    fixed_wan: Decimal | None = None
    land_mu: Decimal | None = None
    nature: Nature | str = Nature.NEW
    grade: Grade | str = Grade.ORDINARY
    industry_code: str = ""
    site: str = ""
    source: str = ""
    phase_label: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The values by field name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}


@dataclass(frozen=True, kw_only=True)
class OpportunityValues:
    """What is said of an opportunity; everything but the name may be unknown."""

    name: str
    chain: Chain | None = None
    region: Region | None = None
    lead_unit: Unit | None = None
    product: str = ""
    capacity: str = ""
    content: str = ""
    offered: str = ""
    total_wan: Decimal | None = None
    source: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The values by field name."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger already knows of a project that a gate may ask for; empty where it knows nothing."""

    source: str = ""
    investor_or_product: str = ""
    first_reporter: str = ""
    duplicate: str = ""
    officer: str = ""
    product: str = ""
    industry_code: str = ""
    total: str = ""
    fixed: str = ""
    land_need: str = ""
    decision: str = ""
    contract: str = ""
    project_company: str = ""
    recognised: str = ""
    red_line_list: str = ""

    def showing(self, requirement: str) -> str:
        """What answers a requirement, or an empty text; requirements the ledger cannot answer are never answered."""
        return str(getattr(self, requirement, ""))


@dataclass(frozen=True, slots=True)
class Match:
    """A project, opportunity that may be the same undertaking, with the reason and how alike (0 to 1)."""

    type: str
    id: int
    code: str
    label: str
    reason: str
    score: float
