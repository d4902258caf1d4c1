"""The command: JSON alone on standard output, a message and a code when it fails."""

import json

from yinfeng.intake.extraction.command import extract_file, main

LISTS = [
    "articles",
    "projects",
    "project_groups",
    "targets",
    "results",
    "task_forces",
    "events",
    "orgs",
    "people",
    "mechanisms",
    "cadence",
]


def write(tmp_path, text, name="方案.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_list_is_present_even_when_nothing_is_found(tmp_path):
    found = extract_file(write(tmp_path, "今天天气很好。"))
    assert [found[key] for key in LISTS] == [[] for _ in LISTS]


def test_json_carries_numbers_stage_quotation_and_rule(tmp_path, capsys):
    path = write(tmp_path, "推动宁川化工 1.5万吨纯碱项目落地，总投资0.5亿元。")
    assert main([str(path), "--json"]) == 0
    printed = capsys.readouterr()
    (project,) = json.loads(printed.out)["projects"]
    assert printed.err == ""
    assert {key: project[key] for key in ("name", "enterprise", "amount_wan", "stage", "evidence", "start", "end")} == {
        "name": "宁川化工1.5万吨纯碱项目",
        "enterprise": "宁川化工",
        "amount_wan": 5000,
        "stage": "落地推进",
        "evidence": "推动宁川化工1.5万吨纯碱项目落地",
        "start": 0,
        "end": 17,
    }
    assert project["capacity"] == {"value": 1.5, "unit": "万吨", "raw": "1.5万吨"}
    assert 0 < project["confidence"] <= 1
    assert project["rule"] == "project.named"


def test_without_json_a_summary_in_chinese_is_printed(tmp_path, capsys):
    assert main([str(write(tmp_path, "推动宁川化工5万吨纯碱项目落地。"))]) == 0
    assert "  项目  宁川化工5万吨纯碱项目  落地推进  宁川化工  5万吨" in capsys.readouterr().out.splitlines()


def test_an_unreadable_file_is_an_error_object_a_message_and_a_failure(tmp_path, capsys):
    assert main([str(write(tmp_path, "")), "--json"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"error": {"code": "empty", "message": "文件是空的"}}
    assert printed.err == "文件是空的\n"


def test_a_missing_file_fails_without_output(tmp_path, capsys):
    assert main([str(tmp_path / "无.txt")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("读不到文件")
