"""Choices of the outreach room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """活动: what was done."""

    VISIT = "visit", _("拜访")
    TRIP = "trip", _("外出招商")
    RECEPTION = "reception", _("来访接待")
    EVENT = "event", _("节会活动")
    CALL = "call", _("电话/线上")
    NOTE = "note", _("跟进记录")


class OutreachVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    LOGGED = "activity.logged", _("记录活动")
    CHANGED = "activity.changed", _("修改活动")
    WITHDRAWN = "activity.withdrawn", _("撤回活动")
