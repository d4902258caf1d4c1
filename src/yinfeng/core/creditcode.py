"""Unified social credit codes (GB 32100-2015) and organisation codes (GB 11714).

A failed check is a warning that a person may override with a reason: real codes of the 2015 pilot in Fujian fail it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from yinfeng.core.faults import Fault, gettext_noop
from yinfeng.core.text import fold_width

_CHARSET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_SHAPE = re.compile(r"[0-9A-Z]{8}[0-9X]")


class CodeKind(StrEnum):
    """What the text looks like by its length."""

    CREDIT = "credit"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CodeFinding:
    """A code in its normal form and what is wrong with it; it never blocks saving."""

    code: str
    kind: CodeKind
    fault: Fault | None = None

    @property
    def ok(self) -> bool:
        """Whether form and check character agree."""
        return self.fault is None

    @property
    def message_zh(self) -> str:
        """The warning for the clerk, empty when there is none."""
        return "" if self.fault is None else self.fault.message_zh


def normalise_code(text: str) -> str:
    """Half-width capitals without spaces and hyphens; nothing is guessed, an O stays an O.

    >>> normalise_code(" ９１３５０２００７７６０４９６５３ａ ")
    '91350200776049653A'
    """
    return re.sub(r"[\s\-—–]", "", fold_width(text)).upper()


def credit_check_char(first_17: str) -> str:
    """The 18th character that belongs to the first 17.

    >>> credit_check_char("91350200776049653")
    'A'
    """
    total = sum(_CHARSET.index(char) * weight for char, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHARSET[-total % 31]


def organisation_check_char(first_8: str) -> str:
    """The ninth character of an organisation code.

    >>> organisation_check_char("D2143569")
    'X'
    """
    total = sum(int(char, 36) * weight for char, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def check_credit_code(text: str) -> CodeFinding:
    """The code in normal form with a warning if it breaks the standard; 9 characters are an organisation code.

    >>> check_credit_code("91350200MA2YJ1XR9H").message_zh
    '校验位应为 G，现为 H，请与证照核对；证照确为此号的可保留并说明'
    """
    code = normalise_code(text)
    if len(code) == 9:
        return CodeFinding(code, CodeKind.ORGANISATION, _organisation_fault(code))
    if len(code) != 18:
        return CodeFinding(code, CodeKind.UNKNOWN, _length_fault(code))
    return CodeFinding(code, CodeKind.CREDIT, _credit_fault(code))


def _length_fault(code: str) -> Fault:
    if not code:
        return Fault("empty", gettext_noop("未填写统一社会信用代码"))
    if len(code) == 15:
        return Fault("old_register_number", gettext_noop("15 位是旧的工商注册号，请改填 18 位统一社会信用代码"))
    return Fault("length", gettext_noop("统一社会信用代码应为 18 位，现为 %(length)s 位"), length=str(len(code)))


def _credit_fault(code: str) -> Fault | None:
    if not _SHAPE.fullmatch(code):
        wrong = "、".join(dict.fromkeys(char for char in code if char not in _CHARSET))
        if wrong:
            return Fault("characters", gettext_noop("代码中不应出现 %(characters)s，请与证照核对"), characters=wrong)
        return Fault("region_digits", gettext_noop("第 3 至 8 位应为行政区划数字，请与证照核对"))
    return _check_fault(credit_check_char(code[:17]), code[17])


def _organisation_fault(code: str) -> Fault | None:
    if not _ORGANISATION_SHAPE.fullmatch(code):
        return Fault("organisation_shape", gettext_noop("组织机构代码应为 8 位数字或字母加 1 位校验位"))
    return _check_fault(organisation_check_char(code[:8]), code[8])


def _check_fault(expected: str, actual: str) -> Fault | None:
    if expected == actual:
        return None
    return Fault(
        "check_character",
        gettext_noop("校验位应为 %(expected)s，现为 %(actual)s，请与证照核对；证照确为此号的可保留并说明"),
        expected=expected,
        actual=actual,
    )


def region_of(code: str) -> str | None:
    """The six-digit code of the place of registration in a credit code; that is not where the investor comes from.

    >>> region_of("91632801MA752XA17L")
    '632801'
    """
    normal = normalise_code(code)
    return normal[2:8] if len(normal) == 18 and normal[2:8].isdecimal() else None
