"""Projects and opportunities, and the dated facts of their life."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.core.fields import MoneyField, code_field
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import Region, ScopeNode, TaskForce, Unit, User
from yinfeng.projects.enums import (
    AgreementKind,
    DateKind,
    DuplicateState,
    Grade,
    MilestoneKind,
    NameKind,
    Nature,
    OpportunityState,
    Outcome,
    PartyRole,
    ProjectKind,
    Stage,
    Status,
)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Projects that list one of the actor's nodes; withdrawn and merged ones are gone for everybody."""
        rows = self.filter(withdrawn_at__isnull=True, merged_into__isnull=True)
        if actor.nodes is None:
            return rows
        return rows.filter(pk__in=ProjectNode.objects.filter(node_id__in=actor.nodes).values("project_id"))

    def counted(self) -> Self:
        """Projects that may enter a figure: not withdrawn, not merged, not waiting for a duplicate verdict."""
        return self.filter(withdrawn_at__isnull=True, merged_into__isnull=True).exclude(
            duplicate_state=DuplicateState.PENDING
        )

    def undertakings(self) -> Self:
        """Whole projects without their phases."""
        return self.filter(parent__isnull=True)


class Project(models.Model):
    """项目: one undertaking at one site; a phase 一期/二期 is a child with a site, amounts and milestones of its own.

    ``stage`` and ``stage_on`` are written by the milestone action alone. ``total_wan`` is 总投资 in 万元 as stated,
    not a counted figure: what counts comes from agreements and fund entries.
    """

    code = code_field("P")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=16, choices=ProjectKind, default=ProjectKind.NEW_INDUSTRY)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="phases")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    phase_label = models.CharField(max_length=20, blank=True)
    chain = models.ForeignKey(Chain, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    site = models.CharField(max_length=120, blank=True)
    lead_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    officer = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="projects")
    industry_code = models.CharField(max_length=5, blank=True)
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.NEW)
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.ORDINARY)
    product = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    content = models.TextField(blank=True)
    total_wan = MoneyField(null=True, blank=True)
    fixed_wan = MoneyField(null=True, blank=True)
    land_mu = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    first_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.LEAD)
    stage_on = models.DateField(null=True)
    stage_in_doubt = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.ACTIVE)
    status_on = models.DateField(null=True)
    status_reason = models.CharField(max_length=400, blank=True)
    duplicate_state = models.CharField(max_length=10, choices=DuplicateState, default=DuplicateState.NONE)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="project_recent"),
            models.Index(fields=["chain", "stage", "-changed_at"], name="project_chain_stage"),
            models.Index(fields=["stage", "-changed_at", "-id"], name="project_stage"),
            models.Index(fields=["lead_unit", "-changed_at"], name="project_unit"),
            models.Index(fields=["region", "-changed_at"], name="project_region"),
            models.Index(fields=["kind", "-changed_at"], name="project_kind"),
            models.Index(fields=["status", "-changed_at"], name="project_status"),
            models.Index(fields=["officer", "-changed_at"], name="project_officer"),
            models.Index(fields=["total_wan", "id"], name="project_total"),
            models.Index(fields=["stage_on", "id"], name="project_stage_on"),
            models.Index(fields=["name", "id"], name="project_name"),
            # Counts and sums above the list and the board are read from this index alone.
            models.Index(
                fields=["stage", "chain", "total_wan"],
                name="project_standing",
                condition=Q(withdrawn_at__isnull=True, merged_into__isnull=True, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.phase_label}".strip()

    # Django's own versions hash all choices at every call, which a list of fifty rows feels.
    def get_stage_display(self) -> str:  # type: ignore[no-redef]  # the plugin declares Django's own
        """The stage in words."""
        return str(Stage(self.stage).label)

    def get_status_display(self) -> str:  # type: ignore[no-redef]  # the plugin declares Django's own
        """The status in words."""
        return str(Status(self.status).label)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # the plugin declares Django's own
        """The kind in words."""
        return str(ProjectKind(self.kind).label)


class ProjectNode(models.Model):
    """A scope node from which a project can be seen; kept complete (with ancestors) by actions."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="nodes")
    node = models.ForeignKey(ScopeNode, on_delete=models.PROTECT, related_name="+")

    objects: "models.Manager[ProjectNode]" = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "project"], name="node_once_a_project")]

    def __str__(self) -> str:
        return f"{self.project_id}:{self.node_id}"


class FactQuerySet(models.QuerySet[Any]):
    """Facts that belong to a project; seen by whoever sees the project."""

    def visible_to(self, actor: Actor) -> Self:
        """Facts of visible projects."""
        return self.filter(project__in=Project.objects.visible_to(actor))


class ChangeQuerySet(models.QuerySet[Any]):
    """Changes of agreements."""

    def visible_to(self, actor: Actor) -> Self:
        """Changes of agreements of visible projects."""
        return self.filter(agreement__project__in=Project.objects.visible_to(actor))


class ProjectName(models.Model):
    """Another name or an external code of a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=16, choices=NameKind, default=NameKind.ALIAS)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)

    objects = FactQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Which chain, unit, region and task force a project belonged to, from a day to a day."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="placements")
    chain = models.ForeignKey(Chain, null=True, on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    task_force = models.ForeignKey(TaskForce, null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "id")

    def __str__(self) -> str:
        return f"{self.project_id} {self.from_on}"


class Milestone(models.Model):
    """里程碑: a dated fact, recognised by somebody, on some basis. ``occurred_on`` is null only for 入库前."""

    code = code_field("M")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=24, choices=MilestoneKind)
    occurred_on = models.DateField(null=True)
    date_kind = models.CharField(max_length=12, choices=DateKind, default=DateKind.ACTUAL)
    basis = models.CharField(max_length=400, blank=True)
    recognised_by = models.CharField(max_length=120, blank=True)
    before_records = models.BooleanField(default=False)
    posted_period = models.CharField(max_length=7)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)
    version = models.IntegerField(default=1)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("occurred_on", "id")
        indexes = [models.Index(fields=["kind", "posted_period"], name="milestone_period")]
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_on__isnull=False) | Q(before_records=True),
                name="milestone_dated_or_before_records",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.occurred_on or ''}".strip()


