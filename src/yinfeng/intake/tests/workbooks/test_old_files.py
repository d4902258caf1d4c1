from datetime import datetime

import pytest

from yinfeng.intake.tests.workbooks.builders import answer, read
from yinfeng.intake.tests.workbooks.oldfiles import cell, compound, xls
from yinfeng.intake.workbooks import UnreadableWorkbook, read_workbook

HEADERS = ["序号", "项目名称", "总投资（万元）", "签约时间", "开工时间", "责任单位"]
CELLS = [
    *(cell(0, column, header) for column, header in enumerate(HEADERS)),
    *(cell(1, column, value, column == 3) for column, value in enumerate([1, "甲项目", 500.5, 45689, 45708, "某局"])),
    *(cell(2, column, value) for column, value in enumerate([2, "乙项目", "!", "2025.1"])),
    *(cell(3, column, value) for column, value in enumerate([3, "丙项目", "?"])),
]
FILE = xls(CELLS, hidden_row=3, hidden_column=4, merged=(1, 2, 5, 5))


def test_an_old_workbook_is_read_with_formats_hidden_parts_and_errors():
    sheet = answer(read(FILE, "台账.xls"))
    assert [column.get("hidden", False) for column in sheet["columns"]] == [False, False, False, False, True, False]
    assert sheet["records"] == [
        {
            "row": 2, "seq": "1", "name": "甲项目", "amount_wan": "500.5", "signed_on": "2025-02", "start_on": "2025-02-20", "lead_unit": "某局", "problems": [],
        },
        {"row": 3, "seq": "2", "name": "乙项目", "amount_wan": None, "signed_on": "2025-01", "lead_unit": "某局", "problems": ["formula_error"]},
        {"row": 4, "seq": "3", "name": "丙项目", "amount_wan": None, "problems": ["formula_without_value", "hidden_row"]},
    ]  # fmt: skip


def test_a_month_cell_of_an_old_workbook_is_a_date_with_its_format():
    found = read_workbook(FILE, "台账.xls").sheets[0].cell(2, 4)
    assert found is not None
    assert (found.kind, found.value, found.number_format) == ("date", datetime(2025, 2, 1), 'yyyy"年"m"月"')


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (xls(CELLS, hidden_row=3, hidden_column=4, merged=(1, 2, 5, 5), password=True), "encrypted"),
        (FILE[:2500], "corrupt"),
        (FILE[:700], "corrupt"),
        (compound("Other"), "corrupt"),
        (compound("WordDocument"), "unsupported"),
    ],
)
def test_an_old_file_that_cannot_be_read_says_why(data, code):
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, "台账.xls")
    assert caught.value.code == code
