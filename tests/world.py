"""A small place with something in every room, twice: once in the cast's own unit, once in a stranger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yinfeng.core.actor import Actor, Role
from yinfeng.core.evidence import attach
from yinfeng.core.period import Period
from yinfeng.enterprises.models import Enterprise
from yinfeng.intake.tests.factories import read_ledger, read_plan
from yinfeng.ledger.tests.factories import claim, make_entry
from yinfeng.org.enums import Breadth, PeriodState
from yinfeng.org.models import ReportingMonth, Unit, User
from yinfeng.org.scope import actor_for
from yinfeng.org.tests.factories import SYSTEM, actor, make_place, make_task_force, make_unit, make_user
from yinfeng.outreach.tests.factories import make_activity
from yinfeng.projects.models import GateOutcome, Milestone, Project
from yinfeng.projects.tests.factories import (
    make_agreement,
    make_chain,
    make_enterprise,
    make_milestone,
    make_opportunity,
    make_party,
    make_project,
    make_view,
)
from yinfeng.reports.actions import draft_report, issue_report
from yinfeng.reports.models import Report
from yinfeng.submissions.actions import report_month, write_note
from yinfeng.targets.tests.factories import make_target

TODAY = date(2025, 3, 20)
ROLES = tuple(Role)
OWN, FOREIGN = "own", "foreign"
PDF = b"%PDF-1.4 something"


@dataclass
class Side:
    """One unit's records, by the name under which addresses ask for them."""

    unit: Unit
    project: Project
    values: dict[str, dict[str, Any]]


@dataclass
class World:
    """Both sides, the cast, and what belongs to nobody in particular."""

    own: Side
    foreign: Side
    cast: dict[str, User]
    common: dict[str, dict[str, Any]]

    def arguments(self, name: str, side: str) -> dict[str, Any] | None:
        """The arguments of an address for one side; ``None`` where the address names nothing of that side."""
        values = (self.own if side == OWN else self.foreign).values
        if name in values:
            return values[name]
        return self.common.get(name, {}) if side == OWN else None


def make_world() -> World:
    """Build the place; call it with the clock on ``TODAY``."""
    make_place()
    force = make_task_force()
    chain = make_chain("测试产业链", task_force=force)
    units = {side: make_unit(f"{side}单位") for side in (OWN, FOREIGN)}
    cast = {role.value: make_user(role, units[OWN], Breadth.BELOW) for role in ROLES}
    sides = {
        OWN: make_side(units[OWN], actor_for(cast["officer"])),
        FOREIGN: make_side(units[FOREIGN], actor(Role.OFFICER, units[FOREIGN])),
    }
    firm = make_enterprise("公共企业有限公司")
    target = make_target()
    report = issued_report()
    opportunity = make_opportunity()
    common = {
        "org:unit": {"code": units[OWN].code},
        "org:unit_edit": {"code": units[OWN].code},
        "org:task_force": {"code": force.code},
        "org:task_force_edit": {"code": force.code},
        **{name: {"code": cast["officer"].code} for name in PERSON_DOORS},
        "enterprises:detail": {"code": firm.code},
        "enterprises:edit": {"code": firm.code},
        "enterprises:alias_create": {"code": firm.code},
        "chains:detail": {"code": chain.code},
        "chains:edit": {"code": chain.code},
        "chains:master_create": {"code": chain.code},
        "chains:master_remove": {"code": chain.code, "enterprise_code": firm.code},
        **{name: {"code": opportunity.code} for name in OPPORTUNITY_DOORS},
        **{name: {"code": target.code} for name in TARGET_DOORS},
        **{name: {"code": report.code} for name in REPORT_DOORS},
        "reports:figure": {"code": report.code, "key": report.figures.order_by("id")[0].key},
        "targets:figure": {"metric": "signed_amount"},
        "submissions:move_month": {"period": "2025-03", "to": "estimate"},
    }
    return World(sides[OWN], sides[FOREIGN], cast, common)


