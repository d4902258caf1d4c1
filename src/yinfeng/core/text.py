"""Chinese text: width folding, cleaning, pinyin, and the tokens that both databases index for search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_RUNS = re.compile(rf"(?:(?=\w)[{_HAN}])+|[a-z0-9]+")  # \w: only what an index takes for a letter
_IS_HAN = re.compile(rf"[{_HAN}]")
_KEPT_CONTROLS = {"\n", "\t"}

LONGEST_TOKEN = 18
"""Letters kept of a Latin or pinyin token, in what is indexed and in what is asked."""
LONGEST_SPOKEN_RUN = 20
"""Chinese characters of one run that also get pinyin tokens: names are searched by sound, long texts are not."""

# Place and firm names of the region that the phrase table reads wrongly or not at all.
_LOCAL_READINGS = {"都兰": "du lan", "藏格": "zang ge", "茫崖": "mang ya", "大柴旦": "da chai dan"}


def fold_width(text: str) -> str:
    """The text with full-width letters, digits, signs and spaces made half-width, and nothing else changed.

    NFKC is not used: it would also turn ² into 2 and ① into 1, and an amount would grow a digit.

    >>> fold_width("（ＡＢ１２）　￥５")
    '(AB12) ¥5'
    """
    return text.translate(_WIDTH)


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The text without control, zero-width and direction characters, trimmed; spaces in a row become one.

    With *multiline* line breaks stay (at most one empty line between paragraphs), otherwise they become spaces.

    >>> clean_text("盐\\u200b湖\\x00 化工\\r\\n ")
    '盐湖 化工'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(char for char in text if char in _KEPT_CONTROLS or unicodedata.category(char) not in _UNWANTED)
    if not multiline:
        return re.sub(r"\s+", " ", kept).strip()
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


_UNWANTED = {"Cc", "Cf", "Cs"}


@cache
def _speaker() -> Callable[[str], list[str]]:
    """The pinyin reader, loaded on first use because its tables take a tenth of a second."""
    from pypinyin import lazy_pinyin, load_phrases_dict

    load_phrases_dict({name: [[syllable] for syllable in reading.split()] for name, reading in _LOCAL_READINGS.items()})

    def read(run: str) -> list[str]:
        return [syllable if syllable.isascii() and syllable.isalpha() else "" for syllable in lazy_pinyin(run)]

    return read


def _syllables(text: str) -> Iterator[tuple[str, str]]:
    """For every run of the folded text: its initials and its full reading; Latin words stand for themselves."""
    for run in _RUNS.findall(fold_width(text).lower()):
        if _IS_HAN.match(run):
            syllables = _speaker()(run)
            yield "".join(syllable[:1] for syllable in syllables), "".join(syllables)
        else:
            yield run, run


def pinyin_initials(text: str) -> str:
    """First letters of the pinyin, Latin letters and digits as they are.

    >>> pinyin_initials("格尔木盐湖A区")
    'gemyhaq'
    """
    return "".join(initials for initials, _ in _syllables(text))


def pinyin_full(text: str) -> str:
    """The whole pinyin without tones or spaces.

    >>> pinyin_full("都兰县")
    'dulanxian'
    """
    return "".join(full for _, full in _syllables(text))


def search_tokens(text: str, *, spoken: bool = True) -> str:
    """What to index for a text, space separated: Chinese bigrams, Latin words and, if *spoken*, pinyin.

    The same string feeds FTS5 and a ``simple`` tsvector. Each run of Chinese also gives its last character alone, so
    that one character can be asked as a prefix, and pinyin from each of its characters on, so that 盐湖 in 青海盐湖 is
    found by ``yh`` and ``yanhu``. Ask with :func:`query_tokens`, all of them required, see :func:`asks_prefix`.

    >>> search_tokens("盐湖A12", spoken=False)
    '盐湖 湖 a12'
    >>> search_tokens("盐湖")
    '盐湖 湖 yh yanhu h hu'
    """
    tokens: dict[str, None] = {}
    for run in _RUNS.findall(fold_width(text).lower()):
        if not _IS_HAN.match(run):
            tokens[run[:LONGEST_TOKEN]] = None
            continue
        tokens.update(dict.fromkeys(_bigrams(run)))
        tokens[run[-1]] = None
        if spoken:
            tokens.update(dict.fromkeys(_spoken(run[:LONGEST_SPOKEN_RUN])))
    return " ".join(tokens)


def _bigrams(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _spoken(run: str) -> Iterator[str]:
    """Initials and full pinyin from every character of the run to its end, cut to a bounded length."""
    syllables = _speaker()(run)
    for start in range(len(syllables)):
        rest = syllables[start:]
        if rest[0]:
            yield "".join(syllable[:1] for syllable in rest)[:LONGEST_TOKEN]
            yield "".join(rest)[:LONGEST_TOKEN]


def query_tokens(text: str) -> list[str]:
    """What to ask the index for, all of it required; empty when nothing searchable was typed.

    >>> query_tokens("格尔木 YH")
    ['格尔', '尔木', 'yh']
    """
    tokens: dict[str, None] = {}
    for run in _RUNS.findall(fold_width(text).lower()):
        if _IS_HAN.match(run):
            tokens.update(dict.fromkeys(_bigrams(run) or [run]))
        else:
            tokens[run[:LONGEST_TOKEN]] = None
    return list(tokens)


def asks_prefix(token: str) -> bool:
    """Whether a query token stands for all that begins with it: words and single characters do, bigrams are whole.

    >>> asks_prefix("格尔"), asks_prefix("格"), asks_prefix("gem")
    (False, True, True)
    """
    return len(token) == 1 or _IS_HAN.match(token) is None
