"""Numbers, money and capacities, exactly."""

from decimal import Decimal

import pytest

from yinfeng.intake.extraction.quantities import capacities, moneys, number, op_of


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("12", "12"),
        ("12,345.5", "12345.5"),
        ("1.5万", "15000"),
        ("三百二十", "320"),
        ("十二万", "120000"),
        ("一亿二千万", "120000000"),
        ("二〇二五", "2025"),
        ("两千零五", "2005"),
    ],
)
def test_arabic_chinese_and_mixed_numbers(said, value):
    assert number(said) == Decimal(value)


@pytest.mark.parametrize("said", ["", "甲", "1.2.3", "第三"])
def test_what_is_no_number_is_none(said):
    assert number(said) is None


@pytest.mark.parametrize(
    ("said", "wan", "op"),
    [
        ("总投资12.5亿元", "125000", "="),
        ("约3亿元", "30000", "≈"),
        ("200亿元以上", "2000000", "≥"),
        ("不低于5000万元", "5000", "≥"),
        ("超过十亿元", "100000", ">"),
        ("不超过2亿元", "20000", "≤"),
        ("3900余万元", "3900", "≈"),
        ("亿元以上项目", "10000", "≥"),
        ("3亿5000万元", "35000", "="),
        ("三亿五千万元", "35000", "="),
        ("签约20亿元", "200000", "="),
        ("0.1亿元", "1000", "="),
    ],
)
def test_an_amount_is_exact_in_wan_with_its_comparison(said, wan, op):
    found = moneys(said)
    assert [(m.amount_wan, m.op) for m in found] == [(Decimal(wan), op)]


def test_foreign_money_is_never_turned_into_yuan():
    (found,) = moneys("投资1.2亿美元")
    assert (found.amount_wan, found.value_wan, found.currency) == (None, Decimal(12000), "美元")


@pytest.mark.parametrize("said", ["百亿级产业", "5万吨", "每亿元产值", "3个", "元"])
def test_what_is_no_amount_gives_none(said):
    assert moneys(said) == []


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("年产5万吨", "5", "万吨"),
        ("30万千瓦", "30", "万千瓦"),
        ("20GWh", "20", "GWh"),
        ("300兆瓦级", "300", "兆瓦"),
        ("2MW电解槽", "2", "MW"),
        ("1.2吉瓦时", "1.2", "吉瓦时"),
        ("5万亩", "5", "万亩"),
        ("三千亩", "3000", "亩"),
        ("10000P", "10000", "P"),
        ("日处理100万立方米", "100", "万立方米/日"),
        ("500吨/日", "500", "吨/日"),
        ("千吨级", "1000", "吨"),
        ("万头肉牛", "10000", "头"),
    ],
)
def test_a_capacity_keeps_its_own_unit(said, value, unit):
    assert [(q.value, q.unit) for q in capacities(said)] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    ("said", "op"),
    [("不少于70个", "≥"), ("60家以上", "≥"), ("90多家", "≈"), ("近百家", "≈"), ("突破30个", ">"), ("8批次", "=")],
)
def test_qualifiers_become_a_comparison(said, op):
    assert op_of(said) == op
