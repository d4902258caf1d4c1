"""Choices of the submission room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    """Where a unit's month stands."""

    NOT_REPORTED = "not_reported", _("未报")
    REPORTED = "reported", _("已报")
    RETURNED = "returned", _("已退回")
    SUPPLEMENTED = "supplemented", _("已补报")
    ACCEPTED = "accepted", _("已收")


class SubmissionVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    NOTE = "progress.noted", _("填写月进展")
    REPORTED = "submission.reported", _("报送")
    RETURNED = "submission.returned", _("退回报送")
    ACCEPTED = "submission.accepted", _("收取报送")
    STAMPED = "submission.stamped", _("上传盖章件")
    MONTH_MOVED = "month.moved", _("月份状态变更")
