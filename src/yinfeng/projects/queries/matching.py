"""Projects and opportunities that may be the same undertaking. Sees everything: a duplicate is a duplicate
whoever looks, and what it reveals is only that something like it is on record."""

from collections.abc import Iterable

from yinfeng.core import search
from yinfeng.core.names import normalise_company, normalise_project, phase_of, similarity
from yinfeng.enterprises.models import Enterprise
from yinfeng.projects.models import Opportunity, Party, Project, ProjectName
from yinfeng.projects.values import Match

SAME_NAME = "same_name"
SAME_INVESTOR = "same_investor"
SIMILAR = "similar"
LIKE_ENOUGH = 0.72
LOOKED_AT = 40


def candidates_like(name: str, enterprise_name: str = "") -> list[Match]:
    """What is on record that may be the same as *name* by *enterprise_name*, best first, at most ten.

    The reason is ``same_name``, ``same_investor`` (similar name too) or ``similar``. Another phase is never the same.
    """
    key, phase = normalise_project(name), phase_of(name)
    if not key:
        return []
    firms = firm_ids(enterprise_name)
    investors = _investors_of(rows := _projects_near(key, firms))
    found = [_judge(project, key, firms, investors.get(project.pk, set())) for project in rows]
    found += [
        Match("projects.opportunity", row.pk, row.code, row.name, _reason(row.name_key, key, same=False), score)
        for row in _opportunities_near(key)
        if (score := similarity(row.name_key, key)) >= LIKE_ENOUGH
    ]
    kept = [match for match in found if match.score >= LIKE_ENOUGH and _same_phase(match.label, phase)]
    return sorted(kept, key=lambda match: (-match.score, match.label))[:10]


def firm_ids(name: str) -> set[int]:
    """The firms on record that go by a name or an alias."""
    key = normalise_company(name) if name else ""
    if not key:
        return set()
    rows = Enterprise.objects.filter(name_key=key) | Enterprise.objects.filter(aliases__name_key=key)
    return set(rows.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))


def _projects_near(key: str, firms: set[int]) -> list[Project]:
    """Projects with the same key, of the same firms, or sharing the key's words."""
    alive = Project.objects.filter(withdrawn_at__isnull=True, merged_into__isnull=True)
    named = ProjectName.objects.filter(name_key=key).values("project_id")
    rows = {project.pk: project for project in alive.filter(name_key=key)[:LOOKED_AT]}
    rows |= {project.pk: project for project in alive.filter(pk__in=named)[:LOOKED_AT]}
    if firms:
        of_firms = Party.objects.filter(enterprise_id__in=firms).values("project_id")
        rows |= {project.pk: project for project in alive.filter(pk__in=of_firms)[:LOOKED_AT]}
    if (worded := search.matching("project", key)) is not None:
        rows |= {project.pk: project for project in alive.filter(pk__in=worded)[:LOOKED_AT]}
    return list(rows.values())


def _opportunities_near(key: str) -> list[Opportunity]:
    alive = Opportunity.objects.filter(withdrawn_at__isnull=True)
    rows = {row.pk: row for row in alive.filter(name_key=key)[:LOOKED_AT]}
    if (worded := search.matching("opportunity", key)) is not None:
        rows |= {row.pk: row for row in alive.filter(pk__in=worded)[:LOOKED_AT]}
    return list(rows.values())


def _investors_of(projects: Iterable[Project]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Party.objects.filter(project__in=[project.pk for project in projects], to_on__isnull=True)
    for project, firm in rows.values_list("project_id", "enterprise_id"):
        found.setdefault(project, set()).add(firm)
    return found


def _judge(project: Project, key: str, firms: set[int], own: set[int]) -> Match:
    """How alike one project is; another known investor speaks against it, the same one for it."""
    alike = similarity(project.name_key, key)
    same = bool(firms & own)
    if same:
        alike = min(1.0, alike + 0.15)
    elif firms and own:
        alike *= 0.7
    label = str(project)
    return Match("projects.project", project.pk, project.code, label, _reason(project.name_key, key, same=same), alike)


def _reason(known: str, key: str, *, same: bool) -> str:
    if same:
        return SAME_INVESTOR
    return SAME_NAME if known == key else SIMILAR


def _same_phase(label: str, phase: int | None) -> bool:
    other = phase_of(label)
    return phase is None or other is None or phase == other


def looks_registered(project: Project, firms: set[int]) -> bool:
    """Whether a new project should wait for a duplicate verdict: the same name, and no other investor is known."""
    rows = list(
        Project.objects.filter(name_key=project.name_key, withdrawn_at__isnull=True, merged_into__isnull=True).exclude(
            pk=project.pk
        )[:LOOKED_AT]
    )
    if not rows:
        return False
    investors = _investors_of(rows) if firms else {}
    phase = phase_of(str(project))
    return any(
        _same_phase(str(row), phase)
        and row.pk != project.parent_id
        and (not project.parent_id or row.parent_id != project.parent_id)
        and (not firms or not investors.get(row.pk) or bool(firms & investors[row.pk]))
        for row in rows
    )
