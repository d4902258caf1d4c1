"""Names made comparable: what must fall together and what must stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core.names import normalise_company, normalise_project, phase_of, similarity


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("青海盐湖工业股份有限公司", "盐湖工业"),
        ("盐湖工业（集团）有限责任公司", "盐湖工业"),
        ("青海省格尔木市昆仑云杉新材料有限公司", "昆仑云杉新材料"),
        ("格尔木 昆仑云杉 新材料 有限公司", "昆仑云杉新材料"),
        ("昆仑云杉（青海）新材料有限公司", "昆仑云杉新材料"),
        ("海西蒙古族藏族自治州云杉物流公司", "云杉物流"),
        ("新疆维吾尔自治区云杉物流集团", "云杉物流"),
        ("西藏矿业有限公司", "西藏矿业"),
        ("新华水力发电有限公司", "新华水力发电"),
        ("云杉集团新能源股份有限公司", "云杉新能源"),
        ("ＡＢＣ Energy（中国）有限公司", "abcenergy"),
        ("公司", "公司"),
        ("", ""),
    ],
)
def test_company_names_lose_what_differs_by_habit(name: str, key: str) -> None:
    assert normalise_company(name) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("格尔木市年产5万吨电池级碳酸锂建设项目（一期）", "电池级碳酸锂"),
        ("年产50000吨电池级碳酸锂项目二期工程", "电池级碳酸锂"),
        ("电池级碳酸锂项目", "电池级碳酸锂"),
        ("2025年格尔木50万千瓦光伏治沙项目", "50万千瓦光伏治沙"),
        ("10万吨/年氢氧化镁生产线", "氢氧化镁"),
        ("项目", "项目"),
    ],
)
def test_project_names_lose_phase_capacity_and_filler(name: str, key: str) -> None:
    assert normalise_project(name) == key


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("碳酸锂一期", 1),
        ("碳酸锂（第二期）", 2),
        ("碳酸锂３期工程", 3),
        ("碳酸锂Ⅱ期", 2),
        ("碳酸锂II期", 2),
        ("首期项目", 1),
        ("碳酸锂项目", None),
        ("长期储能", None),
    ],
)
def test_a_phase_is_read_from_the_name(name: str, phase: int | None) -> None:
    assert phase_of(name) == phase


def test_likeness_orders_as_a_person_would() -> None:
    same = similarity("电池级碳酸锂", "电池级碳酸锂")
    inside = similarity("碳酸锂", "电池级碳酸锂")
    other = similarity("碳酸锂", "风力发电")
    assert same == 1.0
    assert same > inside >= 0.9 > other


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_symmetric(first: str, second: str) -> None:
    assert 0.0 <= similarity(first, second) <= 1.0
    assert similarity(first, second) == pytest.approx(similarity(second, first))


@given(st.text("青海省格尔木市盐湖化工（）有限公司集团一二期项目年产5万吨 ", max_size=30))
def test_no_name_makes_them_fall_over(name: str) -> None:
    normalise_company(name)
    normalise_project(name)
