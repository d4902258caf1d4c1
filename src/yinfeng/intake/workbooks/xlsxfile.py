"""Read .xlsx and .xlsm packages as data: macros are never touched, entities never expanded.

The parts are streamed by expat. Calamine gives neither number formats nor hidden rows and columns, and does not tell
an empty cell from a formula without value; openpyxl gives them at ten times the cost.
"""

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.numberformats import BUILTIN
from yinfeng.intake.workbooks.sheetxml import SharedStrings, SheetReader, XmlForbidden, XmlMalformed, parse_stream
from yinfeng.intake.workbooks.workbook import Limits, Sheet, Workbook

_SMALL_PART = 32_000_000
_RELATION = re.compile(r"relationships?\}id$")


def read_xlsx(data: bytes, filename: str, limits: Limits) -> Workbook:
    """Workbook of an Office Open XML package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_package(package, limits)
            return _read_package(package, filename, limits)
    except (XmlForbidden, DefusedXmlException) as error:
        raise UnreadableWorkbook("bomb") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, XmlMalformed, NotImplementedError) as error:
        raise UnreadableWorkbook("corrupt") from error
    except (KeyError, ValueError, UnicodeError, IndexError, OSError) as error:
        raise UnreadableWorkbook("corrupt") from error


def _check_package(package: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse a package whose directory already promises too much."""
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > limits.entries or unpacked > limits.unpacked_bytes:
        raise UnreadableWorkbook("bomb")
    if unpacked > limits.ratio_from_bytes and unpacked > packed * limits.pack_ratio:
        raise UnreadableWorkbook("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableWorkbook("encrypted")
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names and "_rels/.rels" not in names:
        raise UnreadableWorkbook("unsupported" if names else "corrupt")


def _read_package(package: zipfile.ZipFile, filename: str, limits: Limits) -> Workbook:
    main = _main_part(package)
    book = _small_part(package, main)
    if _local(book) != "workbook":
        raise UnreadableWorkbook("unsupported")
    relations = _relations(package, main)
    formats = _number_formats(package, _target_ending(relations, "styles"))
    strings = _shared_strings(package, _target_ending(relations, "sharedStrings"))
    properties = _first(book, "workbookPr")
    from_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true", "on")
    sheets: list[Sheet] = []
    budget = limits.cells
    for name, hidden, identity in _sheet_list(book, limits):
        target, kind = relations.get(identity, ("", ""))
        if kind != "worksheet":
            sheets.append(Sheet(name, hidden))
            continue
        reader = SheetReader(Sheet(name, hidden), strings, formats, from_1904=from_1904, budget=budget)
        with package.open(target) as stream:
            parse_stream(stream, reader)
        budget = reader.budget
        sheets.append(reader.sheet)
    if not sheets:
        raise UnreadableWorkbook("empty")
    return Workbook(filename, sheets)


def _main_part(package: zipfile.ZipFile) -> str:
    try:
        for target, kind in _relations(package, "").values():
            if kind == "officeDocument":
                return target
    except KeyError:
        pass
    return "xl/workbook.xml"


def _small_part(package: zipfile.ZipFile, name: str) -> Element:
    if package.getinfo(name).file_size > _SMALL_PART:
        raise UnreadableWorkbook("bomb")
    root: Element = fromstring(package.read(name), forbid_dtd=True)
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element.iter() if _local(child) == name]


def _first(element: Element, name: str) -> Element | None:
    found = _children(element, name)
    return found[0] if found else None


def _relations(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → (part name, kind) of one part."""
    folder, name = posixpath.split(part)
    root = _small_part(package, posixpath.join(folder, "_rels", name + ".rels"))
    relations = {}
    for child in _children(root, "Relationship"):
        target = child.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        relations[child.get("Id", "")] = (path, child.get("Type", "").rpartition("/")[2])
    return relations


def _target_ending(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((target for target, said in relations.values() if said == kind), "")


def _sheet_list(book: Element, limits: Limits) -> list[tuple[str, bool, str]]:
    found = []
    for child in _children(book, "sheet"):
        identity = next((value for key, value in child.attrib.items() if _RELATION.search(key)), "")
        found.append((child.get("name", ""), child.get("state", "visible") != "visible", identity))
    if len(found) > limits.sheets:
        raise UnreadableWorkbook("too_large")
    return found


def _number_formats(package: zipfile.ZipFile, name: str) -> list[str]:
    """Number format of each cell style, by style index."""
    if not name or name not in package.namelist():
        return []
    root = _small_part(package, name)
    codes = dict(BUILTIN)
    for child in _children(root, "numFmt"):
        codes[int(child.get("numFmtId", "0"))] = child.get("formatCode", "")
    styles = _first(root, "cellXfs")
    return [codes.get(int(style.get("numFmtId", "0")), "") for style in styles] if styles is not None else []


def _shared_strings(package: zipfile.ZipFile, name: str) -> list[str]:
    if not name or name not in package.namelist():
        return []
    reader = SharedStrings()
    with package.open(name) as stream:
        parse_stream(stream, reader)
    return reader.strings
