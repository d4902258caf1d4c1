"""Background jobs: asked for in a transaction, claimed by one worker, ended for good."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from yinfeng.core import audit, clock, jobs
from yinfeng.core.actor import Actor, Role
from yinfeng.core.models import AuditEntry, Job, JobState

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 3, 5, 4, tzinfo=UTC)
OWNER = Actor(label="办公室", user_id=7)


@pytest.fixture
def asked(monkeypatch):
    """A registered kind of work that notes what it was asked; ``fail`` makes it fail."""
    seen: list[dict[str, Any]] = []

    def work(payload: dict[str, Any], progress: jobs.Progress) -> dict[str, Any]:
        seen.append(payload)
        progress(1, 2)
        if payload.get("fail"):
            raise RuntimeError("坏了")
        return {"rows": 2}

    monkeypatch.setitem(jobs._work, "test.work", work)
    return seen


def want(**payload: Any) -> Job:
    """Ask for work."""
    return jobs.want(actor=OWNER, name="test.work", title="导出台账", payload=payload)


def test_a_job_is_run_once_and_its_result_kept(asked):
    job = want(number=1)
    assert jobs.work_once() is True
    assert jobs.work_once() is False
    job.refresh_from_db()
    assert asked == [{"number": 1}]
    assert (job.state, job.result, job.done, job.total, job.attempts) == (JobState.DONE, {"rows": 2}, 1, 2, 1)
    assert (job.owner_id, job.owner_label) == (7, "办公室")


def test_a_job_exists_exactly_when_its_transaction_does(asked):
    with transaction.atomic():
        want()
        transaction.set_rollback(True)
    assert jobs.claim_one() is None


def test_a_failing_job_is_tried_three_times_and_then_said_to_have_failed(asked):
    job = want(fail=True)
    with clock.at(NOON):
        Job.objects.update(run_after=clock.now())
    for minute in range(3):
        with clock.at(NOON + timedelta(minutes=minute)):
            assert jobs.work_once() is True
    with clock.at(NOON + timedelta(minutes=9)):
        assert jobs.work_once() is False
    job.refresh_from_db()
    assert (job.state, job.message, job.attempts) == (JobState.FAILED, "坏了", 3)


def test_a_job_waits_before_it_is_tried_again(asked):
    with clock.at(NOON):
        want(fail=True)
        assert jobs.work_once() is True
        assert jobs.work_once() is False


def test_a_claimed_job_is_left_to_its_worker_until_the_lease_ends(asked):
    want()
    with clock.at(NOON):
        Job.objects.update(run_after=NOON)
        assert jobs.claim_one() is not None
        assert jobs.claim_one() is None
    with clock.at(NOON + jobs.LEASE + timedelta(seconds=1)):
        again = jobs.claim_one()
    assert again is not None
    assert again.attempts == 2


def test_a_worker_whose_job_was_taken_over_no_longer_decides_how_it_ended(asked):
    want()
    with clock.at(NOON):
        Job.objects.update(run_after=NOON)
        slow = jobs.claim_one()
    with clock.at(NOON + jobs.LEASE + timedelta(seconds=1)):
        jobs.claim_one()
    assert slow is not None
    jobs.run(slow)
    assert Job.objects.get().state == JobState.RUNNING


def test_a_job_that_takes_its_worker_down_is_given_up(asked):
    want()
    moment = NOON
    Job.objects.update(run_after=NOON)
    for _number in range(jobs.MOST_ATTEMPTS):
        with clock.at(moment):
            assert jobs.claim_one() is not None
        moment += jobs.LEASE + timedelta(seconds=1)
    with clock.at(moment):
        assert jobs.claim_one() is None
    assert (Job.objects.get().state, Job.objects.get().attempts) == (JobState.FAILED, 3)


def test_a_job_of_an_unknown_name_fails_with_a_message():
    job = jobs.want(actor=OWNER, name="gone", title="旧任务", payload={})
    Job.objects.update(attempts=2)
    jobs.work_once()
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_the_worker_seals_the_log(asked):
    AuditEntry.objects.create(
        at=clock.now(), actor_label="甲", source="page", verb="x", target_type="y", target_label="z"
    )
    jobs.work_once(first=True)
    assert audit.verify() == audit.ChainFinding(sealed=1, unsealed=0)


def test_people_see_their_own_jobs_and_the_administrator_all(asked):
    job = want()
    assert list(Job.objects.visible_to(OWNER)) == [job]
    assert list(Job.objects.visible_to(Actor(label="他人", user_id=8))) == []
    assert list(Job.objects.visible_to(Actor(label="管理员", user_id=9, roles=frozenset({Role.ADMIN})))) == [job]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_workers_take_each_job_once():
    for number in range(6):
        want(number=number)
    start = threading.Barrier(4)
    taken: list[int] = []

    def work() -> None:
        start.wait()
        for _number in range(4):
            job = jobs.claim_one()
            if job is not None:
                taken.append(job.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken))
