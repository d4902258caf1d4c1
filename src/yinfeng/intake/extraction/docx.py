"""The text of a Word document: paragraphs and tables in reading order, deletions left out."""

import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .unreadable import UnreadableDocument

BODY: Final = "word/document.xml"
LIMIT_XML: Final = 64 * 1024 * 1024
LIMIT_RATIO: Final = 200
LIMIT_ENTRIES: Final = 5000
LIMIT_DEPTH: Final = 60
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}fldData", f"{W}rPr", f"{W}pPr", f"{W}sectPr"}
)


def word_text(archive: zipfile.ZipFile) -> str:
    """The document's text, a line for each paragraph and for each row of a table."""
    try:
        root = fromstring(body(archive), forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError) as fault:
        raise UnreadableDocument("corrupt") from fault
    found = root.find(f"{W}body")
    if found is None:
        raise UnreadableDocument("corrupt")
    return "\n".join(lines(found, 0))


def body(archive: zipfile.ZipFile) -> bytes:
    """The bytes of the main part; one that unpacks beyond reason is refused before it is unpacked.

    The declared size is not trusted: no more than the limit is ever read.
    """
    names = archive.namelist()
    if len(names) > LIMIT_ENTRIES:
        raise UnreadableDocument("too_large")
    if BODY not in names:
        raise UnreadableDocument("unsupported")
    entry = archive.getinfo(BODY)
    if entry.flag_bits & 1:
        raise UnreadableDocument("encrypted")
    if entry.file_size > LIMIT_XML or entry.file_size > LIMIT_RATIO * max(entry.compress_size, 4096):
        raise UnreadableDocument("too_large")
    with archive.open(entry) as part:
        read = part.read(LIMIT_XML + 1)
    if len(read) > LIMIT_XML:
        raise UnreadableDocument("too_large")
    return read


def lines(parent: Element, depth: int) -> Iterator[str]:
    """The lines of a block: its paragraphs, and its tables row by row with a tab between cells."""
    if depth > LIMIT_DEPTH:
        raise UnreadableDocument("corrupt")
    for child in parent:
        if child.tag == f"{W}p":
            yield paragraph(child)
        elif child.tag == f"{W}tbl":
            for row in child.iter(f"{W}tr"):
                yield "\t".join(" ".join(lines(cell, depth + 1)) for cell in row.findall(f"{W}tc"))
        elif child.tag not in SKIPPED:
            yield from lines(child, depth + 1)


def paragraph(element: Element) -> str:
    """The visible words of a paragraph."""
    parts: list[str] = []
    stack = list(reversed(element))
    while stack:
        node = stack.pop()
        if node.tag in SKIPPED:
            continue
        if node.tag == f"{W}t":
            parts.append(node.text or "")
        elif node.tag == f"{W}tab":
            parts.append("\t")
        elif node.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif node.tag == f"{W}noBreakHyphen":
            parts.append("-")
        else:
            stack.extend(reversed(node))
    return "".join(parts)
