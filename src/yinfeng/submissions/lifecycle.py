"""How a unit's month and the place's month may move, as tables; and when a report is late."""

from datetime import date

from yinfeng.core.period import Period
from yinfeng.org.enums import PeriodState
from yinfeng.submissions.enums import SubmissionState

REPORTABLE = frozenset({SubmissionState.NOT_REPORTED, SubmissionState.RETURNED})
DECIDABLE = frozenset({SubmissionState.REPORTED, SubmissionState.SUPPLEMENTED})

# 预报 → 定稿 → 关账; a final month may be returned to estimate, a closed one never moves again.
MONTH_MOVES: dict[PeriodState, tuple[PeriodState, ...]] = {
    PeriodState.OPEN: (PeriodState.ESTIMATE,),
    PeriodState.ESTIMATE: (PeriodState.FINAL, PeriodState.OPEN),
    PeriodState.FINAL: (PeriodState.CLOSED, PeriodState.ESTIMATE),
    PeriodState.CLOSED: (),
}


def due_on(period: Period, report_day: int) -> date:
    """The last day to report a month in time: the report day of that month, or its last day if it is shorter.

    >>> due_on(Period.parse("2025-03"), 25)
    datetime.date(2025, 3, 25)
    """
    return period.first.replace(day=min(report_day, period.last.day))


def is_late(period: Period, report_day: int, reported_on: date) -> bool:
    """Whether a report came after its day.

    >>> is_late(Period.parse("2025-03"), 25, date(2025, 3, 26))
    True
    """
    return reported_on > due_on(period, report_day)


def after_report(state: SubmissionState) -> SubmissionState:
    """What a submission becomes when its unit reports: a returned one is supplemented.

    >>> after_report(SubmissionState.RETURNED).value
    'supplemented'
    """
    return SubmissionState.SUPPLEMENTED if state == SubmissionState.RETURNED else SubmissionState.REPORTED
