"""The organisation: place, regions and parks, units, task forces, people, who may see what, and months."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from yinfeng.core.actor import Actor
from yinfeng.core.fields import code_field
from yinfeng.core.models import StoredFile
from yinfeng.org.enums import (
    ROLE_CHOICES,
    Breadth,
    ForceRole,
    ForceUnitRole,
    NodeKind,
    PeriodState,
    RegionLevel,
    TaskForceKind,
    UnitKind,
)


class ReferenceQuerySet(models.QuerySet[Any]):
    """Rows that everybody in the office may read."""

    def visible_to(self, actor: Actor) -> Self:
        """Everything: reference data has no scope."""
        return self


class ScopeNode(models.Model):
    """A point in the tree of who may see what; regions, units and task forces each own one."""

    kind = models.CharField(max_length=12, choices=NodeKind)
    label = models.CharField(max_length=120)

    objects = ReferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.label


class Region(models.Model):
    """省 › 州市 › 县市行委 › 乡镇街道 by GB/T 2260, and parks with codes of their own under their region."""

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=RegionLevel)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    node = models.OneToOneField(ScopeNode, null=True, blank=True, on_delete=models.PROTECT, related_name="region")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """单位: a department, park committee, state firm or town; a tree."""

    code = code_field("U")
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="units")
    node = models.OneToOneField(ScopeNode, on_delete=models.PROTECT, related_name="unit")
    reports = models.BooleanField(default=True)
    position = models.IntegerField(default=100)
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.short_name or self.name


class TaskForce(models.Model):
    """专班: sponsors, leaders, officers, lead and support units for a chain, a region or a project."""

    code = code_field("T")
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=TaskForceKind, default=TaskForceKind.CHAIN)
    node = models.OneToOneField(ScopeNode, on_delete=models.PROTECT, related_name="task_force")
    position = models.IntegerField(default=100)
    duties = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    version = models.IntegerField(default=1)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.short_name or self.name


class TaskForcePost(models.Model):
    """A post in a task force (包联领导 市长); the person behind the post may have a login."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=10, choices=ForceRole)
    post = models.CharField(max_length=80)
    user = models.ForeignKey("User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.IntegerField(default=0)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("role", "position", "id")

    def __str__(self) -> str:
        return self.post


class TaskForceUnit(models.Model):
    """A unit's part in a task force."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forces")
    role = models.CharField(max_length=10, choices=ForceUnitRole)
    position = models.IntegerField(default=0)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("role", "position", "id")
        constraints = [models.UniqueConstraint(fields=["task_force", "unit", "role"], name="unit_once_in_a_force")]

    def __str__(self) -> str:
        return f"{self.task_force_id}:{self.unit_id}"


class YinfengUserManager(UserManager["User"]):
    """People, found by login name."""

    def visible_to(self, actor: Actor) -> "models.QuerySet[User]":
        """Colleagues are known to each other; the list holds posts, not private data."""
        return self.get_queryset()


class User(AbstractUser):
    """人员: a login with a post; what it may do stands in its memberships."""

    code = code_field("W")
    post = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    must_change_password = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    objects: ClassVar[YinfengUserManager] = YinfengUserManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.post or self.username


class Membership(models.Model):
    """A role held in a unit, a task force or a region, with its breadth and its days."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    node = models.ForeignKey(ScopeNode, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    breadth = models.CharField(max_length=6, choices=Breadth, default=Breadth.BELOW)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "from_on"], name="membership_user")]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}"


class Grant(models.Model):
    """A named permission to see one more node, with a reason and an end."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    node = models.ForeignKey(ScopeNode, on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = ReferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}:{self.node_id}"


class Place(models.Model):
    """本地: the city, prefecture or park this installation works for; one row."""

    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=20)
    office_name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    node = models.OneToOneField(ScopeNode, on_delete=models.PROTECT, related_name="place")
    report_day = models.IntegerField(default=25)
    final_day = models.IntegerField(default=5)
    year = models.IntegerField()
    has_demo = models.BooleanField(default=False)
    demo_today = models.DateField(null=True)
    version = models.IntegerField(default=1)

    objects = ReferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ReportingMonth(models.Model):
    """A month on its way from open over 预报 and 定稿 to 关账; a closed one is never edited."""

    period = models.CharField(max_length=7, unique=True)
    state = models.CharField(max_length=10, choices=PeriodState, default=PeriodState.OPEN)
    estimate_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("-period",)

    def __str__(self) -> str:
        return self.period


class DocumentTemplate(models.Model):
    """A Word template that the office edited itself; the newest active one of a kind is used."""

    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    active = models.BooleanField(default=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title
