"""Taking a decision on a candidate back, as long as nothing was built on what it made."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actions import action, record, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import DomainError, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.intake import policy
from yinfeng.intake.actions.accepting import ORDER, Decided
from yinfeng.intake.enums import CandidateKind, CandidateState, IntakeVerb
from yinfeng.intake.models import Candidate, Provenance, SourceDocument
from yinfeng.intake.queries.later import done_since
from yinfeng.org.actions import update_task_force
from yinfeng.org.enums import ForceUnitRole
from yinfeng.org.models import TaskForce
from yinfeng.projects.actions import withdraw_opportunity, withdraw_project
from yinfeng.projects.models import Opportunity, Project
from yinfeng.targets.actions import withdraw_target
from yinfeng.targets.models import Target

DECISIONS = (IntakeVerb.CANDIDATE_ACCEPTED, IntakeVerb.CANDIDATE_MERGED)
REASON = "恢复候选"


@action
def reopen_candidates(*, actor: Actor, document: SourceDocument, candidate_ids: Sequence[int]) -> Decided:
    """Make decided candidates pending again and withdraw what accepting them made, projects before task forces.

    Units, firms and chains that were set up on the way stay: others may use them already. One that cannot be taken
    back stops no other.
    """
    policy.can_decide(actor).require()
    wanted = set(candidate_ids)
    seen = Candidate.objects.visible_to(actor).filter(document=document).exclude(state=CandidateState.PENDING)
    found = [row for row in seen.values_list("pk", "kind", "number") if row[0] in wanted]
    outcome = Decided(clock.now())
    for key, _kind, _number in sorted(found, key=lambda row: (-ORDER.index(CandidateKind(row[1])), -row[2])):
        candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=key)
        try:
            outcome.done.append(_reopen(actor=actor, candidate=candidate))
        except DomainError as error:
            outcome.refused.append((candidate, str(error.message)))
    if not outcome.done:
        unchanged()
    return outcome


@action
def _reopen(*, actor: Actor, candidate: Candidate) -> Candidate:
    """One candidate; undone by itself when something was built on what it made."""
    before = candidate.get_state_display()
    rows = list(Provenance.objects.filter(candidate=candidate, withdrawn_at__isnull=True).order_by("-id"))
    since = _decided_at_entry(candidate)
    for row in rows:
        take_back = TAKERS.get(row.target_type)
        if row.made and take_back is not None:
            take_back(actor, row.target_id, since)
    Provenance.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=clock.now())
    candidate.state = CandidateState.PENDING
    candidate.result_type, candidate.result_id, candidate.result_code = "", None, ""
    candidate.decided_by, candidate.decided_at = "", None
    candidate.version += 1
    candidate.save(
        update_fields=["state", "result_type", "result_id", "result_code", "decided_by", "decided_at", "version"]
    )
    record(
        actor=actor,
        verb=IntakeVerb.CANDIDATE_REOPENED,
        target=candidate,
        root=candidate.document,
        before={"state": str(before)},
        after={"state": str(candidate.get_state_display())},
    )
    return candidate


def _decided_at_entry(candidate: Candidate) -> int:
    """The place in the log where this candidate was last decided on."""
    entries = AuditEntry.objects.filter(target_type="intake.candidate", target_id=candidate.pk, verb__in=DECISIONS)
    return entries.aggregate(last=Max("id"))["last"] or 0


def refuse_built_on(record_type: str, record_id: int, since: int, label: str) -> None:
    """Refuse when the log tells of anything done to or under a record since it was made."""
    if done_since(record_type, [record_id], since) is not None:
        raise Refused(_("“%(label)s”入库后已有新的登记，不能直接恢复；请先到该记录办理。") % {"label": label})


def _take_project(actor: Actor, key: int, since: int) -> None:
    project = Project.objects.get(pk=key)
    if project.withdrawn_at is None:
        refuse_built_on("projects.project", key, since, str(project))
        withdraw_project(actor=actor, project=project, reason=REASON)


def _take_opportunity(actor: Actor, key: int, since: int) -> None:
    opportunity = Opportunity.objects.get(pk=key)
    if opportunity.withdrawn_at is None:
        refuse_built_on("projects.opportunity", key, since, str(opportunity))
        withdraw_opportunity(actor=actor, opportunity=opportunity, reason=REASON)


def _take_target(actor: Actor, key: int, since: int) -> None:
    target = Target.objects.get(pk=key)
    if target.withdrawn_at is None:
        refuse_built_on("targets.target", key, since, target.wording or str(target))
        withdraw_target(actor=actor, target_id=key, reason=REASON)


def _take_force(actor: Actor, key: int, since: int) -> None:
    """Put a task force to rest, unless projects hang on its chain."""
    force = TaskForce.objects.get(pk=key)
    refuse_built_on("org.taskforce", key, since, str(force))
    chain = Chain.objects.filter(task_force=force).first()
    if chain is not None and (
        Project.objects.filter(chain=chain, withdrawn_at__isnull=True).exists()
        or Opportunity.objects.filter(chain=chain, withdrawn_at__isnull=True).exists()
    ):
        raise Refused(_("“%(label)s”的产业链下已有项目，不能直接恢复。") % {"label": force})
    parts = list(force.units.select_related("unit"))
    update_task_force(
        actor=actor,
        task_force_id=key,
        version=force.version,
        name=force.name,
        short_name=force.short_name,
        posts=[(post.role, post.post) for post in force.posts.all()],
        lead_units=[part.unit for part in parts if part.role == ForceUnitRole.LEAD],
        support_units=[part.unit for part in parts if part.role == ForceUnitRole.SUPPORT],
        duties=force.duties,
        position=force.position,
        active=False,
    )


Taker = Callable[[Actor, int, int], None]
TAKERS: Mapping[str, Taker] = {
    "projects.project": _take_project,
    "projects.opportunity": _take_opportunity,
    "targets.target": _take_target,
    "org.taskforce": _take_force,
}
