"""A small year of a place: chains, units, targets, contracts, money, milestones — enough that every page has figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Role
from yinfeng.org.models import ReportingMonth, Unit
from yinfeng.org.tests.factories import make_user
from yinfeng.outreach.enums import ActivityKind
from yinfeng.projects.enums import AgreementKind, MilestoneKind, Stage, Status
from yinfeng.projects.models import Project
from yinfeng.targets.tests import factories as f


@dataclass
class Year:
    """What was made."""

    chains: list[Chain] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)


def make_year(chains: int = 3, projects: int = 2) -> Year:
    """Chains with targets, each with *projects* projects of a different fate; some money belongs to no chain."""
    f.make_place()
    year = Year()
    for number in range(chains):
        chain = f.make_chain(f"第{Chain.objects.count() + 1}链", number)
        unit = f.make_unit(f"第{Unit.objects.count() + 1}局")
        year.chains.append(chain)
        year.units.append(unit)
        f.make_target("signed_amount", "400000", chain=chain)
        f.make_target("funds_reported", "100000", chain=chain)
        f.make_target("big_projects", None, value_number="1", threshold_wan="100000", chain=chain)
        for turn in range(projects):
            year.projects.append(make_busy_project(chain, unit, turn))
    f.make_target("signed_amount", str(400000 * chains))
    f.make_target("signed_amount", "999", main=False, source="政府工作报告")
    f.make_target("funds_reported", str(100000 * chains))
    loose = f.make_project("未归链项目")
    f.make_agreement(loose, "5000.5", date(2025, 3, 1))
    f.make_funds(loose, "77.000001", date(2025, 4, 1))
    year.units.append(f.make_unit(f"清闲{Unit.objects.count()}局"))
    return year


def make_busy_project(chain: Chain, unit: Unit, turn: int) -> Project:
    """A project with a contract, a change, money, a verdict, milestones and a trip."""
    project = f.make_project(chain=chain, unit=unit, stage=Stage.CONSTRUCTION if turn % 2 else Stage.SIGNED)
    contract = f.make_agreement(project, "120000", date(2025, 2 + turn % 4, 10))
    f.make_agreement(project, "900000", kind=AgreementKind.FRAMEWORK)
    f.make_change(contract, "-20000.25", date(2025, 6, 20))
    entry = f.make_funds(project, "30000", date(2025, 5, 6))
    f.make_verification(entry, "29000")
    f.make_funds(project, "4000", date(2024, 5, 6))
    if turn % 2:
        f.make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 6, 2))
        f.make_status_change(project, Status.ACTIVE)
    f.make_activity(unit, ActivityKind.TRIP, date(2025, 6, 3), project=project)
    return project


def set_month(period: str, state: str) -> None:
    """Put a month into a state."""
    ReportingMonth.objects.update_or_create(period=period, defaults={"state": state})


def client_of(role: Role = Role.OFFICE, unit: Unit | None = None) -> Client:
    """A browser session of a new person."""
    client = Client()
    client.force_login(make_user(role, unit))
    return client
