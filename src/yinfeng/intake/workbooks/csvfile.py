"""Read delimited text in the encodings offices save it in."""

import codecs
import csv
import io
import re
from pathlib import PurePath

from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.workbook import Cell, Limits, Sheet, Workbook

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"|\'(?=\d)(.*)', re.DOTALL)
_NOISE = 20  # one control character in this many: no text
_LONGEST_FIELD = 4_000_000


def read_csv(data: bytes, filename: str, limits: Limits) -> Workbook:
    """Workbook of one sheet, named after the file without its ending."""
    text = decode(data)
    if not text.strip(" \t\r\n,;\ufeff\x00"):
        raise UnreadableWorkbook("empty")
    if sum(sign < " " and sign not in "\t\r\n" for sign in text[:20_000]) * _NOISE > len(text[:20_000]):
        raise UnreadableWorkbook("corrupt")
    sheet = Sheet(PurePath(filename).stem)
    budget = limits.cells
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text)), start=1):
            cells = {column: cell for column, said in enumerate(line, start=1) if (cell := _cell(said)) is not None}
            if cells:
                sheet.rows[number] = cells
            budget -= len(cells)
            if budget < 0:
                raise UnreadableWorkbook("too_large")
    except csv.Error as error:
        raise UnreadableWorkbook("corrupt") from error
    return Workbook(filename, [sheet])


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 or GB18030, whichever fits.

    >>> decode("项目".encode("gb18030"))
    '项目'
    """
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableWorkbook("corrupt")


def _encodings(data: bytes) -> list[str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return [encoding]
    head = data[:4000]
    if len(head) > 3 and head.count(0) > len(head) // 8:
        return ["utf-16-le"] if head[1::2].count(0) >= head[0::2].count(0) else ["utf-16-be"]
    return ["utf-8", "gb18030"]


def delimiter(text: str) -> str:
    """The separator most common in the first lines, a comma when in doubt."""
    head = re.sub(r'"[^"]*"', "", text[:20_000])
    counts = {mark: head.count(mark) for mark in (",", "\t", ";")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > counts[","] else ","


def _cell(said: str) -> Cell | None:
    found = _KEPT_AS_TEXT.fullmatch(said)
    text = (found.group(1) or found.group(2) or "") if found else said
    return Cell("text", text, text) if text.strip("\ufeff \t\r\n\u3000\xa0") else None
