"""How many queries each page asks: the same for one record of every kind and for twelve, and written down.

The table is ``queries.tsv``: one line a page, one column a role that opens it. ``YINFENG_WRITE_TABLE=1`` writes it
anew; read the difference before committing it. The numbers are SQLite's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import on_postgresql
from tests.doors import doors
from tests.world import OWN, TODAY, World, make_side, make_world
from yinfeng.chains.actions import name_chain_master
from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.evidence import attach
from yinfeng.core.period import Period
from yinfeng.core.publiccode import new_code
from yinfeng.enterprises.actions import add_alias
from yinfeng.enterprises.models import Enterprise
from yinfeng.intake.models import BatchRow, Candidate
from yinfeng.ledger.actions import correct_funds
from yinfeng.ledger.models import FundEntry
from yinfeng.ledger.tests.factories import claim, make_entry, verified
from yinfeng.org.actions import create_park, grant
from yinfeng.org.enums import ForceUnitRole
from yinfeng.org.models import ReportingMonth, TaskForce, TaskForceUnit
from yinfeng.org.tests.factories import SYSTEM, actor, make_task_force, make_unit, make_user
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.actions import add_decision, add_name, set_plan_line
from yinfeng.projects.models import Milestone, Project
from yinfeng.projects.tests.factories import (
    make_agreement,
    make_enterprise,
    make_milestone,
    make_opportunity,
    make_party,
    make_project,
    make_view,
)
from yinfeng.reports.actions import draft_report
from yinfeng.submissions.actions import write_note
from yinfeng.submissions.models import Submission
from yinfeng.targets.tests.factories import make_target

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.thorough,
    pytest.mark.skipif(on_postgresql(), reason="PostgreSQL asks a little otherwise; the table is SQLite's"),
]
TABLE = Path(__file__).parent / "queries.tsv"
WRITING = bool(os.environ.get("YINFENG_WRITE_TABLE"))
MANY = 12
READERS = ("admin", "officer")
CLOSED = "—"
# What DESIGN allows a page at most, however much is in it.
AT_MOST = {"projects:list": 12, "projects:board": 12, "projects:detail": 20, "reports:progress": 20}
# Further ways of opening a door that show other records.
QUERIES = {
    "projects:detail": ("tab=papers", "tab=log"),
    "projects:list": ("owed=any",),
    "intake:home": ("tab=workbooks",),
    "intake:batch": ("tab=mapping",),
    "search": ("q=测试",),
    "targets:figure": ("format=xlsx",),
    "ledger:list": ("format=xlsx",),
}
Counts = dict[str, tuple[str, ...]]


class World12:
    """The world, and a way to put one more of everything into it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.project = world.own.project
        self.unit = world.own.unit
        self.chain = Chain.objects.get(code=world.common["chains:detail"]["code"])
        self.force = TaskForce.objects.get(code=world.common["org:task_force"]["code"])
        self.firm = Enterprise.objects.get(code=world.common["enterprises:detail"]["code"])
        self.number = 0

    def add_one_of_everything(self) -> None:
        """One more of everything, in the place and on the records whose pages are opened."""
        self.number += 1
        n = self.number
        unit = make_unit(f"第{n}单位", self.unit)
        make_side(unit, actor(Role.OFFICER, unit))
        self._on_the_project(n)
        self._in_the_place(n)
        make_user(Role.REPORTER, self.unit)
        grant(actor=SYSTEM, user=self.world.cast["officer"], node=make_unit(f"授权{n}").node, reason="协办")
        make_view(actor(Role.OFFICE), title=f"视图{n}")
        make_milestone(make_project(f"第{n}链项目", unit=self.unit, chain=self.chain, investor=self.firm))
        again(Candidate.objects.filter(document__code=self._code("intake:document")).latest("id"), number=100 + n)
        again(BatchRow.objects.filter(batch__code=self._code("intake:batch")).latest("id"), row=100 + n)

    def _code(self, door: str) -> str:
        return str(self.world.own.values[door]["code"])

    def _on_the_project(self, n: int) -> None:
        project = Project.objects.get(pk=self.project.pk)
        make_party(project, make_enterprise())
        make_agreement(project, signed_on=date(2025, 3, 1 + n))
        verified(make_entry(project, "10", date(2025, 3, n), vouchers=[claim(use="10")]))
        entry = FundEntry.objects.get(code=self._code("ledger:detail"))
        correct_funds(actor=SYSTEM, entry=entry, amount_wan=Decimal(1), reason="补记")
        make_activity(unit=self.unit, project=project, enterprise=self.firm, next_step="回访", next_due_on=TODAY)
        write_note(actor=SYSTEM, project=project, period=f"2024-{n:02}", text="进展")
        attach(actor=SYSTEM, owner=project, content=b"%PDF-1.4 " + str(n).encode(), name=f"附件{n}.pdf")
        add_name(actor=SYSTEM, project=project, name=f"别名{n}")
        add_decision(actor=SYSTEM, project=project, body="专题会", decided_on=date(2025, 3, n), matter=f"第{n}件事")
        set_plan_line(actor=SYSTEM, project=project, year=2025 + n, funds_wan=Decimal(100))
        make_project(f"第{n}期", parent=project, unit=self.unit)
        again(Milestone.objects.filter(project=project, kind="contract_signed").latest("id"))
        again(Submission.objects.get(code=self._code("submissions:detail")), period=f"2024-{n:02}")

    def _in_the_place(self, n: int) -> None:
        chain = Chain.objects.create(name=f"第{n}产业链", short_name=f"第{n}链", colour=n % 7, position=n)
        for metric in ("signed_amount", "funds_reported"):
            make_target(metric, chain=chain)
        make_task_force(f"第{n}专班", lead_units=(self.unit,))
        support = make_unit(f"配合{n}")
        TaskForceUnit.objects.create(task_force=self.force, unit=support, role=ForceUnitRole.SUPPORT)
        name_chain_master(actor=SYSTEM, chain=self.chain, name=f"链主{n}有限公司")
        add_alias(actor=SYSTEM, enterprise=self.firm, name=f"公共别名{n}")
        make_opportunity(f"推介{n}")
        create_park(actor=SYSTEM, code=f"PARK-{n:02}", name=f"第{n}园区", parent_code="632801")
        ReportingMonth.objects.create(period=f"2024-{n:02}")
        draft_report(actor=SYSTEM, period=Period.parse(f"2024-{n:02}"))


