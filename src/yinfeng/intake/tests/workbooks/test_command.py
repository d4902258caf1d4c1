import json

from yinfeng.intake.tests.workbooks.builders import SheetPlan, xlsx
from yinfeng.intake.workbooks.command import main


def test_the_command_prints_the_answer_and_nothing_else(tmp_path, capsys):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx(SheetPlan([["序号", "项目名称", "总投资（万元）"], [1, "甲项目", "约5"]])))
    assert main([str(path), "--json"]) == 0
    said = capsys.readouterr()
    assert (json.loads(said.out)["sheets"][0]["records"], said.err) == (
        [{"row": 2, "seq": "1", "name": "甲项目", "amount_wan": "5", "problems": ["approximate_amount"]}],
        "",
    )


def test_the_command_sums_up_for_a_person(tmp_path, capsys):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx(SheetPlan([["序号", "项目名称", "总投资（万元）"], [1, "甲项目", "约5"]])))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "台账.xlsx：项目台账，共读出 1 条记录",
        "· Sheet1：表头第 1–1 行，识别 3/3 列，1 条记录",
        "    金额是约数：1 处",
    ]


def test_the_command_fails_with_the_reason(tmp_path, capsys):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04")
    assert main([str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "file": "坏.xlsx",
        "kind": None,
        "error": "corrupt",
        "message": "文件已损坏，无法读取。请重新导出或用表格软件另存后再试。",
        "sheets": [],
    }
    assert said.err == "坏.xlsx：文件已损坏，无法读取。请重新导出或用表格软件另存后再试。\n"


def test_the_command_fails_on_a_file_that_is_not_there(tmp_path, capsys):
    assert main([str(tmp_path / "无.xlsx")]) == 2
    assert capsys.readouterr().out == ""
