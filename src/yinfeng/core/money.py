"""Exact money: Decimal 万元 in code, an integer number of 分 in the database, 亿元 on screens. Never a float.

1 万元 = 10 000 元 = 1 000 000 分, so six decimals of 万元 are exact and a seventh is an error, never rounded away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from types import MappingProxyType

from yinfeng.core.faults import Fault, gettext_noop
from yinfeng.core.text import fold_width

WAN_PLACES = Decimal("0.0001")
FEN_PER_WAN = 1_000_000
LARGEST_WAN = Decimal(10) ** 12
NOTHING = "—"

FACTORS: Mapping[str, Decimal] = MappingProxyType(
    {
        "元": Decimal("0.0001"),
        "千元": Decimal("0.1"),
        "万": Decimal(1),
        "万元": Decimal(1),
        "百万元": Decimal(100),
        "千万元": Decimal(1000),
        "亿": Decimal(10_000),
        "亿元": Decimal(10_000),
    }
)
"""What one of each unit is in 万元."""

# Wide enough for every amount we accept; anything that would still be rounded raises instead.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Inexact])
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation])


class UnknownUnit(Fault):
    """A unit of money that is not in :data:`FACTORS`."""

    def __init__(self, unit: str) -> None:
        super().__init__("unknown_unit", gettext_noop("不认识的金额单位：%(unit)s"), unit=unit)


class BadAmount(Fault):
    """Something that is not one definite, finite amount of money."""


def quantize_wan(value: Decimal) -> Decimal:
    """An amount of 万元 to the yuan: four decimals, half up as accountants round (also away from zero below it).

    >>> quantize_wan(Decimal("1.00005"))
    Decimal('1.0001')
    """
    return value.quantize(WAN_PLACES, context=_ROUNDING)


def to_wan(value: Decimal | int | str, unit: str) -> Decimal:
    """An amount given in *unit* as exact 万元; nothing is rounded.

    >>> to_wan("207.96", "亿元")
    Decimal('2079600.00')
    """
    factor = FACTORS.get(unit)
    if factor is None:
        raise UnknownUnit(unit)
    return _times(_finite(value), factor)


def _times(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product; a number with more digits than any money has is refused."""
    try:
        return _EXACT.multiply(number, factor)
    except Inexact:
        raise BadAmount("too_long", gettext_noop("金额文字过长")) from None


