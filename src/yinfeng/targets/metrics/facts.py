"""The kinds of fact that flow figures add up, each on the axis of the month it was posted in."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.money import format_wan
from yinfeng.ledger.enums import EntryState
from yinfeng.ledger.models import FundEntry, Verification
from yinfeng.org.enums import ForceUnitRole
from yinfeng.org.models import TaskForceUnit
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.projects.enums import COUNTED_KINDS, AgreementKind, MilestoneKind, Status
from yinfeng.projects.models import Agreement, AgreementChange, Milestone, StatusChange
from yinfeng.targets.metrics.lines import Fact, Line, Rows, counted, of_undertaking
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window

ONE = Decimal(1)
NOTHING = Decimal(0)
FINISHED = (MilestoneKind.ACCEPTED, MilestoneKind.PRODUCTION_BEGUN, MilestoneKind.GRID_CONNECTED)


class CountedAgreements(Fact):
    """Signed papers whose amount counts: contract, supplement, increase. Framework agreements never do."""

    title = gettext_lazy("协议")
    amount = "amount_wan"
    order = ("-posted_period", "-signed_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Counted agreements that carry an amount."""
        return Agreement.objects.filter(
            counted("project"), kind__in=COUNTED_KINDS, withdrawn_at__isnull=True, amount_wan__isnull=False
        )

    def line(self, row: Agreement) -> Line:
        """An agreement: its kind, number and event."""
        return Line(
            on=row.signed_on,
            period=row.posted_period,
            project=str(row.project),
            project_code=row.project.code,
            text=" ".join(filter(None, [row.get_kind_display(), row.number, row.event])),
            amount=row.amount_wan or NOTHING,
            target_type="projects.agreement",
            target_code=row.code,
        )


