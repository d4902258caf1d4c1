"""Read two dates from one cell: 2025.1.8-1.10, 2025年1月15日至17日, 2023-2025."""

import re
from dataclasses import dataclass, field, replace

from yinfeng.intake.workbooks.cells.dates import DateReading, PartialDate, first_date, settle, text_date

_STRONG = re.compile(r"至今|至|到|—+|~+|--+")
_WHOLE = (
    re.compile(r"(\d{4}|\d{2})([./-])\d{1,2}\2\d{1,2}"),
    re.compile(r"(19|20)\d{2}[./-](0?[1-9]|1[0-2])"),
    re.compile(r"\d{1,2}[./-]\d{1,2}"),
)
_DURATION = re.compile(
    r"^(?:约|建设周期|建设期|工期|周期|:)*[\d一二三四五六七八九十两半.-]+(?:个月|年|天|个?季度|个工作日)$"
)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(slots=True)
class RangeReading:
    """First and last date of a cell; a single date has no last."""

    first: DateReading
    last: DateReading | None = None
    problems: list[str] = field(default_factory=list)


def text_range(text: str, year: int | None) -> RangeReading:
    """Dates of a cell that may hold a span.

    >>> reading = text_range("2025.12.28-1.3", None)
    >>> reading.first.text, reading.last.text
    ('2025-12-28', '2026-01-03')
    """
    settled = settle(text[:120])
    outside = _BRACKETS.sub("", settled) or settled
    head, *others = [part for part in outside.split(";") if part] or [""]
    for left, right in _splits(head):
        reading = _spanned(left, right, year)
        if reading is not None:
            if any(re.search(r"\d", part) for part in others):
                reading.problems.append("several_dates")
            return reading
    single = text_date(text, year)
    return RangeReading(single, None, list(single.problems))


def is_duration(text: str) -> bool:
    """Whether a cell gives a length of time instead of dates.

    >>> is_duration("24个月"), is_duration("2年"), is_duration("2025年")
    (True, True, False)
    """
    settled = settle(text)
    return bool(_DURATION.match(settled)) and not re.match(r"(19|20)\d{2}年?", settled)


def _splits(text: str) -> list[tuple[str, str]]:
    """Places where a text may part into two dates, the likeliest first."""
    strong = _STRONG.search(text)
    if strong:
        left, right = text[: strong.start()], text[strong.end() :].lstrip("-")
        return [(left, "" if strong.group() == "至今" else right)]
    if any(form.fullmatch(text) for form in _WHOLE):
        return []
    dashes = [found.start() for found in re.finditer("-", text)]
    middle = len(text) / 2
    return [(text[:place], text[place + 1 :]) for place in sorted(dashes, key=lambda place: abs(place - middle))]


def _spanned(left: str, right: str, year: int | None) -> RangeReading | None:
    first = _left_date(left, right, year)
    if first.value is None or (first.rest and re.search(r"\d", first.rest)):
        return None
    if not right or not re.search(r"[\d年底末初]", right):
        return RangeReading(first, None, first.problems) if not right or "今" in right else None
    last = _right_date(right, first.value)
    if last.value is None:
        return None
    if str(last.value) < str(first.value)[: len(str(last.value))]:
        return None
    return RangeReading(first, last, list(dict.fromkeys([*first.problems, *last.problems])))


def _left_date(left: str, right: str, year: int | None) -> DateReading:
    bare = re.fullmatch(r"((?:19|20)\d{2}年)?(\d{1,2})", left)
    if bare and right.endswith("月") and (bare.group(1) or len(left) <= 2):
        left += "月"
    elif re.fullmatch(r"\d{1,2}月\d{1,2}", left):
        left += "日"
    if re.fullmatch(r"\d{1,2}", left):
        return DateReading(problems=["bad_date"])
    own = re.search(r"((?:19|20)\d{2})年?(?:\d|$)", right)
    return first_date(left, year if year is not None or not own else int(own.group(1)))


def _right_date(right: str, first: PartialDate) -> DateReading:
    """The second date; what it leaves out is the first one's."""
    number = re.fullmatch(r"(\d{1,2})(日|号|月份?)?(底|初|末)?前?", right)
    if number and not (number.group(2) or "").startswith("月"):
        value = replace(first, day=int(number.group(1))) if first.day else replace(first, month=int(number.group(1)))
        return DateReading(value) if value.exists() else DateReading(problems=["bad_date"])
    reading = first_date(right, first.year)
    if reading.value is None:
        return reading
    inferred = "year_inferred" in reading.problems
    reading.problems = [code for code in reading.problems if code != "year_inferred"]
    if inferred and reading.value.month and (reading.value.month, reading.value.day) < (first.month, first.day):
        reading.value = replace(reading.value, year=reading.value.year + 1)
    return reading
