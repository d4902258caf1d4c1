import pytest
from django.core.management import CommandError, call_command

from yinfeng.place import recreation
from yinfeng.place.samples import read_sample

PLAN = "推进云杉能源50万千瓦光伏项目开工建设，谋划储备戈壁生态旅游营地项目。"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_findings_come_in_the_columns_of_the_table(plan):
    found = recreation.found_in(plan)
    assert {row["capacity"] for row in found.values()} == {"50万千瓦", ""}
    assert all(set(row) == set(recreation.COLUMNS) for row in found.values())


def test_a_correction_keeps_replaces_empties_and_adds():
    found = {"甲": {"name": "甲", "product": "盐", "site": "东台"}}
    corrections = [
        {"found": "甲", "name": "甲项目", "product": "", "site": "-"},
        {"found": "", "name": "乙项目", "product": "锂", "site": ""},
    ]
    assert recreation.recreate(found, corrections) == [
        {"name": "甲项目", "product": "盐", "site": ""},
        {"name": "乙项目", "product": "锂"},
    ]


def test_the_corrections_of_golmud_make_every_project_of_its_table():
    named = {row["name"] or row["found"] for row in recreation.read_rows("golmud", "corrections.csv")}
    assert named == {project.name for project in read_sample("golmud").projects}


def test_another_plan_is_told_to_differ(plan):
    with pytest.raises(CommandError, match="differences"):
        call_command("recreate_sample", "golmud", str(plan), "--check")


def test_the_table_is_printed_as_it_is_packaged(plan, capsys):
    call_command("recreate_sample", "golmud", str(plan))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == ",".join(recreation.COLUMNS)
    assert len(lines) == 119
