"""Everything that happened to a project, from the audit log, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Text
from yinfeng.core.models import AuditEntry, Evidence
from yinfeng.core.money import format_wan
from yinfeng.projects.enums import (
    AgreementKind,
    DateKind,
    DuplicateState,
    Grade,
    MilestoneKind,
    Nature,
    OpportunityState,
    Outcome,
    PartyRole,
    ProjectKind,
    Stage,
    Status,
)
from yinfeng.projects.models import Project

PAGE_SIZE = 40

# What the log may be narrowed to: beginnings of verbs.
TOPICS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "life": (
        gettext_lazy("里程碑与状态"),
        ("project.milestone", "project.status", "project.outcome", "project.decision"),
    ),
    "agreements": (gettext_lazy("协议与投资方"), ("project.agreement", "project.party")),
    "money": (gettext_lazy("资金"), ("fund", "voucher", "ledger")),
    "progress": (gettext_lazy("月进展"), ("note", "progress", "submission")),
    "outreach": (gettext_lazy("活动"), ("activity", "outreach")),
    "files": (gettext_lazy("附件"), ("evidence",)),
    "data": (
        gettext_lazy("项目信息"),
        ("project.created", "project.changed", "project.phase", "project.placed", "project.name", "project.plan_line"),
    ),
}

FIELD_LABELS: Mapping[str, Text] = {
    "name": gettext_lazy("项目名称"),
    "kind": gettext_lazy("类型"),
    "chain": gettext_lazy("产业链"),
    "region": gettext_lazy("所在地"),
    "lead_unit": gettext_lazy("责任单位"),
    "task_force": gettext_lazy("专班"),
    "officer": gettext_lazy("项目专员"),
    "product": gettext_lazy("产品"),
    "capacity": gettext_lazy("规模"),
    "content": gettext_lazy("建设内容"),
    "offered": gettext_lazy("合作条件"),
    "total_wan": gettext_lazy("总投资（万元）"),
    "fixed_wan": gettext_lazy("固定资产投资（万元）"),
    "land_mu": gettext_lazy("用地（亩）"),
    "nature": gettext_lazy("建设性质"),
    "grade": gettext_lazy("跟进等级"),
    "industry_code": gettext_lazy("行业代码"),
    "site": gettext_lazy("建设地点"),
    "source": gettext_lazy("来源"),
    "phase_label": gettext_lazy("分期"),
    "investor": gettext_lazy("投资方"),
    "duplicate_state": gettext_lazy("重复情况"),
    "merged_into": gettext_lazy("并入"),
    "stage": gettext_lazy("环节"),
    "stage_on": gettext_lazy("进入环节日期"),
    "stage_in_doubt": gettext_lazy("环节待核"),
    "occurred_on": gettext_lazy("发生日期"),
    "date_kind": gettext_lazy("日期性质"),
    "basis": gettext_lazy("依据"),
    "recognised_by": gettext_lazy("认定单位"),
    "before_records": gettext_lazy("入库前"),
    "posted_period": gettext_lazy("计入月份"),
    "owed": gettext_lazy("新增欠项"),
    "settled": gettext_lazy("已补齐"),
    "status": gettext_lazy("状态"),
    "status_on": gettext_lazy("状态日期"),
    "status_reason": gettext_lazy("状态原因"),
    "outcome": gettext_lazy("办理结果"),
    "title": gettext_lazy("要件"),
    "milestone": gettext_lazy("里程碑"),
    "note": gettext_lazy("说明"),
    "decision": gettext_lazy("会议决定"),
    "owner": gettext_lazy("责任方"),
    "due_on": gettext_lazy("期限"),
    "settled_on": gettext_lazy("办结日期"),
    "enterprise": gettext_lazy("企业"),
    "role": gettext_lazy("角色"),
    "share_percent": gettext_lazy("持股比例（%）"),
    "from_on": gettext_lazy("起始日期"),
    "to_on": gettext_lazy("截止日期"),
    "number": gettext_lazy("编号"),
    "signed_on": gettext_lazy("签订日期"),
    "amount_wan": gettext_lazy("金额（万元）"),
    "delta_wan": gettext_lazy("变更额（万元）"),
    "event": gettext_lazy("签约活动"),
    "body": gettext_lazy("会议"),
    "decided_on": gettext_lazy("会议日期"),
    "matter": gettext_lazy("议定事项"),
    "waives": gettext_lazy("豁免事项"),
    "conditions": gettext_lazy("附带条件"),
    "valid_until": gettext_lazy("有效期至"),
    "year": gettext_lazy("年度"),
    "aimed_stage": gettext_lazy("目标环节"),
    "start_on": gettext_lazy("计划开工"),
    "finish_on": gettext_lazy("计划竣工"),
    "invest_wan": gettext_lazy("计划投资（万元）"),
    "funds_wan": gettext_lazy("计划到位（万元）"),
    "arrived_on": gettext_lazy("到账日期"),
    "payer_name": gettext_lazy("出资方"),
    "verified_wan": gettext_lazy("核定金额（万元）"),
    "origin": gettext_lazy("资金来源"),
    "state": gettext_lazy("状态"),
    "text": gettext_lazy("内容"),
    "problem": gettext_lazy("问题"),
    "help_needed": gettext_lazy("需协调"),
    "next_step": gettext_lazy("下一步"),
    "period": gettext_lazy("月份"),
    "summary": gettext_lazy("摘要"),
    "unit": gettext_lazy("单位"),
}
CHOICES: Mapping[str, Sequence[type[models.TextChoices]]] = {
    "kind": (MilestoneKind, ProjectKind, AgreementKind),
    "milestone": (MilestoneKind,),
    "stage": (Stage,),
    "aimed_stage": (Stage,),
    "status": (Status,),
    "nature": (Nature,),
    "grade": (Grade,),
    "outcome": (Outcome,),
    "date_kind": (DateKind,),
    "role": (PartyRole,),
    "duplicate_state": (DuplicateState,),
    "state": (OpportunityState,),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the log in words."""

    at: datetime
    title: str
    target: str
    who: str
    note: str
    source: str
    changes: Sequence[Change]


