"""The second door: every write of the product is an action, and every action leaves an audit entry."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import IntegrityError, models, transaction

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, DoubleSubmit, NothingAudited, NotVisible
from yinfeng.core.models import AuditEntry, Gesture, plain

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


@dataclass
class Recording:
    """What the running action has written to the audit log so far."""

    actor: Actor
    entries: list[AuditEntry] = field(default_factory=list)
    unchanged: bool = False

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """One inner action: it must leave an entry of its own, and leaves none when it fails."""
        kept, before = len(self.entries), self.unchanged
        self.unchanged = False
        try:
            yield
            self.require_entry(name, kept)
        except BaseException:
            del self.entries[kept:]
            self.unchanged = before
            raise
        self.unchanged = self.unchanged or before

    def require_entry(self, name: str, kept: int = 0) -> None:
        """Fail when an action recorded nothing and did not say that it changed nothing."""
        if len(self.entries) == kept and not self.unchanged:
            raise NothingAudited(f"{name} wrote no audit entry")


_running: ContextVar[Recording | None] = ContextVar("running_action", default=None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make *function* the one way to carry out a change.

    It must be called with ``actor=``; it runs in one transaction; it fails when nothing was audited. The same click
    arriving twice is refused with ``DoubleSubmit``. An action called by another one joins it; when it fails and the
    outer one carries on, neither its writes nor its entries stay.
    """

    @wraps(function)
    def carried_out(*args: P.args, **kwargs: P.kwargs) -> R:
        actor = kwargs.get("actor")
        if not isinstance(actor, Actor):
            raise TypeError(f"{function.__name__} needs actor=")
        outer = _running.get()
        if outer is not None:
            with transaction.atomic(), outer.part(function.__qualname__):
                return function(*args, **kwargs)
        recording = Recording(actor)
        token = _running.set(recording)
        try:
            with transaction.atomic():
                claimed = claim(actor) if actor.gesture else None
                result = function(*args, **kwargs)
                write_down(function.__qualname__, recording, claimed)
        finally:
            _running.reset(token)
        return result

    setattr(carried_out, "is_action", True)  # noqa: B010 - mypy knows no such attribute on a callable
    return carried_out


def claim(actor: Actor) -> Gesture:
    """Reserve the actor's click; a second arrival waits for the first and is then refused.

    A click belongs to the person who made it: somebody else's equal key is another click.
    """
    key = f"{actor.user_id or 0}:{actor.gesture}"[: Gesture.KEY_LENGTH]
    try:
        with transaction.atomic():
            return Gesture.objects.create(key=key, target_type="", target_code="", at=clock.now())
    except IntegrityError:
        done = Gesture.objects.get(key=key)
        raise DoubleSubmit(done.target_type, done.target_code) from None


def write_down(name: str, recording: Recording, claimed: Gesture | None) -> None:
    """Store the entries of a finished action, and remember what its click led to."""
    recording.require_entry(name)
    AuditEntry.objects.bulk_create(recording.entries, batch_size=500)
    if claimed is not None and recording.entries:
        first = recording.entries[0]
        claimed.target_type, claimed.target_code = first.target_type, first.target_code
        claimed.save(update_fields=["target_type", "target_code"])


class Versioned(Protocol):
    """A record that two people may edit: it counts its versions."""

    pk: Any
    version: int

    def save(self, *, update_fields: list[str]) -> None:
        """Store the named fields."""


def lock(rows: models.QuerySet[M], *, pk: int, version: int | None = None) -> M:
    """The row with *pk* among *rows* (already limited to what the actor sees), locked and at the expected version.

    Raises ``NotVisible`` when it is not there, ``Conflict`` when somebody changed it since it was shown.
    """
    found = rows.order_by().filter(pk=pk).values_list("pk", flat=True).first()
    if found is None:
        raise NotVisible
    record = rows.model._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if record is None:
        raise NotVisible
    if version is not None and cast(Versioned, record).version != version:
        raise Conflict(record)
    return record


def store(record: models.Model, *fields: str) -> None:
    """Save the named fields of a locked record and count its version up."""
    versioned = cast(Versioned, record)
    versioned.version += 1
    versioned.save(update_fields=[*fields, "version"])


def record(
    *,
    actor: Actor,
    verb: str,
    target: models.Model,
    root: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    note: str = "",
) -> None:
    """Put one entry on the running action's list; outside an action this is an error.

    *root* is the record on whose page the entry should also appear (the project of a fund entry, say).
    """
    running = _running.get()
    if running is None:
        raise NothingAudited(f"{verb} was recorded outside an action")
    running.entries.append(
        AuditEntry(
            at=clock.now(),
            actor_id=actor.user_id,
            actor_label=actor.label,
            source=actor.source,
            address=actor.address,
            verb=str(verb),
            target_type=target._meta.label_lower,
            target_id=target.pk,
            target_code=getattr(target, "code", "") or "",
            target_label=str(target)[:240],
            root_type=root._meta.label_lower if root else "",
            root_id=root.pk if root else None,
            before=plain(before or {}),
            after=plain(after or {}),
            note=note,
            gesture=actor.gesture,
        )
    )


def record_event(*, actor: Actor, verb: str, label: str, after: dict[str, Any] | None = None) -> None:
    """Put an entry on the list that speaks of no single record: an export, a login."""
    running = _running.get()
    if running is None:
        raise NothingAudited(f"{verb} was recorded outside an action")
    running.entries.append(
        AuditEntry(
            at=clock.now(),
            actor_id=actor.user_id,
            actor_label=actor.label,
            source=actor.source,
            address=actor.address,
            verb=str(verb),
            target_type="",
            target_label=label[:240],
            after=plain(after or {}),
            gesture=actor.gesture,
        )
    )


def unchanged() -> None:
    """Say that the running action rightly changed nothing."""
    running = _running.get()
    if running is None:
        raise NothingAudited("unchanged() was said outside an action")
    running.unchanged = True
