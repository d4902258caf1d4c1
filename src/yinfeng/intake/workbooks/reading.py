"""Open a file as a workbook, whatever its ending says."""

from yinfeng.intake.workbooks.csvfile import read_csv
from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.workbook import Limits, Workbook
from yinfeng.intake.workbooks.xlsfile import read_xls
from yinfeng.intake.workbooks.xlsxfile import read_xlsx

_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlt", ".et")


def read_workbook(data: bytes, filename: str, limits: Limits | None = None) -> Workbook:
    """Workbook of a file; the content decides how it is read, the name only where content says nothing.

    Raises UnreadableWorkbook with one of the codes corrupt, encrypted, empty, too_large, unsupported, bomb.
    """
    limits = limits or Limits()
    if len(data) > limits.file_bytes:
        raise UnreadableWorkbook("too_large")
    ending = filename.lower()
    if not data.strip(b"\x00 \r\n\t"):
        raise UnreadableWorkbook("corrupt" if ending.endswith(_SPREADSHEETS) else "empty")
    if data.startswith(_ZIP):
        return read_xlsx(data, filename, limits)
    if data.startswith(_COMPOUND):
        return read_xls(data, filename, limits)
    if data.startswith(_OTHER_FILES):
        raise UnreadableWorkbook("unsupported")
    if ending.endswith(_SPREADSHEETS):
        raise UnreadableWorkbook("corrupt")
    return read_csv(data, filename, limits)
