"""Ledgers and tables as files: what a person finds when the file is opened."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from yinfeng.core.documents.cells import CellValue, is_formula_like
from yinfeng.core.documents.csvfile import BOM, csv_chunks, write_csv
from yinfeng.core.documents.xlsx import Column, Kind, LedgerLayout, Paper, sheet_name, write_ledger, write_workbook
from yinfeng.core.ratio import Ratio

LAYOUT = LedgerLayout(
    title="2025年3月到位资金月报",
    columns=(
        Column("项目名称"),
        Column("合同总投资", Kind.MONEY4, total=True),
        Column(("本年累计", "合计"), Kind.MONEY2, total=True),
        Column(("本年累计", "其中", "省外"), Kind.MONEY2, total=True),
        Column(("本年累计", "其中", "省内"), Kind.MONEY2, total=True),
        Column("完成率", Kind.PERCENT, total=True, mode="truncate"),
        Column("签约时间", Kind.DATE),
        Column("备注"),
        Column("备注"),
    ),
    reporter="经济合作局",
    reported_on_text="2025年3月31日",
    money_unit="万元",
    notes=("注：按凭证日期计。",),
    signatures=("填报人：", "审核人："),
)
ROW: tuple[CellValue, ...] = (
    "碳酸锂",
    Decimal("1000.1234"),
    Decimal("0.1"),
    Decimal("0.2"),
    None,
    Ratio(Decimal("207.96"), Decimal(195)),
    date(2025, 3, 1),
    "=1+1",
    "a\x00\nb",
)


def written(layout: LedgerLayout, rows: list[tuple[CellValue, ...]], *, values: bool = False) -> Worksheet:
    stream = io.BytesIO()
    assert write_ledger(stream, layout, rows) == len(rows)
    sheet = openpyxl.load_workbook(stream, data_only=values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_a_ledger_opens_with_title_unit_line_and_merged_headings() -> None:
    sheet = written(LAYOUT, [ROW])
    assert [sheet["A1"].value, sheet["A2"].value, sheet["D2"].value, sheet["G2"].value] == [
        "2025年3月到位资金月报",
        "填报单位：经济合作局",
        "填报时间：2025年3月31日",
        "单位：万元",
    ]
    assert [cell.value for cell in sheet[3]] == [
        *("序号", "项目名称", "合同总投资", "本年累计", None, None, "完成率", "签约时间", "备注", "备注")
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:J1", "D3:F3", "D4:D5", "E4:F4", "A3:A5", "G3:G5", "I3:I5", "J3:J5"} <= merged


def test_cells_keep_their_kind_and_text_never_becomes_a_formula() -> None:
    sheet = written(LAYOUT, [ROW])
    cells = sheet[6]
    assert [cell.value for cell in cells] == [
        *(1, "碳酸锂", 1000.1234, 0.1, 0.2, None, 106.64, datetime(2025, 3, 1), "=1+1", "a\nb")
    ]
    assert [cells[index].number_format for index in (2, 3, 6, 7)] == ["#,##0.0000", "#,##0.00", '0.00"%"', "yyyy-mm-dd"]
    assert (cells[8].data_type, cells[8].quotePrefix) == ("s", True)


def test_totals_are_formulas_that_already_hold_the_exact_sum() -> None:
    formulas, values = written(LAYOUT, [ROW] * 3), written(LAYOUT, [ROW] * 3, values=True)
    assert [formulas["A9"].value, formulas["C9"].value, formulas["D9"].value] == ["合计", "=SUM(C6:C8)", "=SUM(D6:D8)"]
    assert [values["C9"].value, values["D9"].value, values["F9"].value] == [3000.3702, 0.3, None]
    assert values["G9"].value == 106.64
    assert [formulas["A10"].value, formulas["A11"].value] == ["注：按凭证日期计。", "填报人：            审核人："]


def test_the_printed_page_repeats_the_headings_on_wide_paper() -> None:
    sheet = written(LAYOUT, [ROW])
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 8)
    assert (sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref) == ("$3:$5", "C6", "A5:J6")
    a4 = written(LedgerLayout("表", (Column("甲"),), paper=Paper.A4, numbered=False), [])
    assert int(a4.page_setup.paperSize or 0) == 9


def test_a_ledger_without_rows_has_a_blank_total_not_a_zero() -> None:
    sheet = written(LAYOUT, [])
    assert [cell.value for cell in sheet[6]] == ["合计"] + [None] * 9


def test_a_row_of_another_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zip"):
        write_ledger(io.BytesIO(), LAYOUT, [("too", "short")])


def test_moments_old_days_flags_and_long_texts_are_written() -> None:
    layout = LedgerLayout("表", tuple(Column(name) for name in "甲乙丙丁"), numbered=False)
    moment = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    sheet = written(layout, [(moment, date(1887, 1, 1), True, "长" * 40_000)])
    assert [cell.value for cell in sheet[3]][:3] == [datetime(2025, 3, 1, 8, 30), "1887-01-01", "是"]
    assert str(sheet["D3"].value).endswith("长…")


def test_several_ledgers_share_a_workbook_under_legal_names() -> None:
    stream = io.BytesIO()
    layout = LedgerLayout("2025/3月", (Column("甲"),))
    assert write_workbook(stream, [(layout, [("a",)]), (layout, [("b",), ("c",)])]) == 3
    assert openpyxl.load_workbook(stream).sheetnames == ["2025-3月", "2025-3月 (2)"]


@pytest.mark.parametrize(
    ("wanted", "name"), [("a[b]:c*d?e/f\\g", "a-b--c-d-e-f-g"), ("", "Sheet"), ("长" * 40, "长" * 31), ("'x'", "x")]
)
def test_sheet_names_are_made_legal(wanted: str, name: str) -> None:
    assert sheet_name(wanted) == name


@pytest.mark.parametrize("text", ["=1", "+1+1", "-cmd", "@SUM", "\t=1", "＝1", "－cmd", "|x"])
def test_formula_like_texts_are_recognised(text: str) -> None:
    assert is_formula_like(text)


@pytest.mark.parametrize("text", ["-5", "+5.5", "-1,200", "-3%", "—", "a=b", ""])
def test_harmless_texts_are_left_alone(text: str) -> None:
    assert not is_formula_like(text)


def test_csv_reads_back_with_bom_and_without_formulas() -> None:
    stream = io.BytesIO()
    rows: list[tuple[CellValue, ...]] = [
        ("=HYPERLINK(1)", Decimal("-5.50"), None, date(2025, 3, 1)),
        ('引"号,逗', 7, True, Ratio(Decimal(1), Decimal(3))),
    ]
    write_csv(stream, ["甲", "乙", "丙", "丁"], rows)
    raw = stream.getvalue()
    assert raw.startswith(BOM)
    assert list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))) == [
        ["甲", "乙", "丙", "丁"],
        ["'=HYPERLINK(1)", "-5.50", "", "2025-03-01"],
        ['引"号,逗', "7", "是", "33.33%"],
    ]


def test_csv_comes_in_pieces() -> None:
    chunks = list(csv_chunks(["甲"], ((number,) for number in range(5)), size=2))
    assert [chunk.decode("utf-8-sig") for chunk in chunks] == ["甲\r\n", "0\r\n1\r\n", "2\r\n3\r\n", "4\r\n"]
