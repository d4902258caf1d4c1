"""Choices of the organisation room."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinfeng.core.actor import Role

ROLE_LABELS = {
    Role.OFFICER: _("项目专员"),
    Role.REPORTER: _("联络员"),
    Role.OFFICE: _("办公室"),
    Role.LEADER: _("领导"),
    Role.DEPARTMENT: _("要素保障部门"),
    Role.REVIEWER: _("评审"),
    Role.VERIFIER: pgettext_lazy("角色", "核定"),
    Role.AUDITOR: _("审计"),
    Role.ADMIN: _("管理员"),
}
ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class RegionLevel(models.TextChoices):
    """Level of an administrative division; a park stands under a region with a code of its own."""

    PROVINCE = "province", _("省级")
    PREFECTURE = "prefecture", _("地级")
    COUNTY = "county", _("县级")
    STREET = "street", _("乡级")
    PARK = "park", _("园区")


class NodeKind(models.TextChoices):
    """What a scope node stands for."""

    PLACE = "place", _("全市")
    REGION = "region", _("行政区/园区")
    UNIT = "unit", _("单位")
    TASK_FORCE = "task_force", _("专班")


class UnitKind(models.TextChoices):
    """What sort of unit it is."""

    OFFICE = "office", _("招商办公室")
    DEPARTMENT = "department", _("部门")
    PARK = "park", _("园区管委会")
    STATE_FIRM = "state_firm", _("国有企业")
    TOWN = "town", _("乡镇街道")
    STATION = "station", _("驻外联络站")


class TaskForceKind(models.TextChoices):
    """What a task force is set up for."""

    CHAIN = "chain", _("产业链专班")
    REGIONAL = "regional", _("区域专班")
    PROJECT = "project", _("项目专班")


class ForceRole(models.TextChoices):
    """A person's part in a task force."""

    SPONSOR = "sponsor", _("包联领导")
    LEADER = "leader", _("责任领导")
    OFFICER = "officer", _("专员")


class ForceUnitRole(models.TextChoices):
    """A unit's part in a task force."""

    LEAD = "lead", _("牵头单位")
    SUPPORT = "support", _("配合单位")


class Breadth(models.TextChoices):
    """How far a membership reaches."""

    OWN = "own", _("仅本单位")
    BELOW = "below", _("本单位及下级")
    ALL = "all", _("全部")


class PeriodState(models.TextChoices):
    """Where a month stands on its way to being closed."""

    OPEN = "open", _("填报中")
    ESTIMATE = "estimate", _("预报")
    FINAL = "final", _("定稿")
    CLOSED = "closed", _("关账")


class OrgVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    PLACE_SET = "place.set", _("设定本地")
    REGIONS_LOADED = "regions.loaded", _("载入行政区划")
    PARK_CREATED = "park.created", _("新增园区")
    UNIT_CREATED = "unit.created", _("新增单位")
    UNIT_CHANGED = "unit.changed", _("修改单位")
    FORCE_CREATED = "task_force.created", _("成立专班")
    FORCE_CHANGED = "task_force.changed", _("调整专班")
    USER_CREATED = "user.created", _("新增人员")
    USER_CHANGED = "user.changed", _("修改人员")
    PASSWORD_SET = "user.password", _("设定密码")
    MEMBERSHIP_CHANGED = "membership.changed", _("调整岗位权限")
    GRANT_CHANGED = "grant.changed", _("调整授权")
    PERIOD_MOVED = "period.moved", _("月份状态变更")
    LOGGED_IN = "user.login", _("登录")
