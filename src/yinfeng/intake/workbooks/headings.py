"""What headings, sheet names and titles say of the rows under them."""

import re

from yinfeng.intake.workbooks.cells.enums import word_value
from yinfeng.intake.workbooks.cells.text import fold
from yinfeng.intake.workbooks.rows import heading_level

_NUMERAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.,:]?(?=\D{2})|\([一二三四五六七八九十\d]{1,3}\)[、.]?|\d+[.、])"
)
_CHAIN = re.compile(r"([一-鿿]{2,12}?)产业链(?!.*产业链)")
_REGION = re.compile(r".*[年市州县区省盟旗](?=[一-鿿]{2,})")
_NO_CHAIN = re.compile(r"各|重点|主导|优势|特色产业|[\d一二三四五六七八九十]+[大条个]|全部|所属")
_NATURE = ("新建", "续建", "扩建", "改扩建", "技改", "新签", "结转", "增资")
_STAGE_IN_TITLE = re.compile(
    r"(线索|储备|谋划|在谈|洽谈|对接洽谈|拟签约|已签约|签约未开工|签约|已落地|落地|已开工|开工|在建|复工|竣工|建成|已投产|投产|试生产|达产|暂缓|停建|停工|终止|解约|退出)(?:的)?(?:招商|引资|重点|建设|招商引资)*(?:项目|$)"
)
_NATURE_IN_TITLE = re.compile(r"(新建|续建|改扩建|扩建|技改|新签|结转)(?:的)?(?:招商|引资|重点|建设)*(?:项目|$)")


class Headings:
    """The headings in force while reading down a sheet."""

    def __init__(self, wanted: frozenset[str], status_words: str, outer: dict[str, str]) -> None:
        self._wanted = wanted
        self._status_words = status_words
        self._levels: dict[int, dict[str, str]] = {0: outer}

    def enter(self, heading: str) -> None:
        """A heading replaces those of its own depth and below."""
        level = heading_level(heading)
        self._levels = {depth: said for depth, said in self._levels.items() if depth < level}
        self._levels[level] = told_by_heading(heading, self._status_words)

    def values(self) -> dict[str, str]:
        """Fields given to the rows below, the nearest heading first."""
        said: dict[str, str] = {}
        for level in sorted(self._levels):
            said.update(self._levels[level])
        return {name: value for name, value in said.items() if name in self._wanted}


def told_by_heading(heading: str, status_words: str = "") -> dict[str, str]:
    """Fields that a heading between rows tells.

    >>> told_by_heading("（二）生物医药产业链（4个）"), told_by_heading("一、续建项目")
    ({'chain': '生物医药'}, {'nature': 'continued'})
    """
    text = _NUMERAL.sub("", fold(heading))
    text = re.sub(r"\([^()]*\)$", "", text).strip(":,、")
    said = _chain(text, whole=True)
    nature = next((word for word in sorted(_NATURE, key=len, reverse=True) if word in text), None)
    if nature and (value := word_value(nature, "nature")):
        said["nature"] = value
    rest = re.sub("续建|新建|扩建|改扩建", "", text)
    if "产业链" not in rest and (stage := word_value(rest, "stage")):
        said["stage"] = stage
    if status_words and (status := word_value(text, status_words)):
        said["status"] = status
    return said


def told_by_title(title: str, sheet_name: str, status_words: str = "") -> dict[str, str]:
    """Fields that a sheet's name or title tells of all its rows; the name counts first.

    >>> told_by_title("某市2025年签约项目台账", "Sheet1")
    {'stage': 'signed'}
    """
    said: dict[str, str] = {}
    for text in (fold(title), fold(sheet_name)):
        said.update(_chain(text, whole=False))
        for name, pattern in (("stage", _STAGE_IN_TITLE), ("nature", _NATURE_IN_TITLE)):
            found = {value for word in pattern.findall(text) if (value := word_value(word, name))}
            if len(found) == 1:
                said[name] = found.pop()
    if status_words and (status := word_value(sheet_name, status_words) or word_value(title, status_words)):
        said["status"] = status
    return said


def _chain(text: str, *, whole: bool) -> dict[str, str]:
    found = _CHAIN.search(text)
    if found is None:
        return {}
    name = found.group(1) if whole else _REGION.sub("", found.group(1))
    if whole:
        name = text[: found.end()].removesuffix("产业链")
    return {} if _NO_CHAIN.search(name) or len(name) < 2 else {"chain": name}
