"""What waits on somebody's desk: duplicates to judge, debts falling due; and what the top search finds."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core import clock, search
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Hit, TodayItem
from yinfeng.projects import policy
from yinfeng.projects.models import GateOutcome, Opportunity, Project
from yinfeng.projects.queries.listing import ProjectFilter, projects_matching
from yinfeng.projects.queries.rows import NEAR_DAYS, open_debts

SOON = timedelta(days=NEAR_DAYS)


def today_items(actor: Actor) -> list[TodayItem]:
    """Duplicates and doubtful stages for the office, debts overdue or soon due for everybody who sees the project."""
    address = reverse("projects:list")
    waiting = GateOutcome.objects.visible_to(actor).filter(pk__in=open_debts())
    today = clock.today()
    late = waiting.filter(due_on__lt=today).values("project").distinct().count()
    soon = waiting.filter(due_on__range=(today, today + SOON)).values("project").distinct().count()
    items = [
        TodayItem("debts_late", _("欠项超期的项目"), f"{address}?owed=late", late, urgent=late > 0),
        TodayItem("debts_soon", _("欠项 5 日内到期的项目"), f"{address}?owed=open", soon),
    ]
    if actor.has(*policy.KEEPERS):
        duplicates = projects_matching(actor, ProjectFilter(mark="duplicate")).count()
        doubts = projects_matching(actor, ProjectFilter(mark="doubt")).count()
        items += [
            TodayItem("duplicates", _("待判重"), f"{address}?mark=duplicate", duplicates, urgent=duplicates > 0),
            TodayItem("doubts", _("环节待核"), f"{address}?mark=doubt", doubts),
        ]
    return items


def find_projects(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Visible projects, phases included, whose names, firms, product or site hold the words."""
    found = search.matching("project", text)
    if found is None:
        return []
    rows = Project.objects.visible_to(actor).filter(pk__in=found).select_related("chain", "lead_unit")
    return [
        Hit(
            str(project),
            reverse("projects:detail", args=[project.code]),
            " · ".join(str(part) for part in (project.get_stage_display(), project.chain, project.lead_unit) if part),
        )
        for project in rows.order_by("-changed_at")[:limit]
    ]


def find_opportunities(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Opportunities whose name or product holds the words."""
    found = search.matching("opportunity", text)
    if found is None:
        return []
    rows = Opportunity.objects.visible_to(actor).filter(pk__in=found).select_related("chain")
    return [
        Hit(row.name, reverse("projects:opportunity", args=[row.code]), row.get_state_display())
        for row in rows.order_by("name")[:limit]
    ]