class Decision(models.Model):
    """会议决定: what a meeting decided about a project, what it waives and for how long."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="decisions")
    body = models.CharField(max_length=80)
    number = models.CharField(max_length=80, blank=True)
    decided_on = models.DateField()
    matter = models.CharField(max_length=400)
    waives = models.CharField(max_length=200, blank=True)
    conditions = models.CharField(max_length=400, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-id")

    def __str__(self) -> str:
        return f"{self.body} {self.number}".strip()


class GateOutcome(models.Model):
    """What became of one requirement of one gate; ``owed`` without ``settled_on`` is a 欠项."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outcomes")
    milestone = models.CharField(max_length=24, choices=MilestoneKind)
    requirement = models.CharField(max_length=40)
    outcome = models.CharField(max_length=16, choices=Outcome)
    note = models.CharField(max_length=400, blank=True)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")
    owner = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="debts")
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    version = models.IntegerField(default=1)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["project", "milestone", "requirement"], name="one_outcome_a_requirement")
        ]
        indexes = [models.Index(fields=["outcome", "due_on"], name="debt_due")]

    def __str__(self) -> str:
        return f"{self.requirement}:{self.outcome}"


class StatusChange(models.Model):
    """A dated change of status with its reason."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="status_changes")
    status = models.CharField(max_length=12, choices=Status)
    occurred_on = models.DateField()
    posted_period = models.CharField(max_length=7)
    reason = models.CharField(max_length=400)
    recorded_at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("occurred_on", "id")
        indexes = [models.Index(fields=["posted_period", "status"], name="status_period")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.occurred_on}"


class Party(models.Model):
    """An enterprise's role in a project, with share and days."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="parties")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="parties")
    role = models.CharField(max_length=16, choices=PartyRole, default=PartyRole.INVESTOR)
    share_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("role", "id")

    def __str__(self) -> str:
        return f"{self.enterprise_id}:{self.role}"


class Agreement(models.Model):
    """协议: one signed paper. ``amount_wan`` counts only for the kinds in ``COUNTED_KINDS``; a reduction is a change."""

    code = code_field("A")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="agreements")
    kind = models.CharField(max_length=12, choices=AgreementKind)
    number = models.CharField(max_length=80, blank=True)
    signed_on = models.DateField()
    amount_wan = MoneyField(null=True, blank=True)
    event = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    posted_period = models.CharField(max_length=7)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ("signed_on", "id")
        indexes = [models.Index(fields=["posted_period", "kind"], name="agreement_period")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.signed_on}"


class AgreementChange(models.Model):
    """A dated change of an agreement's amount; ``delta_wan`` is signed, a reduction is negative."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="changes")
    occurred_on = models.DateField()
    posted_period = models.CharField(max_length=7)
    delta_wan = MoneyField()
    reason = models.CharField(max_length=400)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)
    demo = models.BooleanField(default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("occurred_on", "id")
        indexes = [models.Index(fields=["posted_period"], name="agreement_change_period")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.delta_wan}"


class AnnualPlanLine(models.Model):
    """年度推进计划: what a year should bring for a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="plan_lines")
    year = models.IntegerField()
    aimed_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    start_on = models.DateField(null=True, blank=True)
    finish_on = models.DateField(null=True, blank=True)
    invest_wan = MoneyField(null=True, blank=True)
    funds_wan = MoneyField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    version = models.IntegerField(default=1)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="one_plan_line_a_year")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year}"


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    """Opportunities."""

    def visible_to(self, actor: Actor) -> Self:
        """Opportunities are meant to be shown; everybody in the office sees them."""
        return self.filter(withdrawn_at__isnull=True)


class Opportunity(models.Model):
    """招商推介项目: a self-conceived project offered to investors; becomes a project when one takes it up."""

    code = code_field("O")
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True)
    chain = models.ForeignKey(Chain, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities")
    product = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=200, blank=True)
    content = models.TextField(blank=True)
    offered = models.TextField(blank=True)
    total_wan = MoneyField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OpportunityState, default=OpportunityState.PLANNED)
    taken_by = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="came_from")
    source = models.CharField(max_length=200, blank=True)
    demo = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.IntegerField(default=1)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ("chain__position", "name", "id")

    def __str__(self) -> str:
        return self.name


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved list views."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own views and the ones shared with everybody."""
        return self.filter(Q(owner_id=actor.user_id) | Q(shared=True))


class SavedView(models.Model):
    """A named filter, sort and choice of columns of a list."""

    code = code_field("V")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("title", "id")
        constraints = [models.UniqueConstraint(fields=["owner", "page", "title"], name="view_title_once")]

    def __str__(self) -> str:
        return self.title
