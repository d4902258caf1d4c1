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


class Doubt(models.TextChoices):
    """Why a candidate deserves a second look before it is accepted."""

    LOW_CONFIDENCE = "low_confidence", _("把握不足")
    STAGE = "stage", _("环节待核")
    PERIOD = "period", _("期间待核")
    SCOPE = "scope", _("对象未识别")
    METRIC = "metric", _("没有对应指标，只作文件记载")
    CONTRADICTS = "contradicts", _("与同一文件另一处不一致")
    REGION = "region", _("地区未识别")
    UNIT = "unit", _("单位未识别")


class MatchReason(models.TextChoices):
    """Why something on record is taken for the same."""

    SAME_NAME = "same_name", _("名称相同")
    SAME_INVESTOR = "same_investor", _("名称相近，投资方相同")
    SIMILAR = "similar", _("名称相近")
    SAME_TARGET = "same_target", _("同一文件的同一目标")


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
    ROW_SETTLED = "batch.row_settled", _("核对台账行")
    BATCH_COMMITTED = "batch.committed", _("台账入库")
    BATCH_WITHDRAWN = "batch.withdrawn", _("撤回台账")


class RowProblem(models.TextChoices):
    """What is wrong with a row beyond its cells: things that only the records on hand can tell."""

    ON_RECORD = "on_record", _("库中已有名称相同的项目")
    PROJECT_NOT_FOUND = "project_not_found", _("库中没有找到这个项目")
    CHAIN_NOT_FOUND = "chain_not_found", _("产业链未识别，入库后为空")
    UNIT_NOT_FOUND = "unit_not_found", _("责任单位未识别，入库后为登记人所在单位")
    DATE_INCOMPLETE = "date_incomplete", _("日期不到日，不登记协议或里程碑")
    NO_DAY = "no_day", _("没有可用的日期")
    CONTINUES = "continues", _("与上一行是同一项目，只增加投资方")
    STAGE_BEHIND = "stage_behind", _("有签约或开工时间，但阶段在此之前")
    NO_FUNDS = "no_funds", _("本行没有到位金额")
    OUT_OF_SCOPE = "out_of_scope", _("不是本单位的项目，请办公室入库")
