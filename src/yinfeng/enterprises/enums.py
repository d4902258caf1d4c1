"""Choices of the enterprise room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnterpriseKind(models.TextChoices):
    """Whether a firm comes as an investor or is already here."""

    INVESTOR = "investor", _("投资企业")
    LOCAL = "local", _("本地企业")
    PROJECT_COMPANY = "project_company", _("项目公司")


class Origin(models.TextChoices):
    """Where money or a firm comes from, seen from the place's province."""

    OUT_OF_PROVINCE = "out_of_province", _("省外")
    IN_PROVINCE = "in_province", _("省内")
    FOREIGN = "foreign", _("外资")
    HK_MO_TW = "hk_mo_tw", _("港澳台")
    UNKNOWN = "unknown", _("未填")


class EnterpriseVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    CREATED = "enterprise.created", _("登记企业")
    CHANGED = "enterprise.changed", _("修改企业")
    ALIAS_ADDED = "enterprise.alias_added", _("添加企业别名")
