"""The text of a document as a reader sees it, from plain text, Word or the text layer of a PDF."""

import codecs
import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from .docx import word_text
from .unreadable import UnreadableDocument

LIMIT: Final = 20 * 1024 * 1024
LIMIT_CHARS: Final = 20_000_000
EVERYDAY: Final = frozenset(
    "，。、；：（）“”的一是在和有了为大中上个国年工业项目产会发展建设市县省区州企资金投招商引推进加实施强力重点地区新能源化管理政府人民经济领导"
    "万亿元吨公司集团材料年内全年完成签约到位落主要任务目标责单方向局委办农水电生物文旅城开"
)
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class LoadedText:
    """The source text, positions referring to it, and how it was read."""

    text: str
    format: str
    encoding: str | None = None
    pages: int | None = None


def load_text(data: bytes, filename: str, *, limit: int = LIMIT) -> LoadedText:
    """Read a document's text.

    The content decides between the formats that can be told apart by their first bytes; the name
    decides only whether what is left is meant to be text.
    """
    if len(data) > limit:
        raise UnreadableDocument("too_large", f"文件超过 {limit // 1024 // 1024} MB")
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableDocument("empty")
    ending = PurePath(filename).suffix.lower()
    if data.startswith(b"%PDF-") or ending == ".pdf":
        loaded = from_pdf(data)
    elif data.startswith(b"PK"):
        loaded = from_zip(data)
    elif data.startswith(COMPOUND):
        raise UnreadableDocument("encrypted" if ending == ".docx" else "unsupported")
    elif ending == ".docx":
        raise UnreadableDocument("corrupt")
    elif ending in (".txt", ".text", ".md", ""):
        loaded = from_plain(data)
    else:
        raise UnreadableDocument("unsupported")
    if not loaded.text.strip():
        raise UnreadableDocument("no_text" if loaded.format == "pdf" else "empty")
    return loaded


def from_plain(data: bytes) -> LoadedText:
    """Decode plain text: by its mark, as UTF-8, as UTF-16 without a mark, else as GB18030."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return LoadedText(decoded(data, encoding), "txt", encoding.removesuffix("-sig"))
    if b"\x00" in data:
        return without_mark(data)
    try:
        return LoadedText(checked(data.decode("utf-8")), "txt", "utf-8")
    except UnicodeDecodeError:
        pass
    found = likeliest(data, ("gb18030", "utf-16-le", "utf-16-be"))
    if found is None:
        raise UnreadableDocument("encoding")
    return found


def without_mark(data: bytes) -> LoadedText:
    """UTF-16 without a byte order mark; other bytes with zeros among them are no text."""
    found = likeliest(data, ("utf-16-le", "utf-16-be"))
    if found is None:
        raise UnreadableDocument("binary")
    return found


def likeliest(data: bytes, encodings: tuple[str, ...]) -> LoadedText | None:
    """The reading with the largest share of everyday characters, if any reads as Chinese at all."""
    best: tuple[float, LoadedText] | None = None
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = everyday(text)
        readable = mostly_chinese(text) and "\x00" not in text and not full_of_controls(text)
        if readable and (best is None or share > best[0]):
            best = share, LoadedText(text, "txt", encoding)
    return best[1] if best else None


def everyday(text: str) -> float:
    """The share of characters that every Chinese document is full of."""
    sample = text[:65536]
    return sum(1 for char in sample if char.isascii() or char in EVERYDAY) / max(1, len(sample))


def decoded(data: bytes, encoding: str) -> str:
    """Decode, or say that the encoding is not known."""
    try:
        return checked(data.decode(encoding))
    except UnicodeDecodeError as fault:
        raise UnreadableDocument("encoding") from fault


def checked(text: str) -> str:
    """Refuse text that is full of control characters."""
    if full_of_controls(text):
        raise UnreadableDocument("binary")
    return text


def full_of_controls(text: str) -> bool:
    """Whether more than one character in fifty is a control character."""
    sample = text[:65536]
    controls = sum(1 for char in sample if ord(char) < 32 and char not in "\t\n\r\x0b\x0c")
    return controls * 50 > len(sample)


def mostly_chinese(text: str) -> bool:
    """Whether the characters are of the kind Chinese documents hold."""
    sample = [char for char in text[:65536] if not char.isspace()]
    usual = sum(
        1
        for char in sample
        if char.isascii()
        or "\u4e00" <= char <= "\u9fff"
        or "\u2010" <= char <= "\u303f"
        or "\uff00" <= char <= "\uffef"
    )
    return bool(sample) and usual * 10 >= len(sample) * 9


def from_zip(data: bytes) -> LoadedText:
    """A Word document inside its zip; other zips are not documents."""

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return LoadedText(word_text(archive), "docx")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as fault:
        raise UnreadableDocument("encrypted" if "encrypted" in str(fault) else "corrupt") from fault


def from_pdf(data: bytes) -> LoadedText:
    """The text layer of a PDF, page by page; a form feed parts the pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise UnreadableDocument("encrypted" if "assword" in str(fault) else "corrupt") from fault
    try:
        pages, size = [], 0
        for page in document:
            words = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
            size += len(words)
            if size > LIMIT_CHARS:
                raise UnreadableDocument("too_large")
            pages.append(words)
    except pypdfium2.PdfiumError as fault:
        raise UnreadableDocument("corrupt") from fault
    finally:
        document.close()
    return LoadedText("\f".join(pages), "pdf", pages=len(pages))
