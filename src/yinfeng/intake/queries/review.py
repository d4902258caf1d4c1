"""What the review screen shows: the text with what was found in it, the candidates, and the chosen one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.core.errors import Text
from yinfeng.core.money import format_wan
from yinfeng.intake.drafts import PLANNED_STAGES
from yinfeng.intake.enums import CandidateKind, CandidateState, Doubt, MatchReason
from yinfeng.intake.models import Candidate, Provenance, SourceDocument
from yinfeng.intake.queries.matching import Like, decimal_of
from yinfeng.projects.enums import ProjectKind
from yinfeng.projects.queries import stage_word
from yinfeng.targets.enums import Operator, TargetLevel
from yinfeng.targets.metrics import METRICS

WINDOW = 40_000
LONGEST_LIST = 400
LABELS: Mapping[str, Text] = {
    "name": gettext_lazy("名称"),
    "aliases": gettext_lazy("别名"),
    "enterprise": gettext_lazy("投资方"),
    "product": gettext_lazy("产品"),
    "capacity": gettext_lazy("规模"),
    "amount_wan": gettext_lazy("金额（万元）"),
    "stage": gettext_lazy("文件所说环节"),
    "kind": gettext_lazy("项目类型"),
    "region": gettext_lazy("地区"),
    "chain": gettext_lazy("产业链"),
    "unit": gettext_lazy("责任单位"),
    "group": gettext_lazy("产业类别"),
    "sponsors": gettext_lazy("包联领导（职务）"),
    "leaders": gettext_lazy("责任领导（职务）"),
    "lead_units": gettext_lazy("责任单位"),
    "support_units": gettext_lazy("配合单位"),
    "masters": gettext_lazy("链主企业"),
    "period": gettext_lazy("期间"),
    "signed_wan": gettext_lazy("签约目标（万元）"),
    "funds_wan": gettext_lazy("到位目标（万元）"),
    "big_threshold_wan": gettext_lazy("大项目门槛（万元）"),
    "big_count": gettext_lazy("大项目个数"),
    "tasks": gettext_lazy("重点任务"),
    "metric": gettext_lazy("指标"),
    "metric_text": gettext_lazy("文件用词"),
    "scope": gettext_lazy("对象"),
    "operator": gettext_lazy("比较"),
    "value": gettext_lazy("数值"),
    "unit_word": gettext_lazy("单位"),
    "threshold_wan": gettext_lazy("项目门槛（万元）"),
    "source_title": gettext_lazy("出自"),
    "level": gettext_lazy("下达层级"),
    "what": gettext_lazy("内容"),
    "count": gettext_lazy("个数"),
    "against": gettext_lazy("同一文件另作"),
}
HIDDEN = frozenset({"quotations", "signed_operator", "funds_operator"})
RULES: Mapping[str, Text] = {
    "task_force": gettext_lazy("标题写明专班，随后列出领导和单位"),
    "figure.money": gettext_lazy("指标词后面跟着金额"),
    "figure.count": gettext_lazy("指标词后面跟着个数"),
    "figure.growth": gettext_lazy("指标词后面跟着增幅"),
    "figure": gettext_lazy("指标词后面跟着数字"),
    "group": gettext_lazy("写明个数和合计，没有逐个列名"),
    "project": gettext_lazy("文中点名的项目"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the source text and the candidates that quote it."""

    text: str
    numbers: tuple[int, ...] = ()
    chosen: bool = False
    first: bool = False
    settled: bool = False

    @property
    def opens(self) -> int | None:
        """The candidate that a click here chooses."""
        return self.numbers[-1] if self.numbers else None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a long text that is shown, and where the parts beside it begin."""

    start: int
    end: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """Something on record that a candidate may be: its name, its page and why."""

    label: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """A value of a candidate as it is shown."""

    label: Text
    text: str
    lines: tuple[str, ...] = ()


def documents_listed(actor: Actor) -> QuerySet[SourceDocument]:
    """Documents with how many of their candidates wait and how many were taken."""
    rows: QuerySet[SourceDocument] = SourceDocument.objects.visible_to(actor).defer("text").order_by("-id")
    return rows.annotate(
        total=Count("candidates"),
        waiting=Count("candidates", filter=Q(candidates__state=CandidateState.PENDING)),
        taken=Count("candidates", filter=Q(candidates__state__in=(CandidateState.ACCEPTED, CandidateState.MERGED))),
    )


def counted(document: SourceDocument) -> dict[str, Any]:
    """How many candidates of each kind there are, and how many in each state: one query."""
    rows = Candidate.objects.filter(document=document).values_list("kind", "state").annotate(n=Count("id")).order_by()
    kinds = dict.fromkeys(CandidateKind.values, 0)
    states = dict.fromkeys(CandidateState.values, 0)
    for kind, state, number in rows:
        kinds[kind] += number
        states[state] += number
    return {
        "total": sum(states.values()),
        "kinds": [(value, label, kinds[value]) for value, label in CandidateKind.choices if kinds[value]],
        "states": [(value, label, states[value]) for value, label in CandidateState.choices],
        "waiting": states[CandidateState.PENDING],
    }


def candidates_of(document: SourceDocument, actor: Actor, *, kind: str, state: str) -> QuerySet[Candidate]:
    """A document's candidates in the order of its text."""
    rows: QuerySet[Candidate] = Candidate.objects.visible_to(actor).filter(document=document).order_by("number")
    if kind in CandidateKind.values:
        rows = rows.filter(kind=kind)
    if state in CandidateState.values:
        rows = rows.filter(state=state)
    return rows


