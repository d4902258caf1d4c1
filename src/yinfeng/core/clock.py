"""The one place that reads the time; tests and demonstrations set it with ``at``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """*moment* in the place's own time (Beijing time)."""
    return moment.astimezone(LOCAL)


def today() -> date:
    """The calendar day in the place (Beijing time), not in UTC."""
    return local(now()).date()


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
