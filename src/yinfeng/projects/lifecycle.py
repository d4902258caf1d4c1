"""The life of a project as tables: which milestone enters which stage, what a gate asks, how words map to stages.

Pure: plain values in, plain values out. The tables themselves are ``data/gates.csv`` and ``data/red_lines.csv``.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from django.utils.translation import get_language

from yinfeng.core.text import fold_width
from yinfeng.core.waits import Wait, WaitUnit
from yinfeng.core.workdays import PROVISIONAL, WorkdayCalendar
from yinfeng.projects.enums import (
    STAGE_RANK,
    MilestoneKind,
    OwnerRole,
    Pool,
    ProjectKind,
    Stage,
    Status,
)

RECORD = "record"
"""The requirement that a milestone itself is on record; owed by a project that has gone past it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of a gate: who must bring it, within what wait, and whether it may stay open."""

    milestone: MilestoneKind
    key: str
    title: str
    title_en: str
    owner: OwnerRole
    wait: int | None
    unit: str
    may_be_owed: bool
    legal: bool
    source: str
    verified: bool

    @property
    def name(self) -> str:
        """Its title in the reader's language; Chinese where the table has no English."""
        return (self.title_en if get_language() == "en" else "") or self.title

    def due_on(self, since: date, follow_up_days: int, calendar: WorkdayCalendar = PROVISIONAL) -> date | None:
        """The last day for it, counted from *since*; ``None`` where a procedure or the contract sets the day.

        *follow_up_days* is the interval of the project's grade (parameter ``follow_up.*``), for what follows the grade.
        """
        if self.unit == "grade":
            return since + timedelta(days=follow_up_days)
        return None if self.wait is None else Wait(since, self.wait, WaitUnit(self.unit)).due_on(calendar=calendar)


@dataclass(frozen=True, slots=True)
class Gate:
    """A milestone in the life of one kind of project: the stage it enters, if any, and what it asks."""

    milestone: MilestoneKind
    stage: Stage | None
    expected: bool
    asks: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class RedLine:
    """A phrase that names something which may not be attracted at all."""

    phrase: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """A requirement that stands, and the day from which its wait counts.

    *before* marks what lies behind a stage the project was in before our records: it is 入库前, nobody is asked for it.
    """

    asked: Asked
    since: date | None
    before: bool = False


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("yinfeng.projects").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def gates() -> Mapping[ProjectKind, tuple[Gate, ...]]:
    """The gates of every kind of project, in the order of its life."""
    found: dict[ProjectKind, dict[MilestoneKind, Gate]] = {kind: {} for kind in ProjectKind}
    for row in _rows("gates.csv"):
        kind, milestone = ProjectKind(row["kind"]), MilestoneKind(row["milestone"])
        before = found[kind].get(milestone)
        asks = (*(before.asks if before else ()), *([_asked(milestone, row)] if row["requirement"] else []))
        expected = any(asked.key == RECORD for asked in asks)
        found[kind][milestone] = Gate(milestone, Stage(row["stage"]) if row["stage"] else None, expected, asks)
    return MappingProxyType({kind: tuple(steps.values()) for kind, steps in found.items()})


def _asked(milestone: MilestoneKind, row: Mapping[str, str]) -> Asked:
    return Asked(
        milestone=milestone,
        key=row["requirement"],
        title=row["title"],
        title_en=row["title_en"],
        owner=OwnerRole(row["owner"]),
        wait=int(row["wait"]) if row["wait"] else None,
        unit=row["unit"],
        may_be_owed=row["may_be_owed"] == "yes",
        legal=row["legal"] == "yes",
        source=row["source"],
        verified=row["confidence"] == "verified",
    )


@cache
def red_lines() -> tuple[RedLine, ...]:
    """The phrases of banned things; finding none proves nothing, finding one stops a signing."""
    return tuple(RedLine(row["phrase"], row["title"], row["source"]) for row in _rows("red_lines.csv"))


def red_line_in(text: str) -> RedLine | None:
    """The first banned thing that a project's words name.

    >>> red_line_in("10万吨碳酸锂项目") is None
    True
    """
    folded = fold_width(text).lower()
    return next((line for line in red_lines() if line.phrase in folded), None)


def gates_of(kind: str) -> tuple[Gate, ...]:
    """The gates of one kind of project, in the order of its life."""
    return gates()[ProjectKind(kind)]


@cache
def gate_of(kind: str, milestone: str) -> Gate:
    """The gate of a milestone for a kind of project; a milestone its kind does not know enters nothing, asks nothing."""
    found = (gate for gate in gates_of(kind) if gate.milestone == milestone)
    return next(found, Gate(MilestoneKind(milestone), None, expected=False, asks=()))


def milestones_of(kind: str) -> tuple[MilestoneKind, ...]:
    """The milestones a kind of project passes, in order."""
    return tuple(gate.milestone for gate in gates_of(kind))


def stage_entered(kind: str, milestone: str) -> Stage | None:
    """The stage that a milestone enters for a kind of project.

    >>> stage_entered("new_industry", "contract_signed"), stage_entered("new_industry", "company_registered")
    (Stage.SIGNED, None)
    """
    return gate_of(kind, milestone).stage


def milestone_entering(kind: str, stage: str) -> MilestoneKind:
    """The milestone that most plainly enters a stage: the expected one, else the first that does.

    >>> milestone_entering("new_energy", "production")
    MilestoneKind.GRID_CONNECTED
    """
    entering = [gate for gate in gates_of(kind) if gate.stage == stage]
    expected = [gate for gate in entering if gate.expected]
    return (expected or entering)[-1 if stage == Stage.LAND else 0].milestone


