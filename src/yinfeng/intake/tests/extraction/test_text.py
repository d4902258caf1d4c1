"""Reading a document's text: encodings, Word, PDF, and every way it can fail."""

import io
import zipfile

import pytest

from yinfeng.intake.extraction.text import load_text
from yinfeng.intake.extraction.unreadable import UnreadableDocument

WORDS = "推进甲乙化工年产三万吨纯碱项目。"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body, *, name="word/document.xml", prolog=""):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return held.getvalue()


def code_of(data, filename, **options):
    with pytest.raises(UnreadableDocument) as refused:
        load_text(data, filename, **options)
    assert refused.value.message_zh
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("gb18030"), "gb18030"),
    ],
)
def test_plain_text_is_read_in_the_encodings_offices_use(data, encoding):
    loaded = load_text(data, "方案.txt")
    assert (loaded.text, loaded.encoding) == (WORDS, encoding)


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t", "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "a.txt", "binary"),
        (bytes(range(1, 32)) * 40, "a.txt", "binary"),
        (b"\xff\xff\xff" * 40, "a.txt", "encoding"),
        (b"hello", "a.exe", "unsupported"),
        (b"not a zip", "a.docx", "corrupt"),
        (b"PK\x03\x04broken", "a.docx", "corrupt"),
        (b"%PDF-1.7 broken", "a.pdf", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, "a.docx", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, "a.doc", "unsupported"),
    ],
)
def test_each_kind_of_unreadable_file_has_its_code(data, filename, code):
    assert code_of(data, filename) == code


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    assert code_of(b"a" * 101, "a.txt", limit=100) == "too_large"
    assert load_text(b"a" * 100, "a.txt", limit=100).text == "a" * 100


def test_word_paragraphs_and_tables_come_in_reading_order_without_deletions():
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        "<w:p><w:r><w:t>第一</w:t></w:r><w:r><w:tab/><w:t>段</w:t></w:r>"
        "<w:del><w:r><w:delText>删去</w:delText><w:t>删去</w:t></w:r></w:del></w:p>"
        f"<w:tbl><w:tr>{cell.format('项目')}{cell.format('金额')}</w:tr></w:tbl>"
        "<w:p><w:r><w:t>末段</w:t></w:r></w:p>"
    )
    assert load_text(word_file(body), "a.docx").text == "第一\t段\n项目\t金额\n末段"


def test_a_word_file_with_entities_is_refused():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert code_of(word_file("<w:p/>", prolog=bomb), "a.docx") == "corrupt"


def test_a_word_file_that_unpacks_beyond_reason_is_refused():
    assert code_of(word_file("<w:p/>" + " " * 30_000_000), "a.docx") == "too_large"


def test_a_zip_that_is_no_word_file_is_not_supported():
    assert code_of(word_file("", name="other.xml"), "a.docx") == "unsupported"


def test_a_word_file_without_words_is_empty():
    assert code_of(word_file("<w:p/>"), "a.docx") == "empty"


def page_of_pdf(content=b""):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    start = len(out)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )


def test_the_text_layer_of_a_pdf_is_read():
    loaded = load_text(page_of_pdf(b"BT /F1 12 Tf 20 100 Td (Phase 2 plant) Tj ET"), "a.pdf")
    assert (loaded.text, loaded.format, loaded.pages) == ("Phase 2 plant", "pdf", 1)


def test_a_scanned_pdf_has_no_text():
    assert code_of(page_of_pdf(), "a.pdf") == "no_text"
