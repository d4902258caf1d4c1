"""Choices of the report room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    """What sort of report it is."""

    MONTHLY = "monthly", _("月报")


class ReportState(models.TextChoices):
    """A draft can be made again; an issued report is frozen for ever."""

    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("已印发")


class ReportVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    DRAFTED = "report.drafted", _("生成月报")
    CHANGED = "report.changed", _("修改月报")
    ISSUED = "report.issued", _("印发月报")
    TEMPLATE = "report.template", _("更换模板")