def next_waiting(document: SourceDocument, after: int, kind: str) -> int | None:
    """The next candidate nobody decided on; round to the start at the end."""
    rows = Candidate.objects.filter(document=document, state=CandidateState.PENDING).order_by("number")
    if kind in CandidateKind.values:
        rows = rows.filter(kind=kind)
    numbers = rows.values_list("number", flat=True)
    return numbers.filter(number__gt=after).first() or numbers.first()


def ready_for_bulk(document: SourceDocument, actor: Actor, *, kind: str, at_least: Decimal) -> tuple[list[int], int]:
    """Candidates that may be accepted together, and how many of that confidence are left to be looked at one by one.

    What seems to be on record already, and what the document itself contradicts, is never accepted in bulk.
    """
    rows = candidates_of(document, actor, kind=kind, state=CandidateState.PENDING).filter(confidence__gte=at_least)
    found = list(rows.values_list("pk", "match_id", "doubts"))
    plain = [key for key, match, doubts in found if match is None and Doubt.CONTRADICTS not in doubts]
    return plain, len(found) - len(plain)


def window_of(document: SourceDocument, wanted: int) -> Window:
    """The stretch of text around *wanted*; a text of usual length is shown as a whole."""
    length = len(document.text)
    if length <= WINDOW * 2:
        return Window(0, length, None, None)
    start = max(0, min(wanted - WINDOW // 2, length - WINDOW))
    end = min(length, start + WINDOW)
    return Window(start, end, max(0, start - WINDOW // 2) if start else None, end if end < length else None)


def segments(document: SourceDocument, window: Window, chosen: int | None) -> list[Segment]:
    """The text of a window cut where quotations begin and end; one query."""
    rows = Candidate.objects.filter(document=document, start__lt=window.end, end__gt=window.start)
    spans = [
        (max(start, window.start), min(end, window.end), number, state)
        for number, start, end, state in rows.values_list("number", "start", "end", "state")
    ]
    cuts = sorted({window.start, window.end, *(s for s, *_ in spans), *(e for _, e, *_ in spans)})
    spans.sort()
    found: list[Segment] = []
    open_spans: list[tuple[int, int, int, str]] = []
    waiting = iter([*spans, None])
    upcoming = next(waiting)
    seen = False
    for start, end in pairwise(cuts):
        while upcoming is not None and upcoming[0] <= start:
            open_spans.append(upcoming)
            upcoming = next(waiting)
        open_spans = [span for span in open_spans if span[1] > start]
        numbers = tuple(sorted(span[2] for span in open_spans))
        here = chosen in numbers
        settled = bool(open_spans) and all(span[3] != CandidateState.PENDING for span in open_spans)
        text = re.sub(r"[ \t\u3000]*\n(?:[ \t\f]*\n)+", "\n", document.text[start:end])
        found.append(Segment(text, numbers, chosen=here, first=here and not seen, settled=settled))
        seen = seen or here
    return found


def said_by(candidate: Candidate) -> list[Said]:
    """A candidate's values in words, empty ones left out."""
    found = []
    for key, value in candidate.values.items():
        if key in HIDDEN or value in ("", [], None):
            continue
        label = LABELS["unit_word"] if key == "unit" and "metric_text" in candidate.values else LABELS.get(key, key)
        if isinstance(value, list):
            found.append(Said(label, "", tuple(str(item) for item in value)))
        else:
            found.append(Said(label, shown_value(key, str(value))))
    return found


def shown_value(key: str, value: str) -> str:
    """One value in the words of the page."""
    if key.endswith("_wan") or (key == "value" and decimal_of(value) is not None):
        number = decimal_of(value)
        return format_wan(number) if number is not None else value
    words: dict[str, Mapping[Any, Any]] = {
        "kind": dict(ProjectKind.choices),
        "operator": dict(Operator.choices),
        "level": dict(TargetLevel.choices),
        "metric": {name: metric.title for name, metric in METRICS.items()},
        "group": {"leading": _("主导产业"), "special": _("特色产业")},
    }
    return str(words.get(key, {}).get(value, value))


def what_accepting_does(candidate: Candidate) -> str:
    """What will be on record after a candidate is accepted, said before the click."""
    values = candidate.values
    if candidate.kind == CandidateKind.TASK_FORCE:
        return _("成立专班和产业链，登记责任单位、链主企业和年度目标。")
    if candidate.kind == CandidateKind.TARGET:
        if not values["metric"]:
            return _("没有对应指标，只作为文件记载保留，不生成目标。")
        return _("下达一条目标，写明出处；与其他文件的同一目标并存。")
    if candidate.kind != CandidateKind.PROJECT:
        return _("只作为文件记载保留，不生成台账记录。")
    if not values["enterprise"] and values["stage"] in PLANNED_STAGES:
        return _("登记为招商推介项目：文件没有写投资方。")
    stage, _status, in_doubt = stage_word(values["stage"])
    told = {"stage": stage.label if stage else "", "doubt": _("，标明“环节待核”") if in_doubt else ""}
    return _("登记为项目，环节“%(stage)s”%(doubt)s；文件没有写的要件记为入库前或欠项。") % told


def rule_words(rule: str) -> str:
    """Why the extractor took the words for this."""
    found = next((text for key, text in RULES.items() if rule.startswith(key)), None)
    return f"{found}{_('（')}{rule}{_('）')}" if found else rule


def doubt_words(candidate: Candidate) -> list[str]:
    """A candidate's doubts in words."""
    return [str(Doubt(doubt).label) for doubt in candidate.doubts if doubt in Doubt.values]


def reason_words(reason: str) -> str:
    """Why something on record seems to be the same."""
    return str(MatchReason(reason).label) if reason in MatchReason.values else reason


def address_of(kind: str, code: str) -> str:
    """The page of a record."""
    return assembled().link(kind, code)


def hidden_likes(actor: Actor, likes: Sequence[Like]) -> list[Like]:
    """Likes with those outside the actor's scope reduced to the fact that something is on record."""
    if actor.sees_all:
        return list(likes)
    return [Like(like.type, like.id, "", _("已有相近记录，请联系办公室"), like.reason) for like in likes]


def known_of(likes: Sequence[Like]) -> list[Known]:
    """Likes as the page shows them."""
    return [
        Known(like.label, address_of(like.type, like.code) if like.code else "", reason_words(like.reason))
        for like in likes
    ]


def records_of(candidate: Candidate) -> list[tuple[str, str, bool]]:
    """What accepting a candidate made or confirmed: label, address and whether it was made; one query a kind."""
    rows = list(Provenance.objects.filter(candidate=candidate, withdrawn_at__isnull=True).order_by("id"))
    main = (candidate.result_type, candidate.result_id)
    rows.sort(key=lambda row: (row.target_type, row.target_id) != main)
    found = labels_of((row.target_type, row.target_id) for row in rows)
    shown = []
    for row in rows:
        label, code = found.get((row.target_type, row.target_id), ("", ""))
        if label:
            shown.append((label, address_of(row.target_type, code), row.made))
    return shown


def labels_of(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Labels and codes of records of several kinds."""
    from django.apps import apps

    wanted: dict[str, set[int]] = {}
    for kind, key in records:
        wanted.setdefault(kind, set()).add(key)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for kind, keys in wanted.items():
        rows = apps.get_model(kind)._base_manager.filter(pk__in=keys)
        found.update({(kind, row.pk): (str(row), getattr(row, "code", "")) for row in rows})
    return found


def undoable(document: SourceDocument, actor: Actor, moment: datetime) -> QuerySet[Candidate]:
    """What was decided on in one click."""
    rows: QuerySet[Candidate] = Candidate.objects.visible_to(actor).filter(document=document, decided_at=moment)
    return rows.exclude(state=CandidateState.PENDING)
