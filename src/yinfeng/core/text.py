"""Chinese text: width folding, cleaning, pinyin, and the tokens that both databases index for search."""

from __future__ import annotations

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def fold_width(text: str) -> str:
    """The text with full-width letters, digits, signs and spaces made half-width, and nothing else changed.

    NFKC is not used: it would also turn ² into 2 and ① into 1, and an amount would grow a digit.

    >>> fold_width("（ＡＢ１２）　￥５")
    '(AB12) ¥5'
    """
    return text.translate(_WIDTH)
