"""What the records on hand say about a workbook's rows: known projects, units, chains, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yinfeng.chains.models import Chain
from yinfeng.chains.queries import chain_named
from yinfeng.core.actor import Actor, Role
from yinfeng.core.names import normalise_project
from yinfeng.intake.enums import RowProblem, RowState
from yinfeng.intake.ledgers import HARD, RowRead, amount, blocking, day_of, funds_wanted
from yinfeng.intake.models import BatchRow
from yinfeng.intake.queries.naming import Names, load_names, projects_named
from yinfeng.org.models import Unit
from yinfeng.projects.enums import STAGE_RANK, Stage
from yinfeng.projects.models import Project

DATES = {"signed_on": Stage.SIGNED, "start_on": Stage.CONSTRUCTION}


@dataclass
class Judge:
    """Everything rows are judged by, loaded once for a whole workbook."""

    actor: Actor
    kind: str
    today: date
    names: Names
    known: dict[str, list[Project]] = field(default_factory=dict)
    seen: frozenset[int] | None = None
    chains: dict[str, Chain | None] = field(default_factory=dict)

    def chain(self, text: str) -> Chain | None:
        """The chain a cell names."""
        if text not in self.chains:
            self.chains[text] = chain_named(text)
        return self.chains[text]

    def unit(self, values: dict[str, Any]) -> Unit | None:
        """The unit that answers for a row."""
        return self.names.unit(str(values.get("lead_unit") or values.get("team") or ""))

    def project(self, name: str) -> Project | None:
        """The one project on record by this name: a single match, or the only one of exactly this name."""
        found = self.known.get(normalise_project(name), [])
        if len(found) == 1:
            return found[0]
        exact = [project for project in found if project.name == name]
        return exact[0] if len(exact) == 1 else None

    def may_use(self, unit: Unit | None) -> bool:
        """Whether the actor may commit for this unit: the office for all, a reporter for its own."""
        if self.actor.has(Role.OFFICE, Role.ADMIN) or unit is None or self.actor.covers is None:
            return True
        return unit.pk in self.actor.unit_ids or unit.node_id in self.actor.covers


def judge_for(actor: Actor, kind: str, names: Sequence[str], today: date) -> Judge:
    """What a workbook's rows are judged by."""
    known = projects_named(names) if kind in {"projects", "funds"} else {}
    seen: frozenset[int] | None = None
    if not actor.sees_all:
        keys = [project.pk for found in known.values() for project in found]
        rows: QuerySet[Project] = Project.objects.visible_to(actor).filter(pk__in=keys)
        seen = frozenset(rows.values_list("pk", flat=True))
    return Judge(actor, kind, today, load_names(), known, seen)


def judge(rows: Sequence[RowRead], by: Judge) -> None:
    """Add to each row what only the records on hand can tell."""
    before: RowRead | None = None
    for row in rows:
        found = list(PROBLEMS[by.kind](row, by)) if by.kind in PROBLEMS else []
        if by.kind == "projects" and continues(row, before):
            found = [RowProblem.CONTINUES]
            row.problems = [said for said in row.problems if said["code"] != "duplicate_name"]
        row.problems += [{"code": code, "column": "", "field": ""} for code in found]
        before = row


def continues(row: RowRead, before: RowRead | None) -> bool:
    """Whether a row is a second investor of the project above: same name, its amounts merged down from there."""
    return (
        before is not None
        and before.sheet_no == row.sheet_no
        and bool(row.values.get("name"))
        and row.values.get("name") == before.values.get("name")
        and any(said["code"] == "merged_amount" for said in row.problems)
    )


def _of_project(row: RowRead, by: Judge) -> list[str]:
    values, found = row.values, []
    name = str(values.get("name") or "")
    if name and by.known.get(normalise_project(name)):
        found.append(RowProblem.ON_RECORD)
    if values.get("chain") and by.chain(str(values["chain"])) is None:
        found.append(RowProblem.CHAIN_NOT_FOUND)
    unit = by.unit(values)
    if values.get("lead_unit") and unit is None:
        found.append(RowProblem.UNIT_NOT_FOUND)
    if not by.may_use(unit):
        found.append(RowProblem.OUT_OF_SCOPE)
    if any(values.get(key) and day_of(values[key]) is None for key in DATES):
        found.append(RowProblem.DATE_INCOMPLETE)
    if behind(values, by.today):
        found.append(RowProblem.STAGE_BEHIND)
    told = amount(values.get("year_funds_wan")) or amount(values.get("month_funds_wan"))
    if told and not funds_wanted(by.kind, values, row.context, by.today):
        found.append(RowProblem.NO_DAY)
    return [str(code) for code in found]


def behind(values: dict[str, Any], today: date) -> bool:
    """Whether a past signing or start contradicts an earlier stage."""
    stage = values.get("stage")
    if stage not in STAGE_RANK:
        return False
    return any(
        (day := day_of(values.get(key))) is not None and day <= today and STAGE_RANK[Stage(stage)] < STAGE_RANK[least]
        for key, least in DATES.items()
    )


def _of_funds(row: RowRead, by: Judge) -> list[str]:
    values = row.values
    project = by.project(str(values.get("name") or ""))
    found = []
    if project is None:
        found.append(RowProblem.PROJECT_NOT_FOUND)
    elif by.seen is not None and project.pk not in by.seen:
        found.append(RowProblem.OUT_OF_SCOPE)
    if not funds_wanted(by.kind, values, row.context, by.today):
        found.append(RowProblem.NO_FUNDS)
    return [str(code) for code in found]


def _of_trip(row: RowRead, by: Judge) -> list[str]:
    found = []
    if day_of(row.values.get("trip_start_on")) is None:
        found.append(RowProblem.NO_DAY)
    unit = by.unit(row.values)
    if unit is None:
        found.append(RowProblem.UNIT_NOT_FOUND)
    elif not by.may_use(unit):
        found.append(RowProblem.OUT_OF_SCOPE)
    return [str(code) for code in found]


PROBLEMS = {"projects": _of_project, "funds": _of_funds, "trips": _of_trip}


def state_of(kind: str, row: BatchRow) -> RowState:
    """Whether a row can be committed as it stands."""
    if row.state == RowState.SKIPPED:
        return RowState.SKIPPED
    codes = {problem["code"] for problem in row.problems}
    if codes & HARD:
        return RowState.DOUBTFUL
    if not row.settled and any(blocking(kind, problem) for problem in row.problems):
        return RowState.DOUBTFUL
    return RowState.READY


def matched(row: BatchRow, by: Judge) -> None:
    """Note the project on record that a row speaks of."""
    found = by.known.get(normalise_project(str(row.values.get("name") or "")), [])
    project = by.project(str(row.values.get("name") or "")) or (found[0] if found else None)
    visible = project is not None and (by.seen is None or project.pk in by.seen)
    row.match_type = "projects.project" if project else ""
    row.match_id = project.pk if project else None
    row.match_code = project.code if project and visible else ""
    row.match_label = str(project)[:240] if project and visible else ""
