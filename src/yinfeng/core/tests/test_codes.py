"""The national code tables: complete, consistent, and found by every way a code is written."""

from __future__ import annotations

from collections import Counter

import pytest

from yinfeng.core import codes
from yinfeng.core.codes import IndustryLevel, RegionLevel


def test_regions_are_complete() -> None:
    count = Counter(region.level for region in codes.regions())
    assert count == {
        RegionLevel.PROVINCE: 34,
        RegionLevel.PREFECTURE: 342,
        RegionLevel.COUNTY: 2978,
        RegionLevel.TOWNSHIP: 422,
    }


def test_industries_are_complete() -> None:
    count = Counter(industry.level for industry in codes.industries())
    assert count == {
        IndustryLevel.SECTION: 20,
        IndustryLevel.DIVISION: 97,
        IndustryLevel.GROUP: 473,
        IndustryLevel.CLASS: 1381,
    }


def test_every_parent_exists_and_no_code_occurs_twice() -> None:
    for table in (codes.regions(), codes.industries()):
        known = [row.code for row in table]
        assert len(known) == len(set(known))
        assert {row.parent_code for row in table} - {""} <= set(known)


def test_haixi_has_its_counties_and_golmud_its_towns() -> None:
    below = [(region.code, region.name) for region in codes.regions_below("6328")]
    assert below == [
        ("632801", "格尔木市"),
        ("632802", "德令哈市"),
        ("632803", "茫崖市"),
        ("632821", "乌兰县"),
        ("632822", "都兰县"),
        ("632823", "天峻县"),
        ("632857", "大柴旦行政委员会"),
    ]
    assert len(codes.regions_below("632801")) == 11
    assert len(codes.regions_below("")) == 34


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("63", "青海省"),
        ("630000", "青海省"),
        ("632800", "海西蒙古族藏族自治州"),
        ("632801", "格尔木市"),
        ("632801000000", "格尔木市"),
        ("632801001", "昆仑路街道"),
        ("632801001000", "昆仑路街道"),
        ("110000", "北京市"),
        ("810000", "香港特别行政区"),
    ],
)
def test_a_region_is_found_short_or_padded(code: str, name: str) -> None:
    region = codes.region(code)
    assert region is not None
    assert region.name == name


@pytest.mark.parametrize("code", ["", "99", "632899", "000000", "６３", "格尔木"])
def test_other_texts_are_no_region(code: str) -> None:
    assert codes.region(code) is None
    assert codes.region_path(code) == ()


def test_the_path_of_an_industry_starts_at_its_section() -> None:
    assert [row.code for row in codes.industry_path("2613")] == ["C", "C26", "C261", "C2613"]
    assert codes.industry_path("9999") == ()


@pytest.mark.parametrize(
    ("code", "found"), [("2613", "C2613"), ("c2613", "C2613"), ("011", "A011"), ("06", "B06"), ("4416", "D4416")]
)
def test_an_industry_is_found_with_or_without_its_letter(code: str, found: str) -> None:
    industry = codes.industry(code)
    assert industry is not None
    assert industry.code == found


@pytest.mark.parametrize("code", ["", "A11", "9999", "B2613", "5"])
def test_a_code_that_is_not_in_the_standard_is_not_guessed(code: str) -> None:
    assert codes.industry(code) is None


@pytest.mark.parametrize(
    ("letter", "first", "last"),
    [
        ("A", 1, 5),
        ("B", 6, 12),
        ("C", 13, 43),
        ("D", 44, 46),
        ("E", 47, 50),
        ("F", 51, 52),
        ("G", 53, 60),
        ("H", 61, 62),
        ("I", 63, 65),
        ("J", 66, 69),
        ("K", 70, 70),
        ("L", 71, 72),
        ("M", 73, 75),
        ("N", 76, 79),
        ("O", 80, 82),
        ("P", 83, 83),
        ("Q", 84, 85),
        ("R", 86, 90),
        ("S", 91, 96),
        ("T", 97, 97),
    ],
)
def test_letters_follow_from_divisions(letter: str, first: int, last: int) -> None:
    assert {codes.industry_letter(f"{number:02d}") for number in range(first, last + 1)} == {letter}
