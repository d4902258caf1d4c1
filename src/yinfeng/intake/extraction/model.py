"""What a document says, as plain frozen records: the answer of the extractor and its JSON shape."""

from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any


class Stage(Enum):
    """Where a project stands today in the words documents use; never the goal it is driven towards."""

    PLANNED = "储备/谋划"
    TALKS = "对接洽谈"
    INTENT = "意向"
    SIGNED = "签约"
    LANDING = "落地推进"
    CONSTRUCTION = "开工建设"
    RESUMED = "复工"
    PRODUCTION = "建成投产"
    UNCLEAR = "推进中(未明)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An exact substring of the text without white space, where it stands there, and the rule that found it."""

    evidence: str
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much a project will make or hold: 3 万吨, 100 万千瓦, 5 万亩."""

    value: Decimal
    unit: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Quotation):
    """One undertaking named in the document, under its ledger name, with every other name it is called by."""

    name: str
    aliases: tuple[str, ...] = ()
    enterprise: str | None = None
    product: str | None = None
    capacity: Capacity | None = None
    amount_wan: Decimal | None = None
    amount_raw: str | None = None
    stage: Stage = Stage.UNCLEAR
    region: str | None = None
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGroup(Quotation):
    """A count, and perhaps a sum, over projects that the document does not name one by one."""

    what: str
    count: int
    amount_wan: Decimal | None = None
    stage: Stage = Stage.UNCLEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Quotation):
    """A target or a result: metric, comparison, value and unit for a scope and a period."""

    scope: str | None
    period: str | None
    metric: str
    op: str
    value: Decimal
    unit: str
    raw: str
    project_threshold_wan: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the post the document gives; some lists give the post alone."""

    name: str | None
    post: str


@dataclass(frozen=True, slots=True)
class KeyTask:
    """One numbered task of a task force with the units that answer for it."""

    no: int
    text: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BigProject:
    """At least so many projects of at least so much money."""

    threshold_wan: Decimal
    min_count: int


@dataclass(frozen=True, slots=True)
class ForceTargets:
    """What a task force owes this year."""

    signed_wan: Decimal | None = None
    funds_in_place_wan: Decimal | None = None
    big_project: BigProject | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForce(Quotation):
    """A task force: who sponsors, leads and supports it, its chain masters, its targets and tasks."""

    name: str
    kind: str | None = None
    chain: str | None = None
    sponsors: tuple[Person, ...] = ()
    leaders: tuple[Person, ...] = ()
    lead_units: tuple[str, ...] = ()
    support_units: tuple[str, ...] = ()
    chain_master_firms: tuple[str, ...] = ()
    targets: ForceTargets | None = None
    key_tasks: tuple[KeyTask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Quotation):
    """One article of a page: its title, where its text stands, and whether it is about investment promotion."""

    title: str
    relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Org(Quotation):
    """A unit, park, school or firm named in full."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInText(Quotation):
    """A person named with a post."""

    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Quotation):
    """A fair, presentation, signing ceremony or trip."""

    kind: str
    what: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Quotation):
    """A way of working the document names between quotation marks or as a system."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Quotation):
    """Something that is done every month, ten days, week or at a date."""

    what: str
    when: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text, with the way back from quotations to the text as it was given."""

    original_length: int
    offsets: tuple[int, ...] = field(repr=False)
    articles: tuple[Article, ...] = ()
    projects: tuple[Project, ...] = ()
    project_groups: tuple[ProjectGroup, ...] = ()
    targets: tuple[Figure, ...] = ()
    results: tuple[Figure, ...] = ()
    task_forces: tuple[TaskForce, ...] = ()
    events: tuple[Event, ...] = ()
    orgs: tuple[Org, ...] = ()
    people: tuple[PersonInText, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    cadence: tuple[Cadence, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the given text of ``start``–``end`` of the text without white space."""
        if not 0 <= start <= end <= len(self.offsets):
            raise ValueError("span outside the text")
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else self.original_length
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def as_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, ready for ``json.dumps``."""
        skipped = {"original_length", "offsets"}
        return {f.name: as_plain(getattr(self, f.name)) for f in fields(self) if f.name not in skipped}


def as_plain(value: object) -> Any:
    """Records, enums and exact numbers in the types JSON knows; a whole number stays whole.

    A fraction becomes the JSON number with the same decimal digits: its shortest
    decimal form is that of the exact figure.
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    return value
