"""Text as it was meant: without control characters, line breaks and outer space."""

import re
import unicodedata
from functools import lru_cache

from yinfeng.intake.workbooks.words import PLACEHOLDERS, REPEATS

LONGEST = 32_767
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
_FORMULA_SIGNS = "=+-@＝＋－＠"
_HARMLESS = re.compile(r"[+-]?[\d,. ()%-]*(亿|万|元|%|亩|人|天)*")
MARKS = " ★☆※▲△*＊●◆■◎○"


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Form in which texts are compared: width, case and white space do not count.

    >>> fold(" Ａ　项目（一期）")
    'a项目(一期)'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return "".join(text.split()).lower()


def without_controls(text: str) -> tuple[str, bool]:
    """The text without characters that nobody sees, and whether there were any; line breaks stay."""
    if text.isprintable():
        return text, False
    cleaned = _INVISIBLE.sub("", text)
    return cleaned, cleaned != text


def one_line(text: str) -> str:
    """The text without line breaks and outer spaces.

    >>> one_line(" 甲，\\n乙 ")
    '甲，乙'
    """
    return (text if text.isprintable() else _BREAKS.sub("", text)).strip()


def is_placeholder(text: str) -> bool:
    """Whether the text only says that there is nothing to say.

    >>> is_placeholder("——"), is_placeholder("Ｎ／Ａ")
    (True, True)
    """
    return len(text) < 12 and (fold(text) in PLACEHOLDERS or text.strip() in PLACEHOLDERS)


def is_repeat(text: str) -> bool:
    """Whether the text asks to repeat the cell above."""
    return len(text) < 8 and text.strip() in REPEATS


def looks_like_formula(text: str) -> bool:
    """Whether a text would be run as a formula if it were written back into a sheet.

    >>> looks_like_formula("=1+cmd|' /C calc'!A0"), looks_like_formula("-50")
    (True, False)
    """
    if not text or text[0] not in _FORMULA_SIGNS:
        return False
    return _HARMLESS.fullmatch(unicodedata.normalize("NFKC", text)) is None


def without_marks(name: str) -> str:
    """A project's name without the marks that point to a footnote.

    >>> without_marks("★锂电材料项目*")
    '锂电材料项目'
    """
    return name.strip(MARKS).strip()
