"""Choices of the place room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    FOUNDED = "place.founded", _("建立本地")
    SAMPLE_LOADED = "sample.loaded", _("载入示例")
    DEMO_SIMULATED = "demo.simulated", _("生成演示数据")
    DEMO_REMOVED = "demo.removed", _("清除演示数据")
