"""Choices of the intake room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CandidateKind(models.TextChoices):
    """What a document was found to speak of."""

    TASK_FORCE = "task_force", _("专班")
    TARGET = "target", _("目标")
    PROJECT = "project", _("项目")
    GROUP = "group", _("项目合计")
    RESULT = "result", _("完成情况")


class CandidateState(models.TextChoices):
    """What a person made of a candidate."""

    PENDING = "pending", _("待核")
    ACCEPTED = "accepted", _("已接受")
    MERGED = "merged", _("已合并")
    DROPPED = "dropped", _("已丢弃")


class BatchState(models.TextChoices):
    """Where an uploaded workbook stands."""

    UPLOADED = "uploaded", _("已上传")
    COMMITTED = "committed", _("已入库")
    WITHDRAWN = "withdrawn", _("已撤回")


class RowState(models.TextChoices):
    """What will become, or became, of a row."""

    READY = "ready", _("可入库")
    DOUBTFUL = "doubtful", _("有疑问")
    SKIPPED = "skipped", _("跳过")
    COMMITTED = "committed", _("已入库")
    WITHDRAWN = "withdrawn", _("已撤回")


class IntakeVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    DOCUMENT_READ = "document.read", _("读取文件")
    CANDIDATE_EDITED = "candidate.edited", _("修改候选")
    CANDIDATE_ACCEPTED = "candidate.accepted", _("接受候选")
    CANDIDATE_MERGED = "candidate.merged", _("合并候选")
    CANDIDATE_DROPPED = "candidate.dropped", _("丢弃候选")
    CANDIDATE_REOPENED = "candidate.reopened", _("恢复候选")
    WORKBOOK_READ = "workbook.read", _("读取台账")
    MAPPING_SET = "mapping.set", _("调整对应关系")
    BATCH_COMMITTED = "batch.committed", _("台账入库")
    BATCH_WITHDRAWN = "batch.withdrawn", _("撤回台账")