def again(record: Any, **changes: Any) -> None:
    """A copy of a record under a code of its own."""
    for name, value in changes.items():
        setattr(record, name, value)
    if hasattr(record, "code"):
        record.code = new_code(record.code.split("-")[0])
    record.pk, record._state.adding = None, True
    record.save(force_insert=True)


@contextmanager
def standing_world(files: Path) -> Iterator[World12]:
    """A world with one of everything, taken back afterwards."""
    kept, settings.FILES_ROOT = settings.FILES_ROOT, files
    try:
        with transaction.atomic(), clock.at(TODAY):
            world = World12(make_world())
            world.add_one_of_everything()
            yield world
            transaction.set_rollback(True)
    finally:
        settings.FILES_ROOT = kept


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address that can be opened, under the name the table gives it."""
    for door in doors():
        address = reverse(door.name, kwargs=world.arguments(door.name, OWN))
        yield door.name, address
        for query in QUERIES.get(door.name, ()):
            yield f"{door.name}?{query}", f"{address}?{query}"


def asked(client: Client, address: str) -> str:
    """How many queries a page asks; nothing where it is no page for this person."""
    cache.clear()
    try:
        with transaction.atomic():
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
                if response.status_code == 200 and response.streaming:
                    response.getvalue()
            raise TakenBack
    except TakenBack:
        return str(len(queries)) if response.status_code == 200 else CLOSED


class TakenBack(Exception):
    """Undoes what a page left behind."""


def counts(world: World) -> Counts:
    """The counts of every page somebody may open."""
    clients = []
    for name in READERS:
        client = Client(raise_request_exception=False)
        client.force_login(world.cast[name], backend="django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    found = {name: tuple(asked(client, address) for client in clients) for name, address in addresses(world)}
    return {name: row for name, row in found.items() if set(row) != {CLOSED}}


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker, tmp_path_factory) -> tuple[Counts, Counts]:
    """The counts with one of everything and with twelve; the first round only warms what is read once a process."""
    with django_db_blocker.unblock(), standing_world(tmp_path_factory.mktemp("files")) as world:
        counts(world.world)
        few = counts(world.world)
        for _more in range(MANY - 1):
            world.add_one_of_everything()
        return few, counts(world.world)


def read_table() -> Counts:
    """The committed table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return {cells[0]: tuple(cells[1:]) for cells in (line.split("\t") for line in lines)}


def test_a_page_asks_as_often_for_twelve_records_as_for_one(measured):
    few, many = measured
    more = {name: (row, many.get(name)) for name, row in few.items() if row != many.get(name)}
    assert more == {}


@pytest.mark.skipif(WRITING, reason="the table is being written")
def test_every_page_asks_as_often_as_the_table_says(measured):
    few, _many = measured
    table = read_table()
    assert {name: row for name, row in few.items() if table.get(name) != row} == {}
    assert set(table) == set(few)


@pytest.mark.parametrize("name", AT_MOST)
def test_the_busiest_pages_stay_below_their_limit(measured, name):
    _few, many = measured
    assert max(int(cell) for cell in many[name] if cell != CLOSED) <= AT_MOST[name]


@pytest.mark.skipif(not WRITING, reason="writes the table only when asked")
def test_write_the_table(measured):
    few, _many = measured
    lines = ["\t".join(("page", *READERS)), *("\t".join((name, *row)) for name, row in sorted(few.items()))]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
