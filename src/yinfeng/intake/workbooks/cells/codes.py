"""Phone numbers and unified social credit codes."""

import re
import unicodedata
from decimal import Decimal

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SCIENTIFIC = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d(?:[- ]?\d{4}){2}|1[3-9]\d{9}|0\d{2,3}[-— ]?\d{7,8}(?:-\d{1,5})?|\(0\d{2,3}\)-?\d{7,8}|[48]00-?\d{3}-?\d{4}|[2-8]\d{6,7})(?!\d)"
)
_SEPARATORS = re.compile(r"[、,;/\\|\s]+|转(?=1)|或|及|和")


def tidy_phone(said: str) -> str:
    """Digits with ``-``, without spaces or country code."""
    digits = re.sub(r"[^\d-]", "", re.sub(r"\)-?(?=\d)", "-", said.replace("—", "-")))
    return digits.replace("-", "") if re.fullmatch(r"1[3-9][\d-]+", digits) else digits


def phones_in(text: str) -> list[tuple[str, int, int]]:
    """Every phone number in a text with its place."""
    return [(tidy_phone(found.group(1)), found.start(), found.end()) for found in PHONE.finditer(text)]


def read_phone(text: str) -> tuple[str | None, list[str]]:
    """Phone numbers of a phone cell, joined by 、.

    >>> read_phone("+86 138 0000 0001 / 0471-0000001")
    ('13800000001、0471-0000001', [])
    >>> read_phone("1.38E+10")
    (None, ['bad_phone'])
    """
    wide = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(wide):
        return None, ["bad_phone"]
    found = phones_in(wide)
    if found:
        rest = wide
        for _, start, end in reversed(found):
            rest = rest[:start] + " " + rest[end:]
        return "、".join(number for number, _, _ in found), ["bad_phone"] if re.search(r"\d{5,}", rest) else []
    parts = [tidy_phone(part) for part in _SEPARATORS.split(wide)]
    digits = "、".join(part for part in parts if re.search(r"\d", part))
    return digits or None, ["bad_phone"]


def number_phone(number: Decimal) -> tuple[str | None, list[str]]:
    """Phone of a number cell: its digits."""
    return (
        read_phone(format(number, "f"))
        if number == number.to_integral_value() and number > 0
        else (None, ["bad_phone"])
    )


def has_right_check(code: str) -> bool:
    """Whether eighteen signs end in the check character of GB 32100."""
    if len(code) != 18 or any(sign not in _SIGNS for sign in code):
        return False
    total = sum(_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _SIGNS[-total % 31] == code[17]


def read_uscc(text: str) -> tuple[str | None, list[str]]:
    """Credit code in upper case and half width; a wrong one is kept and told.

    >>> read_uscc("9.16328E+17")
    (None, ['bad_uscc'])
    """
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _SCIENTIFIC.fullmatch(code):
        return None, ["bad_uscc"]
    if not re.search(r"[0-9A-Z]{6}", code):
        return None, ["bad_uscc"]
    return code, [] if has_right_check(code) else ["bad_uscc"]