def _finite(value: Decimal | int | str) -> Decimal:
    """The value as a finite Decimal; floats and booleans are refused even where the type checker did not look."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, str)):
        raise BadAmount("not_exact", gettext_noop("金额必须是精确的数，不能是浮点数"))
    try:
        number = Decimal(value.strip().replace(",", "") if isinstance(value, str) else value)
    except InvalidOperation:
        raise BadAmount("not_a_number", gettext_noop("“%(text)s”不是金额"), text=str(value)) from None
    if not number.is_finite():
        raise BadAmount("not_a_number", gettext_noop("“%(text)s”不是金额"), text=str(value))
    return number


def in_yi(amount_wan: Decimal) -> Decimal:
    """The same amount in 亿元, exact.

    >>> in_yi(Decimal("2079600"))
    Decimal('207.9600')
    """
    return amount_wan.scaleb(-4, context=_EXACT)


def in_yuan(amount_wan: Decimal) -> Decimal:
    """The same amount in 元, exact.

    >>> in_yuan(Decimal("1.5"))
    Decimal('15000')
    """
    return _EXACT.add(amount_wan.scaleb(4, context=_EXACT), Decimal(0))


def format_yi(amount_wan: Decimal | None, digits: int = 2) -> str:
    """The amount in 亿元 for a screen: thousands separated, half up; a missing amount is a dash, never 0.

    >>> format_yi(Decimal("12345000")), format_yi(None)
    ('1,234.50', '—')
    """
    if amount_wan is None:
        return NOTHING
    shown = in_yi(amount_wan).quantize(Decimal(1).scaleb(-digits), context=_ROUNDING)
    return f"{shown or abs(shown):,f}"


def format_wan(amount_wan: Decimal | None) -> str:
    """The exact amount in 万元, thousands separated, without trailing zeros; a missing amount is a dash.

    >>> format_wan(Decimal("1234.5000")), format_wan(Decimal("1000"))
    ('1,234.5', '1,000')
    """
    if amount_wan is None:
        return NOTHING
    text = f"{amount_wan or abs(amount_wan):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fen_from_wan(amount_wan: Decimal) -> int:
    """The amount as an integer number of 分, for storage; a fraction of a 分 is refused, not rounded.

    >>> fen_from_wan(Decimal("1.000001"))
    1000001
    """
    fen = _times(_finite(amount_wan), Decimal(FEN_PER_WAN))
    whole = int(fen)
    if fen != whole:
        raise BadAmount("too_fine", gettext_noop("金额最多精确到分：%(text)s 万元"), text=f"{amount_wan:f}")
    return whole


def wan_from_fen(fen: int) -> Decimal:
    """The 万元 that an integer number of 分 stands for, exact.

    >>> wan_from_fen(1000001)
    Decimal('1.000001')
    """
    return Decimal(fen).scaleb(-6, context=_EXACT)


@dataclass(frozen=True, slots=True)
class ForeignMoney:
    """Money in a foreign currency with the rate of its day; it never enters a 万元 total unconverted.

    ``amount`` is in 万 of the currency (万美元), ``rate`` is 元 for one unit of it on ``rate_on``.
    """

    amount: Decimal
    currency: str
    rate: Decimal
    rate_on: date

    def in_wan(self) -> Decimal:
        """The amount in 万元 at its own dated rate, to the yuan.

        >>> ForeignMoney(Decimal("100"), "USD", Decimal("7.1884"), date(2025, 1, 2)).in_wan()
        Decimal('718.8400')
        """
        return quantize_wan(_times(_finite(self.amount), _finite(self.rate)))


_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER})|(?P<digit>[零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖])|(?P<scale>[十拾百佰千仟万萬亿億])"
)
_DIGITS = {char: index % 10 for index, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {"两": 2}
_SCALES = dict(zip("十拾百佰千仟万萬亿億", (10, 10, 100, 100, 1000, 1000, 10**4, 10**4, 10**8, 10**8), strict=True))
_VAGUE = re.compile(r"约|大概|左右|上下|以上|以下|以内|不低于|不少于|不超过|超过|逾|近|余|多|几|数")
_FOREIGN = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|USD|EUR|HKD|JPY|GBP|[$€£]", re.IGNORECASE)
_RANGE = re.compile(r"[0-9元万亿千百十一二两三四五六七八九]\s*(?:-|~|–|—|－|至|到)\s*[0-9一二两三四五六七八九十]")


def parse_money_text(text: str, unit: str = "万元") -> Decimal:
    """What a clerk typed into an amount field as exact 万元; a number without a unit is in *unit*, the field's own.

    Takes full-width digits, thousands separators, 3亿5000万, 1.2亿元, 五千万元 and a leading minus. Refuses whatever is
    not one definite amount (ranges, 约…左右, 暂无, exponents, colloquial 三亿五) instead of guessing.

    >>> parse_money_text("３亿5000万元"), parse_money_text("1.2", unit="亿元")
    (Decimal('35000'), Decimal('12000'))
    """
    if unit not in FACTORS:
        raise UnknownUnit(unit)
    folded = fold_width(text).strip().replace("人民币", "").replace("¥", "")
    folded = re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", folded)
    _refuse_indefinite(folded, text)
    negative = folded[:1] in {"-", "−", "负"}
    body = folded[1:] if negative else folded
    plain = re.sub(r"[元圆][整正]?$", "", body)
    number, says_scale = _NumberReader(plain, text, closed=plain != body).read()
    amount_wan = _times(number, FACTORS["元"] if says_scale or plain != body else FACTORS[unit])
    if amount_wan > LARGEST_WAN:
        raise BadAmount("too_large", gettext_noop("金额过大，请核对单位：%(text)s"), text=text)
    fen = fen_from_wan(amount_wan)
    return _plain(wan_from_fen(-fen if negative else fen))


def _plain(amount: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    return _EXACT.add(amount.normalize(_EXACT), Decimal(0))


def _refuse_indefinite(folded: str, text: str) -> None:
    """Say what is wrong with a text that can be no single amount of yuan, in the clerk's words."""
    if len(folded) > 60:
        raise BadAmount("too_long", gettext_noop("金额文字过长"))
    if not folded:
        raise BadAmount("empty", gettext_noop("请填写金额"))
    if _FOREIGN.search(folded):
        raise BadAmount("foreign", gettext_noop("“%(text)s”是外币，请在外币栏填写币种、金额和汇率日期"), text=text)
    if _RANGE.search(folded):
        raise BadAmount("range", gettext_noop("“%(text)s”是一个区间，请填一个确定的金额"), text=text)
    if _VAGUE.search(folded):
        raise BadAmount("vague", gettext_noop("“%(text)s”不是确定的金额，请去掉约、左右、以上等字"), text=text)