def happened(project: Project, topic: str = "") -> QuerySet[AuditEntry]:
    """The log of a project and of everything that hangs on it, newest first."""
    label = Project._meta.label_lower
    own = Q(root_type=label, root_id=project.pk) | Q(target_type=label, target_id=project.pk)
    rows = AuditEntry.objects.filter(own).order_by("-id")
    if topic in TOPICS:
        asked = Q()
        for beginning in TOPICS[topic][1]:
            asked |= Q(verb__startswith=beginning)
        rows = rows.filter(asked)
    return rows


def told(entry: AuditEntry) -> Happened:
    """A log entry in words: what was done, by whom, and each field before and after."""
    names = list(dict.fromkeys([*entry.before, *entry.after]))
    changes = [
        Change(
            str(FIELD_LABELS.get(name, name)), worded(name, entry.before.get(name)), worded(name, entry.after.get(name))
        )
        for name in names
    ]
    return Happened(
        at=entry.at,
        title=str(assembled().VERB_LABELS.get(entry.verb, entry.verb)),
        target=entry.target_label,
        who=entry.actor_label,
        note=entry.note,
        source=entry.source,
        changes=[change for change in changes if change.before != change.after],
    )


def worded(name: str, value: Any) -> str:
    """A stored value as a person reads it."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(str(item) for item in value)
    if name.endswith("_wan"):
        try:
            return format_wan(Decimal(str(value)))
        except InvalidOperation:
            return str(value)
    for choices in CHOICES.get(name, ()):
        if value in choices.values:
            return str(choices(value).label)
    return str(value)


def files_of(project: Project) -> QuerySet[Evidence]:
    """The files of a project and of its milestones, agreements and decisions, newest first."""
    owners = {
        "projects.project": [project.pk],
        "projects.milestone": project.milestones.values("pk"),
        "projects.agreement": project.agreements.values("pk"),
        "projects.decision": project.decisions.values("pk"),
    }
    asked = Q()
    for kind, keys in owners.items():
        asked |= Q(owner_type=kind, owner_id__in=keys)
    return Evidence.objects.filter(asked, withdrawn_at__isnull=True).select_related("file").order_by("-id")
