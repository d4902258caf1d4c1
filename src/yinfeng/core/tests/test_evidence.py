"""Evidence files: known by content, stored once, reached through their record, every reading written down."""

import hashlib
import io
import zipfile

import pytest

from yinfeng.core import evidence
from yinfeng.core.actor import system
from yinfeng.core.errors import Invalid
from yinfeng.core.models import AuditEntry, Evidence, StoredFile
from yinfeng.org.tests.factories import make_unit

pytestmark = pytest.mark.django_db
ACTOR = system("测试")
PDF = b"%PDF-1.7 " + b"x" * 20


def zipped(*names: str) -> bytes:
    """A zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "批复.pdf", "application/pdf"),
        (PDF, "改了名.txt", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0", "图.png", "image/png"),
        (b"\xff\xd8\xff0", "照片.jpg", "image/jpeg"),
        (zipped("xl/workbook.xml"), "台账.xlsx", evidence.OFFICE_PARTS["xl/workbook.xml"]),
        (zipped("word/document.xml"), "方案.docx", evidence.OFFICE_PARTS["word/document.xml"]),
        ("说明".encode(), "说明.txt", "text/plain"),
        ("甲,乙".encode("gb18030"), "表.CSV", "text/csv"),
    ],
)
def test_a_file_is_known_by_its_content(content, name, kind):
    assert evidence.media_type(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "空.pdf", "文件是空的，请重新选择。"),
        (b"MZ\x90\x00", "台账.xlsx", "不支持这种文件，请上传 PDF、Word、Excel、PPT、JPG、PNG、TXT 或 CSV。"),
        (b"<html><script>", "页.html", "不支持这种文件，请上传 PDF、Word、Excel、PPT、JPG、PNG、TXT 或 CSV。"),
        (b"a\x00b", "乱.txt", "不支持这种文件，请上传 PDF、Word、Excel、PPT、JPG、PNG、TXT 或 CSV。"),
        (zipped("a.exe"), "包.zip", "不接受压缩包，请上传其中的文件。"),
        (b"PK\x03\x04broken", "坏.xlsx", "文件已损坏，打不开。"),
    ],
)
def test_what_is_not_accepted_says_why(content, name, message):
    with pytest.raises(Invalid) as refused:
        evidence.media_type(content, name)
    assert {key: str(text) for key, text in refused.value.fields.items()} == {"file": message}


def test_a_file_that_is_too_large_is_refused(settings):
    settings.UPLOAD_LIMIT_BYTES = 1 << 20
    with pytest.raises(Invalid, match="1 MB"):
        evidence.media_type(b"%PDF-" + b"x" * (1 << 20), "大.pdf")


def test_equal_files_are_stored_once_and_complete():
    unit, other = make_unit(), make_unit()
    first = evidence.attach(actor=ACTOR, owner=unit, content=PDF, name="批复.pdf", purpose="stamped")
    evidence.attach(actor=ACTOR, owner=other, content=PDF, name="同一份.pdf")
    stored = StoredFile.objects.get()
    assert (stored.sha256, stored.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert evidence.read(stored) == PDF
    assert [path.name for path in evidence.path_of(stored.sha256).parent.iterdir()] == [stored.sha256]
    assert list(evidence.attached_to(unit)) == [first]


@pytest.mark.parametrize(
    ("name", "title"), [("../../etc/批复.pdf", "批复.pdf"), ("C:\\文件\\批复.pdf", "批复.pdf"), ("\x00\u200b", "附件")]
)
def test_a_title_is_a_bare_name(name, title):
    attached = evidence.attach(actor=ACTOR, owner=make_unit(), content=PDF, name=name)
    assert attached.title == title


def test_reading_a_file_is_written_down():
    unit = make_unit()
    attached = evidence.attach(actor=ACTOR, owner=unit, content=PDF, name="批复.pdf")
    assert evidence.open_file(actor=ACTOR, evidence=attached, root=unit) == PDF
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.target_code, entry.root_id) == ("evidence.read", attached.code, unit.pk)


def test_a_withdrawn_file_leaves_the_page_and_stays_on_record():
    unit = make_unit()
    attached = evidence.attach(actor=ACTOR, owner=unit, content=PDF, name="批复.pdf")
    with pytest.raises(Invalid):
        evidence.withdraw_file(actor=ACTOR, evidence=attached, reason=" ")
    evidence.withdraw_file(actor=ACTOR, evidence=attached, reason="传错了")
    evidence.withdraw_file(actor=ACTOR, evidence=attached, reason="再次")
    assert list(evidence.attached_to(unit)) == []
    assert Evidence.objects.count() == 1
    assert AuditEntry.objects.filter(verb="evidence.withdrawn").get().note == "传错了"
