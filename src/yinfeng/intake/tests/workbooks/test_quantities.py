import pytest

from yinfeng.intake.workbooks.cells.numbers import chinese_number, plain
from yinfeng.intake.workbooks.cells.quantities import text_quantity


def read(text, column_unit, field_unit):
    found = text_quantity(text, column_unit, field_unit)
    return (None if found.value is None else plain(found.value), found.problems)


@pytest.mark.parametrize(
    ("text", "column_unit", "field_unit", "value"),
    [
        ("一行6人", None, "人", "6"),
        ("6名客商，2辆车", None, "人", "6"),
        ("六位", None, "人", "6"),
        ("共7人（含司机1人）", None, "人", "7"),
        ("2万人", "人", "人", "20000"),
        ("1.5天", "天", "天", "1.5"),
        ("两天半", None, "天", "2.5"),
        ("3天2晚", None, "天", "3"),
        ("15.6万", "吨标准煤", "吨标准煤", "156000"),
        ("5000吨", "吨标准煤", "吨标准煤", "5000"),
        ("500万方", "万立方米", "万立方米", "500"),
        ("300万", "万千瓦时", "万千瓦时", "300"),
        ("50亩", None, "亩", "50"),
        ("1,200亩", "亩", "亩", "1200"),
    ],
)
def test_a_quantity_is_read_in_the_unit_of_its_field(text, column_unit, field_unit, value):
    assert read(text, column_unit, field_unit) == (value, [])


@pytest.mark.parametrize(
    ("text", "column_unit", "field_unit", "value"),
    [
        ("2公顷", "亩", "亩", "30"),
        ("1.2亿度", "万千瓦时", "万千瓦时", "12000"),
        ("3.5万吨标煤", "吨标准煤", "吨标准煤", "35000"),
        ("10000平方米", "亩", "亩", "15"),
    ],
)
def test_another_unit_in_the_cell_wins_and_is_told(text, column_unit, field_unit, value):
    assert read(text, column_unit, field_unit) == (value, ["unit_in_cell"])


@pytest.mark.parametrize("text", ["约300亩", "300亩左右", "300余亩", "300多亩"])
def test_a_vague_quantity_keeps_its_number(text):
    assert read(text, "亩", "亩") == ("300", ["approximate_number"])


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("150-200亩", "亩"),
        ("一期50亩，二期60亩", "亩"),
        ("若干", "亩"),
        ("领导3人、随员4人", "人"),
        ("12批次", "人"),
        ("50万千瓦", "万千瓦时"),
    ],
)
def test_several_numbers_or_another_measure_are_no_quantity(text, unit):
    assert read(text, unit, unit) == (None, ["ambiguous_number"])


def test_a_bare_number_of_land_needs_a_unit_and_one_of_people_does_not():
    assert read("50", None, "亩") == (None, ["unknown_unit"])
    assert read("50", None, "人") == ("50", [])


def test_half_a_point_is_no_number():
    assert chinese_number("半点五") is None
