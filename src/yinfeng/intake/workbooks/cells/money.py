"""Read an amount as it is typed: exact, in 万元, or not at all."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from yinfeng.intake.workbooks.cells.numbers import APPROXIMATE, CHINESE, RANGE, chinese_number, rounded, settle
from yinfeng.intake.workbooks.units import UNITS

_LONGEST = 300  # a longer text is a report, not an amount
_MOST_WAN = Decimal(10) ** 12  # beyond all money: a slip of the keyboard
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
}
_SCALE = "(?:[十百千]?[万亿]|[十百千])"
_FOREIGN = "美元|美金|usd|us\\$|\\$|港元|港币|hkd|欧元|eur|€|日元|英镑|£|韩元|澳元|卢布|新加坡元|加元"
_NUMBER = r"-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+)"
_FIGURE = re.compile(
    rf"(?P<before>{_FOREIGN})?(?P<number>{_NUMBER})(?P<about>多|余|来)?(?:个)?(?P<scale>{_SCALE})?(?P<about2>多|余)?(?P<currency>元|{_FOREIGN})?"
)
_CHINESE_FIGURE = re.compile(rf"[{CHINESE}]+(?=多?个?[万亿元]|余?元|美元|$)")
_BARE = re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_COMPOUND = re.compile(rf"({_NUMBER})(?:个)?亿(?:元)?零?({_NUMBER})(千)?万元?")
_OTHER_MEASURE = re.compile(
    r"\d+(?:\.\d+)?(?:%|年|个?月|日|期|套|吨|亩|公顷|平方米|平米|兆瓦|千瓦|台|条|家|天|人|户|项|家|次|笔|号|mw|gw|kw|t/a|批|季度|/)"
)
_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\]]*)\]|【([^】]*)】")
_UNIT_IN_BRACKETS = re.compile(rf"(?<=\d)\(({_SCALE}?(?:元|{_FOREIGN})?)\)")
_FIXED = re.compile(r"(?:其中)?[:,]?(?:固投|固定资产投资|固定资产|固定投资)(?:额|金额|为|约)?:?")
_TOTAL = re.compile(r"(?:总投资|合计|共计|总额|总计|总)(?:额|约|为|投资)?:?(?=-?[\d.约近])")
_HARMLESS = re.compile(
    r"人民币|rmb|cny|合计|共计|总计|总额|合同|协议|签约|实际|到位|资金|项目|[总共已]|[¥￥;,.。、:整其中含和及投资额为的是\s+个]"
)
_SIMPLE = str.maketrans("萬億", "万亿")
_SIGNS = str.maketrans({"負": "-", "负": "-"})
_RANGE_MARK = re.compile(rf"^[{RANGE}]$")


@dataclass(slots=True)
class Amount:
    """What a money cell says: 万元, 固投 told in brackets, 万美元, and what is wrong with it."""

    wan: Decimal | None = None
    fixed_wan: Decimal | None = None
    usd_wan: Decimal | None = None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Figure:
    value: Decimal
    scale: str
    currency: str
    about: bool
    start: int
    end: int

    @property
    def has_unit(self) -> bool:
        return bool(self.scale or self.currency)

    @property
    def foreign(self) -> bool:
        return bool(self.currency) and self.currency != "元"

    @property
    def dollars(self) -> bool:
        return self.currency in ("美元", "美金", "usd", "us$", "$")


def number_amount(number: Decimal, unit: str | None) -> Amount:
    """Amount of a bare number under the unit in force for its column."""
    known = UNITS.get(unit or "")
    if known is None or known.dimension not in ("money", "usd"):
        return Amount(problems=["unknown_unit"])
    value = rounded(number * known.worth)
    if abs(value) > _MOST_WAN:
        return Amount(problems=["bad_amount"])
    return Amount(usd_wan=value) if known.dimension == "usd" else Amount(wan=value)


@lru_cache(maxsize=16_384)
def _read(text: str, unit: str | None) -> tuple[Decimal | None, Decimal | None, Decimal | None, tuple[str, ...]]:
    amount = _text_amount(text, unit)
    return amount.wan, amount.fixed_wan, amount.usd_wan, tuple(dict.fromkeys(amount.problems))


def text_amount(text: str, unit: str | None) -> Amount:
    """Amount of a typed text; a unit in the cell beats the column's.

    >>> text_amount("约4.2亿", "万元")
    Amount(wan=Decimal('42000.0000'), fixed_wan=None, usd_wan=None, problems=['approximate_amount', 'unit_in_cell'])
    >>> text_amount("5-8亿元", "万元").problems
    ['ambiguous_amount']
    """
    wan, fixed, usd, problems = _read(text, unit)
    return Amount(wan, fixed, usd, list(problems))


def _text_amount(text: str, unit: str | None) -> Amount:
    if _BARE.fullmatch(text):
        return number_amount(Decimal(text), unit)
    if len(text) > _LONGEST:
        return Amount(problems=["bad_amount"])
    settled = _arabic(settle(text).lower().translate(_SIGNS))
    outside, inside = _split_brackets(_UNIT_IN_BRACKETS.sub(r"\1", settled))
    fixed_text = next((part for part in inside if _FIXED.search(part)), "")
    if not fixed_text and (found := _FIXED.search(outside)) and _FIGURE.search(outside[: found.start()]):
        fixed_text, outside = outside[found.start() :], outside[: found.start()]
    elif not fixed_text and found:
        return Amount(fixed_wan=_stated(_FIXED.sub("", outside), inside, unit).wan, problems=["ambiguous_amount"])
    amount = _stated(outside, inside, unit)
    if fixed_text and amount.wan is not None:
        part = _stated(_FIXED.split(fixed_text, maxsplit=1)[1], [], _unit_of(outside) or unit)
        amount.fixed_wan = part.wan
        amount.problems += [code for code in part.problems if code not in ("unit_in_cell", "bad_amount")]
    return amount


def _split_brackets(text: str) -> tuple[str, list[str]]:
    inside = [next(group for group in found.groups() if group is not None) for found in _BRACKET.finditer(text)]
    return _BRACKET.sub("", text), inside


def _arabic(text: str) -> str:
    """Chinese numerals before a money unit turned to digits; other characters stay."""
    text = _COMPOUND.sub(_join_compound, text)

    def turn(found: re.Match[str]) -> str:
        value = chinese_number(found.group())
        if value is None or not re.search("[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾零〇]", found.group()):
            return found.group()
        last = found.group()[-1]
        head = chinese_number(found.group()[:-1]) if last in "万亿萬億" else None
        if head is not None and head < 10_000:
            return f"{head}{last.translate(_SIMPLE)}"
        return str(value) if value < 10_000 else f"{value}元"

    return _CHINESE_FIGURE.sub(
        lambda found: turn(found) if not text[: found.start()][-1:].isdigit() else found.group(), text
    )


def _join_compound(found: re.Match[str]) -> str:
    """3亿5000万 in yuan: it is in no column's unit."""
    ten_thousands = Decimal(found.group(2)) * (1000 if found.group(3) else 1)
    return f"{(Decimal(found.group(1)) * 10_000 + ten_thousands) * 10_000}元"


