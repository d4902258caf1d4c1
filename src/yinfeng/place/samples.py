"""Sample places as packaged data: what a place consists of, read into plain values. Nothing here knows any place."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

DATA = files("yinfeng.place") / "data"


@dataclass(frozen=True)
class SampleUnit:
    """A unit; ``region`` is the code of its park or region, if it has one."""

    name: str
    short: str
    kind: str
    reports: bool
    region: str = ""


@dataclass(frozen=True)
class SampleSource:
    """A document that set targets or named projects."""

    title: str
    number: str
    on: date


@dataclass(frozen=True)
class SampleChain:
    """An industry chain with its task force (posts, never persons) and its targets of the year (亿元)."""

    name: str
    short: str
    group: str
    sector: str
    big_yi: Decimal
    big_count: int
    signed_yi: Decimal
    signed_op: str
    funds_yi: Decimal
    funds_op: str
    sponsors: tuple[str, ...]
    leaders: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    masters: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def force_name(self) -> str:
        """The task force's full name."""
        return f"{self.name}招商专班"


@dataclass(frozen=True)
class SampleProject:
    """A project or an opportunity as the plan names it, with the stage in the plan's own word."""

    name: str
    kind: str
    chain: str
    unit: str
    enterprise: str
    province: str
    product: str
    capacity: str
    stage: str
    aim: str
    site: str
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class SampleTarget:
    """A target of the whole place (亿元)."""

    metric: str
    yi: Decimal
    op: str
    wording: str
    source: str
    main: bool


@dataclass(frozen=True)
class ChainPace:
    """How far the simulated year brings a chain: shares of its targets, and how many contracts."""

    signed: Decimal
    funds: Decimal
    deals: int


@dataclass(frozen=True)
class Simulation:
    """The frame of a simulated year."""

    seed: int
    today: date
    closed_until: str
    final: str
    chains: dict[str, ChainPace]


@dataclass(frozen=True)
class Sample:
    """A whole sample place."""

    name: str
    short_name: str
    office_name: str
    region_code: str
    year: int
    report_day: int
    final_day: int
    sources: dict[str, SampleSource]
    parks: tuple[tuple[str, str, str], ...]
    units: tuple[SampleUnit, ...]
    chains: tuple[SampleChain, ...]
    city_targets: tuple[SampleTarget, ...]
    projects: tuple[SampleProject, ...]
    simulation: Simulation


def sample_names() -> list[str]:
    """The names of the samples that come with the product."""
    return sorted(entry.name for entry in DATA.iterdir() if (entry / "place.json").is_file())


def read_sample(name: str) -> Sample:
    """One sample place; ``KeyError`` when there is none of that name."""
    if name not in sample_names():
        raise KeyError(name)
    told: dict[str, Any] = json.loads((DATA / name / "place.json").read_text(encoding="utf-8"))
    with (DATA / name / "projects.csv").open(encoding="utf-8") as stream:
        projects = tuple(_project(row) for row in csv.DictReader(stream))
    return Sample(
        **{key: told[key] for key in ("name", "short_name", "office_name", "region_code", "year")},
        report_day=told["report_day"],
        final_day=told["final_day"],
        sources={
            key: SampleSource(row["title"], row["number"], date.fromisoformat(row["on"]))
            for key, row in told["sources"].items()
        },
        parks=tuple((row["code"], row["name"], row["parent"]) for row in told["parks"]),
        units=tuple(SampleUnit(**row) for row in told["units"]),
        chains=tuple(_chain(row) for row in told["chains"]),
        city_targets=tuple(SampleTarget(**{**row, "yi": Decimal(row["yi"])}) for row in told["city_targets"]),
        projects=projects,
        simulation=_simulation(told["simulation"]),
    )


def _project(row: dict[str, str]) -> SampleProject:
    """One line of the project table."""
    return SampleProject(**{**row, "aliases": tuple(part for part in row["aliases"].split("、") if part)})  # type: ignore[arg-type]  # a CSV row is text throughout


def _chain(row: dict[str, Any]) -> SampleChain:
    """One chain."""
    amounts = {key: Decimal(row[key]) for key in ("big_yi", "signed_yi", "funds_yi")}
    lists = {key: tuple(row[key]) for key in ("sponsors", "leaders", "lead", "support", "masters", "aliases")}
    return SampleChain(**{**row, **amounts, **lists})


def _simulation(told: dict[str, Any]) -> Simulation:
    """The frame of the simulated year."""
    return Simulation(
        seed=told["seed"],
        today=date.fromisoformat(told["today"]),
        closed_until=told["closed_until"],
        final=told["final"],
        chains={
            name: ChainPace(Decimal(row["signed"]), Decimal(row["funds"]), row["deals"])
            for name, row in told["chains"].items()
        },
    )
