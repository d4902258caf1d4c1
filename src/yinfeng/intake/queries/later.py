"""Whether anything was built on records since they were made: the log knows, whatever room did it."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db.models import Q

from yinfeng.core.models import AuditEntry


def done_since(record_type: str, record_ids: Sequence[int], since: int) -> AuditEntry | None:
    """The first entry after *since* about one of the records or under it; what was withdrawn again does not count."""
    for start in range(0, len(record_ids), 400):
        part = list(record_ids[start : start + 400])
        about = Q(target_type=record_type, target_id__in=part) | Q(root_type=record_type, root_id__in=part)
        entries = list(AuditEntry.objects.filter(about, id__gt=since).order_by("id"))
        gone = withdrawn((entry.target_type, entry.target_id) for entry in entries if entry.target_id)
        later: AuditEntry | None = next(
            (entry for entry in entries if (entry.target_type, entry.target_id) not in gone), None
        )
        if later is not None:
            return later
    return None


def withdrawn(records: Iterable[tuple[str, int | None]]) -> set[tuple[str, int]]:
    """Those of the records that stand withdrawn."""
    wanted: dict[str, set[int]] = {}
    for kind, key in records:
        if kind and key is not None:
            wanted.setdefault(kind, set()).add(key)
    found: set[tuple[str, int]] = set()
    for kind, keys in wanted.items():
        model = apps.get_model(kind)
        if any(field.name == "withdrawn_at" for field in model._meta.get_fields()):
            rows = model._base_manager.filter(pk__in=keys, withdrawn_at__isnull=False)
            found.update((kind, key) for key in rows.values_list("pk", flat=True))
    return found
