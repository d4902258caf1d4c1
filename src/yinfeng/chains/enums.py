"""Choices of the chain room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainGroup(models.TextChoices):
    """The five leading and the two special chains of a 5+2 system, or whatever a place calls its groups."""

    LEADING = "leading", _("主导产业")
    SPECIAL = "special", _("特色产业")


class Sector(models.TextChoices):
    """The sector for which growth targets are set."""

    FARMING = "farming", _("特色农牧业")
    MANUFACTURING = "manufacturing", _("制造业")
    SERVICES = "services", _("现代服务业")


class ChainVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    CREATED = "chain.created", _("新增产业链")
    CHANGED = "chain.changed", _("修改产业链")
    MASTER_ADDED = "chain.master_added", _("确定链主企业")
    MASTER_REMOVED = "chain.master_removed", _("取消链主企业")