class _NumberReader:
    """Reads a number of mixed Arabic digits and Chinese numerals, strictly: every part smaller than the one before."""

    def __init__(self, body: str, text: str, *, closed: bool) -> None:
        self.body, self.text, self.closed = body, text, closed
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.last_scale = 0  # the scale of the token before, 0 at the start
        self.small_scale = self.large_scale = 10**16
        self.after_zero = self.fraction = False

    def read(self) -> tuple[Decimal, bool]:
        """The value, and whether 万 or 亿 occurred in it, which makes it a number of yuan."""
        position = 0
        while position < len(self.body):
            match = _TOKEN.match(self.body, position)
            if match is None:
                raise self._bad()
            position = match.end()
            if match["scale"]:
                self._take_scale(_SCALES[match["scale"]])
            elif match["digit"]:
                self._take_digit(_DIGITS[match["digit"]])
            else:
                self._take_number(Decimal(match["number"].replace(",", "")))
        return self._close()

    def _bad(self) -> BadAmount:
        return BadAmount("not_a_number", gettext_noop("“%(text)s”不是金额"), text=self.text)

    def _take_digit(self, digit: int) -> None:
        if digit:
            self._take_number(Decimal(digit))
        elif self.pending is not None:
            raise self._bad()
        elif not self.last_scale:
            self._take_number(Decimal(0))
        else:
            self.after_zero = True

    def _take_number(self, number: Decimal) -> None:
        if self.pending is not None or self.fraction:
            raise self._bad()
        self.pending, self.fraction = number, number != int(number)

    def _take_scale(self, scale: int) -> None:
        if scale >= 10**4:
            self._take_large(scale)
        else:
            if (self.pending is None and not (scale == 10 and not self.section)) or scale >= self.small_scale:
                raise self._bad()
            self.section += (Decimal(1) if self.pending is None else self.pending) * scale
            self.small_scale = scale
        self.pending, self.last_scale, self.after_zero = None, scale, False

    def _take_large(self, scale: int) -> None:
        if scale == self.large_scale * 10**4 and (self.pending is not None or self.section):
            raise self._bad()  # 万亿 stands together or not at all
        self.section += self.pending or 0
        part = self.section if scale == 10**4 else self.total + self.section
        if not part or (scale >= self.large_scale and not (scale == 10**8 and self.large_scale == 10**4)):
            raise self._bad()
        self.total = self.total + part * scale if scale == 10**4 else part * scale
        self.section, self.small_scale, self.large_scale = Decimal(0), 10**16, scale

    def _close(self) -> tuple[Decimal, bool]:
        """Add what follows the last scale; 三亿五 could mean 3.5 亿 or 3 亿 and 5 元, so it is refused."""
        large = self.large_scale < 10**16
        tail = self.section + (self.pending or 0)
        if self.pending is None and not self.last_scale:
            raise self._bad()
        loose = self.pending is not None and self.last_scale > 10 and not self.after_zero
        single = self.pending is not None and self.pending < 10
        if (loose and (single or not self.closed)) or (large and tail and not self.closed) or tail >= self.large_scale:
            raise BadAmount("ambiguous", gettext_noop("“%(text)s”有歧义，请写明单位，如 3亿5000万元"), text=self.text)
        return self.total + tail, large
