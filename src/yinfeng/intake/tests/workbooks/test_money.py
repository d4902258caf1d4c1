from decimal import Decimal

import pytest

from yinfeng.intake.workbooks.cells.money import number_amount, text_amount
from yinfeng.intake.workbooks.cells.numbers import plain


def wan(text, unit="万元"):
    amount = text_amount(text, unit)
    return (None if amount.wan is None else plain(amount.wan), amount.problems)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("13500", "13500"),
        ("１２０００", "12000"),
        ("12,000.5", "12000.5"),
        ("1，200", "1200"),
        ("1 200 万元", "1200"),
        ("五千万元", "5000"),
        ("5千万", "5000"),
        ("人民币5000万元整", "5000"),
        ("￥5,000", "5000"),
        ("-50", "-50"),
        ("－50", "-50"),
        ("0", "0"),
        ("12000\n万元", "12000"),
        ("1.2E+4", "12000"),
    ],
)
def test_an_amount_is_read_exactly(text, amount):
    assert wan(text) == (amount, [])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.2个亿", "12000"),
        ("3亿5000万", "35000"),
        ("三亿五千万", "35000"),
        ("一点二亿", "12000"),
        ("两亿元", "20000"),
        ("3.5（亿元）", "35000"),
        ("80000000元", "8000"),
        ("3.2亿元（32000万元）", "32000"),
    ],
)
def test_a_unit_in_the_cell_beats_the_columns(text, amount):
    assert wan(text) == (amount, ["unit_in_cell"])


def test_a_unit_that_equals_the_columns_is_no_problem():
    assert wan("30亿元", "亿元") == ("300000", [])


def test_a_unit_in_the_cell_differs_from_nothing_where_the_column_has_none():
    assert wan("30亿元", None) == ("300000", [])


@pytest.mark.parametrize(
    "text", ["约5000", "5000左右", "5000以上", "5000余万元", "近5000", "预计5000万元", "5000多万", "5000（暂定）"]
)
def test_a_vague_amount_keeps_its_number_and_says_so(text):
    assert wan(text) == ("5000", ["approximate_amount"])


@pytest.mark.parametrize(
    "text",
    [
        "5-8亿元",
        "总投资5-8亿元",
        "5~8亿",
        "5000—8000",
        "1.5亿至2亿",
        "一期5000，二期8000",
        "5000+3000",
        "12000/13000",
        "5000 8000",
        "(50)",
        "2亿5",
    ],
)
def test_a_range_or_several_amounts_are_no_amount(text):
    assert wan(text) == (None, ["ambiguous_amount"])


def test_a_stated_total_counts_among_several():
    amount = text_amount("一期5000万元，二期8000万元，合计1.3亿元", "万元")
    assert amount.wan == Decimal(13000)


@pytest.mark.parametrize(
    "text", ["1200（其中固投900）", "1200万元（其中：固定资产投资900万元）", "总投资1200万元，其中固投900万元"]
)
def test_fixed_assets_told_in_the_cell_are_read_too(text):
    amount = text_amount(text, "万元")
    assert (amount.wan, amount.fixed_wan, amount.problems) == (Decimal(1200), Decimal(900), [])


@pytest.mark.parametrize("text", ["以合同为准", "几千万", "面议", "50%", "1.2.3"])
def test_words_are_no_amount(text):
    assert wan(text) == (None, ["bad_amount"])


def test_a_bare_number_without_any_unit_is_no_amount():
    assert wan("5000", None) == (None, ["unknown_unit"])
    assert number_amount(Decimal(5000), None).problems == ["unknown_unit"]


@pytest.mark.parametrize("text", ["500万美元", "500万USD", "US$500万", "$500万"])
def test_dollars_are_kept_unconverted(text):
    amount = text_amount(text, "万元")
    assert (amount.wan, amount.usd_wan) == (None, Decimal(500))


@pytest.mark.parametrize("text", ["100万欧元", "港币2000万"])
def test_other_currencies_are_not_read(text):
    amount = text_amount(text, "万元")
    assert (amount.wan, amount.usd_wan, "foreign_currency" in amount.problems) == (None, None, True)


def test_half_a_yuan_is_rounded_up():
    assert wan("0.00005")[0] == "0.0001"
    assert wan("1.23456749亿")[0] == "12345.6749"


def test_a_figure_beyond_all_money_is_refused():
    assert number_amount(Decimal("1e300"), "万元").problems == ["bad_amount"]


def test_words_that_only_name_the_sum_leave_it_certain():
    assert wan("合计5000万元") == ("5000", [])
    assert wan("合同总投资5000万元") == ("5000", [])


def test_words_that_may_change_the_meaning_make_it_vague():
    assert wan("首付款5000万元") == ("5000", ["approximate_amount"])
