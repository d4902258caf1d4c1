"""Read a date as precisely as it is printed: a day, a month, a year, or not at all."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from yinfeng.intake.workbooks.numberformats import date_of_serial, date_parts, decimals_shown

EARLIEST, LATEST = 1949, 2100
_SERIALS = (Decimal(18_000), Decimal(74_000))  # 1949 to 2102
_NUMERALS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "Ο": "0"}
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年|$)")
_CHINESE_PART = re.compile(r"(?:二十|三十|十)?[一二三四五六七八九]?(?=[月日号])|十(?=[月日号])")
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "—", "～": "~", "〜": "~", "‐": "-", "‑": "-", "。": ".", "．": "."})
_TIME = re.compile(
    r"(?<=[\d日号t ])[t ]?\s*(?:上午|下午|中午|晚上?|am|pm)?\s*\d{1,2}[:时]\d{0,2}(?::\d{2})?(?:\.\d+)?分?z?(?:\+08:?00)?",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"(?<=[\d日号])(?:上午|下午|中午|晚上?)|(?:周|星期|礼拜)[一二三四五六日天]")
_BRACKETS = re.compile(r"\([^()]*\)")
_VAGUE = re.compile(
    r"[上中下]旬|年?[初底末]|月?[初底末]|年中|上半年|下半年|第?[一二三四1-4]季度|[qQ][1-4]|年内|前后|左右|以?前|之?前|以后|之后|(?<!签)约|预计|拟|计划|力争|争取|起|开始|月内|内"
)
_YEAR = r"(?P<year>(?:19|20|21)\d{2}|(?<!\d)\d{2})"
_FORMS = (
    re.compile(
        rf"{_YEAR}(?P<mark>[./\-年])(?P<month>\d{{1,2}})(?:(?P=mark)|月|(?<=年\d)月|(?<=年\d\d)月)(?P<day>\d{{1,2}})(?:日|号)?(?![\d])"
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>\d{2})(?!\d)"),
    re.compile(rf"{_YEAR}年(?P<month>\d{{1,2}})(?:月|(?![\d个季]))"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d{2})[./-](?P<month>\d{1,2})(?:月份?)?(?![\d])"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d{2})年度?"),
    re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?![\d.])"),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|号)?(?!\d)"),
    re.compile(r"(?<![\d./-])(?P<month>\d{1,2})[./-](?P<day>\d{1,2})(?:日|号)?(?![\d./-])"),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})月份?"),
)
_RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    def exists(self) -> bool:
        """Whether the calendar has it, within the years ledgers speak of."""
        if not EARLIEST <= self.year <= LATEST or not 0 <= self.month <= 12:
            return False
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True


@dataclass(slots=True)
class DateReading:
    """The date of a cell, None with the reason among the problems."""

    value: PartialDate | None = None
    problems: list[str] = field(default_factory=list)
    rest: str = ""

    @property
    def text(self) -> str | None:
        """The date as the answer prints it."""
        return str(self.value) if self.value else None


_ENOUGH = 120  # characters in which a date must show
_UNSURE = re.compile(r"\(.*(?:预计|预估|拟|计划|暂定|左右|约)")
BAD = ("bad_date",)


def settle(text: str) -> str:
    """Date text with half-width signs, Arabic digits and no time of day.

    >>> settle("二〇二五年二月二十日")
    '2025年2月20日'
    """
    wide = unicodedata.normalize("NFKC", text.strip().translate(_DASHES)).translate(_DASHES)
    if re.search(r"[一二三四五六七八九十〇零○][年月日号]", wide):
        wide = _CHINESE_YEAR.sub(lambda found: "".join(_NUMERALS[sign] for sign in found.group()), wide)
        wide = _CHINESE_PART.sub(_arabic_part, wide)
    wide = _HALF_DAY.sub("", _TIME.sub("", wide))
    wide = re.sub(r"(?<=[\d日号月])\s*[\r\n;]+\s*(?=\d)", ";", wide)
    wide = re.sub(r"^\s*(\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\s*$", r"\1.\2.\3", wide)
    wide = re.sub(r"(?<=\d)\s*日?[、,]\s*(?=\d)", ";", wide)
    return re.sub(r"\s+", "", wide).lower()


def _arabic_part(found: re.Match[str]) -> str:
    signs = found.group()
    if not signs:
        return ""
    tens, ten, units = signs.rpartition("十")
    if not ten:
        return _NUMERALS.get(signs, signs)
    return str((int(_NUMERALS[tens]) if tens else 1) * 10 + (int(_NUMERALS[units]) if units else 0))


def cell_date(moment: datetime, number_format: str) -> DateReading:
    """Date of a date cell, as much of it as its format shows.

    >>> cell_date(datetime(2025, 2, 1), 'yyyy"年"m"月"').text
    '2025-02'
    """
    shown = date_parts(number_format) if number_format else "ymd"
    value = PartialDate(moment.year, moment.month, moment.day)
    if "d" not in shown and "y" in shown:
        value = replace(value, day=0) if "m" in shown else PartialDate(moment.year)
    return DateReading(value) if value.exists() else DateReading(problems=list(BAD))


def number_date(number: Decimal, number_format: str, year: int | None) -> DateReading:
    """Date of a number: 20250220, 202502, 2025, a serial number, 2025.2 or 2.25.

    >>> number_date(Decimal("2025.1"), "", None).problems, number_date(Decimal("2025.1"), "0.00", None).text
    (['ambiguous_date'], '2025-10')
    """
    if number == number.to_integral_value():
        return _integer_date(int(number))
    whole, _, decimals = format(number, "f").partition(".")
    decimals = decimals.rstrip("0")
    if len(whole) == 5 and _SERIALS[0] <= number <= _SERIALS[1]:
        return _integer_date(int(number))
    if len(decimals) > 2:
        return DateReading(problems=list(BAD))
    if (
        len(decimals) == 1
        and decimals in "123"
        and decimals_shown(number_format) < 2
        and (len(whole) < 4 or decimals == "1")
    ):
        return DateReading(problems=["ambiguous_date"])
    if len(decimals) == 1 and decimals_shown(number_format) == 2 and decimals == "1":
        decimals = "10"
    return text_date(f"{whole}.{decimals}", year)


def _integer_date(number: int) -> DateReading:
    text = str(number)
    if len(text) in (6, 8) or EARLIEST <= number <= LATEST:
        return text_date(text, None)
    if _SERIALS[0] <= number <= _SERIALS[1]:
        moment = date_of_serial(Decimal(number), from_1904=False)
        if moment is not None:
            return DateReading(PartialDate(moment.year, moment.month, moment.day))
    return DateReading(problems=list(BAD))


def text_date(text: str, year: int | None) -> DateReading:
    """Date of a typed text; *year* stands in where none is written.

    >>> text_date("2025年2月底", None).text, text_date("2025年2月底", None).problems
    ('2025-02', ['approximate_date'])
    >>> text_date("长期坚持", 2025).problems
    ['bad_date']
    """
    settled = settle(text[:_ENOUGH])
    if re.fullmatch(r"\d{5}(\.\d+)?", settled):
        return number_date(Decimal(settled), "", year)
    outside = _BRACKETS.sub("", settled) or settled
    parts = [part for part in outside.split(";") if part]
    reading = first_date(parts[0], year) if parts else DateReading(problems=list(BAD))
    if reading.value is None:
        return reading
    later = [reading.rest, *parts[1:], *(_BRACKETS.findall(settled) if outside != settled else [])]
    if any(_has_date(part) for part in later if part):
        reading.problems.append("several_dates")
    elif _UNSURE.search("".join(later)) and "approximate_date" not in reading.problems:
        reading.problems.append("approximate_date")
    return reading


def _has_date(text: str) -> bool:
    """Whether a text goes on with another date, if only its day."""
    return bool(re.match(r"\d{1,2}[日号]", text)) or (
        re.search(r"\d", text) is not None and first_date(text, 2000).value is not None
    )


@lru_cache(maxsize=8192)
def _first(text: str, year: int | None) -> tuple[PartialDate | None, tuple[str, ...], str]:
    problems: list[str] = []
    text, base, told = _relative(text, year)
    for form in _FORMS:
        found = form.search(text)
        if found is None:
            continue
        groups = found.groupdict()
        if _cut_through(text, found.start(), found.end()):
            return None, BAD, ""
        said = groups.get("year")
        chosen = _full_year(said) if said else base
        if chosen is None:
            return None, BAD, ""
        if not said:
            problems.append("year_inferred")
        value = PartialDate(chosen, int(groups.get("month") or 0), int(groups.get("day") or 0))
        if (
            not value.exists()
            or ("month" in groups and not value.month)
            or (groups.get("day") is not None and not value.day)
        ):
            return None, BAD, ""
        value, vague = _sharpened(value, text[found.end() :])
        rest = text[: found.start()] + "|" + text[found.end() :]
        words = re.sub(r"[|]", "", rest)
        if (
            vague
            or (_VAGUE.search(words) and not (value.day and re.fullmatch(r"以?之?前", words)))
            or re.search(r"[一-鿿]{7,}", words)
        ):
            problems.append("approximate_date")
        return value, tuple(problems), text[found.end() :]
    return _vague_only(text, base if told else year)


def _cut_through(text: str, start: int, end: int) -> bool:
    """Whether a match ends inside a longer number or word, as in 2025年2月2O日 or 20/2/2025."""
    return bool(re.match(r"(?![1-4]季度|q[1-4])[\da-z]", text[end:]) or re.search(r"[\da-z][./-]?$", text[:start]))


def first_date(text: str, year: int | None) -> DateReading:
    """The first date in a settled text and what follows it."""
    value, problems, rest = _first(text, year)
    return DateReading(value, list(problems), rest)


def _relative(text: str, year: int | None) -> tuple[str, int | None, bool]:
    for word, shift in _RELATIVE.items():
        if word in text and year is not None:
            return text.replace(word, "年" if text.endswith(word) else "", 1), year + shift, True
    return text, year, False


def _full_year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said) if int(said) < 70 else 1900 + int(said)


def _sharpened(value: PartialDate, after: str) -> tuple[PartialDate, bool]:
    """Year's end and beginning told by words behind a bare year."""
    if value.month:
        return value, False
    if re.match(r"年?[底末]", after):
        return replace(value, month=12), True
    if re.match(r"年?初", after):
        return replace(value, month=1), True
    if found := re.match(r"第?([一二三四1-4])季度|q([1-4])|[上下]半年|年?中|年?内", after):
        return value, bool(found)
    return value, False


def _vague_only(text: str, year: int | None) -> tuple[PartialDate | None, tuple[str, ...], str]:
    """年底, 上半年, 一季度 and the like without a year."""
    found = re.search(r"年?[底末]前?$|年初|上半年|下半年|第?[一二三四]季度|年内|^年$", text)
    if found is None or year is None or len(text) > 8:
        return None, BAD, ""
    value, _ = _sharpened(PartialDate(year), found.group())
    problems = ("year_inferred",) if found.group() == "年" else ("year_inferred", "approximate_date")
    return value, problems, ""
