"""The hash chain over the audit log: sealed in order, broken visibly."""

import io
import json
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from yinfeng.core import audit, clock
from yinfeng.core.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db


def write(number: int, key: int | None = None) -> AuditEntry:
    """One entry of the log."""
    return AuditEntry.objects.create(
        id=key,
        at=clock.now(),
        actor_label="办公室",
        source="page",
        verb="project.changed",
        target_type="projects.project",
        target_id=number,
        target_label=f"项目{number}",
        before={"total_wan": "1.0000"},
        after={"total_wan": "2.0000", "名称": "盐湖"},
    )


def tamper(statement: str, *values: str | int) -> None:
    """What somebody with the database in hand could do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def chain():
    """Five sealed entries."""
    entries = [write(number) for number in range(5)]
    assert audit.seal() == 5
    return entries


def test_the_chain_links_entries_in_order(chain):
    links = list(AuditSeal.objects.order_by("number"))
    assert [link.number for link in links] == [1, 2, 3, 4, 5]
    assert [link.entry_id for link in links] == [entry.pk for entry in chain]
    assert [link.previous for link in links] == [audit.GENESIS, *[link.digest for link in links[:-1]]]
    assert audit.verify() == audit.ChainFinding(sealed=5, unsealed=0)


def test_an_empty_log_is_unbroken():
    assert audit.seal() == 0
    assert audit.verify() == audit.ChainFinding(sealed=0, unsealed=0)


def test_entries_that_wait_are_counted_and_sealed_later(chain):
    write(6)
    assert audit.verify() == audit.ChainFinding(sealed=5, unsealed=1)
    assert audit.seal() == 1
    assert audit.verify().unbroken


def test_a_tampered_entry_names_the_first_broken_link(chain):
    write(6)
    for entry in chain[2:4]:
        tamper("UPDATE core_auditentry SET note = %s WHERE id = %s", "改写", entry.pk)
    found = audit.verify()
    assert (found.sealed, found.unsealed, found.broken_number, found.broken_entry) == (5, 1, 3, chain[2].pk)
    assert found.reason == "日志内容与封存时不一致"


@pytest.mark.parametrize(
    "column", ["actor_label", "verb", "target_label", "target_code", "source", "address", "root_type", "gesture"]
)
def test_every_column_is_under_seal(chain, column):
    tamper(f"UPDATE core_auditentry SET {column} = 'x' WHERE id = %s", chain[4].pk)
    assert audit.verify().broken_number == 5


def test_the_time_and_the_values_are_under_seal(chain):
    tamper("UPDATE core_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", chain[4].pk)
    tamper("""UPDATE core_auditentry SET after = '{"total_wan": "9"}' WHERE id = %s""", chain[3].pk)
    assert audit.verify().broken_number == 4


def test_a_deleted_entry_is_named(chain):
    tamper("DELETE FROM core_auditentry WHERE id = %s", chain[1].pk)
    found = audit.verify()
    assert (found.broken_number, found.broken_entry, found.unsealed) == (2, chain[1].pk, 0)
    assert found.reason == "被封存的日志行不见了"


def test_a_deleted_link_is_named(chain):
    tamper("DELETE FROM core_auditseal WHERE number = 3")
    found = audit.verify()
    assert (found.broken_number, found.reason) == (4, "封存序号不连续")


def test_a_rewritten_link_does_not_fit_the_next_one(chain):
    entry = chain[2]
    tamper("UPDATE core_auditentry SET note = '改写' WHERE id = %s", entry.pk)
    link = AuditSeal.objects.get(number=3)
    forged = audit.digest(link.previous, AuditEntry.objects.get(pk=entry.pk))
    tamper("UPDATE core_auditseal SET digest = %s WHERE number = 3", forged)
    found = audit.verify()
    assert (found.broken_number, found.reason) == (4, "与上一环不衔接")


def test_an_entry_that_came_late_is_sealed_after_its_younger_ones(chain):
    late = chain[4].pk + 1
    write(8, key=late + 1)
    assert audit.seal() == 1
    write(7, key=late)
    assert audit.seal() == 1
    assert list(AuditSeal.objects.order_by("-number").values_list("entry_id", flat=True)[:2]) == [late, late + 1]
    assert audit.verify().unbroken


def test_an_entry_that_came_very_late_is_found_when_everything_is_searched(chain):
    far = chain[4].pk + audit.LATE + 10
    write(8, key=far)
    assert audit.seal() == 1
    write(7, key=chain[4].pk + 1)
    assert audit.seal() == 0
    assert audit.verify().unsealed == 1
    assert audit.seal(everything=True) == 1
    assert audit.verify() == audit.ChainFinding(sealed=7, unsealed=0)


def test_sealing_takes_the_same_number_of_queries_for_one_entry_and_many(django_assert_num_queries):
    write(1)
    with django_assert_num_queries(7):
        audit.seal()
    for number in range(40):
        write(number)
    with django_assert_num_queries(7):
        assert audit.seal() == 40
    with django_assert_num_queries(2):
        assert audit.seal() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    for number in range(20):
        write(number)
    start = threading.Barrier(2)
    sealed: list[int] = []

    def work() -> None:
        start.wait()
        sealed.append(audit.seal())
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sealed) == 20
    assert audit.verify() == audit.ChainFinding(sealed=20, unsealed=0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_entry_committed_late_is_sealed_when_it_appears():
    opened, go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write(1)
            opened.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    opened.wait(10)
    write(2)
    assert audit.seal() == 1
    go.set()
    thread.join()
    assert audit.seal() == 1
    assert audit.verify() == audit.ChainFinding(sealed=2, unsealed=0)


def told(*words: str) -> dict[str, object]:
    """What the command prints as JSON."""
    out = io.StringIO()
    call_command("audit", *words, "--json", stdout=out)
    return dict(json.loads(out.getvalue()))


def test_the_command_seals_and_proves():
    write(1)
    assert told("seal") == {"sealed_now": 1}
    assert told("verify") == {
        "unbroken": True,
        "sealed": 1,
        "unsealed": 0,
        "broken_number": None,
        "broken_entry": None,
        "reason": "",
    }


def test_the_command_fails_on_a_broken_chain_and_names_the_row(chain):
    tamper("UPDATE core_auditentry SET note = '改写' WHERE id = %s", chain[2].pk)
    out = io.StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("audit", "verify", stdout=out)
    assert failed.value.returncode == 1
    assert str(chain[2].pk) in str(failed.value)
