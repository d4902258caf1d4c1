from datetime import datetime
from decimal import Decimal

import pytest

from yinfeng.intake.workbooks.cells.dateranges import is_duration, text_range
from yinfeng.intake.workbooks.cells.dates import cell_date, number_date, text_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025.2.20", "2025-02-20"),
        ("2025年2月20日", "2025-02-20"),
        ("二〇二五年二月二十日", "2025-02-20"),
        ("2025/2/20", "2025-02-20"),
        ("20250220", "2025-02-20"),
        ("25.2.20", "2025-02-20"),
        ("45708", "2025-02-20"),
        ("2025-02-20 10:30:00", "2025-02-20"),
        ("２０２５年２月", "2025-02"),
        ("2025.1", "2025-01"),
        ("202502", "2025-02"),
        ("2025年", "2025"),
        ("2025年2月20日前", "2025-02-20"),
    ],
)
def test_a_date_is_as_precise_as_printed(text, date):
    reading = text_date(text, None)
    assert (reading.text, reading.problems) == (date, [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年2月底", "2025-02"),
        ("2025年2月中旬", "2025-02"),
        ("2025年底", "2025-12"),
        ("2025年上半年", "2025"),
        ("2025年一季度", "2025"),
        ("2025年3季度", "2025"),
        ("2025年年内", "2025"),
        ("预计2025年6月", "2025-06"),
        ("2025年6月（预计）", "2025-06"),
    ],
)
def test_a_vague_date_keeps_the_certain_part(text, date):
    reading = text_date(text, None)
    assert (reading.text, reading.problems) == (date, ["approximate_date"])


@pytest.mark.parametrize("text", ["2月20日", "2.20", "2/20"])
def test_a_missing_year_is_inferred_or_the_date_is_bad(text):
    assert (text_date(text, 2024).text, text_date(text, 2024).problems) == ("2024-02-20", ["year_inferred"])
    assert (text_date(text, None).text, text_date(text, None).problems) == (None, ["bad_date"])


@pytest.mark.parametrize(
    "text", ["2025.2.30", "2025年13月", "长期坚持", "2025年2月2O日", "20/2/2025", "3025.1.1", "第26届大会期间"]
)
def test_an_impossible_date_is_bad(text):
    assert (text_date(text, 2025).text, text_date(text, 2025).problems) == (None, ["bad_date"])


def test_the_first_of_several_dates_counts():
    reading = text_date("2024.7.22\n2025.2.20（补充）", None)
    assert (reading.text, reading.problems) == ("2024-07-22", ["several_dates"])


@pytest.mark.parametrize(
    ("number", "number_format", "date", "problems"),
    [
        ("45708", "", "2025-02-20", []),
        ("45708.5", "", "2025-02-20", []),
        ("20250220", "", "2025-02-20", []),
        ("2025.2", "", "2025-02", []),
        ("2025.12", "", "2025-12", []),
        ("2025.1", "", None, ["ambiguous_date"]),
        ("2025.1", "0.00", "2025-10", []),
        ("2.25", "", "2024-02-25", ["year_inferred"]),
        ("2.2", "", None, ["ambiguous_date"]),
        ("12", "", None, ["bad_date"]),
    ],
)
def test_numbers_are_dates_where_only_one_reading_is_left(number, number_format, date, problems):
    reading = number_date(Decimal(number), number_format, 2024)
    assert (reading.text, reading.problems) == (date, problems)


@pytest.mark.parametrize(
    ("number_format", "date"),
    [
        ("yyyy/m/d", "2025-02-01"),
        ('yyyy"年"m"月"', "2025-02"),
        ("mmm-yy", "2025-02"),
        ('yyyy"年"', "2025"),
        ('m"月"d"日"', "2025-02-01"),
    ],
)
def test_a_date_cell_is_what_its_format_shows(number_format, date):
    assert cell_date(datetime(2025, 2, 1, 9, 30), number_format).text == date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025.1.8-1.10", "2025-01-08", "2025-01-10"),
        ("2025年1月15日至17日", "2025-01-15", "2025-01-17"),
        ("2025-03-03至2025-03-06", "2025-03-03", "2025-03-06"),
        ("2025-3-1~2025-3-5", "2025-03-01", "2025-03-05"),
        ("2025.2.10-14", "2025-02-10", "2025-02-14"),
        ("2025.12.28—1.3", "2025-12-28", "2026-01-03"),
        ("2023-2025", "2023", "2025"),
        ("2022.6-2025.9", "2022-06", "2025-09"),
        ("2025年3-12月", "2025-03", "2025-12"),
        ("20250301-20250305", "2025-03-01", "2025-03-05"),
        ("2025-03-03", "2025-03-03", None),
        ("2025年3月至今", "2025-03", None),
    ],
)
def test_a_span_has_two_ends(text, first, last):
    reading = text_range(text, None)
    assert (reading.first.text, reading.last.text if reading.last else None, reading.problems) == (first, last, [])


def test_a_span_without_year_says_so_once():
    reading = text_range("2月17日-19日", 2025)
    assert (reading.first.text, reading.last and reading.last.text, reading.problems) == (
        "2025-02-17",
        "2025-02-19",
        ["year_inferred"],
    )


@pytest.mark.parametrize(
    ("text", "length"), [("24个月", True), ("2年", True), ("约18个月", True), ("2025年", False), ("2023-2025", False)]
)
def test_a_length_of_time_is_no_date(text, length):
    assert is_duration(text) is length
