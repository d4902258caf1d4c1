"""National codes as data: administrative divisions (GB/T 2260) and industries (GB/T 4754-2017); see the README."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


class RegionLevel(StrEnum):
    """Rank of an administrative division."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


class IndustryLevel(StrEnum):
    """Rank of an industry: 门类, 大类, 中类, 小类."""

    SECTION = "section"
    DIVISION = "division"
    GROUP = "group"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division; ``parent_code`` is empty for a province."""

    code: str
    name: str
    parent_code: str
    level: RegionLevel


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry; its code is the letter of its section and up to four digits."""

    code: str
    name: str
    parent_code: str
    level: IndustryLevel


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def regions() -> tuple[Region, ...]:
    """Every administrative division, sorted by code, so that a parent may come after a neighbour's children."""
    return tuple(
        Region(row["code"], row["name"], row["parent_code"], RegionLevel(row["level"])) for row in _rows("regions.csv")
    )


@cache
def industries() -> tuple[Industry, ...]:
    """Every industry of GB/T 4754-2017, sorted by code."""
    return tuple(
        Industry(row["code"], row["name"], row["parent_code"], IndustryLevel(row["level"]))
        for row in _rows("industries.csv")
    )


@cache
def _region_index() -> Mapping[str, Region]:
    return {region.code: region for region in regions()}


@cache
def _industry_index() -> Mapping[str, Industry]:
    return {industry.code: industry for industry in industries()}


@cache
def _region_children() -> Mapping[str, tuple[Region, ...]]:
    children: defaultdict[str, list[Region]] = defaultdict(list)
    for region in regions():
        children[region.parent_code].append(region)
    return {code: tuple(found) for code, found in children.items()}


def region(code: str) -> Region | None:
    """The division of a code, short or padded with zeros; None if the table does not have it.

    >>> region("632801").name, region("630000").name
    ('格尔木市', '青海省')
    """
    index = _region_index()
    found = index.get(code)
    if found is None and re.fullmatch(r"[0-9]{6}|[0-9]{12}", code):
        short = next((size for size in (2, 4, 6, 9) if not code[size:].strip("0")), 12)
        found = index.get(code[:short])
    return found


def regions_below(code: str) -> tuple[Region, ...]:
    """The divisions directly below one, sorted by code; of ``""`` the provinces."""
    return _region_children().get(code, ())


def region_path(code: str) -> tuple[Region, ...]:
    """The division and all above it, the province first; empty if unknown.

    >>> " ".join(step.name for step in region_path("632801"))
    '青海省 海西蒙古族藏族自治州 格尔木市'
    """
    path: list[Region] = []
    step = region(code)
    while step is not None:
        path.insert(0, step)
        step = region(step.parent_code)
    return tuple(path)


def industry(code: str) -> Industry | None:
    """The industry of a code with or without its letter; None if the standard does not have it.

    A code without leading zeros (``11`` for 011) is not guessed at.

    >>> industry("2613").code, industry("C2613").name
    ('C2613', '无机盐制造')
    """
    normal = code.strip().upper()
    if re.fullmatch(r"[0-9]{2,4}", normal):
        normal = industry_letter(normal[:2]) + normal
    return _industry_index().get(normal)


def industry_path(code: str) -> tuple[Industry, ...]:
    """The industry and all above it, the section first; empty if unknown."""
    path: list[Industry] = []
    step = industry(code)
    while step is not None:
        path.insert(0, step)
        step = _industry_index().get(step.parent_code)
    return tuple(path)


@cache
def _letters() -> Mapping[str, str]:
    return {row.code[1:]: row.code[0] for row in industries() if row.level is IndustryLevel.DIVISION}


def industry_letter(division: str) -> str:
    """The letter of the section that a two-digit division belongs to; empty for a division that does not exist.

    >>> industry_letter("26"), industry_letter("99")
    ('C', '')
    """
    return _letters().get(division, "")
