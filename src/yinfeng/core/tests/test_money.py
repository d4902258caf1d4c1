"""Exact money: units, display, storage in 分, and what a clerk may type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core import money
from yinfeng.core.money import BadAmount, ForeignMoney, UnknownUnit, parse_money_text, to_wan


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("1", "元", "0.0001"),
        ("0.01", "元", "0.000001"),
        (15, "千元", "1.5"),
        ("1,005,136", "万元", "1005136"),
        (3, "百万元", "300"),
        ("2", "千万元", "2000"),
        (Decimal("207.96"), "亿元", "2079600"),
        ("495.69", "亿", "4956900"),
    ],
)
def test_every_unit_becomes_exact_wan(value: Decimal | int | str, unit: str, expected: str) -> None:
    assert to_wan(value, unit) == Decimal(expected)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(UnknownUnit) as caught:
        to_wan(1, "亩")
    assert (caught.value.code, caught.value.message_zh) == ("unknown_unit", "不认识的金额单位：亩")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "五", "", Decimal("NaN"), 1.5, True, "1" * 90])
def test_what_is_not_an_exact_finite_number_is_refused(value: object) -> None:
    with pytest.raises(BadAmount):
        to_wan(value, "万元")  # type: ignore[arg-type]  # what an untyped caller could pass


@pytest.mark.parametrize(
    ("amount", "expected"), [("1.00004", "1.0000"), ("1.00005", "1.0001"), ("-1.00005", "-1.0001"), ("2.5", "2.5000")]
)
def test_quantize_rounds_half_away_from_zero(amount: str, expected: str) -> None:
    assert str(money.quantize_wan(Decimal(amount))) == expected


@pytest.mark.parametrize(
    ("amount", "digits", "expected"),
    [
        (None, 2, "—"),
        ("0", 2, "0.00"),
        ("-0.1", 2, "0.00"),
        ("50", 2, "0.01"),
        ("12345000", 2, "1,234.50"),
        ("-2079600", 2, "-207.96"),
        ("12345678", 4, "1,234.5678"),
        ("15000", 0, "2"),
    ],
)
def test_yi_is_shown_with_separators_and_half_up(amount: str | None, digits: int, expected: str) -> None:
    assert money.format_yi(None if amount is None else Decimal(amount), digits) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, "—"),
        ("0.0000", "0"),
        ("-0.0000", "0"),
        ("1000", "1,000"),
        ("1E+3", "1,000"),
        ("1234.5600", "1,234.56"),
        ("0.000001", "0.000001"),
    ],
)
def test_wan_is_shown_exactly(amount: str | None, expected: str) -> None:
    assert money.format_wan(None if amount is None else Decimal(amount)) == expected


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_fen_survives_the_way_to_wan_and_back(fen: int) -> None:
    assert money.fen_from_wan(money.wan_from_fen(fen)) == fen


def test_a_fraction_of_a_fen_is_refused() -> None:
    assert money.fen_from_wan(Decimal("0.000001")) == 1
    with pytest.raises(BadAmount) as caught:
        money.fen_from_wan(Decimal("0.0000001"))
    assert caught.value.code == "too_fine"


def test_yuan_and_yi_are_exact_and_plain() -> None:
    assert str(money.in_yuan(Decimal("1.5"))) == "15000"
    assert str(money.in_yuan(Decimal("0.000001"))) == "0.01"
    assert str(money.in_yi(Decimal(1))) == "0.0001"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("5000", "万元", "5000"),
        ("5000", "元", "0.5"),
        ("3.5", "亿元", "35000"),
        ("1,200万元", "亿元", "1200"),
        ("1200 万元", "万元", "1200"),
        ("３亿５０００万", "万元", "35000"),
        ("3亿5000万元整", "万元", "35000"),
        ("3亿5000元", "万元", "30000.5"),
        ("1.2亿元", "万元", "12000"),
        ("￥1.2亿", "万元", "12000"),
        ("人民币5百万元", "万元", "500"),
        ("五千万元", "万元", "5000"),
        ("五千", "万元", "5000"),
        ("三十五亿六千万", "万元", "356000"),
        ("叁亿伍仟万圆整", "万元", "35000"),
        ("十二万", "万元", "12"),
        ("一百二十万", "万元", "120"),
        ("两千零五万", "万元", "2005"),
        ("1万亿", "万元", "100000000"),
        ("1.5千万", "万元", "1500"),
        ("-500", "万元", "-500"),
        ("负三千万元", "万元", "-3000"),
        ("0", "万元", "0"),
        ("零", "万元", "0"),
        ("12.34元", "万元", "0.001234"),
        ("1000000000000", "万元", "1000000000000"),
    ],
)
def test_amounts_as_clerks_write_them(text: str, unit: str, expected: str) -> None:
    assert str(parse_money_text(text, unit)) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("　 ", "empty"),
        ("暂无", "not_a_number"),
        ("—", "not_a_number"),
        ("/", "not_a_number"),
        ("万元", "not_a_number"),
        ("NaN", "not_a_number"),
        ("inf", "not_a_number"),
        ("1e5", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("1,20", "not_a_number"),
        ("1,0000", "not_a_number"),
        ("1 200", "not_a_number"),
        ("5²", "not_a_number"),
        ("٣", "not_a_number"),
        ("1.2亿3000万", "not_a_number"),
        ("5000万3亿", "not_a_number"),
        ("3亿2亿", "not_a_number"),
        ("二〇二五", "not_a_number"),
        ("--5", "not_a_number"),
        ("1亿(其中固投8000万)", "not_a_number"),
        ("约5亿", "vague"),
        ("5亿左右", "vague"),
        ("3000余万", "vague"),
        ("3-5亿", "range"),
        ("３～５亿元", "range"),
        ("三至五亿", "range"),
        ("三亿五", "ambiguous"),
        ("三亿五千", "ambiguous"),
        ("1万5", "ambiguous"),
        ("三千五", "ambiguous"),
        ("500万美元", "foreign"),
        ("$500", "foreign"),
        ("1000000000001", "too_large"),
        ("9" * 70, "too_long"),
        ("0.0000001", "too_fine"),
    ],
)
def test_what_is_not_one_definite_amount_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(BadAmount) as caught:
        parse_money_text(text)
    assert caught.value.code == code
    assert caught.value.message_zh


def test_a_field_with_an_unknown_unit_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(UnknownUnit):
        parse_money_text("5", unit="公顷")


@given(st.text(max_size=30))
def test_no_text_makes_the_parser_fall_over(text: str) -> None:
    try:
        amount = parse_money_text(text)
    except BadAmount:
        return
    assert money.wan_from_fen(money.fen_from_wan(amount)) == amount


@given(st.decimals(min_value=0, max_value=10**11, places=6, allow_nan=False))
def test_what_we_print_in_wan_reads_back(amount: Decimal) -> None:
    assert parse_money_text(money.format_wan(amount)) == amount


def test_foreign_money_converts_at_its_own_rate() -> None:
    paid = ForeignMoney(Decimal("100.5"), "USD", Decimal("7.1884"), date(2025, 1, 2))
    assert paid.in_wan() == Decimal("722.4342")
