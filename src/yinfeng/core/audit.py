"""Sealing the audit log into a hash chain, and proving it unbroken."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from yinfeng.core.models import AuditEntry, AuditSeal

GENESIS = "0" * 64
LATE = 50_000
"""How many ids an entry may come late and still be found without searching the whole log."""
SEALED_FIELDS = (
    "id",
    "actor_id",
    "actor_label",
    "source",
    "address",
    "verb",
    "target_type",
    "target_id",
    "target_code",
    "target_label",
    "root_type",
    "root_id",
    "before",
    "after",
    "note",
    "gesture",
)


@dataclass(frozen=True)
class ChainFinding:
    """The outcome of a proof: how many entries are sealed, how many wait, and the first broken link if there is one."""

    sealed: int
    unsealed: int
    broken_number: int | None = None
    broken_entry: int | None = None
    reason: str = ""

    @property
    def unbroken(self) -> bool:
        """Whether every sealed entry is as it was when it was sealed."""
        return self.broken_number is None


def digest(previous: str, entry: AuditEntry) -> str:
    """The SHA-256 of an entry chained to the seal before it."""
    content = {name: getattr(entry, name) for name in SEALED_FIELDS} | {"at": entry.at.isoformat()}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def seal(limit: int = 5000, *, everything: bool = False) -> int:
    """Seal entries that have none yet, oldest first; returns how many.

    An entry may become visible after younger ones were sealed, when its transaction took longer; it is found as long
    as it lies within ``LATE`` ids of the newest sealed one. With *everything* the whole log is searched, as a worker does when
    it starts. Only one sealer extends the chain: seal numbers are a primary key, so a second one seals nothing.
    """
    waiting = _waiting(everything)
    if not waiting.exists():
        return 0
    try:
        with transaction.atomic():
            return _extend(list(waiting.order_by("id")[:limit]))
    except IntegrityError:
        return 0


def _waiting(everything: bool) -> "models.QuerySet[AuditEntry]":
    """Entries without a seal: all of them, or those that the newest seals leave within reach."""
    entries, seals = AuditEntry.objects.all(), AuditSeal.objects.all()
    newest = 0 if everything else seals.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    if newest > LATE:
        entries, seals = entries.filter(id__gt=newest - LATE), seals.filter(entry_id__gt=newest - LATE)
    return entries.exclude(id__in=seals.values("entry_id"))


def _extend(entries: list[AuditEntry]) -> int:
    """Add one link an entry to the end of the chain."""
    last = AuditSeal.objects.order_by("-number").first()
    number, previous = (last.number, last.digest) if last else (0, GENESIS)
    links = []
    for entry in entries:
        number += 1
        link = AuditSeal(number=number, entry_id=entry.pk, previous=previous, digest=digest(previous, entry))
        previous = link.digest
        links.append(link)
    AuditSeal.objects.bulk_create(links, batch_size=500)
    return len(links)


def state() -> tuple[int, int]:
    """How many entries are sealed and how many of the newest wait; quick, and no proof."""
    sealed = AuditSeal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return sealed, _waiting(everything=False).count()


def verify() -> ChainFinding:
    """Walk the whole chain; the first link that does not fit is named, an entry that vanished included."""
    previous, expected = GENESIS, 0
    sealed, unsealed = AuditSeal.objects.count(), _waiting(everything=True).count()
    for batch in _links():
        kept = AuditEntry.objects.in_bulk([link.entry_id for link in batch])
        for link in batch:
            expected += 1
            entry = kept.get(link.entry_id)
            reason = _fault(link, entry, previous, expected)
            if reason:
                return ChainFinding(sealed, unsealed, link.number, link.entry_id, reason)
            previous = link.digest
    return ChainFinding(sealed, unsealed)


def _links(size: int = 2000) -> Iterator[list[AuditSeal]]:
    """The chain in order, a batch at a time, so that memory stays small."""
    after = -1
    while batch := list(AuditSeal.objects.filter(number__gt=after).order_by("number")[:size]):
        yield batch
        after = batch[-1].number


def _fault(link: AuditSeal, entry: AuditEntry | None, previous: str, expected: int) -> str:
    """Why a link does not fit, or an empty text."""
    if link.number != expected:
        return _("封存序号不连续")
    if entry is None:
        return _("被封存的日志行不见了")
    if link.previous != previous:
        return _("与上一环不衔接")
    if link.digest != digest(previous, entry):
        return _("日志内容与封存时不一致")
    return ""