def _figures(text: str) -> list[_Figure]:
    figures = []
    for found in _FIGURE.finditer(_without_measures(text)):
        number = found["number"]
        start = found.start("number")
        if number.startswith("-") and start and (text[start - 1].isalnum() or text[start - 1] in "元%)"):
            number, start = number[1:], start + 1
        about = bool(found["about"] or found["about2"])
        figures.append(
            _Figure(
                Decimal(number),
                found["scale"] or "",
                found["before"] or found["currency"] or "",
                about,
                start,
                found.end(),
            )
        )
    return figures


def _without_measures(text: str) -> str:
    """Numbers that count years, tons or shares blotted out, in place."""
    return _OTHER_MEASURE.sub(lambda found: "□" * len(found.group()), text)


def _unit_of(text: str) -> str | None:
    figure = next((figure for figure in _figures(text) if figure.has_unit and not figure.foreign), None)
    if figure is None:
        return None
    return {"万": "万元", "亿": "亿元", "": "元"}.get(figure.scale)


def _stated(outside: str, inside: list[str], unit: str | None) -> Amount:
    """The one amount a text states, or why there is none."""
    if re.search(r"\d\.\d+\.\d", outside):
        return Amount(problems=["bad_amount"])
    if re.search(r"\d/\d", outside):
        return Amount(problems=["ambiguous_amount"])
    figures = _figures(outside)
    if not figures:
        return Amount(problems=["ambiguous_amount" if _figures("".join(inside)) else "bad_amount"])
    if len(figures) > 1:
        total = _TOTAL.search(outside)
        chosen = next((figure for figure in figures if total and figure.start >= total.end() - 1), None)
        if chosen is None or _is_range(outside, figures):
            return Amount(problems=["ambiguous_amount"])
    else:
        chosen = figures[0]
    if _contradicted(chosen, inside):
        return Amount(problems=["ambiguous_amount"])
    before = 0 if len(figures) == 1 else figures[figures.index(chosen) - 1].end
    return _valued(chosen, (outside[before : chosen.start], outside[chosen.end :]), inside, unit)