PERSON_DOORS = (
    "org:user",
    "org:user_edit",
    "org:user_password",
    "org:membership_create",
    "org:membership_end",
    "org:grant_create",
    "org:grant_end",
)
OPPORTUNITY_DOORS = (
    "projects:opportunity",
    "projects:edit_opportunity",
    "projects:take_up",
    "projects:withdraw_opportunity",
)
TARGET_DOORS = ("targets:detail", "targets:edit", "targets:withdraw")
REPORT_DOORS = ("reports:detail", "reports:edit", "reports:redraft", "reports:issue", "reports:document")
PROJECT_DOORS = (
    "detail",
    "edit",
    "place",
    "status",
    "withdraw",
    "judge",
    "add_phase",
    "milestone",
    "move",
    "confirm_stage",
    "add_party",
    "add_agreement",
    "add_file",
    "add_decision",
    "add_name",
    "plan",
)
ENTRY_DOORS = ("detail", "edit", "correct", "withdraw", "add_voucher", "verify")
DOCUMENT_DOORS = ("document", "bulk", "undo")
CANDIDATE_DOORS = ("accept", "drop", "reopen", "edit", "merge")
BATCH_DOORS = ("batch", "mapping", "skip_doubtful", "commit", "withdraw", "annotated")


def issued_report() -> Report:
    """A report of the month before, issued, so that everybody may read it."""
    ReportingMonth.objects.create(period="2025-02", state=PeriodState.ESTIMATE)
    draft = draft_report(actor=SYSTEM, period=Period.parse("2025-02"))
    return issue_report(actor=SYSTEM, report_id=draft.pk, version=draft.version)


def make_side(unit: Unit, author: Actor) -> Side:
    """A project with everything a project can have, and what its unit reports and reads in."""
    firm: Enterprise = make_enterprise()
    project = make_project(actor=author, unit=unit)
    make_party(project, firm)
    make_milestone(project, occurred_on=date(2025, 3, 5))
    agreement = make_agreement(project, signed_on=date(2025, 3, 6))
    entry = make_entry(project, "100", date(2025, 3, 7), vouchers=[claim()])
    activity = make_activity(unit=unit, project=project)
    write_note(actor=SYSTEM, project=project, period="2025-03", text="进展")
    sent = report_month(actor=SYSTEM, unit=unit, period="2025-02")
    file = attach(actor=SYSTEM, owner=project, content=PDF, name="说明.pdf")
    view = make_view(author)
    document = read_plan(author, title=f"{unit.name}方案")
    batch = read_ledger(author, filename=f"{unit.name}.xlsx")
    milestone = Milestone.objects.filter(project=project, kind="contract_signed").get()
    outcome = GateOutcome.objects.filter(project=project).order_by("id")[0]
    code = {"code": project.code}
    row = batch.rows.order_by("id").first()
    assert row is not None
    values = {
        **{f"projects:{name}": code for name in PROJECT_DOORS},
        "projects:outcome": code | {"milestone": outcome.milestone, "requirement": outcome.requirement},
        "projects:end_party": code | {"firm": firm.code},
        "projects:withdraw_milestone": {"code": milestone.code},
        "projects:change_agreement": {"code": agreement.code},
        "projects:withdraw_agreement": {"code": agreement.code},
        "projects:delete_view": {"code": view.code},
        **{f"outreach:{name}": {"code": activity.code} for name in ("detail", "edit", "withdraw")},
        **{f"ledger:{name}": {"code": entry.code} for name in ENTRY_DOORS},
        **{f"submissions:{name}": {"code": sent.code} for name in ("detail", "accept", "return", "stamped")},
        "submissions:report": {"code": unit.code},
        "evidence": {"code": file.code},
        **{f"intake:{name}": {"code": document.code} for name in DOCUMENT_DOORS},
        **{f"intake:{name}": {"code": document.code, "number": 1} for name in CANDIDATE_DOORS},
        **{f"intake:{name}": {"code": batch.code} for name in BATCH_DOORS},
        **{f"intake:{name}": {"code": batch.code, "sheet": 1, "row": row.row} for name in ("row", "skip")},
    }
    return Side(unit, project, values)
