"""Read quantities that are not money: land, energy, people, days, shares."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from yinfeng.intake.workbooks.cells.numbers import APPROXIMATE, RANGE, chinese_number, rounded, settle
from yinfeng.intake.workbooks.units import UNITS, Unit, unit_named

_FIGURE = re.compile(
    r"(?P<number>-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+))(?P<about>多|余|来)?(?:个)?(?P<unit>(?:[万亿千百])?[a-z%][a-z0-9.·]*|[万亿]?[一-鿿]*)"
)
_UNIT_WORDS = sorted(
    ["万立方米", "亿立方米", "立方米", "万立方", "万方", "亿方", "立方", "方", "万千瓦时", "亿千瓦时", "千瓦时", "万度", "亿度", "度", "万吨标准煤", "吨标准煤",
     "吨标煤", "万吨标煤", "亩", "万亩", "公顷", "平方米", "平米", "平方", "万平方米", "万平米", "平方公里", "人次", "人", "名", "位", "天", "日", "万", "亿", "千", "百",
     "%", "万m3", "m3", "万kwh", "亿kwh", "kwh", "tce", "万tce", "m2", "万m2", "ha", "hm2", "吨", "万吨"],
    key=len, reverse=True,
)  # fmt: skip
_SCALES = {"万": Decimal(10_000), "亿": Decimal(10**8), "千": Decimal(1000), "百": Decimal(100)}
_CHINESE = re.compile(
    r"(?<![一-鿿第])([零一二两三四五六七八九十百千半]+)(?=[余多来]?[人名位天日亩]|个|$)|(?<=[行等共计])([一二两三四五六七八九十百]+)(?=[余多来]?[人名位])"
)
_TEN_THOUSAND = Decimal(10_000)
_BARE_TONS = re.compile(r"^(万?吨)(?!标|ce)")
_OTHER_WORD = re.compile(r"(?!左右|以上|以下|以内|上下|多|余|每|一?年|个|及|约)[一-鿿a-z]")
_BRACKET = re.compile(r"\([^()]*\)")
_NATURAL = {"people": "人", "days": "天"}
_RANGE = re.compile(rf"\d[^\d]*[{RANGE}]\s*\d")


@dataclass(slots=True)
class Quantity:
    """A value in the unit its field names, or why there is none."""

    value: Decimal | None = None
    problems: list[str] = field(default_factory=list)


def number_quantity(number: Decimal, column_unit: str | None, field_unit: str) -> Quantity:
    """Quantity of a bare number; people and days need no unit.

    >>> number_quantity(Decimal(2), "公顷", "亩").value
    Decimal('30.0000')
    """
    target = UNITS[field_unit]
    unit = UNITS.get(column_unit or _NATURAL.get(target.dimension, ""))
    if unit is None or unit.dimension != target.dimension:
        return Quantity(problems=["unknown_unit"])
    return Quantity(rounded(number * unit.worth / target.worth))


def text_quantity(text: str, column_unit: str | None, field_unit: str) -> Quantity:
    """Quantity of a typed text.

    >>> text_quantity("一行6人", None, "人").value
    Decimal('6.0000')
    >>> text_quantity("150-200亩", "亩", "亩").problems
    ['ambiguous_number']
    """
    settled = settle(text[:200]).lower()
    outside = _BRACKET.sub("", settled) or settled
    outside = _CHINESE.sub(lambda found: str(chinese_number(found.group()) or found.group()), outside)
    outside = re.sub(r"(\d)天半", lambda found: f"{found.group(1)}.5天", outside)
    figures = [found for found in _FIGURE.finditer(outside) if not re.match(r"\d+(年|月|期|号)", found.group())]
    if not figures:
        return Quantity(problems=["ambiguous_number"])
    if len(figures) > 1:
        nights = len(figures) == 2 and field_unit == "天" and outside[figures[1].start() :].endswith(("晚", "夜"))
        total = re.search(r"[共计]", outside) if field_unit == "人" else None
        counted = next((found for found in figures if total and found.start() > total.start()), None)
        named = [found for found in figures if _names_dimension(found, field_unit)]
        if _RANGE.search(outside) or not (nights or counted or len(named) == 1):
            return Quantity(problems=["ambiguous_number"])
        figures = [counted or (named[0] if len(named) == 1 else figures[0])]
    return _valued(figures[0], outside, column_unit, field_unit)


def _names_dimension(found: re.Match[str], field_unit: str) -> bool:
    unit = _unit_behind(found["unit"], UNITS[field_unit].dimension)[1]
    return unit is not None and unit.dimension == UNITS[field_unit].dimension


def _valued(found: re.Match[str], said: str, column_unit: str | None, field_unit: str) -> Quantity:
    number = Decimal(found["number"].lstrip("-") if _glued_dash(found, said) else found["number"])
    problems = ["approximate_number"] if found["about"] or APPROXIMATE.search(said) else []
    target = UNITS[field_unit]
    scale, unit, strange = _unit_behind(found["unit"], target.dimension)
    if strange or (unit is not None and unit.dimension != target.dimension):
        return Quantity(problems=["ambiguous_number"])
    if unit is not None:
        if column_unit is not None and unit.name != column_unit:
            problems.append("unit_in_cell")
        return Quantity(rounded(number * scale * unit.worth / target.worth), problems)
    if scale >= _TEN_THOUSAND and field_unit.startswith("万"):
        if scale > _TEN_THOUSAND and column_unit is not None and not column_unit.startswith("亿"):
            problems.append("unit_in_cell")
        return Quantity(rounded(number * scale / _TEN_THOUSAND), problems)
    quantity = number_quantity(number * scale, column_unit, field_unit)
    return Quantity(quantity.value, problems + quantity.problems)


def _unit_behind(said: str, dimension: str) -> tuple[Decimal, Unit | None, bool]:
    """Scale and unit behind a number, and whether a word stands there that is neither."""
    if dimension == "coal":
        said = _BARE_TONS.sub(r"\1标准煤", said)
    word = next((word for word in _UNIT_WORDS if said.startswith(word)), "")
    scale = _SCALES.get(word, Decimal(1))
    if word in _SCALES:
        said = said[len(word) :]
        word = next((word for word in _UNIT_WORDS if word not in _SCALES and said.startswith(word)), "")
    unit = unit_named(word) if word else None
    return scale, unit, unit is None and _OTHER_WORD.match(said) is not None


def _glued_dash(found: re.Match[str], said: str) -> bool:
    return found["number"].startswith("-") and found.start() > 0 and said[found.start() - 1].isalnum()


def share(value: Decimal, *, shown_as_percent: bool, told_in_percent: bool) -> Decimal:
    """A completion rate as a share: 45.6 under a header in % is 0.456; a percent cell already is one.

    >>> share(Decimal("45.6"), shown_as_percent=False, told_in_percent=True)
    Decimal('0.4560')
    """
    if shown_as_percent or (not told_in_percent and abs(value) <= Decimal("1.5")):
        return rounded(value)
    return rounded(value / 100)


def text_share(text: str, *, told_in_percent: bool) -> Quantity:
    """A completion rate typed as text."""
    settled = settle(text)
    numbers = re.findall(r"-?\d+(?:\.\d+)?", settled)
    if len(numbers) != 1:
        return Quantity(problems=["ambiguous_number"])
    problems = ["approximate_number"] if APPROXIMATE.search(settled) else []
    percent = "%" in settled
    return Quantity(
        share(Decimal(numbers[0]), shown_as_percent=False, told_in_percent=percent or told_in_percent), problems
    )
