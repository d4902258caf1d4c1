"""Choices of the project room; the words of DESIGN §3."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """环节: the furthest milestone on record, never typed."""

    LEAD = "lead", _("信息收集")
    NEGOTIATION = "negotiation", _("对接洽谈")
    APPRAISAL = "appraisal", _("项目评估")
    SIGNED = "signed", _("项目签约")
    LAND = "land", _("项目供地")
    CONSTRUCTION = "construction", _("项目开工")
    PRODUCTION = "production", _("竣工投产")
    RAMPED_UP = "ramped_up", _("达产达效")


STAGE_ORDER: tuple[Stage, ...] = tuple(Stage)
STAGE_RANK = {stage: rank for rank, stage in enumerate(STAGE_ORDER)}


class Pool(models.TextChoices):
    """五个一批: where a project stands in the rolling pipeline."""

    PLANNED = "planned", _("规划一批")
    RESERVED = "reserved", _("储备一批")
    SIGNED = "signed", _("签约一批")
    STARTED = "started", _("开工一批")
    COMPLETED = "completed", _("建成一批")


class Status(models.TextChoices):
    """状态: whether the project moves; never replaces the stage."""

    ACTIVE = "active", _("正常推进")
    HALTED = "halted", _("停工")
    WINTER_REST = "winter_rest", _("冬歇")
    SUSPENDED = "suspended", _("暂缓")
    TERMINATED = "terminated", _("终止")
    TRANSFERRED = "transferred", _("流转")


class ProjectKind(models.TextChoices):
    """The kind of project, which decides its milestones and gates."""

    NEW_INDUSTRY = "new_industry", _("工业新建")
    NEW_ENERGY = "new_energy", _("新能源")
    MINING = "mining", _("矿业")
    UPGRADE = "upgrade", _("技改扩能")
    LOGISTICS = "logistics", _("物流")
    TOURISM = "tourism", _("文旅")
    FARMING = "farming", _("农牧")
    COMPUTING = "computing", _("算力")
    PILOT = "pilot", _("中试")


class Nature(models.TextChoices):
    """建设性质."""

    NEW = "new", _("新建")
    CONTINUED = "continued", _("续建")
    EXPANSION = "expansion", _("扩建")


class Grade(models.TextChoices):
    """How closely a lead is followed."""

    KEY = "key", _("重点")
    ORDINARY = "ordinary", _("一般")
    RESERVE = "reserve", _("储备")


class DuplicateState(models.TextChoices):
    """What was judged about a possible duplicate."""

    NONE = "none", _("无疑似")
    PENDING = "pending", _("待判重")
    DIFFERENT = "different", _("判为不同")
    MERGED = "merged", _("已合并")


class MilestoneKind(models.TextChoices):
    """里程碑: a dated fact of a project's life. Which one enters which stage stands in the gate tables."""

    REGISTERED = "registered", _("登记入库")
    TALKS_HELD = "talks_held", _("首次洽谈")
    PUT_TO_APPRAISAL = "put_to_appraisal", _("提交评估")
    PLANNED_IN = "planned_in", _("纳入规划")
    QUOTA_GRANTED = "quota_granted", _("取得指标")
    MINING_RIGHT = "mining_right", _("取得矿业权")
    CONTRACT_SIGNED = "contract_signed", _("签订合同")
    COMPANY_REGISTERED = "company_registered", _("注册项目公司")
    FILED = "filed", _("核准/备案")
    GRID_APPROVED = "grid_approved", _("接入批复")
    LAND_SECURED = "land_secured", _("落实用地")
    WORKS_BEGUN = "works_begun", _("实质开工")
    ACCEPTED = "accepted", _("竣工验收")
    PRODUCTION_BEGUN = "production_begun", _("投产")
    GRID_CONNECTED = "grid_connected", _("并网")
    RAMPED_UP = "ramped_up", _("达产达效")


class OwnerRole(models.TextChoices):
    """Who must bring what a gate asks."""

    OFFICE = "office", _("招商办公室")
    TASK_FORCE = "task_force", _("专班")
    LEAD_UNIT = "lead_unit", _("责任单位")
    DEPARTMENTS = "departments", _("要素保障部门")
    NATURAL_RESOURCES = "natural_resources", _("自然资源部门")
    PARK = "park", _("园区")


