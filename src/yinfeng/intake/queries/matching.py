"""What a candidate seems to be on record already."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from yinfeng.chains.models import Chain
from yinfeng.chains.queries import chain_named
from yinfeng.core.names import similarity
from yinfeng.intake.enums import CandidateKind, MatchReason
from yinfeng.org.models import TaskForce
from yinfeng.projects.queries import candidates_like
from yinfeng.targets.models import Target


@dataclass(frozen=True, slots=True)
class Like:
    """A record that may be the same, and why."""

    type: str
    id: int
    code: str
    label: str
    reason: str


def likes(kind: str, values: Mapping[str, Any]) -> list[Like]:
    """What is on record that may be the same as a candidate, best first."""
    if kind == CandidateKind.PROJECT:
        found = candidates_like(str(values.get("name", "")), str(values.get("enterprise", "")))
        return [Like(match.type, match.id, match.code, match.label, match.reason) for match in found]
    if kind == CandidateKind.TASK_FORCE:
        return _forces_like(str(values.get("name", "")), str(values.get("chain", "")))
    return _targets_like(values) if kind == CandidateKind.TARGET else []


def _forces_like(name: str, chain_name: str) -> list[Like]:
    """The task force of that name, and that of the chain."""
    found: dict[int, Like] = {}
    for force in TaskForce.objects.filter(active=True):
        if force.name == name:
            found[force.pk] = Like("org.taskforce", force.pk, force.code, force.name, MatchReason.SAME_NAME)
        elif similarity(force.name, name) >= 0.9:
            found[force.pk] = Like("org.taskforce", force.pk, force.code, force.name, MatchReason.SIMILAR)
    chain = chain_named(chain_name) if chain_name else None
    if chain is not None and chain.task_force is not None and chain.task_force.active:
        force = chain.task_force
        found.setdefault(force.pk, Like("org.taskforce", force.pk, force.code, force.name, MatchReason.SIMILAR))
    return sorted(found.values(), key=lambda like: like.reason != MatchReason.SAME_NAME)


def _targets_like(values: Mapping[str, Any]) -> list[Like]:
    """The same target from the same document."""
    metric, period = str(values.get("metric", "")), str(values.get("period", ""))
    if not metric or not period:
        return []
    rows = Target.objects.filter(
        metric=metric,
        period=period[:7],
        chain=scope_chain(str(values.get("scope", ""))),
        withdrawn_at__isnull=True,
        source_title=str(values.get("source_title", ""))[:200],
    )
    wanted = decimal_of(values.get("value"))
    threshold = decimal_of(values.get("threshold_wan"))
    same = [
        row
        for row in rows
        if wanted in {row.value_wan, row.value_number} and (metric != "big_projects" or row.threshold_wan == threshold)
    ]
    return [Like("targets.target", row.pk, row.code, str(row), MatchReason.SAME_TARGET) for row in same]


def scope_chain(scope: str) -> Chain | None:
    """The chain a target is for; none when it is for the place, or for something that is no chain."""
    return chain_named(scope) if scope else None


def decimal_of(text: Any) -> Decimal | None:
    """An exact number out of a value's text; nothing for anything else.

    >>> decimal_of("14800"), decimal_of(""), decimal_of("约5")
    (Decimal('14800'), None, None)
    """
    try:
        number = Decimal(str(text).strip()) if text not in (None, "") else None
    except InvalidOperation:
        return None
    return number if number is None or number.is_finite() else None
