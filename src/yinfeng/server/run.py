"""`yinfeng run`: from whatever is there to a served place, in one word.

The first time it makes the database, loads a sample place and an administrator;
every later time it only brings the database up to date and serves.
"""

from __future__ import annotations

import io
import json
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
    secret = prepare_data(asked.place)
    return serve.serve(
        host=asked.host, port=asked.port, threads=asked.threads, with_jobs=not asked.no_jobs, welcome=secret
    )


def prepare_data(place: str) -> str:
    """Migrate; fill an empty database once; give the first administrator's name and password if one was made."""
    from django.conf import settings
    from django.core.management import call_command

    unfinished = Path(settings.VAR) / "sample-unfinished"
    if unfinished.exists():
        start_over(unfinished)
    if migrations_waiting():
        say("preparing the database …  正在准备数据库 …")
        call_command("migrate", interactive=False, verbosity=0)
    if place != NO_SAMPLE and nobody_yet():
        say(f"loading the sample place “{place}” …  正在载入示例 …")
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
        call_command("sample", place)
        unfinished.unlink()
    told = io.StringIO()
    call_command("first_admin", as_json=True, stdout=told)
    admin = json.loads(told.getvalue())
    if not admin["created"]:
        return ""
    return f"用户名 user      {admin['username']}\n  一次性密码 one-time password   {admin['password']}"


def start_over(unfinished: Path) -> None:
    """A first load that was interrupted left half a place that nobody has used: begin again."""
    from django.db import connection

    if connection.vendor != "sqlite":
        raise SystemExit(
            "yinfeng: the first start was interrupted; give it an empty database, then remove " + str(unfinished)
        )
    say("the first start was interrupted; beginning again …")
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
    unfinished.unlink()


def migrations_waiting() -> bool:
    """Whether the database is behind the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def nobody_yet() -> bool:
    """Whether this database has never been used."""
    from django.contrib.auth import get_user_model

    return not get_user_model()._default_manager.exists()


def say(text: str) -> None:
    """A line of progress, on stderr."""
    print(f"yinfeng: {text}", file=sys.stderr, flush=True)
