"""`yinfeng run`: from whatever is there to a served place, in one word.

The first time it makes the database, loads a sample place and an administrator;
every later time it only brings the database up to date and serves.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import django

SAMPLE = "golmud"
NO_SAMPLE = "none"


def main(words: Sequence[str]) -> int:
    """Prepare the data, then serve it."""
    from yinfeng.server import serve

    options = serve.parser()
    options.prog, options.description = "yinfeng run", "Prepare the database and serve it."
    options.add_argument(
        "--place",
        default=SAMPLE,
        help=f"sample place for an empty database, or “{NO_SAMPLE}” (default: {SAMPLE})",
    )
    asked = options.parse_args(words)
    django.setup()
    prepare_data(asked.place)
    return serve.serve(host=asked.host, port=asked.port, threads=asked.threads, with_jobs=not asked.no_jobs)


def prepare_data(place: str) -> None:
    """Migrate; fill an empty database once; see that somebody can log in."""
    from django.conf import settings
    from django.core.management import call_command

    if migrations_waiting():
        say("preparing the database …  正在准备数据库 …")
        call_command("migrate", interactive=False, verbosity=0)
    if place != NO_SAMPLE and first_start():
        say(f"loading the sample place “{place}” …  正在载入示例 …")
        unfinished = Path(settings.VAR) / "sample-unfinished"
        unfinished.touch()
        call_command("sample", place, verbosity=0)
        unfinished.unlink()
    call_command("first_admin")


def migrations_waiting() -> bool:
    """Whether the database is behind the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def first_start() -> bool:
    """Whether nobody has used this database yet, or the first load was interrupted."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    return (Path(settings.VAR) / "sample-unfinished").exists() or not get_user_model().objects.exists()


def say(text: str) -> None:
    """A line of progress, on stderr."""
    print(f"yinfeng: {text}", file=sys.stderr, flush=True)
