"""Streamed reading of the two large parts of a package: shared strings and sheets."""

import re
from decimal import Context, Decimal, InvalidOperation
from typing import IO, Protocol
from xml.parsers import expat

from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.numberformats import date_of_serial, is_date_format
from yinfeng.intake.workbooks.workbook import Area, Cell, Sheet, column_number

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TEXT = frozenset({"v", "t"})
_DIGITS = "0123456789"
_EXCEL = Context(prec=15)
_CHUNK = 1 << 18


class XmlForbidden(Exception):
    """A part declares a document type or entities, which no workbook needs."""


class XmlMalformed(Exception):
    """A part is no well-formed XML."""


class Reader(Protocol):
    """Receives the elements of one part, local names only."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def characters(self, text: str) -> None: ...


def _forbid(*_: object) -> None:
    raise XmlForbidden


def parse_stream(stream: IO[bytes], reader: Reader) -> None:
    """Feed one XML part to a reader; namespaces are dropped, document types refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        known = local.get(name)
        if known is None:
            known = local[name] = name.rpartition(":")[2]
        reader.start(known, attributes)

    def end(name: str) -> None:
        reader.end(local[name])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _forbid
    parser.EntityDeclHandler = _forbid
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
        final = True
        parser.Parse(b"", final)
    except expat.ExpatError as error:
        raise XmlMalformed(str(error)) from error


def unescape(text: str) -> str:
    """Characters that a workbook writes as ``_xHHHH_``.

    >>> unescape("甲_x000D_乙_x005F_x0007_")
    '甲\\r乙_x0007_'
    """
    if "_x" not in text:
        return text
    told = _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    return told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class SharedStrings:
    """The string table; phonetic guides are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._inside = not self._phonetic
        elif name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self._inside = False
        elif name == "si":
            self.strings.append(unescape("".join(self._parts)))
        elif name == "rPh":
            self._phonetic = False

    def characters(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


class SheetReader:
    """One sheet's cells, merged areas and hidden rows and columns."""

    def __init__(self, sheet: Sheet, strings: list[str], formats: list[str], *, from_1904: bool, budget: int) -> None:
        self.sheet = sheet
        self.budget = budget
        self._strings = strings
        self._formats = formats
        self._dates = [is_date_format(code) for code in formats]
        self._from_1904 = from_1904
        self._columns: dict[str, int] = {}
        self._row = 0
        self._column = 0
        self._cells: dict[int, Cell] = {}
        self._type = "n"
        self._style = 0
        self._formula = False
        self._capture = False
        self._phonetic = False
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in _TEXT:
            self._capture = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._cells = {}
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.sheet.hidden_rows.add(self._row)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._hide_columns(attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place:
            letters = place.rstrip(_DIGITS)
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_number(letters)
            self._column = column
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._formula = False
        self._parts = []

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in _TEXT:
            self._capture = False
        elif name == "row":
            if self._cells:
                self.sheet.rows[self._row] = self._cells
        elif name == "rPh":
            self._phonetic = False

    def characters(self, text: str) -> None:
        if self._capture:
            self._parts.append(text)

    def _end_cell(self) -> None:
        cell = self._cell("".join(self._parts))
        if cell is not None:
            self._cells[self._column] = cell
            self.budget -= 1
            if self.budget < 0:
                raise UnreadableWorkbook("too_large")

    def _cell(self, stored: str) -> Cell | None:
        kind = self._type
        if kind == "s" and stored:
            return _text_cell(self._strings[int(stored)])
        if not stored.strip() and (kind != "str" or not self._formula):
            return Cell("formula", "", "") if self._formula else None
        if kind in ("inlineStr", "str"):
            return _text_cell(unescape(stored)) if stored else None
        if kind == "b":
            return Cell("bool", stored == "1", "TRUE" if stored == "1" else "FALSE")
        if kind == "e":
            return Cell("error", stored, stored)
        if kind == "d":
            return _text_cell(stored)
        return self._number(stored)

    def _number(self, stored: str) -> Cell | None:
        try:
            number = Decimal(stored.strip())
        except InvalidOperation:
            return _text_cell(stored)
        if not number.is_finite():
            return _text_cell(stored)
        number = _EXCEL.plus(number)
        code = self._formats[self._style] if self._style < len(self._formats) else ""
        if code and self._dates[self._style]:
            moment = date_of_serial(number, from_1904=self._from_1904)
            if moment is not None:
                return Cell("date", moment, moment.isoformat(" ")[:16].removesuffix(" 00:00"), code)
        return Cell("number", number, plain(number), code)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if not last:
            return
        ends = [
            (int(part.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column_number(part.rstrip(_DIGITS)))
            for part in (first, last)
        ]
        (top, left), (bottom, right) = ends
        self.sheet.merged.append(Area(top, left, bottom, right))

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0":
            first, last = int(attributes["min"]), int(attributes["max"])
            self.sheet.hidden_columns.update(range(first, min(last, 16_384) + 1))


def plain(number: Decimal) -> str:
    """A decimal without exponent or trailing zeros.

    >>> plain(Decimal("1.50E+2"))
    '150'
    """
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _text_cell(text: str) -> Cell | None:
    return Cell("text", text, text) if text.strip() else None