def _is_range(text: str, figures: list[_Figure]) -> bool:
    return any(_RANGE_MARK.match(text[left.end : right.start]) for left, right in pairwise(figures))


def _contradicted(chosen: _Figure, inside: list[str]) -> bool:
    """Whether a bracket gives another amount without saying that it is a part or a conversion."""
    for part in inside:
        if _FIXED.search(part) or re.search(
            r"其中|含|包括|折|首期|一期|二期|注册|资本|到位|自筹|贷款|补助|汇率|原", part
        ):
            continue
        others = [figure for figure in _figures(part) if figure.has_unit and not figure.foreign]
        if any(_base(other) != _base(chosen) for other in others if chosen.has_unit):
            return True
        if others and not chosen.has_unit:
            return True
    return False


def _base(figure: _Figure) -> Decimal:
    return figure.value * _SCALES[figure.scale]


def _valued(figure: _Figure, around: tuple[str, str], inside: list[str], unit: str | None) -> Amount:
    problems = []
    said = "".join(around) + "".join(
        part for part in inside if not _FIXED.search(part) and not re.search("其中|含|包括", part)
    )
    left_over = _HARMLESS.sub("", _TOTAL.sub("", "".join(around)))
    if figure.about or APPROXIMATE.search(said) or _uncertain(left_over):
        problems.append("approximate_amount")
    value = rounded(_base(figure) / 10_000)
    if abs(value) > _MOST_WAN:
        return Amount(problems=["bad_amount"])
    if figure.foreign:
        if figure.dollars:
            return Amount(usd_wan=value, problems=problems)
        return Amount(problems=[*problems, "foreign_currency"])
    if not figure.has_unit:
        amount = number_amount(figure.value, unit)
        return Amount(amount.wan, None, amount.usd_wan, problems + amount.problems)
    if unit is not None and not _is_unit(figure, unit):
        problems.append("unit_in_cell")
    return Amount(wan=value, problems=problems)


def _uncertain(left_over: str) -> bool:
    """Whether words remain that may change what the number means."""
    return bool(re.search(r"[一-鿿a-z]{2,}|[<>≥≤+*×]", left_over))


def _is_unit(figure: _Figure, unit: str) -> bool:
    """Whether a figure's own unit is the column's; 5千万 counts in 万."""
    own = "千元" if figure.scale == "千" else f"{figure.scale[-1:]}元"
    return unit in (own, f"{figure.scale}元")
