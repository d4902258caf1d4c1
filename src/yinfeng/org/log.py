"""The audit log as people read it: who did what to which record, with before and after in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Text
from yinfeng.core.models import AuditEntry
from yinfeng.org import policy
from yinfeng.org.enums import ROLE_CHOICES, Breadth

SHOWN_FIELDS: dict[str, Text] = {
    "name": gettext_lazy("名称"),
    "short_name": gettext_lazy("简称"),
    "username": gettext_lazy("登录名"),
    "post": gettext_lazy("职务"),
    "unit": gettext_lazy("单位"),
    "role": gettext_lazy("角色"),
    "node": gettext_lazy("范围"),
    "breadth": gettext_lazy("可见范围"),
    "from_on": gettext_lazy("自"),
    "to_on": gettext_lazy("至"),
    "effective_from": gettext_lazy("生效日期"),
    "value": gettext_lazy("值"),
    "key": gettext_lazy("键"),
    "kind": gettext_lazy("类型"),
    "parent": gettext_lazy("上级"),
    "region": gettext_lazy("行政区"),
    "reports": gettext_lazy("参加月报"),
    "active": gettext_lazy("在用"),
    "is_active": gettext_lazy("在用"),
    "position": gettext_lazy("顺序"),
    "duties": gettext_lazy("职责"),
    "sponsors": gettext_lazy("包联领导"),
    "leaders": gettext_lazy("责任领导"),
    "officers": gettext_lazy("专员"),
    "lead_units": gettext_lazy("牵头单位"),
    "support_units": gettext_lazy("配合单位"),
    "lead_unit": gettext_lazy("责任单位"),
    "year": gettext_lazy("年度"),
    "report_day": gettext_lazy("报送日"),
    "final_day": gettext_lazy("定稿日"),
    "office_name": gettext_lazy("办公室名称"),
    "credit_code": gettext_lazy("统一社会信用代码"),
    "origin": gettext_lazy("来源"),
    "province_code": gettext_lazy("省份"),
    "group_name": gettext_lazy("所属集团"),
    "note": gettext_lazy("备注"),
    "alias": gettext_lazy("别名"),
    "aliases": gettext_lazy("别名"),
    "enterprise": gettext_lazy("企业"),
    "project": gettext_lazy("项目"),
    "chain": gettext_lazy("产业链"),
    "task_force": gettext_lazy("专班"),
    "occurred_on": gettext_lazy("日期"),
    "ended_on": gettext_lazy("结束日期"),
    "summary": gettext_lazy("内容"),
    "next_step": gettext_lazy("下一步"),
    "next_due_on": gettext_lazy("跟进日期"),
    "counterpart": gettext_lazy("对方"),
    "place": gettext_lazy("地点"),
    "led_by": gettext_lazy("带队"),
    "participants": gettext_lazy("参加人员"),
    "headcount": gettext_lazy("人数"),
    "amount_wan": gettext_lazy("金额（万元）"),
    "delta_wan": gettext_lazy("增减（万元）"),
    "total_wan": gettext_lazy("总投资（万元）"),
    "fixed_wan": gettext_lazy("固定资产投资（万元）"),
    "verified_wan": gettext_lazy("核定数（万元）"),
    "stage": gettext_lazy("环节"),
    "status": gettext_lazy("状态"),
    "state": gettext_lazy("状态"),
    "period": gettext_lazy("期次"),
    "posted_period": gettext_lazy("计入期次"),
    "reason": gettext_lazy("原因"),
    "text": gettext_lazy("内容"),
    "title": gettext_lazy("标题"),
    "product": gettext_lazy("产品"),
    "capacity": gettext_lazy("规模"),
    "content": gettext_lazy("建设内容"),
    "officer": gettext_lazy("专员"),
    "sector": gettext_lazy("行业"),
    "group": gettext_lazy("分组"),
    "colour": gettext_lazy("颜色"),
    "size": gettext_lazy("大小"),
    "added": gettext_lazy("新增"),
    "one_time": gettext_lazy("一次性密码"),
}


SHARED_CHOICES: dict[str, Sequence[tuple[str, Text]]] = {"role": ROLE_CHOICES, "breadth": Breadth.choices}


@dataclass(frozen=True)
class Change:
    """One field of a record before and after; either may be unknown."""

    label: Text
    before: str
    after: str


@dataclass(frozen=True)
class LogLine:
    """One entry of the log in words."""

    at: datetime
    who: str
    address: str
    verb: Text
    target: str
    url: str
    code: str
    changes: list[Change]
    note: str


def entries(actor: Actor, *, person: int | None = None, verb: str = "", code: str = "") -> QuerySet[AuditEntry]:
    """The log, newest first, for those who may read all of it; narrowed to a person, a verb or a record's code."""
    policy.can_read_log(actor).require()
    rows: QuerySet[AuditEntry] = AuditEntry.objects.order_by("-id")
    if person is not None:
        rows = rows.filter(actor_id=person)
    if verb:
        rows = rows.filter(verb=verb)
    if code:
        rows = rows.filter(target_code=code.upper())
    return rows


