"""Units of ledgers: how they are written and what one of them is worth."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from yinfeng.intake.workbooks.cells.text import fold

Dimension = Literal["money", "usd", "area", "volume", "electricity", "coal", "people", "days", "share"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and its worth in the unit that fields of its dimension are kept in."""

    name: str
    dimension: Dimension
    worth: Decimal


_ACRES_PER_SQUARE_METRE = Decimal("0.0015")
_UNITS = (
    Unit("万元", "money", Decimal(1)),
    Unit("亿元", "money", Decimal(10_000)),
    Unit("元", "money", Decimal("0.0001")),
    Unit("千元", "money", Decimal("0.1")),
    Unit("百万元", "money", Decimal(100)),
    Unit("千万元", "money", Decimal(1000)),
    Unit("万美元", "usd", Decimal(1)),
    Unit("亿美元", "usd", Decimal(10_000)),
    Unit("美元", "usd", Decimal("0.0001")),
    Unit("亩", "area", Decimal(1)),
    Unit("万亩", "area", Decimal(10_000)),
    Unit("公顷", "area", Decimal(15)),
    Unit("平方米", "area", _ACRES_PER_SQUARE_METRE),
    Unit("万平方米", "area", _ACRES_PER_SQUARE_METRE * 10_000),
    Unit("平方公里", "area", Decimal(1500)),
    Unit("万立方米", "volume", Decimal(1)),
    Unit("亿立方米", "volume", Decimal(10_000)),
    Unit("立方米", "volume", Decimal("0.0001")),
    Unit("万千瓦时", "electricity", Decimal(1)),
    Unit("亿千瓦时", "electricity", Decimal(10_000)),
    Unit("千瓦时", "electricity", Decimal("0.0001")),
    Unit("吨标准煤", "coal", Decimal(1)),
    Unit("万吨标准煤", "coal", Decimal(10_000)),
    Unit("人", "people", Decimal(1)),
    Unit("天", "days", Decimal(1)),
    Unit("%", "share", Decimal("0.01")),
)
UNITS = {unit.name: unit for unit in _UNITS}
_ALSO = {
    "亿": "亿元", "万": "万元", "万元人民币": "万元", "亿元人民币": "亿元", "人民币万元": "万元", "人民币亿元": "亿元", "亿人民币": "亿元",
    "万usd": "万美元", "万美金": "万美元", "亿美金": "亿美元", "usd": "美元", "美金": "美元", "万方": "万立方米", "万m3": "万立方米",
    "万立方": "万立方米", "万吨": "万吨", "亿方": "亿立方米", "方": "立方米", "m3": "立方米", "立方": "立方米", "万度": "万千瓦时", "万kwh": "万千瓦时",
    "万kw.h": "万千瓦时", "万kw·h": "万千瓦时", "亿度": "亿千瓦时", "亿kwh": "亿千瓦时", "度": "千瓦时", "kwh": "千瓦时", "tce": "吨标准煤",
    "吨标煤": "吨标准煤", "吨ce": "吨标准煤", "万tce": "万吨标准煤", "万吨标煤": "万吨标准煤", "ha": "公顷", "hm2": "公顷", "m2": "平方米",
    "平米": "平方米", "平方": "平方米", "万m2": "万平方米", "万平米": "万平方米", "km2": "平方公里", "名": "人", "位": "人", "人次": "人", "日": "天",
}  # fmt: skip
_SCALED_ONLY = {"亿", "万", "方", "立方", "度", "平方", "名", "人次", "日", "万吨"}
_SPLIT = re.compile(r"[、,;:/()\[\]和及|]")
_ENDING = re.compile(
    r"(?:亿|万)?(?:元|美元|美金)$|(?:万|亿)(?:立方米|千瓦时|方|度|m3|kwh)$|吨标准?煤$|tce$|公顷$|平方米$|(?<=[(/,:])\w+$"
)
_DECLARED = re.compile(r"(?:(?<![一-鿿])|计量|金额|货币|计价|数量)单位[:：]?\s*([^\s]+(?:\s*\([^)]*\))?)")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\]]*)\]|【([^】]*)】")


def unit_named(word: str) -> Unit | None:
    """The unit a word means on its own, None when it is none.

    >>> unit_named("万方").name
    '万立方米'
    """
    word = word.removeprefix("单位").removeprefix("人民币")
    return UNITS.get(_ALSO.get(word, word))


@lru_cache(maxsize=4096)
def unit_in_header(header: str) -> str | None:
    """Unit that one header cell names, in brackets or at its end.

    >>> unit_in_header("总投资（亿元）")
    '亿元'
    """
    folded = fold(header)
    words: list[str] = []
    for found in _BRACKETS.finditer(folded):
        words += _SPLIT.split(next(group for group in found.groups() if group is not None))
    unit = _preferred([word for word in words if word not in _SCALED_ONLY or word == "日"])
    if unit is None and (ending := _ENDING.search(_BRACKETS.sub("", folded))):
        unit = _preferred([ending.group()] if ending.group() not in _SCALED_ONLY else [])
    return unit


def unit_declared(line: str) -> str | None:
    """Money unit that a line above the table declares for the whole sheet, the RMB one of several.

    >>> unit_declared("填报单位：某局   单位：万元（外资：万美元）")
    '万元'
    """
    spaced = re.sub(r"\s*[::]\s*", ":", line.replace("（", "(").replace("）", ")").replace("：", ":"))
    words: list[str] = []
    for found in _DECLARED.finditer(spaced):
        words += _SPLIT.split(fold(found.group(1)))
    for found in _BRACKETS.finditer(spaced):
        words += _SPLIT.split(fold(next(group for group in found.groups() if group is not None)))
    return _preferred([word for word in words if (unit := unit_named(word)) and unit.dimension in ("money", "usd")])


def _preferred(words: list[str]) -> str | None:
    units = [unit for word in words if (unit := unit_named(word))]
    if not units:
        return None
    return next((unit for unit in units if unit.dimension == "money"), units[0]).name
