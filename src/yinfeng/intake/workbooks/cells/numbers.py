"""Numbers inside typed text, with the words that make them uncertain."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for sign in signs
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億点半"
APPROXIMATE = re.compile(
    r"大约|约合|约为|约|左右|以上|上下|不低于|不少于|不超过|不足|以下|以内|至少|最多|超过|近|余|预计|估计|预估|估算|暂估|暂定|暂按|概算|初步|拟|计划|多(?=[万亿千百元亩人名吨天公平立度]|个|$)|超|逾|将近|来(?=[万亿人])|几"
)
RANGE = "-—–―~～〜至到"
_DASHES = str.maketrans({"−": "-", "﹣": "-", "–": "—", "―": "—", "～": "~", "〜": "~", "∼": "~", "‐": "-", "‑": "-"})
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, the unit word behind it, and where both stand."""

    value: Decimal
    unit: str
    start: int
    end: int


@lru_cache(maxsize=16_384)
def settle(text: str) -> str:
    """Text with half-width signs, one kind of dash, digit groups closed and no spaces; line breaks become ``;``.

    >>> settle("１，２００ 万元")
    '1200万元'
    """
    wide = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    wide = re.sub(r"(?<=[\d元亿万人亩])\s*[\r\n]+\s*(?=[^\s)(元万亿])", ";", wide)
    wide = re.sub(r"[\r\n]+", "", wide)
    closed = _GROUPED.sub(lambda found: re.sub("[, ]", "", found.group()), wide)
    return _SPACES.sub(lambda found: "" if not _between_digits(closed, found.start(), found.end()) else " ", closed)


def _between_digits(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()


def chinese_number(text: str) -> Decimal | None:
    """Value of a number written in Chinese characters, None when it is none.

    >>> chinese_number("三亿五千万"), chinese_number("一点二"), chinese_number("两")
    (Decimal('350000000'), Decimal('1.2'), Decimal('2'))
    """
    if not text or any(sign not in CHINESE for sign in text):
        return None
    if "点" in text:
        return _with_point(text)
    if text.endswith("半") and len(text) > 1:
        return None
    total = section = digit = 0
    seen = False
    for sign in text:
        if sign in _DIGITS:
            if digit and seen:
                return None
            digit, seen = _DIGITS[sign], True
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit, seen = 0, False
        elif sign in _BIG:
            if not (section or digit):
                return None
            total = (total + section + digit) * _BIG[sign] if sign in "亿億" else total + (section + digit) * _BIG[sign]
            section = digit = 0
            seen = False
        else:
            return Decimal("0.5") if text == "半" else None
    return Decimal(total + section + digit)


def _with_point(text: str) -> Decimal | None:
    whole, _, rest = text.partition("点")
    scale = 1
    while rest and rest[-1] in _BIG | _TENS:
        scale *= (_BIG | _TENS)[rest[-1]]
        rest = rest[:-1]
    head = chinese_number(whole)
    if head is None or head % 1 or not rest or any(sign not in _DIGITS for sign in rest):
        return None
    return Decimal(f"{head}.{''.join(str(_DIGITS[sign]) for sign in rest)}") * scale


def plain(number: Decimal) -> str:
    """Exact decimal text without exponent or trailing zeros; zero has no sign.

    >>> plain(Decimal("7200.50")), plain(Decimal("-0.0"))
    ('7200.5', '0')
    """
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rounded(number: Decimal) -> Decimal:
    """The number to four places, half up: one yuan where the unit is 万元.

    >>> rounded(Decimal("1.00005"))
    Decimal('1.0001')
    """
    if abs(number) >= Decimal(10) ** 20:
        return number
    return number.quantize(_FOUR_PLACES, ROUND_HALF_UP)
