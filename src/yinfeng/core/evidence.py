"""Evidence files: content-addressed on disk, attached to a record, checked by content before they are kept."""

import hashlib
import os
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, record, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Invalid, NotVisible
from yinfeng.core.models import Evidence, StoredFile
from yinfeng.core.text import clean_text
from yinfeng.core.verbs import CoreVerb

# First bytes of what offices attach; the extension is not believed.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
OFFICE_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
INLINE_SAFE = frozenset({"image/png", "image/jpeg"})


def media_type(content: bytes, name: str) -> str:
    """What a file really is, by its content; raises ``Invalid`` for kinds that are not accepted."""
    if not content:
        raise Invalid({"file": _("文件是空的，请重新选择。")})
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        raise Invalid(
            {"file": _("文件超过 %(mb)s MB，请压缩或拆分后再传。") % {"mb": settings.UPLOAD_LIMIT_BYTES >> 20}}
        )
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return _office_kind(content) if kind == "application/zip" else kind
    if b"\x00" not in content[:4096] and Path(name).suffix.lower() in {".txt", ".csv"}:
        return "text/csv" if name.lower().endswith(".csv") else "text/plain"
    raise Invalid({"file": _("不支持这种文件，请上传 PDF、Word、Excel、PPT、JPG、PNG、TXT 或 CSV。")})


def _office_kind(content: bytes) -> str:
    """Which Office format a zip holds."""
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except zipfile.BadZipFile as error:
        raise Invalid({"file": _("文件已损坏，打不开。")}) from error
    for part, kind in OFFICE_PARTS.items():
        if part in names:
            return kind
    raise Invalid({"file": _("不接受压缩包，请上传其中的文件。")})


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256


def keep(content: bytes, name: str) -> StoredFile:
    """Store bytes once; to be called inside an action. The file is complete on disk before the row refers to it."""
    kind = media_type(content, name)
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(place)
    stored, _created = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "media_type": kind, "stored_at": clock.now()}
    )
    return stored


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return path_of(stored.sha256).read_bytes()


@action
def attach(
    *,
    actor: Actor,
    owner: models.Model,
    content: bytes,
    name: str,
    purpose: str = "",
    root: models.Model | None = None,
    demo: bool = False,
) -> Evidence:
    """Attach a file to a record that the caller has already been allowed to change."""
    title = clean_text(Path(name.replace("\\", "/")).name)[:200] or _("附件")
    evidence = Evidence.objects.create(
        file=keep(content, name),
        owner_type=owner._meta.label_lower,
        owner_id=owner.pk,
        title=title,
        purpose=purpose,
        added_by=actor.label,
        added_at=clock.now(),
        demo=demo,
    )
    record(
        actor=actor,
        verb=CoreVerb.EVIDENCE_ADDED,
        target=evidence,
        root=root or owner,
        after={"title": title, "sha256": evidence.file.sha256, "size": evidence.file.size},
    )
    return evidence


@action
def open_file(*, actor: Actor, evidence: Evidence, root: models.Model | None = None) -> bytes:
    """The bytes of a file for somebody who may see its owner; the reading is written down."""
    content = read(evidence.file)
    record(actor=actor, verb=CoreVerb.EVIDENCE_READ, target=evidence, root=root, after={"sha256": evidence.file.sha256})
    return content


@action
def withdraw_file(*, actor: Actor, evidence: Evidence, reason: str, root: models.Model | None = None) -> Evidence:
    """Take a file off its record's page, for a reason; the bytes and the row stay for the log."""
    note = clean_text(reason)
    if not note:
        raise Invalid({"reason": _("请写明撤下原因。")})
    if evidence.withdrawn_at is not None:
        unchanged()
        return evidence
    evidence.withdrawn_at = clock.now()
    evidence.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb=CoreVerb.EVIDENCE_WITHDRAWN, target=evidence, root=root, note=note)
    return evidence


def readable(actor: Actor, code: str) -> Evidence:
    """The file with this code, if the actor sees the record it belongs to; raises ``NotVisible`` otherwise."""
    found = Evidence.objects.filter(code=code, withdrawn_at__isnull=True).select_related("file").first()
    if found is None or not assembled().evidence_owner_visible(actor, found.owner_type, found.owner_id):
        raise NotVisible
    return found


def attached_to(owner: models.Model) -> "models.QuerySet[Evidence]":
    """The files of one record that have not been withdrawn, oldest first."""
    return (
        Evidence.objects.filter(owner_type=owner._meta.label_lower, owner_id=owner.pk, withdrawn_at__isnull=True)
        .select_related("file")
        .order_by("id")
    )
