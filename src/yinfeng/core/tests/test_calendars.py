from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from yinfeng.core.actor import Actor, Role, system
from yinfeng.core.calendars import announce_days, calendar, read_days
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import AuditEntry

NEW_YEAR = "日期,安排\n2027-01-01,休息\n2027-01-02,休息\n2027-01-03,工作日\n"


def test_days_are_read_from_two_columns():
    assert read_days(StringIO(NEW_YEAR)) == {
        date(2027, 1, 1): False,
        date(2027, 1, 2): False,
        date(2027, 1, 3): True,
    }


@pytest.mark.parametrize("line", ["2027-13-01,休息", "2027-01-01,也许", "2027-01-01"])
def test_a_line_that_is_neither_is_named(line):
    with pytest.raises(Invalid, match="第 2 行"):
        read_days(StringIO(f"2027-01-01,休息\n{line}\n"))


@pytest.mark.django_db
def test_announced_days_decide_and_are_told_once():
    days = read_days(StringIO(NEW_YEAR))
    assert announce_days(actor=system("测试"), days=days) == 3
    assert announce_days(actor=system("测试"), days=days) == 0
    assert [calendar().is_workday(date(2027, 1, number)) for number in (1, 2, 3, 4)] == [False, False, True, True]
    assert AuditEntry.objects.get().target_label == "2027-01-01 — 2027-01-03"


@pytest.mark.django_db
def test_only_the_office_announces_days():
    with pytest.raises(Refused, match="办公室"):
        announce_days(actor=Actor(label="专员", user_id=1, roles=frozenset({Role.OFFICER})), days={})


@pytest.mark.django_db
def test_the_command_loads_a_file_and_names_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "2027.csv"
    path.write_text(NEW_YEAR, encoding="utf-8-sig")
    call_command("calendar", str(path))
    assert capsys.readouterr().out == "3 天\n"
    path.write_text("x\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第 1 行"):
        call_command("calendar", str(path))
