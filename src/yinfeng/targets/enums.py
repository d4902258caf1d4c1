"""Choices of the target room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TargetLevel(models.TextChoices):
    """Who set a target."""

    PROVINCE = "province", _("省定")
    PREFECTURE = "prefecture", _("州定")
    CITY = "city", _("市定")
    PARK = "park", _("园区定")
    CHAIN = "chain", _("链定")


class Operator(models.TextChoices):
    """How a target compares."""

    AT_LEAST = "at_least", "≥"
    MORE_THAN = "more_than", ">"
    EQUALS = "equals", "="
    AT_MOST = "at_most", "≤"


class TargetVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    SET = "target.set", _("下达目标")
    CHANGED = "target.changed", _("修改目标")
    WITHDRAWN = "target.withdrawn", _("撤销目标")