def furthest(stages: Iterable[Stage | None]) -> Stage:
    """The furthest of some stages; a project with none is a lead.

    >>> furthest([Stage.SIGNED, None, Stage.LEAD])
    Stage.SIGNED
    """
    return max((stage for stage in stages if stage is not None), key=STAGE_RANK.__getitem__, default=Stage.LEAD)


def standing(kind: str, recorded: Iterable[tuple[str, date | None]]) -> tuple[Stage, date | None]:
    """The stage of a project with these milestones on record, and the day it got there.

    The day is the first dated milestone that enters the stage; ``None`` when it was there before our records began.
    """
    facts = list(recorded)
    stage = furthest(stage_entered(kind, milestone) for milestone, _day in facts)
    days = [day for milestone, day in facts if day and stage_entered(kind, milestone) is stage]
    return stage, min(days, default=None)


def asked_of(kind: str, recorded: Mapping[str, date | None]) -> list[Due]:
    """Everything a project with these milestones on record must show.

    For each milestone on record its requirements; for each expected milestone that it has gone past without one,
    that it be recorded, counted from the day of the next one on record. *recorded* maps a milestone to its day,
    ``None`` for 入库前. What lies behind an undated milestone is 入库前 altogether.
    """
    found: list[Due] = []
    passed = before = False
    since: date | None = None
    for gate in reversed(gates_of(kind)):
        if gate.milestone in recorded:
            day = recorded[gate.milestone]
            found += [Due(asked, day, before) for asked in reversed(gate.asks) if asked.key != RECORD]
            if gate.stage is not None:
                passed, since, before = True, day, before or day is None
        elif gate.expected and passed:
            found += [Due(asked, since, before) for asked in gate.asks if asked.key == RECORD]
    return found[::-1]


POOL_OF_STAGE: Mapping[str, Pool] = MappingProxyType(
    {
        Stage.LEAD: Pool.RESERVED,
        Stage.NEGOTIATION: Pool.RESERVED,
        Stage.APPRAISAL: Pool.RESERVED,
        Stage.SIGNED: Pool.SIGNED,
        Stage.LAND: Pool.SIGNED,
        Stage.CONSTRUCTION: Pool.STARTED,
        Stage.PRODUCTION: Pool.COMPLETED,
        Stage.RAMPED_UP: Pool.COMPLETED,
    }
)
"""The actual pool of a stage. 规划一批 holds opportunities, which have no stage yet."""


def pool_of(stage: str) -> Pool:
    """Which of the 五个一批 a stage belongs to.

    >>> pool_of("construction")
    Pool.STARTED
    """
    return POOL_OF_STAGE[stage]


def stages_of(pool: str) -> tuple[Stage, ...]:
    """The stages of a pool; none for 规划一批."""
    return tuple(stage for stage in Stage if POOL_OF_STAGE[stage] == pool)


# The one mapping of DESIGN §3: a word of a document → (stage, whether the stage stays in doubt). Longer words first.
STAGE_WORDS: tuple[tuple[str, Stage, bool], ...] = (
    ("落地推进", Stage.SIGNED, True),
    ("推进中(未明)", Stage.LEAD, True),
    ("推进中", Stage.LEAD, True),
    ("对接洽谈", Stage.NEGOTIATION, False),
    ("拟签约", Stage.APPRAISAL, False),
    ("前期手续", Stage.LAND, False),
    ("开工建设", Stage.CONSTRUCTION, False),
    ("建成投产", Stage.PRODUCTION, False),
    ("竣工投产", Stage.PRODUCTION, False),
    ("达产达效", Stage.RAMPED_UP, False),
    ("信息收集", Stage.LEAD, False),
    ("项目评估", Stage.APPRAISAL, False),
    ("储备", Stage.LEAD, False),
    ("谋划", Stage.LEAD, False),
    ("在谈", Stage.NEGOTIATION, False),
    ("洽谈", Stage.NEGOTIATION, False),
    ("意向", Stage.NEGOTIATION, False),
    ("会商", Stage.APPRAISAL, False),
    ("评估", Stage.APPRAISAL, False),
    ("签约", Stage.SIGNED, False),
    ("供地", Stage.LAND, False),
    ("在建", Stage.CONSTRUCTION, False),
    ("复工", Stage.CONSTRUCTION, False),
    ("续建", Stage.CONSTRUCTION, False),
    ("开工", Stage.CONSTRUCTION, False),
    ("建成", Stage.PRODUCTION, False),
    ("投产", Stage.PRODUCTION, False),
    ("达产", Stage.RAMPED_UP, False),
    ("达效", Stage.RAMPED_UP, False),
)
STATUS_WORDS: tuple[tuple[str, Status], ...] = (
    ("暂缓", Status.SUSPENDED),
    ("终止", Status.TERMINATED),
    ("退库", Status.TERMINATED),
    ("流转", Status.TRANSFERRED),
    ("冬歇", Status.WINTER_REST),
    ("停工", Status.HALTED),
)


def stage_word(text: str) -> tuple[Stage | None, Status | None, bool]:
    """What a document's or ledger's word says: stage, status, and whether the stage stays in doubt (环节待核).

    >>> stage_word("落地推进"), stage_word("暂缓"), stage_word("不详")
    ((Stage.SIGNED, None, True), (None, Status.SUSPENDED, False), (None, None, False))
    """
    word = "".join(fold_width(text).split())
    exact = next((row for row in STAGE_WORDS if row[0] == word), None)
    status = next((status for part, status in STATUS_WORDS if part in word), None)
    if exact is None and status is None:
        exact = next((row for row in STAGE_WORDS if row[0] in word), None)
    if exact is not None:
        return exact[1], None, exact[2]
    return _own_word(word), status, False


def _own_word(word: str) -> Stage | None:
    """Our own English word or Chinese label of a stage."""
    return next((stage for stage in Stage if word in {stage.value, str(stage.label)}), None)
