"""What an .xls stores beside the values: number formats, hidden rows and columns, errors, formulas without value."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from yinfeng.intake.workbooks.numberformats import BUILTIN

_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_FORMAT, _XF, _ROW, _COLINFO = 0x041E, 0x00E0, 0x0208, 0x007D
_FORMULA, _NUMBER, _RK, _MULRK, _BOOLERR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_BIFF8 = 0x0600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(slots=True)
class SheetDetails:
    """Details of one sheet; rows and columns are 1-based."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def is_encrypted(stream: bytes) -> bool:
    """Whether the workbook stream asks for a password."""
    for kind, _, _ in _records(stream, 0):
        if kind == _FILEPASS:
            return True
        if kind == _EOF:
            break
    return False


def sheet_details(stream: bytes) -> dict[str, SheetDetails]:
    """Details by sheet name; nothing for versions before Excel 97."""
    if len(stream) < 8 or struct.unpack_from("<H", stream, 4)[0] != _BIFF8:
        return {}
    codes, styles, sheets = dict(BUILTIN), [], []
    for kind, start, size in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _FORMAT and size >= 5:
            codes[struct.unpack_from("<H", stream, start)[0]] = _text(stream, start + 2, wide_count=True)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", stream, start + 2)[0])
        elif kind == _BOUNDSHEET:
            sheets.append((_text(stream, start + 6, wide_count=False), struct.unpack_from("<I", stream, start)[0]))
    formats = [codes.get(style, "") for style in styles]
    return {name: _sheet(stream, offset, formats) for name, offset in sheets}


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record from a place on."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if start + 4 + size > len(stream):
            return
        yield kind, start + 4, size
        start += 4 + size


def _text(stream: bytes, start: int, *, wide_count: bool) -> str:
    count = struct.unpack_from("<H", stream, start)[0] if wide_count else stream[start]
    start += 2 if wide_count else 1
    wide, start = stream[start] & 1, start + 1
    if wide:
        return stream[start : start + 2 * count].decode("utf-16-le", "replace")
    return stream[start : start + count].decode("latin-1")


def _sheet(stream: bytes, offset: int, formats: list[str]) -> SheetDetails:
    details = SheetDetails()
    depth = 0
    for kind, start, size in _records(stream, offset):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1:
            _note(details, stream, kind, start, size, formats)
    return details


def _note(details: SheetDetails, stream: bytes, kind: int, start: int, size: int, formats: list[str]) -> None:
    if kind == _ROW and size >= 16:
        row, flags = struct.unpack_from("<H10xH", stream, start)
        if flags & 0x20:
            details.hidden_rows.add(row + 1)
    elif kind == _COLINFO and size >= 10:
        first, last, _, _, flags = struct.unpack_from("<5H", stream, start)
        if flags & 1:
            details.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR) and size >= 6:
        row, column, style = struct.unpack_from("<3H", stream, start)
        place = (row + 1, column + 1)
        details.formats[place] = formats[style] if style < len(formats) else ""
        _note_result(details, stream, kind, start, place)
    elif kind == _MULRK and size >= 6:
        row, first = struct.unpack_from("<2H", stream, start)
        for number in range((size - 6) // 6):
            style = struct.unpack_from("<H", stream, start + 4 + number * 6)[0]
            details.formats[row + 1, first + number + 1] = formats[style] if style < len(formats) else ""


def _note_result(details: SheetDetails, stream: bytes, kind: int, start: int, place: tuple[int, int]) -> None:
    """Errors, and formulas whose stored result is nothing."""
    if kind == _BOOLERR and stream[start + 7]:
        details.errors[place] = _ERRORS.get(stream[start + 6], "#VALUE!")
    elif kind == _FORMULA and stream[start + 12 : start + 14] == b"\xff\xff":
        if stream[start + 6] == 2:
            details.errors[place] = _ERRORS.get(stream[start + 8], "#VALUE!")
        elif stream[start + 6] == 3:
            details.without_value.add(place)