class AgreementChanges(Fact):
    """Dated changes of counted agreements; a reduction is negative."""

    title = gettext_lazy("协议金额变更")
    amount = "delta_wan"
    project = "agreement__project"
    order = ("-posted_period", "-occurred_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Changes of counted agreements that still stand."""
        return AgreementChange.objects.filter(
            counted("agreement__project"),
            agreement__kind__in=COUNTED_KINDS,
            agreement__withdrawn_at__isnull=True,
            agreement__amount_wan__isnull=False,
        )

    def line(self, row: AgreementChange) -> Line:
        """A change with its reason."""
        return Line(
            on=row.occurred_on,
            period=row.posted_period,
            project=str(row.agreement.project),
            project_code=row.agreement.project.code,
            text=_("%(agreement)s 金额变更：%(reason)s") % {"agreement": row.agreement, "reason": row.reason},
            amount=row.delta_wan,
            target_type="projects.agreement",
            target_code=row.agreement.code,
        )


class FirstContracts(Fact):
    """The first counted investment contract of each undertaking; a phase's contract is no second signing.

    First is by the month of posting, so that a contract found late never moves a figure of a closed month.
    """

    title = gettext_lazy("首份投资合同")
    order = ("-posted_period", "-signed_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """First contracts."""
        return self.first(self.contracts())

    @staticmethod
    def contracts() -> Rows:
        """Every counted investment contract with the undertaking it belongs to."""
        rows: Rows = Agreement.objects.filter(
            counted("project"), kind=AgreementKind.INVESTMENT, withdrawn_at__isnull=True
        )
        marked: Rows = rows.annotate(undertaking=Coalesce("project__parent_id", "project_id"))
        return marked

    def first(self, contracts: Rows) -> Rows:
        """Those before which the undertaking had none."""
        earlier = Agreement.objects.filter(
            counted("project"),
            Q(posted_period__lt=OuterRef("posted_period"))
            | Q(posted_period=OuterRef("posted_period"), signed_on__lt=OuterRef("signed_on"))
            | Q(posted_period=OuterRef("posted_period"), signed_on=OuterRef("signed_on"), pk__lt=OuterRef("pk")),
            kind=AgreementKind.INVESTMENT,
            withdrawn_at__isnull=True,
            project_id__in=of_undertaking(OuterRef(OuterRef("undertaking"))),
        )
        first: Rows = contracts.filter(~Exists(earlier))
        return first

    def line(self, row: Agreement) -> Line:
        """A contract, counted once."""
        amount = _("合同额 %(amount)s 万元") % {"amount": format_wan(row.amount_wan)} if row.amount_wan else ""
        return Line(
            on=row.signed_on,
            period=row.posted_period,
            project=str(row.project),
            project_code=row.project.code,
            text=" ".join(filter(None, [row.get_kind_display(), row.number, row.event])),
            amount=ONE,
            note=amount,
            target_type="projects.agreement",
            target_code=row.code,
        )


class Funds(Fact):
    """Money that arrived as reported: returned and withdrawn entries are out, corrections are entries of their own."""

    title = gettext_lazy("到位资金")
    amount = "amount_wan"
    order = ("-posted_period", "-arrived_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Entries that stand, of the wanted origin if one is asked for."""
        rows = FundEntry.objects.filter(counted("project"), withdrawn_at__isnull=True).exclude(
            state=EntryState.RETURNED
        )
        return rows.filter(origin=options.origin) if options.origin else rows

    def detailed(self, rows: Rows) -> Rows:
        """Entries with their vouchers."""
        return super().detailed(rows).prefetch_related("voucher_uses__voucher")

    def line(self, row: FundEntry) -> Line:
        """An entry with payer, kind and the vouchers that prove it."""
        kind = _("更正") if row.corrects_id else row.get_kind_display()
        return Line(
            on=row.arrived_on,
            period=row.posted_period,
            project=str(row.project),
            project_code=row.project.code,
            text=f"{row.payer_name} {row.get_origin_display()} {kind}",
            amount=row.amount_wan,
            note=_("；").join(str(use.voucher) for use in row.voucher_uses.all()),
            target_type="ledger.fundentry",
            target_code=row.code,
        )


class Verified(Fact):
    """What verification brought or took, posted in the month of the verdict."""

    title = gettext_lazy("核定")
    amount = "delta_wan"
    project = "entry__project"
    order = ("-posted_period", "-decided_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Verdicts on entries that stand and that changed the verified amount."""
        rows = Verification.objects.filter(counted("entry__project"), ~Q(delta_wan=0), entry__withdrawn_at__isnull=True)
        return rows.filter(entry__origin=options.origin) if options.origin else rows

    def line(self, row: Verification) -> Line:
        """A verdict on an entry."""
        return Line(
            on=row.decided_on,
            period=row.posted_period,
            project=str(row.entry.project),
            project_code=row.entry.project.code,
            text=" ".join(filter(None, [row.get_verdict_display(), row.entry.payer_name, row.reason])),
            amount=row.delta_wan,
            note=_("上报 %(amount)s 万元") % {"amount": format_wan(row.entry.amount_wan)},
            target_type="ledger.fundentry",
            target_code=row.entry.code,
        )


class FirstMilestones(Fact):
    """The first milestone of some kinds of each undertaking; what lies before our records happened in no month of ours."""

    kinds: ClassVar[tuple[MilestoneKind, ...]] = ()
    title = gettext_lazy("里程碑")
    order = ("-posted_period", "-occurred_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """First dated milestones of these kinds."""
        standing = Milestone.objects.filter(counted("project"), kind__in=self.kinds, withdrawn_at__isnull=True)
        earlier = standing.filter(
            Q(before_records=True)
            | Q(posted_period__lt=OuterRef("posted_period"))
            | Q(posted_period=OuterRef("posted_period"), occurred_on__lt=OuterRef("occurred_on"))
            | Q(posted_period=OuterRef("posted_period"), occurred_on=OuterRef("occurred_on"), pk__lt=OuterRef("pk")),
            project_id__in=of_undertaking(OuterRef(OuterRef("undertaking"))),
        )
        dated = standing.filter(before_records=False)
        rows: Rows = dated.annotate(undertaking=Coalesce("project__parent_id", "project_id"))
        return rows.filter(~Exists(earlier))

    def line(self, row: Milestone) -> Line:
        """A milestone with its basis, counted once."""
        return Line(
            on=row.occurred_on,
            period=row.posted_period,
            project=str(row.project),
            project_code=row.project.code,
            text=f"{row.get_kind_display()}{_('（')}{row.get_date_kind_display()}{_('）')}",
            amount=ONE,
            note=" ".join(filter(None, [row.basis, row.recognised_by])),
            target_type="projects.milestone",
            target_code=row.code,
        )


class Starts(FirstMilestones):
    """Permanent works begun."""

    title = gettext_lazy("开工")
    kinds = (MilestoneKind.WORKS_BEGUN,)


class Completions(FirstMilestones):
    """Accepted, in production or connected to the grid, whichever came first."""

    title = gettext_lazy("竣工投产")
    kinds = FINISHED


class StatusChanges(Fact):
    """Dated changes of status."""

    statuses: ClassVar[tuple[Status, ...]] = ()
    order = ("-posted_period", "-occurred_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Changes to these statuses."""
        return StatusChange.objects.filter(counted("project"), status__in=self.statuses)

    def line(self, row: StatusChange) -> Line:
        """A change with its reason."""
        return Line(
            on=row.occurred_on,
            period=row.posted_period,
            project=str(row.project),
            project_code=row.project.code,
            text=str(row.get_status_display()),
            amount=ONE,
            note=row.reason,
        )


class Resumptions(StatusChanges):
    """Back to work."""

    title = gettext_lazy("复工")
    statuses = (Status.ACTIVE,)


class Stoppages(StatusChanges):
    """Halted or suspended; winter rest is no stoppage."""

    title = gettext_lazy("停工暂缓")
    statuses = (Status.HALTED, Status.SUSPENDED)


class Departures(StatusChanges):
    """Given up or handed over."""

    title = gettext_lazy("终止流转")
    statuses = (Status.TERMINATED, Status.TRANSFERRED)


class Activities(Fact):
    """Activities of one kind. A chain's are those on its projects and those of the units that lead its task force."""

    kind: ClassVar[ActivityKind] = ActivityKind.VISIT
    title = gettext_lazy("活动")
    order = ("-posted_period", "-occurred_on", "-pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """Activities that stand; those on a project that does not count stay out with it."""
        return Activity.objects.filter(
            Q(project__isnull=True) | counted("project"), kind=self.kind, withdrawn_at__isnull=True
        )

    def foldable(self, dimension: Dimension) -> bool:
        """Never: one activity may be two chains' at once, so chains are asked one by one."""
        return False

    def scoped(self, rows: Rows, scope: Scope) -> Rows:
        """By the unit that went, or by the chain it went for."""
        return rows.filter(activity_limits(scope))

    def detailed(self, rows: Rows) -> Rows:
        """Activities with project and unit."""
        return rows.select_related("project", "unit").order_by(*self.order)

    def line(self, row: Activity) -> Line:
        """Who went where and what was said."""
        return Line(
            on=row.occurred_on,
            period=row.posted_period,
            project=str(row.project) if row.project else "",
            project_code=row.project.code if row.project else "",
            text=" ".join(filter(None, [row.get_kind_display(), row.place, row.counterpart])),
            amount=ONE,
            note=" ".join([str(row.unit), row.summary[:80]]),
            target_type="outreach.activity",
            target_code=row.code,
        )


class Visits(Activities):
    """Visits to firms."""

    title = gettext_lazy("拜访")
    kind = ActivityKind.VISIT


class Trips(Activities):
    """Trips out of the place."""

    title = gettext_lazy("外出招商")
    kind = ActivityKind.TRIP


def activity_limits(scope: Scope) -> Q:
    """Which activities are a scope's: a unit's own, a region's by its project, a chain's by project or lead unit."""
    if scope.dimension is None:
        return Q()
    if scope.dimension is Dimension.UNIT:
        return Q(unit_id__in=scope.ids)
    if scope.dimension is Dimension.CHAIN and None in scope.ids:
        return Q(project__chain__isnull=True)
    if scope.dimension is Dimension.CHAIN:
        leads = TaskForceUnit.objects.filter(role=ForceUnitRole.LEAD, task_force__chain__in=scope.ids)
        led = Q(project__isnull=True, unit_id__in=leads.values("unit_id"))
        return Q(project__chain__in=scope.ids) | led
    return scope.limits("project")
