"""The verbs of the audit log that core itself writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CoreVerb(models.TextChoices):
    """What core's own actions are called in the log."""

    PARAMETER_SET = "parameter.set", _("设定参数")
    DAYS_ANNOUNCED = "calendar.announced", _("录入节假日安排")
    EVIDENCE_ADDED = "evidence.added", _("添加附件")
    EVIDENCE_WITHDRAWN = "evidence.withdrawn", _("撤下附件")
    EVIDENCE_READ = "evidence.read", _("下载附件")
    EXPORTED = "export.made", _("导出数据")
    JOB_WANTED = "job.wanted", _("提交后台任务")
