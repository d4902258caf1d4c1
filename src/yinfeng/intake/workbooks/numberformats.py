"""What a number format says of the value under it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

BUILTIN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 49: "@",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
    34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月",
    53: "m月d日", 54: "m月d日", 55: "上午/下午h时mm分", 56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_LAST_SERIAL = Decimal(2958466)  # 10000-01-01
_SHORT_TIMES = re.compile(r"am/pm|a/p|general|上午/下午", re.IGNORECASE)


@lru_cache(maxsize=512)
def date_parts(number_format: str) -> str:
    """Letters of y, m, d, h, s that a format shows; empty when it is no date format.

    >>> date_parts('yyyy"年"m"月"')
    'ym'
    """
    bare = _SHORT_TIMES.sub("", _LITERALS.sub("", number_format.split(";", maxsplit=1)[0])).lower()
    if "0" in bare.replace(".0", "") or "#" in bare or "@" in bare:
        return ""
    return "".join(letter for letter in "ymdhs" if letter in bare or (letter == "y" and "e" in bare))


def is_date_format(number_format: str) -> bool:
    """Whether numbers under this format are shown as dates (a bare time of day is none)."""
    parts = date_parts(number_format)
    return "y" in parts or "d" in parts or parts == "m"


@lru_cache(maxsize=512)
def decimals_shown(number_format: str) -> int:
    """Fixed decimals a format shows, 0 for General."""
    found = re.search(r"\.(0+)", _LITERALS.sub("", number_format.split(";", maxsplit=1)[0]))
    return len(found.group(1)) if found else 0


def date_of_serial(serial: Decimal, *, from_1904: bool) -> datetime | None:
    """Day and time a spreadsheet counts under a serial number, None outside its calendar.

    >>> date_of_serial(Decimal(45708), from_1904=False)
    datetime.datetime(2025, 2, 20, 0, 0)
    """
    if not 1 <= serial < _LAST_SERIAL:
        return None
    epoch = date(1904, 1, 1) if from_1904 else date(1899, 12, 30) if serial >= 61 else date(1899, 12, 31)
    try:
        return datetime.combine(epoch, time()) + timedelta(days=float(serial))
    except OverflowError:
        return None
