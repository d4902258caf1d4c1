"""The full-text index over search tokens: FTS5 on SQLite kept by triggers, a GIN expression index on PostgreSQL."""

from django.db import migrations

SQLITE = (
    (
        "CREATE VIRTUAL TABLE core_search_fts USING fts5(tokens, content='core_searchdocument', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0')"
    ),
    (
        "CREATE TRIGGER core_search_added AFTER INSERT ON core_searchdocument BEGIN "
        "INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END"
    ),
    (
        "CREATE TRIGGER core_search_gone AFTER DELETE ON core_searchdocument BEGIN "
        "INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END"
    ),
    (
        "CREATE TRIGGER core_search_changed AFTER UPDATE ON core_searchdocument BEGIN "
        "INSERT INTO core_search_fts(core_search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); "
        "INSERT INTO core_search_fts(rowid, tokens) VALUES (new.id, new.tokens); END"
    ),
)
SQLITE_BACK = (
    "DROP TRIGGER core_search_changed",
    "DROP TRIGGER core_search_gone",
    "DROP TRIGGER core_search_added",
    "DROP TABLE core_search_fts",
)
POSTGRES = ("CREATE INDEX core_search_words ON core_searchdocument USING gin (to_tsvector('simple', tokens))",)
POSTGRES_BACK = ("DROP INDEX core_search_words",)


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES)


def backwards(apps, schema_editor):
    run(schema_editor, SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
