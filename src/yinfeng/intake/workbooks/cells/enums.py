"""Match what people write to the words of an enumeration."""

import re
from functools import lru_cache

from yinfeng.intake.workbooks.cells.text import fold
from yinfeng.intake.workbooks.words import SINGLE_FACTORS, WORDS

_NOT_YET = re.compile(
    r"(?:尚未|还未|未|拟|待|计划|预计|即将|准备|争取|力争|暂未|不)(?:于|在)?[\d年月日底初上中下旬半季度.]*$"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(r"[、,;/\\和及与|\n]+")


def _index(name: str) -> dict[str, str]:
    return {fold(word): value for value, words in WORDS[name].items() for word in words}


_INDEX = {name: _index(name) for name in WORDS}
_ORDER = {name: list(WORDS[name]) for name in WORDS}


@lru_cache(maxsize=8192)
def word_value(text: str, enumeration: str) -> str | None:
    """Value of the word that decides a cell, None when none does.

    >>> word_value("已开工（主体施工）", "stage"), word_value("推进缓慢", "stage")
    ('construction', None)
    """
    folded = fold(text[:200])
    index = _INDEX[enumeration]
    if folded in index:
        return index[folded]
    outside = _BRACKETS.sub("", folded)
    if outside in index:
        return index[outside]
    return _contained(outside, enumeration) or _contained(folded, enumeration)


def _contained(text: str, enumeration: str) -> str | None:
    """The longest word in the text that is not denied or put off; of equals the one furthest along."""
    best: tuple[int, int, str] | None = None
    rivals: set[str] = set()
    for word, value in _INDEX[enumeration].items():
        if len(word) < 2:
            continue
        place = text.find(word)
        while place >= 0:
            if not _NOT_YET.search(text[:place]) or word.startswith(("未", "拟", "待")):
                found = (len(word), _ORDER[enumeration].index(value), value)
                rivals.add(value)
                best = max(best, found) if best else found
            place = text.find(word, place + 1)
    if best is None or (enumeration == "nature" and len(rivals) > 1 and "/" in text):
        return None
    return best[2]


def factor_values(text: str) -> tuple[list[str], bool]:
    """The factors a cell names, and whether some word was none of them.

    >>> factor_values("用地、用电")
    (['land', 'power'], False)
    """
    values: list[str] = []
    strange = False
    for part in _SPLIT.split(fold(text)):
        if not part:
            continue
        value = SINGLE_FACTORS.get(part) or word_value(part, "factor")
        if value is None:
            strange = True
        elif value not in values:
            values.append(value)
    return values, strange
