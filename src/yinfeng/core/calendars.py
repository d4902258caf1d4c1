"""The working-day calendar of this installation: the national one, changed and extended by announced days."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TextIO

from django.utils.translation import gettext as _

from yinfeng.core.actions import action, record_event, unchanged
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import CalendarDay
from yinfeng.core.verbs import CoreVerb
from yinfeng.core.workdays import WorkdayCalendar

WORKED = {"工作日": True, "上班": True, "1": True, "休息": False, "放假": False, "0": False}


def calendar() -> WorkdayCalendar:
    """National working days with the announced days of later years; guesses, and says so, beyond both."""
    return WorkdayCalendar(dict(CalendarDay.objects.values_list("day", "is_workday")), provisional=True)


def read_days(stream: TextIO) -> dict[date, bool]:
    """Days from a CSV of two columns, 日期 and 工作日/休息; ``Invalid`` names the first line that is neither."""
    days = {}
    for number, row in enumerate(csv.reader(stream), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0] in {"日期", "day"}):
            continue
        try:
            days[date.fromisoformat(cells[0])] = WORKED[cells[1]]
        except (ValueError, KeyError, IndexError):
            line = {"line": number}
            raise Invalid(_("第 %(line)s 行应是“2027-01-01,休息”或“2027-01-03,工作日”这样的两列。") % line) from None
    return days


@action
def announce_days(*, actor: Actor, days: Mapping[date, bool]) -> int:
    """Store holidays and make-up working days as announced, over what was announced before; says how many changed."""
    if not actor.has(Role.ADMIN, Role.OFFICE):
        raise Refused(_("只有办公室或管理员可以录入节假日安排。"))
    known = dict(CalendarDay.objects.filter(day__in=list(days)).values_list("day", "is_workday"))
    changed = {day: worked for day, worked in days.items() if known.get(day) is not worked}
    if not changed:
        unchanged()
        return 0
    CalendarDay.objects.bulk_create(
        [CalendarDay(day=day, is_workday=worked) for day, worked in changed.items()],
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_workday"],
    )
    record_event(actor=actor, verb=CoreVerb.DAYS_ANNOUNCED, label=_span(changed), after={"days": len(changed)})
    return len(changed)


def _span(days: Iterable[date]) -> str:
    """First and last of some days."""
    ordered = sorted(days)
    return f"{ordered[0]} — {ordered[-1]}"
