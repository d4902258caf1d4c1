"""Compound files and a small .xls, written byte by byte: no library here writes them."""

import struct
from collections.abc import Sequence

_SECTOR = 512


def compound(*names: str, body: bytes = b"") -> bytes:
    """A compound file whose directory holds streams of these names, all with one content."""
    header = bytearray(_SECTOR)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 16, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header[76:] = bytes(4) + b"\xff" * 432
    sectors = max(1, -(-len(body) // _SECTOR))
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0), *(_entry(name, 2, 2, len(body)) for name in names)]
    return bytes(header) + table + b"".join(entries).ljust(_SECTOR, b"\0") + body.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    entry = bytearray(128)
    encoded = name.encode("utf-16-le")
    entry[: len(encoded)] = encoded
    struct.pack_into("<HBBIII", entry, 64, len(encoded) + 2, kind, 1, *[0xFFFFFFFF] * 2, 1 if kind == 5 else 0xFFFFFFFF)
    struct.pack_into("<II", entry, 116, first, size)
    return bytes(entry)


def _record(kind: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack("<HH", kind, len(content)) + content


def _wide(text: str, count: str) -> bytes:
    return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")


def cell(row: int, column: int, value: object, style: int = 0) -> bytes:
    """A cell record; 0-based place, style 1 shows a month, "!" is an error and "?" a formula without value."""
    place = struct.pack("<HHH", row, column, style)
    if value == "!":
        return _record(0x0205, place, b"\x17\x01")
    if value == "?":
        return _record(0x0006, place, b"\x03\x00\x00\x00\x00\x00\xff\xff", bytes(6), b"\x03\x00\x1e\x01\x00")
    if isinstance(value, int | float):
        return _record(0x0203, place, struct.pack("<d", value))
    return _record(0x0204, place, _wide(str(value), "<H"))


def xls(
    cells: Sequence[bytes],
    *,
    hidden_row: int,
    hidden_column: int,
    merged: tuple[int, int, int, int],
    password: bool = False,
) -> bytes:
    """An .xls of one sheet 台账 with one hidden row, one hidden column and one merged area (0-based)."""
    begin = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))]
    if password:
        begin.append(_record(0x002F, bytes(6)))
    month = _record(0x041E, struct.pack("<H", 170), _wide('yyyy"年"m"月"', "<H"))
    styles = b"".join(_record(0x00E0, struct.pack("<HHH", 0, number, 0), bytes(14)) for number in (0, 170))
    ahead = b"".join(begin) + month + styles
    bound = _record(0x0085, bytes(4), b"\x00\x00", _wide("台账", "<B"))
    start = len(ahead) + len(bound) + 4
    bound = _record(0x0085, struct.pack("<I", start), b"\x00\x00", _wide("台账", "<B"))
    top, bottom, left, right = merged
    sheet = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x007D, struct.pack("<HHHHHH", hidden_column, hidden_column, 2000, 0, 1, 0)),
        _record(0x0200, struct.pack("<IIHHH", 0, 50, 0, 20, 0)),
        _record(0x0208, struct.pack("<HHHHHHHH", hidden_row, 0, 20, 255, 0, 0, 0x0120, 0)),
        *cells,
        _record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right)),
        _record(0x000A),
    ]
    return compound("Workbook", body=(ahead + bound + _record(0x000A) + b"".join(sheet)).ljust(5000, b"\0"))
