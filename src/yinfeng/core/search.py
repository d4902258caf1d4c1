"""Text search behind one interface: bigram and pinyin tokens, FTS5 on SQLite, tsvector with GIN on PostgreSQL."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models.expressions import RawSQL

from yinfeng.core.models import SearchDocument
from yinfeng.core.text import asks_prefix, query_tokens, search_tokens

SQLITE_MATCH = "id IN (SELECT rowid FROM core_search_fts WHERE core_search_fts MATCH %s)"
POSTGRES_MATCH = "to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"


def index(kind: str, documents: Iterable[tuple[int, str]]) -> None:
    """Store the searchable words of records of one kind (id, text); to be called inside the action that changed them."""
    rows = [SearchDocument(kind=kind, object_id=key, tokens=search_tokens(text)) for key, text in documents]
    SearchDocument.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["tokens"],
    )


def forget(kind: str, ids: Iterable[int]) -> None:
    """Take records out of the search."""
    SearchDocument.objects.filter(kind=kind, object_id__in=list(ids)).delete()


def matching(kind: str, text: str) -> "models.QuerySet[SearchDocument, int] | None":
    """The ids of records of *kind* that contain every word of *text* (Chinese, Latin or pinyin, these by their beginning).

    Tokens are letters and digits only, so that none of them can carry syntax of the index.
    ``None`` when *text* holds nothing to search for, which callers take as *no filter*.
    """
    tokens = query_tokens(text)
    if not tokens:
        return None
    if connection.vendor == "sqlite":
        condition, argument = SQLITE_MATCH, " ".join(f'"{token}"' + "*" * asks_prefix(token) for token in tokens)
    else:
        condition, argument = POSTGRES_MATCH, " & ".join(f"'{token}'" + ":*" * asks_prefix(token) for token in tokens)
    return (
        SearchDocument.objects.filter(kind=kind)
        # The condition is one of two constants; only the argument varies, and it travels as a parameter.
        .filter(RawSQL(condition, (argument,), output_field=models.BooleanField()))  # noqa: S611
        .values_list("object_id", flat=True)
    )
