"""Background jobs: rows written by actions, claimed by workers under a lease, safe to run twice."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from yinfeng.core import audit, clock
from yinfeng.core.actor import Actor
from yinfeng.core.models import Job, JobState

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
Progress = Callable[[int, int], None]
Work = Callable[[dict[str, Any], Progress], dict[str, Any]]
_work: dict[str, Work] = {}
_wake = threading.Event()


def register(name: str, work: Work) -> None:
    """Say what a job of this name does; called once from ``config.assembly``."""
    _work[name] = work


def want(*, actor: Actor, name: str, title: str, payload: dict[str, Any]) -> Job:
    """Ask for background work; to be called inside an action, so that it exists exactly when the action's writes do."""
    job = Job.objects.create(
        name=name,
        title=title,
        payload=payload,
        created_at=clock.now(),
        run_after=clock.now(),
        owner_id=actor.user_id,
        owner_label=actor.label,
    )
    transaction.on_commit(_wake.set)
    return job


def claim_one() -> Job | None:
    """The next waiting job, or one whose worker let its lease expire; taken by a conditional update, so by one worker."""
    now = clock.now()
    give_up(now)
    free = Q(state=JobState.WAITING, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    for job in Job.objects.filter(free).order_by("id")[:5]:
        taken = Job.objects.filter(free, pk=job.pk, attempts=job.attempts).update(
            state=JobState.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def give_up(now: datetime) -> None:
    """Call a job failed whose worker has died with it as often as a job may be tried, so that it ends."""
    Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now, attempts__gte=MOST_ATTEMPTS).update(
        state=JobState.FAILED, message=_("后台进程多次中断，任务没有完成。"), finished_at=now, lease_until=None
    )


def run(job: Job) -> None:
    """Carry out one claimed job and store how it ended, unless another worker has taken it over since."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)

    def progress(done: int, total: int) -> None:
        mine.update(done=done, total=total, lease_until=clock.now() + LEASE)

    try:
        result = _work[job.name](job.payload, progress)
    except Exception as error:
        log.exception("job %s failed", job.code)
        again = job.attempts < MOST_ATTEMPTS
        mine.update(
            state=JobState.WAITING if again else JobState.FAILED,
            message=str(error)[:400],
            run_after=clock.now() + timedelta(seconds=10 * job.attempts),
            finished_at=None if again else clock.now(),
            lease_until=None,
        )
    else:
        mine.update(state=JobState.DONE, result=result, message="", finished_at=clock.now(), lease_until=None)


def work_once(*, first: bool = False) -> bool:
    """Run one job if there is one, then seal the audit log (the whole of it at *first*); says whether a job was run."""
    job = claim_one()
    if job is not None:
        run(job)
    audit.seal(everything=first)
    return job is not None


def work_forever(stop: threading.Event, pause_seconds: float = 2.0) -> None:
    """The worker's loop: until *stop* is set, run jobs as they come and keep the audit log sealed."""
    first = True
    while not stop.is_set():
        try:
            busy = work_once(first=first)
            first = False
        except Exception:
            log.exception("worker round failed")
            busy = False
        finally:
            close_old_connections()
        if not busy:
            _wake.wait(pause_seconds)
            _wake.clear()
