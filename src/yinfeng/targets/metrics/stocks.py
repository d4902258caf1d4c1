"""Facts counted as they stand now, and facts chosen by what happened to an undertaking in the months asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import ExpressionWrapper, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.fields import MoneyField
from yinfeng.core.money import format_wan, format_yi
from yinfeng.core.parameters import number
from yinfeng.projects.enums import COUNTED_KINDS, MilestoneKind, OpportunityState, Pool, Stage, Status
from yinfeng.projects.lifecycle import stages_of
from yinfeng.projects.models import Agreement, AgreementChange, AnnualPlanLine, Opportunity, Project
from yinfeng.targets.metrics.facts import ONE, AgreementChanges, CountedAgreements
from yinfeng.targets.metrics.lines import Fact, Line, Rows, counted, of_undertaking
from yinfeng.targets.metrics.scopes import Options, Window

GONE = (Status.TERMINATED, Status.TRANSFERRED)
PREPARATION = (
    MilestoneKind.COMPANY_REGISTERED,
    MilestoneKind.FILED,
    MilestoneKind.GRID_APPROVED,
    MilestoneKind.MINING_RIGHT,
    MilestoneKind.LAND_SECURED,
)
BUILDING = (
    MilestoneKind.WORKS_BEGUN,
    MilestoneKind.ACCEPTED,
    MilestoneKind.PRODUCTION_BEGUN,
    MilestoneKind.GRID_CONNECTED,
    MilestoneKind.RAMPED_UP,
)
POOL_STAGES: dict[Pool, tuple[Stage, ...]] = {pool: stages_of(pool) for pool in Pool}


def living() -> QuerySet[Project]:
    """Undertakings that count and were neither terminated nor handed over."""
    return Project.objects.undertakings().counted().exclude(status__in=GONE)


class ProjectFact(Fact):
    """Undertakings, each counted once."""

    title = gettext_lazy("项目")
    project = ""
    period = ""
    order = ("-stage_on", "-pk")

    def line(self, row: Project) -> Line:
        """A project with its stage and since when."""
        return Line(
            on=row.stage_on,
            period="",
            project=str(row),
            project_code=row.code,
            text=row.get_stage_display(),
            amount=ONE,
            note=_("总投资 %(amount)s 亿元") % {"amount": format_yi(row.total_wan)} if row.total_wan else "",
            target_type="projects.project",
            target_code=row.code,
        )


class AtStage(ProjectFact):
    """Undertakings by the stage they stand in now."""

    def rows(self, window: Window, options: Options) -> Rows:
        """Those of the stage asked for, or of all."""
        rows = living()
        return rows.filter(stage=options.stage) if options.stage else rows


class InPool(ProjectFact):
    """Undertakings by the pool their milestones put them in."""

    def rows(self, window: Window, options: Options) -> Rows:
        """Those of the pool asked for, or of all."""
        if options.planned:
            return Project.objects.none()
        rows = living()
        return rows.filter(stage__in=POOL_STAGES[Pool(options.pool)]) if options.pool else rows


class PlannedInPool(Fact):
    """Annual plan lines by the pool they aim at."""

    title = gettext_lazy("年度计划")
    period = ""
    order = ("project_id",)

    def rows(self, window: Window, options: Options) -> Rows:
        """Lines of the year whose aim lies in the pool asked for."""
        if not options.planned:
            return AnnualPlanLine.objects.none()
        rows = AnnualPlanLine.objects.filter(counted("project"), year=window.last.year).exclude(aimed_stage="")
        return rows.filter(aimed_stage__in=POOL_STAGES[Pool(options.pool)]) if options.pool else rows

    def line(self, row: AnnualPlanLine) -> Line:
        """A plan line: what the year should bring."""
        return Line(
            on=row.finish_on or row.start_on,
            period="",
            project=str(row.project),
            project_code=row.project.code,
            text=_("%(year)s年目标：%(stage)s") % {"year": row.year, "stage": row.get_aimed_stage_display()},
            amount=ONE,
            note=row.source,
        )


class OpenOpportunities(Fact):
    """Self-conceived projects still looking for an investor; they are the planned pool on both sides."""

    title = gettext_lazy("招商推介项目")
    project = ""
    period = ""
    order = ("name", "pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Those not taken up and not dropped."""
        if options.pool not in {"", Pool.PLANNED}:
            return Opportunity.objects.none()
        states = (OpportunityState.PLANNED, OpportunityState.OFFERED)
        return Opportunity.objects.filter(withdrawn_at__isnull=True, state__in=states)

    def line(self, row: Opportunity) -> Line:
        """An opportunity."""
        return Line(
            on=None,
            period="",
            project="",
            project_code="",
            text=row.name,
            amount=ONE,
            note=row.source,
            target_type="projects.opportunity",
            target_code=row.code,
        )


def signed_within(window: Window) -> Any:
    """The counted amount an undertaking signed in the months, contracts and changes together, as an expression."""
    months = {"posted_period__gte": window.first.code, "posted_period__lte": window.last.code}
    papers = Agreement.objects.filter(
        **months,
        kind__in=COUNTED_KINDS,
        withdrawn_at__isnull=True,
        amount_wan__isnull=False,
        project_id__in=of_undertaking(OuterRef(OuterRef("pk"))),
    )
    changes = AgreementChange.objects.filter(
        **months,
        agreement__kind__in=COUNTED_KINDS,
        agreement__withdrawn_at__isnull=True,
        agreement__amount_wan__isnull=False,
        agreement__project_id__in=of_undertaking(OuterRef(OuterRef("pk"))),
    )
    both = _sum(papers.filter(counted("project")), "amount_wan") + _sum(
        changes.filter(counted("agreement__project")), "delta_wan"
    )
    return ExpressionWrapper(both, output_field=MoneyField())


def _sum(rows: Rows, field: str) -> Coalesce:
    """The exact sum of a field over a correlated set of rows, nothing being 0."""
    total = Func(F(field), function="SUM", output_field=MoneyField())
    found = Subquery(rows.order_by().annotate(total=total).values("total"), output_field=MoneyField())
    return Coalesce(found, Value(0, output_field=MoneyField()), output_field=MoneyField())


class BigProjects(ProjectFact):
    """Undertakings that signed at least the threshold in the months asked for."""

    def rows(self, window: Window, options: Options) -> Rows:
        """Undertakings at or above the threshold."""
        threshold_wan = number("big_project.threshold_wan") if options.threshold_wan is None else options.threshold_wan
        return self.candidates(window).filter(signed_wan__gte=threshold_wan)

    @staticmethod
    def candidates(window: Window) -> QuerySet[Any]:
        """Undertakings with anything signed or changed in the months, with what they signed."""
        papers, changes = CountedAgreements(), AgreementChanges()
        undertaking = Coalesce("project__parent_id", "project_id")
        signed = papers.within(papers.rows(window, Options()), window).order_by().annotate(undertaking=undertaking)
        undertaking = Coalesce("agreement__project__parent_id", "agreement__project_id")
        changed = changes.within(changes.rows(window, Options()), window).order_by().annotate(undertaking=undertaking)
        touched = Q(pk__in=signed.values("undertaking")) | Q(pk__in=changed.values("undertaking"))
        rows = Project.objects.undertakings().counted().filter(touched)
        return rows.annotate(signed_wan=signed_within(window))

    def line(self, row: Any) -> Line:
        """A project with what it signed."""
        signed = _("本期签约 %(amount)s 万元") % {"amount": format_wan(row.signed_wan)}
        return replace(super().line(row), note=signed)
