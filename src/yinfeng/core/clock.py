"""The one place that reads the time; tests and demonstrations set it with ``at``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)
_day: ContextVar[date | None] = ContextVar("pretended_day", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """*moment* in the place's own time (Beijing time)."""
    return moment.astimezone(LOCAL)


def today() -> date:
    """The calendar day in the place (Beijing time), not in UTC; a sample place may pretend to stand at another day."""
    if _fixed.get() is None and (pretended := _day.get()) is not None:
        return pretended
    return local(now()).date()


def calendar_day() -> date:
    """The true day in the place, whatever a sample pretends: for permissions, which no sample may shift."""
    return local(now()).date()


@contextmanager
def standing_on(day: date | None) -> Iterator[None]:
    """Let ``today`` be *day* while moments stay real: how a sample place shows its own year. ``None`` changes nothing."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Hold the clock still at *moment*; a date means noon of that day in Beijing."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=LOCAL)
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
