"""Sealing the audit log into a hash chain, and proving it unbroken."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from yinfeng.core.models import AuditEntry, AuditSeal

GENESIS = "0" * 64
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


def seal(limit: int = 5000) -> int:
    """Seal entries that have none yet, oldest first; returns how many.

    Only one sealer extends the chain: seal numbers are a primary key, so a second one fails and tries again later.
    """
    with transaction.atomic():
        last = AuditSeal.objects.order_by("-number").first()
        number, previous = (last.number, last.digest) if last else (0, GENESIS)
        sealed = AuditSeal.objects.values("entry_id")
        waiting = AuditEntry.objects.exclude(id__in=sealed).order_by("id")[:limit]
        links = []
        for entry in waiting:
            number += 1
            previous_digest, previous = previous, digest(previous, entry)
            links.append(AuditSeal(number=number, entry_id=entry.pk, previous=previous_digest, digest=previous))
        AuditSeal.objects.bulk_create(links, batch_size=500)
    return len(links)


def verify() -> ChainFinding:
    """Walk the whole chain; the first link that does not fit is named, an entry that vanished included."""
    previous, expected = GENESIS, 0
    entries = AuditEntry.objects.count()
    sealed = AuditSeal.objects.count()
    for batch in _links():
        kept = AuditEntry.objects.in_bulk([link.entry_id for link in batch])
        for link in batch:
            expected += 1
            entry = kept.get(link.entry_id)
            reason = _fault(link, entry, previous, expected)
            if reason:
                return ChainFinding(sealed, entries - sealed, link.number, link.entry_id, reason)
            previous = link.digest
    return ChainFinding(sealed, max(entries - sealed, 0))


def _links(size: int = 2000) -> Iterator[list[AuditSeal]]:
    """The chain in order, a batch at a time, so that memory stays small."""
    after = -1
    while batch := list(AuditSeal.objects.filter(number__gt=after).order_by("number")[:size]):
        yield batch
        after = batch[-1].number


def _fault(link: AuditSeal, entry: AuditEntry | None, previous: str, expected: int) -> str:
    """Why a link does not fit, or an empty text."""
    if link.number != expected:
        return "封存序号不连续"
    if entry is None:
        return "被封存的日志行不见了"
    if link.previous != previous:
        return "与上一环不衔接"
    if link.digest != digest(previous, entry):
        return "日志内容与封存时不一致"
    return ""