def lines(found: Iterable[AuditEntry]) -> list[LogLine]:
    """Entries in words."""
    house = assembled()
    return [
        LogLine(
            at=entry.at,
            who=entry.actor_label,
            address=entry.address,
            verb=house.VERB_LABELS.get(entry.verb, entry.verb),
            target=entry.target_label,
            url=house.link(entry.target_type, entry.target_code),
            code=entry.target_code,
            changes=changes_of(entry),
            note=entry.note,
        )
        for entry in found
    ]


def changes_of(entry: AuditEntry) -> list[Change]:
    """What an entry says was and is now, field by field, without what stayed empty."""
    before: dict[str, Any] = entry.before if isinstance(entry.before, dict) else {}
    after: dict[str, Any] = entry.after if isinstance(entry.after, dict) else {}
    fields = dict.fromkeys([*after, *before])
    told = []
    for key in fields:
        words = words_of(entry.target_type, key)
        told.append(
            Change(SHOWN_FIELDS.get(key, key), in_words(before.get(key), words), in_words(after.get(key), words))
        )
    return [change for change in told if change.before != change.after]


@cache
def words_of(target_type: str, field: str) -> Mapping[str, Text]:
    """What the stored values of a field are called: the choices of the record's own field, or of a role's."""
    try:
        model = apps.get_model(target_type)
        choices = getattr(model._meta.get_field(field), "flatchoices", ())
    except (LookupError, ValueError, FieldDoesNotExist):
        choices = ()
    return {str(value): label for value, label in choices or SHARED_CHOICES.get(field, ())}


def in_words(value: Any, words: Mapping[str, Text] | None = None) -> str:
    """A stored value for reading; *words* are the names of a choice."""
    if value is None or value == "":
        return ""
    if words and isinstance(value, str) and value in words:
        return str(words[value])
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return _("、").join(in_words(item) for item in value)
    return str(value)


@dataclass(frozen=True)
class Happening:
    """One line of a record's timeline (``ui/timeline.html``)."""

    at: datetime
    title: Text
    text: str
    who: str


def history_of(record: Model, limit: int = 20) -> list[Happening]:
    """What was done to a record that the reader was already allowed to see, newest first."""
    rows = AuditEntry.objects.filter(target_type=record._meta.label_lower, target_id=record.pk).order_by("-id")[:limit]
    labels = assembled().VERB_LABELS
    return [Happening(row.at, labels.get(row.verb, row.verb), _told(row), row.actor_label) for row in rows]


def _told(entry: AuditEntry) -> str:
    """The changes of an entry in one sentence."""
    colon = _("：")
    parts = [
        f"{change.label}{colon}{change.before} → {change.after}"
        if change.before
        else f"{change.label}{colon}{change.after}"
        for change in changes_of(entry)
    ]
    return _("；").join([*parts, entry.note] if entry.note else parts)[:400]
