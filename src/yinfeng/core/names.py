"""Names of firms and projects made comparable: what two spellings of one name share, without what differs by habit.

The results are keys for comparison only and are never shown.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from yinfeng.core.codes import Region, RegionLevel, regions
from yinfeng.core.text import clean_text, fold_width

_LEGAL_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|责任公司|股份公司|总公司|集团公司|公司|集团|股份|控股|有限合伙|合伙企业|企业)+$"
)
_INNER_FORM = re.compile(r"集团(?=.{2,})|控股(?=.{2,})")
_NOT_WORD = re.compile(r"[^\w]|_")
_ETHNIC = (
    "藏|蒙古|回|土|撒拉|哈萨克|维吾尔|壮|苗|彝|布依|朝鲜|满|侗|瑶|白|土家|哈尼|傣|黎|傈僳|羌|景颇|柯尔克孜|塔吉克|锡伯|达斡尔|"
    "鄂温克|鄂伦春|畲|仡佬|水|毛南|仫佬|纳西|拉祜|佤|布朗|怒|独龙|普米|裕固|保安|东乡|各"
)
_RANK = re.compile(rf"(?:(?:(?:{_ETHNIC})族?)+自治[区州县旗]|特别行政区|行政委员会|行政区|地区|[省市州县区盟旗])$")
_CHINESE_DIGITS = (
    {char: value for value, char in enumerate("零一二三四五六七八九十")}
    | {"首": 1}
    | dict(zip("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ", range(1, 11), strict=True))
)
_PHASE = re.compile(r"第?(?P<number>[一二三四五六七八九十首ⅰ-ⅹ]|[0-9]{1,2}|iii|ii|iv|i|v)期(?:工程|项目)?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_CAPACITY = re.compile(
    r"年(?:产|处理|加工|利用|周转)(?:能力)?约?[0-9.]+[百千万亿]?(?:吨|公斤|千克|克|立方米|方|平方米|台套|台|套|件|只|头|辆|kg|t)?"
    r"|[0-9.]+[百千万]?(?:吨|t|立方米|台|套)/?(?:年|a)"
)
_FILLER = re.compile(r"^关于|^[0-9]{4}年|(?:建设|新建|扩建|投资|开发)?项目$|(?:建设)?工程$|生产线$|建设$")


@cache
def _places() -> tuple[frozenset[str], int]:
    """Place names that may stand before a firm's own name, and the length of the longest.

    County names only in full outside Qinghai: 新华, 长安, 和平 are counties and also brands.
    """
    names = {row.name for row in regions() if row.level is not RegionLevel.TOWNSHIP and len(row.name) >= 3}
    stems = (_stem(row) for row in regions())
    names.update(stem for stem in stems if len(stem) >= 2)
    return frozenset(names - {"市辖区"}), max(map(len, names))


def _stem(row: Region) -> str:
    local = row.code.startswith("63") and row.level is RegionLevel.COUNTY
    if row.level in {RegionLevel.PROVINCE, RegionLevel.PREFECTURE} or local:
        return _RANK.sub("", row.name)
    return ""


def normalise_company(name: str) -> str:
    """The name of a firm without width, case, brackets, legal form, 集团, and leading places.

    A place is kept where too little would remain: 西藏矿业 is not 矿业.

    >>> normalise_company("青海盐湖工业股份有限公司"), normalise_company("盐湖工业（集团）有限责任公司")
    ('盐湖工业', '盐湖工业')
    """
    folded = fold_width(clean_text(name)).lower()
    bracketed = re.sub(r"\(([^()]*)\)", _bracket, folded)
    bare = _NOT_WORD.sub("", bracketed)
    stripped = _LEGAL_FORM.sub("", bare) or bare
    return _without_places(_INNER_FORM.sub("", stripped))


def _bracket(match: re.Match[str]) -> str:
    """A bracketed place or legal form says nothing of its own; other words stay."""
    inner = match[1].strip()
    return "" if inner in _places()[0] or inner in {"集团", "中国", "有限合伙", "普通合伙"} else inner


def _without_places(name: str, *, rest: int = 4) -> str:
    """The name without leading places as long as *rest* characters remain."""
    places, longest = _places()
    for size in range(min(longest, len(name) - rest), 1, -1):
        if name[:size] in places:
            return _without_places(name[size:], rest=rest)
    return name


def phase_of(name: str) -> int | None:
    """The phase a project's name speaks of (一期, 第二期, Ⅱ期); None when it names none.

    >>> phase_of("碳酸锂项目（二期）"), phase_of("碳酸锂项目")
    (2, None)
    """
    match = _PHASE.search(fold_width(name).lower())
    if match is None:
        return None
    text = match["number"]
    return int(text) if text.isdecimal() else _ROMAN.get(text) or _CHINESE_DIGITS[text]


def normalise_project(name: str) -> str:
    """The name of a project without places, phase, capacity (年产…), years, and words like 建设项目.

    Phases fall together on purpose; :func:`phase_of` tells them apart.

    >>> normalise_project("格尔木市年产5万吨电池级碳酸锂建设项目（一期）")
    '电池级碳酸锂'
    """
    text = fold_width(clean_text(name)).lower()
    text = _CAPACITY.sub("", _PHASE.sub("", text))
    text = _NOT_WORD.sub("", text)
    before = ""
    while text != before and text:
        before, shorter = text, _FILLER.sub("", text)
        text = shorter or text
    return _without_places(text)


def similarity(first: str, second: str) -> float:
    """How alike two normalised names are, 0 to 1; a name inside the other counts nearly as much as the same name.

    >>> similarity("盐湖工业", "盐湖工业"), similarity("", "")
    (1.0, 0.0)
    """
    if not first or not second:
        return 0.0
    whole = fuzz.ratio(first, second)
    part = fuzz.partial_ratio(first, second) * 0.9 if min(len(first), len(second)) >= 3 else 0.0
    return max(whole, part) / 100
