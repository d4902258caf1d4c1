"""Streams of a compound file (the container of .xls and of encrypted workbooks)."""

import struct

_FREE = 0xFFFFFFFA
_ENTRY = 128


class CompoundDamaged(Exception):
    """The container's tables do not hold together."""


def read_stream(data: bytes, *names: str) -> bytes | None:
    """Content of the first stream that bears one of the names, None when there is none."""
    try:
        return _Compound(data).stream({name.lower() for name in names})
    except (struct.error, IndexError) as error:
        raise CompoundDamaged from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not 7 <= shift <= 16 or not 3 <= mini_shift < shift:
            raise CompoundDamaged
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory_start, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        self._mini_start = struct.unpack_from("<I", data, 60)[0]
        self._fat = self._table()
        self._entries = self._chain(self._directory_start)

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _table(self) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", self._data, 76) if number < _FREE]
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, 4096)):
            if following >= _FREE:
                break
            block = self._sector(following)
            numbers = struct.unpack(f"<{len(block) // 4}I", block)
            sectors += [number for number in numbers[:-1] if number < _FREE]
            following = numbers[-1]
        table: list[int] = []
        for number in sectors:
            block = self._sector(number)
            table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        return table

    def _chain(self, number: int) -> bytes:
        parts, seen = [], set()
        while number < _FREE:
            if number in seen or number >= len(self._fat):
                raise CompoundDamaged
            seen.add(number)
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    def stream(self, names: set[str]) -> bytes | None:
        root = self._entries[:_ENTRY]
        for start in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            entry = self._entries[start : start + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower()
            if entry[66] == 2 and name in names:
                first, size = struct.unpack_from("<II", entry, 116)
                return (self._chain(first) if size >= self._cutoff else self._small(first, root))[:size]
        return None

    def _small(self, number: int, root: bytes) -> bytes:
        container = self._chain(struct.unpack_from("<I", root, 116)[0])
        block = self._chain(self._mini_start)
        table = struct.unpack(f"<{len(block) // 4}I", block)
        parts, seen = [], set()
        while number < _FREE:
            if number in seen or number >= len(table):
                raise CompoundDamaged
            seen.add(number)
            parts.append(container[number * self._mini_size : (number + 1) * self._mini_size])
            number = table[number]
        return b"".join(parts)
