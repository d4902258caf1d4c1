"""Accepting candidates: what a document says becomes records through the rooms' own actions, or joins those on hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import DomainError, Invalid, NotVisible
from yinfeng.intake import policy
from yinfeng.intake.actions.documents import decided, pending_of
from yinfeng.intake.actions.making import Made, make
from yinfeng.intake.enums import CandidateKind, CandidateState, IntakeVerb
from yinfeng.intake.models import Candidate, Provenance, SourceDocument
from yinfeng.intake.queries.naming import load_names
from yinfeng.org.models import TaskForce
from yinfeng.projects.actions import add_name
from yinfeng.projects.models import Opportunity, Project
from yinfeng.targets.models import Target

ORDER = (
    CandidateKind.TASK_FORCE,
    CandidateKind.TARGET,
    CandidateKind.PROJECT,
    CandidateKind.GROUP,
    CandidateKind.RESULT,
)
RESULT_FIELDS = ("state", "result_type", "result_id", "result_code", "decided_by", "decided_at")
JOINABLE: dict[str, tuple[type[Project | Opportunity | TaskForce | Target], ...]] = {
    CandidateKind.PROJECT: (Project, Opportunity),
    CandidateKind.TASK_FORCE: (TaskForce,),
    CandidateKind.TARGET: (Target,),
}


@dataclass
class Decided:
    """What became of several candidates at once: those done, and those that could not be, each with its reason."""

    moment: datetime
    done: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, str]] = field(default_factory=list)


@action
def accept_candidate(*, actor: Actor, candidate_id: int, version: int | None = None) -> Candidate:
    """Make the record that a candidate stands for, with its provenance; sums and results stay facts of the document."""
    candidate = _pending(actor, candidate_id, version)
    return _accept(actor, candidate, clock.now())


@action
def accept_candidates(*, actor: Actor, document: SourceDocument, candidate_ids: Sequence[int]) -> Decided:
    """Accept many at once, task forces before targets before projects; one that cannot be accepted stops no other."""
    policy.can_decide(actor).require()
    rows = pending_of(actor, document, candidate_ids)
    outcome = Decided(clock.now())
    for candidate in sorted(rows, key=lambda row: (ORDER.index(CandidateKind(row.kind)), row.number)):
        try:
            outcome.done.append(_accept_one(actor=actor, candidate=candidate, moment=outcome.moment))
        except DomainError as error:
            outcome.refused.append((candidate, str(error.message)))
    if not outcome.done:
        unchanged()
    return outcome


@action
def _accept_one(*, actor: Actor, candidate: Candidate, moment: datetime) -> Candidate:
    """One of many: undone by itself when it fails."""
    return _accept(actor, candidate, moment)


def _pending(actor: Actor, candidate_id: int, version: int | None) -> Candidate:
    """A candidate on which nobody has decided, locked."""
    policy.can_decide(actor).require()
    candidate = lock(Candidate.objects.visible_to(actor), pk=candidate_id, version=version)
    if candidate.state != CandidateState.PENDING:
        raise Invalid(_("这条候选已经办理过：%(state)s。") % {"state": candidate.get_state_display()})
    return candidate


def _accept(actor: Actor, candidate: Candidate, moment: datetime) -> Candidate:
    made = make(actor, candidate)
    _settle(candidate, CandidateState.ACCEPTED, actor, moment, made.main)
    record(
        actor=actor,
        verb=IntakeVerb.CANDIDATE_ACCEPTED,
        target=candidate,
        root=candidate.document,
        after={"result": str(made.main or ""), "records": [f"{row.target_type}:{row.target_id}" for row in made.rows]},
    )
    return candidate


def _settle(
    candidate: Candidate, state: CandidateState, actor: Actor, moment: datetime, result: models.Model | None
) -> None:
    """Store what became of a candidate."""
    decided(candidate, state, actor, moment)
    candidate.result_type = result._meta.label_lower if result else ""
    candidate.result_id = result.pk if result else None
    candidate.result_code = getattr(result, "code", "") or ""
    store(candidate, *RESULT_FIELDS)


@action
def merge_candidate(
    *, actor: Actor, candidate_id: int, target_type: str, target_code: str, version: int | None = None
) -> Candidate:
    """Join a candidate to a record on hand: its names become other names there, its quotation a source.

    Nothing that the record says is overwritten.
    """
    candidate = _pending(actor, candidate_id, version)
    target = _joined(actor, candidate, target_type, target_code)
    if isinstance(target, Project):
        names = [candidate.values["name"], *candidate.values["aliases"]]
        known = {str(target), target.name, *target.names.values_list("name", flat=True)}
        for name in dict.fromkeys(name.strip() for name in names):
            if name and name not in known:
                add_name(actor=actor, project=target, name=name)
    made = Made(candidate, actor, load_names())
    made.note(target, made=False)
    Provenance.objects.bulk_create(made.rows)
    _settle(candidate, CandidateState.MERGED, actor, clock.now(), target)
    record(
        actor=actor,
        verb=IntakeVerb.CANDIDATE_MERGED,
        target=candidate,
        root=candidate.document,
        after={"into": str(target), "record": f"{target_type}:{target.pk}"},
    )
    return candidate


def _joined(actor: Actor, candidate: Candidate, target_type: str, target_code: str) -> models.Model:
    """The record to join, by its code or its full name, among those of the fitting kinds that the actor sees.

    Without a type every fitting kind is looked through; a name that several records bear names none of them.
    """
    fitting = [
        model for model in JOINABLE.get(candidate.kind, ()) if not target_type or model._meta.label_lower == target_type
    ]
    if not fitting:
        raise Invalid({"into": _("这类候选不能合并到所选的记录。")})
    for model in fitting:
        for key in ("code",) if model is Target else ("code", "name"):
            found: list[models.Model] = list(model.objects.visible_to(actor).filter(**{key: target_code})[:2])
            if len(found) == 1:
                return found[0]
    raise NotVisible
