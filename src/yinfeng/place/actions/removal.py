"""Removing 演示数据: the one thing that can be deleted, by its own action."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext as _

from yinfeng.core.actions import action, record
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import Evidence
from yinfeng.enterprises.models import Enterprise
from yinfeng.ledger.models import FundEntry, Verification, Voucher, VoucherUse
from yinfeng.org.models import Place, ReportingMonth
from yinfeng.outreach.models import Activity
from yinfeng.place.enums import PlaceVerb
from yinfeng.projects.actions.milestones import settle_stage
from yinfeng.projects.models import (
    Agreement,
    AgreementChange,
    Decision,
    Milestone,
    Opportunity,
    Party,
    Project,
    StatusChange,
)
from yinfeng.reports.models import Report, ReportFigure
from yinfeng.submissions.models import ProgressNote, Submission

# In the order in which nothing still refers to what goes.
DEMO_FACTS: Sequence[type[models.Model]] = (
    VoucherUse,
    Voucher,
    Verification,
    FundEntry,
    AgreementChange,
    Agreement,
    Milestone,
    StatusChange,
    Decision,
    Party,
    Activity,
    ProgressNote,
    Submission,
    Evidence,
    Opportunity,
    Project,
    Enterprise,
)


@action
def remove_demo(*, actor: Actor) -> dict[str, int]:
    """Delete every simulated fact and let the place stand on its real day again; says how many of each kind went.

    Months that the simulation closed are open again, stages follow from what remains. Facts that people entered
    themselves stay, and so does the audit log.
    """
    if not actor.has(Role.ADMIN):
        raise Refused(_("只有管理员可以清除演示数据。"))
    place = Place.objects.select_for_update().first()
    if place is None or not place.has_demo:
        raise Invalid(_("没有演示数据。"))
    touched = set(Milestone.objects.filter(demo=True).values_list("project_id", flat=True))
    touched |= set(Agreement.objects.filter(demo=True).values_list("project_id", flat=True))
    removed = {}
    ReportFigure.objects.filter(report__has_demo=True).delete()
    removed["reports.report"] = Report.objects.filter(has_demo=True).delete()[0]
    _keep_what_people_built_on()
    for model in DEMO_FACTS:
        count, _details = model._default_manager.filter(demo=True).delete()
        if count:
            removed[model._meta.label_lower] = count
    removed["org.reportingmonth"] = ReportingMonth.objects.filter(period__startswith=f"{place.year}-").delete()[0]
    for project in Project.objects.filter(pk__in=touched):
        settle_stage(project)
    place.has_demo, place.demo_today = False, None
    place.save(update_fields=["has_demo", "demo_today"])
    record(actor=actor, verb=PlaceVerb.DEMO_REMOVED, target=place, after=removed)
    return removed


def _keep_what_people_built_on() -> None:
    """A real correction or agreement that refers to a simulated one goes with it: it corrects something that never was."""
    FundEntry.objects.filter(corrects__demo=True).update(demo=True)
    Agreement.objects.filter(parent__demo=True).update(demo=True)
    simulated = FundEntry.objects.filter(demo=True)
    VoucherUse.objects.filter(entry__in=simulated).update(demo=True)
    VoucherUse.objects.filter(voucher__demo=True).update(demo=True)
    Verification.objects.filter(entry__in=simulated).update(demo=True)
    AgreementChange.objects.filter(agreement__demo=True).update(demo=True)
