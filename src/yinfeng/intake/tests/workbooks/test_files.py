import io
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest

from yinfeng.intake.tests.workbooks.builders import Row, SheetPlan, csv_text, xlsx
from yinfeng.intake.workbooks import Limits, UnreadableWorkbook, read_workbook
from yinfeng.intake.workbooks.errors import UNREADABLE
from yinfeng.intake.workbooks.sheetxml import unescape
from yinfeng.intake.workbooks.workbook import Cell, Sheet

ROWS: list[Row] = [["序号", "项目名称", "总投资（万元）"], [1, "甲项目", 100]]


def at(sheet: Sheet, row: int, column: int) -> Cell:
    """The cell that must be there."""
    cell = sheet.cell(row, column)
    assert cell is not None
    return cell


def code_of(data, name="ledger.xlsx", limits=None):
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, name, limits)
    assert caught.value.message_zh == UNREADABLE[caught.value.code]
    return caught.value.code


def repacked(data, part, change):
    """A package with one part changed."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return stream.getvalue()


def test_cells_keep_their_kind_and_number_format():
    data = xlsx(
        SheetPlan(
            [["文字", 1.5, (datetime(2025, 2, 1), 'yyyy"年"m"月"'), True, (0.5, "0%")]],
            formulas={"F1": ("=1/0", "#DIV/0!")},
        )
    )
    sheet = read_workbook(data, "a.xlsx").sheets[0]
    assert [(at(sheet, 1, column).kind, at(sheet, 1, column).value) for column in range(1, 7)] == [
        ("text", "文字"),
        ("number", Decimal("1.5")),
        ("date", datetime(2025, 2, 1)),
        ("bool", True),
        ("number", Decimal("0.5")),
        ("error", "#DIV/0!"),
    ]
    assert (at(sheet, 1, 3).number_format, at(sheet, 1, 5).number_format) == ('yyyy"年"m"月"', "0%")


def test_merged_areas_and_hidden_parts_are_known():
    data = xlsx(
        SheetPlan(ROWS, merged=["A4:C5"], hidden_rows=[2], hidden_columns=["B"]),
        SheetPlan(ROWS, name="藏", hidden=True),
    )
    first, second = read_workbook(data, "a.xlsx").sheets
    assert ([tuple(area) for area in first.merged], first.hidden_rows, first.hidden_columns) == (
        [(4, 1, 5, 3)],
        {2},
        {2},
    )
    assert (first.hidden, second.hidden) == (False, True)


def test_a_formula_without_stored_value_is_no_empty_cell():
    data = repacked(
        xlsx(SheetPlan(ROWS, formulas={"C2": ("=1+1", 0)})),
        "xl/worksheets/sheet1.xml",
        lambda part: part.replace(b"<v>0</v></c></row></sheetData>", b"</c></row></sheetData>"),
    )
    assert at(read_workbook(data, "a.xlsx").sheets[0], 2, 3).kind == "formula"


def test_escaped_characters_are_what_they_name():
    assert unescape("甲_x000D_乙_x0007_丙_x005F_x0007_") == "甲\r乙\x07丙_x0007_"


def test_a_lone_half_of_a_character_is_replaced():
    assert unescape("_xD83D__xDE00_甲_xD83D_") == "😀甲�"


def test_numbers_have_the_fifteen_digits_a_spreadsheet_keeps():
    assert at(read_workbook(xlsx(SheetPlan([[0.1 + 0.2]])), "a.xlsx").sheets[0], 1, 1).value == Decimal("0.3")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_encoding(encoding):
    sheet = read_workbook(csv_text([["项目名称", "㽏䶮𠮷"], [], ["甲\n乙", 1]]).encode(encoding), "台账.csv").sheets[0]
    assert (sheet.name, at(sheet, 1, 2).text, at(sheet, 3, 1).text, sheet.last_row) == ("台账", "㽏䶮𠮷", "甲\n乙", 3)


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_a_csv_may_be_separated_by_other_marks(mark):
    assert at(read_workbook(f"a{mark}b\n1{mark}2\n".encode(), "a.csv").sheets[0], 2, 2).text == "2"


@pytest.mark.parametrize(
    "data",
    [
        xlsx(SheetPlan(ROWS))[:-200],
        xlsx(SheetPlan(ROWS))[:300],
        b"PK\x03\x04",
        b"no workbook",
        b"",
        b"<html></html>",
    ],
)
def test_a_damaged_file_is_corrupt(data):
    assert code_of(data) == "corrupt"


def test_a_sheet_that_is_no_xml_is_corrupt():
    assert code_of(repacked(xlsx(SheetPlan(ROWS)), "xl/worksheets/sheet1.xml", lambda part: part[:-40])) == "corrupt"


def test_binary_noise_is_no_csv():
    assert code_of(bytes(range(128, 256)) * 3, "a.csv") == "corrupt"


def test_a_csv_of_nothing_is_empty():
    assert [code_of(data, "a.csv") for data in (b"", b"\xef\xbb\xbf", b" ,,\r\n")] == ["empty", "empty", "empty"]


def test_other_files_are_unsupported():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert [code_of(data) for data in (b"%PDF-1.7", stream.getvalue())] == ["unsupported"] * 2


def test_limits_refuse_what_is_too_large():
    data = xlsx(SheetPlan(ROWS))
    assert code_of(data, limits=Limits(file_bytes=100)) == "too_large"
    assert code_of(data, limits=Limits(cells=3)) == "too_large"
    assert code_of(csv_text(ROWS).encode(), "a.csv", Limits(cells=3)) == "too_large"


def test_a_package_that_unpacks_out_of_measure_is_a_bomb():
    data = repacked(xlsx(SheetPlan(ROWS)), "xl/worksheets/sheet1.xml", lambda part: part + b" " * 2_000_000)
    assert code_of(data, limits=Limits(unpacked_bytes=1_000_000)) == "bomb"
    assert code_of(data, limits=Limits(pack_ratio=20, ratio_from_bytes=1_000_000)) == "bomb"
    assert code_of(data, limits=Limits(entries=3)) == "bomb"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_declared_entities_are_refused(part):
    def declare(xml):
        head, mark, rest = xml.partition(b"?>")
        return head + mark + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + rest

    assert code_of(repacked(xlsx(SheetPlan(ROWS)), part, declare)) == "bomb"


def test_a_workbook_with_macros_is_read_as_data():
    stream = io.BytesIO(xlsx(SheetPlan(ROWS)))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\0" * 100)
    assert at(read_workbook(stream.getvalue(), "a.xlsm").sheets[0], 2, 2).text == "甲项目"
