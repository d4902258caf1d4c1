"""Who may open and use which door: every address × method × role × own and foreign scope, in one table.

The table is ``permissions.tsv``: one line a door, method and scope, one column a role. A door without a line fails.
``YINFENG_WRITE_TABLE=1`` writes it anew from what the product does; read the difference before committing it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.doors import Door, doors
from tests.world import FOREIGN, OWN, ROLES, TODAY, World, make_world
from yinfeng.core import clock

# Permission is decided in Python: one database is enough for these requests; the rooms' own tests run on both.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.skipif("postgresql" in settings.DATABASES["default"]["ENGINE"], reason="decided in Python"),
]
TABLE = Path(__file__).parent / "permissions.tsv"
NOBODY = "nobody"
COLUMNS = (NOBODY, *(role.value for role in ROLES))
# The answer to an empty form depends on the form, not on the person; that it was let through is what counts.
LET_IN = frozenset({200, 204, 302, 303, 400, 409, 422})
WRITING = bool(os.environ.get("YINFENG_WRITE_TABLE"))
Row = tuple[str, str, str]


def read_table() -> dict[Row, tuple[str, ...]]:
    """The committed table: (door, method, scope) → one answer a column."""
    if not TABLE.exists():
        return {}
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    cells = [tuple(line.split("\t")) for line in lines]
    return {(row[0], row[1], row[2]): row[3:] for row in cells}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One folder for the world's files."""
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, files) -> Iterator[World]:
    """One place for all doors; every request is taken back, so that each door finds it as it was made."""
    kept, settings.FILES_ROOT = settings.FILES_ROOT, files
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(TODAY):
            made = make_world()
        yield made
        transaction.set_rollback(True)
    settings.FILES_ROOT = kept


@pytest.fixture(autouse=True)
def _files_of_the_world(files, _files_of_its_own):
    settings.FILES_ROOT = files


def answer(client: Client, method: str, address: str) -> str:
    """What a door answers, as the table says it: ``in``, ``login``, or the status that refuses."""
    try:
        with transaction.atomic():
            response = client.get(address) if method == "GET" else client.post(address, {"gesture": ""})
            status = response.status_code
            to_login = status == 302 and response["Location"].startswith(reverse("org:login"))
            raise Undo
    except Undo:
        pass
    if to_login:
        return "login"
    return "in" if status in LET_IN else str(status)


class Undo(Exception):
    """Takes back whatever a request did."""


def answers(world: World, door: Door, method: str, side: str) -> tuple[str, ...] | None:
    """One row of the table, or ``None`` where the door names nothing of that side."""
    arguments = world.arguments(door.name, side)
    if arguments is None:
        return None
    address = reverse(door.name, kwargs=arguments)
    row = []
    for name in COLUMNS:
        client = Client(raise_request_exception=False)
        if name != NOBODY:
            client.force_login(world.cast[name], backend="django.contrib.auth.backends.ModelBackend")
        with clock.at(TODAY):
            row.append(answer(client, method, address))
    return tuple(row)


def rows_of(world: World, door: Door) -> dict[Row, tuple[str, ...]]:
    """The rows of one door."""
    found = {}
    for method in ("GET", "POST"):
        for side in (OWN, FOREIGN):
            row = answers(world, door, method, side)
            if row is not None:
                found[door.name, method, side] = row
    return found


ALL = [door for door in doors() if door.name != "set_language"]


@pytest.mark.skipif(WRITING, reason="the table is being written")
@pytest.mark.parametrize("door", ALL, ids=lambda door: door.name)
def test_a_door_lets_in_exactly_whom_the_table_says(world, door):
    table = {row: cells for row, cells in read_table().items() if row[0] == door.name}
    assert table, f"{door.name} has no line in {TABLE.name}"
    assert rows_of(world, door) == table


def test_the_table_has_no_line_for_a_door_that_is_gone():
    assert {row[0] for row in read_table()} <= {door.name for door in ALL}


def test_no_door_ever_breaks_or_leaks():
    table = read_table()
    assert {cell for cells in table.values() for cell in cells} <= {"in", "login", "403", "404", "405"}
    scoped = {"officer", "reporter", "leader", "department", "reviewer"}
    leaks = [
        (row, column)
        for row, cells in table.items()
        if row[2] == FOREIGN
        for column, cell in zip(COLUMNS, cells, strict=True)
        if column in scoped and cell not in {"404", "403", "405"}
    ]
    assert leaks == []


@pytest.mark.skipif(not WRITING, reason="writes the table only when asked")
def test_write_the_table(world):
    lines = ["\t".join(("door", "method", "scope", *COLUMNS))]
    for door in ALL:
        lines += ["\t".join((*row, *cells)) for row, cells in rows_of(world, door).items()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
