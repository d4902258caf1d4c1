"""Months and their closing: where a fact may still be posted."""

from datetime import date

from django.utils.translation import gettext as _

from yinfeng.core.errors import Refused
from yinfeng.core.period import Period
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import Place, ReportingMonth
from yinfeng.ui.periods import period_text


def state_of(period: str) -> PeriodState:
    """How far a month (``2025-03``) has come; a month nobody touched is open."""
    row = ReportingMonth.objects.filter(period=period).values_list("state", flat=True).first()
    return PeriodState(row) if row else PeriodState.OPEN


def is_closed(period: str) -> bool:
    """Whether a month is closed for good."""
    return state_of(period) is PeriodState.CLOSED


def posting_period(occurred_on: date) -> str:
    """The month in which a fact of that day is counted: its own, or the next one that is not closed.

    A late fact keeps its true date; only its posting moves (DESIGN: a closed period is never edited).
    """
    period = Period.month_of(occurred_on)
    closed = set(
        ReportingMonth.objects.filter(state=PeriodState.CLOSED, period__gte=period.code).values_list(
            "period", flat=True
        )
    )
    while period.code in closed:
        period = period.next()
    return period.code


def require_open(period: str) -> None:
    """Refuse a change to a closed month, saying so."""
    if is_closed(period):
        raise Refused(
            _("%(period)s 已关账，不能再改；更正请记入下一个未关账的月份。")
            % {"period": period_text(Period.parse(period))}
        )


def the_place() -> Place | None:
    """The installation's place, or ``None`` before one was set up."""
    return Place.objects.select_related("region", "node").first()