class DateKind(models.TextChoices):
    """What sort of date a milestone's date is."""

    ACTUAL = "actual", _("实际")
    CEREMONY = "ceremony", _("仪式")
    PERMIT = "permit", _("许可")
    STATISTICS = "statistics", _("统计认定")


class Outcome(models.TextChoices):
    """What became of a gate's requirement; only ``met`` prints as 通过."""

    MET = "met", _("满足")
    NOT_APPLICABLE = "not_applicable", _("不涉及")
    DECIDED = "decided", _("一事一议")
    OWED = "owed", _("欠项")
    BEFORE_RECORDS = "before_records", _("入库前")


class PartyRole(models.TextChoices):
    """An enterprise's role in a project."""

    INVESTOR = "investor", _("投资方")
    PROJECT_COMPANY = "project_company", _("项目公司")
    PAYER = "payer", _("出资方")
    GUARANTOR = "guarantor", _("担保方")


class AgreementKind(models.TextChoices):
    """协议类型; only ``COUNTED_KINDS`` carry counted amounts."""

    INTENT = "intent", _("意向书")
    FRAMEWORK = "framework", _("框架协议/备忘录")
    PROCUREMENT = "procurement", _("采购/贸易协议")
    INVESTMENT = "investment", _("投资合同")
    SUPPLEMENT = "supplement", _("补充协议")
    INCREASE = "increase", _("增资协议")


COUNTED_KINDS = frozenset({AgreementKind.INVESTMENT, AgreementKind.SUPPLEMENT, AgreementKind.INCREASE})


class OpportunityState(models.TextChoices):
    """Where a self-conceived project stands."""

    PLANNED = "planned", _("谋划")
    OFFERED = "offered", _("对外推介")
    TAKEN_UP = "taken_up", _("已有投资方")
    DROPPED = "dropped", _("不再推介")


class NameKind(models.TextChoices):
    """What sort of second name a project has."""

    ALIAS = "alias", _("别名")
    STATISTICS = "statistics", _("入统名称")
    EXTERNAL_CODE = "external_code", _("外部编码")


class ProjectVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    CREATED = "project.created", _("登记项目")
    CHANGED = "project.changed", _("修改项目")
    MILESTONE = "project.milestone", _("记录里程碑")
    MILESTONE_WITHDRAWN = "project.milestone_withdrawn", _("撤回里程碑")
    STATUS = "project.status", _("变更状态")
    OUTCOME = "project.outcome", _("办理门槛要件")
    DECISION = "project.decision", _("登记会议决定")
    PARTY = "project.party", _("登记投资方")
    PARTY_ENDED = "project.party_ended", _("投资方退出")
    AGREEMENT = "project.agreement", _("登记协议")
    AGREEMENT_CHANGED = "project.agreement_changed", _("协议金额变更")
    AGREEMENT_WITHDRAWN = "project.agreement_withdrawn", _("撤回协议")
    PHASE = "project.phase", _("登记分期")
    PLACED = "project.placed", _("调整归属")
    NAME = "project.name", _("登记别名")
    PLAN_LINE = "project.plan_line", _("登记年度计划")
    WITHDRAWN = "project.withdrawn", _("撤回项目")
    DUPLICATE_JUDGED = "project.duplicate_judged", _("判重")
    MERGED = "project.merged", _("合并项目")
    SEPARATED = "project.separated", _("取消合并")
    VIEW_SAVED = "view.saved", _("保存视图")
    VIEW_DELETED = "view.deleted", _("删除视图")
    OPPORTUNITY_CREATED = "opportunity.created", _("登记推介项目")
    OPPORTUNITY_CHANGED = "opportunity.changed", _("修改推介项目")
    OPPORTUNITY_TAKEN = "opportunity.taken", _("推介项目转项目")
    OPPORTUNITY_WITHDRAWN = "opportunity.withdrawn", _("撤回推介项目")
