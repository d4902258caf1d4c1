"""Counts and sums over projects that the document does not name one by one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .model import ProjectGroup, Stage
from .outlook import Mood, Outlook, mood_of
from .quantities import NUMERAL, ROUGHLY, moneys, number
from .sentences import Paragraph, Span, clauses, split
from .source import Source

COUNT = rf"(?P<count>\d{{1,5}}|{NUMERAL}){ROUGHLY}"
AFTER_NAME = re.compile(
    rf"(?P<what>[^，。]{{0,60}}?项目)(?:共有|有|共|共计|达|达到|已达|数|合计|累计)?{COUNT}(?P<unit>[个项])(?!百分点|月|工作日)"
)
BEFORE_NAME = re.compile(rf"{COUNT}(?P<unit>[个项])(?P<what>[^，。、0-9]{{0,24}}?项目)(?!库|化|清单|部)")
PRICED = re.compile(
    r"(?:总投资|投资|引资额|金额|资金)(?:额)?(?:约|达|为)?[\d.]{1,10}[余多]?(?:亿|万)元的(?=\d{1,4}[个项])"
)
ELLIPSIS = re.compile(rf"(?P<what>签约|开工|落地|引进)(?:了)?{COUNT}(?P<unit>[个项])(?=\Z|，|、)")
COUNTED = re.compile(rf"项目[^，。]{{0,4}}(?:\d|{NUMERAL}[个项])|\d{{1,5}}[个项][^，。]{{0,12}}项目|签约\d+[个项]")
RULES = {AFTER_NAME: "count_after", BEFORE_NAME: "count_before", ELLIPSIS: "count_alone"}
DOING = (
    (Stage.PRODUCTION, re.compile(r"建成|投产|竣工|完工|达产|投运")),
    (Stage.RESUMED, re.compile(r"复工")),
    (Stage.CONSTRUCTION, re.compile(r"开工|在建|新建|续建|开建|建设")),
    (Stage.LANDING, re.compile(r"落地|落户")),
    (Stage.SIGNED, re.compile(r"签约|签订|签署")),
    (Stage.PLANNED, re.compile(r"储备|谋划|入库|策划|包装|招引|推介|发布")),
    (Stage.TALKS, re.compile(r"对接|洽谈|在谈")),
    (Stage.UNCLEAR, re.compile(r"引进|招商|实施|推进|集中")),
)
NOT_INVESTMENT = re.compile(
    r"小区|道路|农村|厕|棚户|管网|校|医院|民生|惠民|帮扶|衔接|援青|对口支援|市政|培训|人才|科研|课题|文物|志愿|竞赛|赛|国债|预算|设备更新|债券|修复|审批|事项|资金项目|揭榜"
)
SUM = re.compile(
    r"(?<!完成)(?:总投资|投资总规模|总规模|投资规模|协议引资|引资额|合同引资额|投资总额|计划总投资|计划投资|协议资金|协议总投资|合同金额|签约金额|签约资金|签约总额|签约额|总金额|投资额|总额|引资|投资|意向资金)(?:额|共计|合计|累计|总计|达到|达|为|约|超|超过|近)*\Z"
)
THRESHOLD = re.compile(r"(?:以上|及以上)的?\Z")


def groups(source: Source, parts: list[Paragraph], views: list[Outlook]) -> tuple[ProjectGroup, ...]:
    """Every group of projects that was counted; wanted numbers are targets, not groups.

    A headline that repeats a count its article explains is not a group of its own.
    """
    told: list[ProjectGroup] = []
    headlines: list[ProjectGroup] = []
    for part, view in zip(parts, views, strict=True):
        if part.is_glossary:
            continue
        for sentence in part.sentences:
            if "项目" in sentence.text or "签约" in sentence.text:
                (headlines if part.is_heading else told).extend(in_sentence(source, sentence, view))
    counts = {group.count for group in told}
    return (*told, *(group for group in headlines if group.count not in counts))


def in_sentence(source: Source, sentence: Span, view: Outlook) -> Iterator[ProjectGroup]:
    """The counted groups of a sentence, each with the sum that follows it before the next count."""
    said = pieces(sentence)
    for at, piece in enumerate(said):
        match = counted(piece)
        if match is None:
            continue
        if mood_of(sentence.text, view.mood, piece.start - sentence.start + match.start("count")) is Mood.GOAL:
            continue
        doing, count = stage_of(piece.text), number(match["count"])
        amount, last = sum_after(said, at, match.end())
        if doing is None and amount is not None:
            doing = Stage.UNCLEAR
        if doing is None or count is None:
            continue
        start, end = source.quoted(piece.start, last.end)
        yield ProjectGroup(
            what=match["what"],
            count=int(count),
            amount_wan=amount,
            stage=doing,
            evidence=source.condensed[start:end],
            start=start,
            end=end,
            confidence=0.8 if amount is not None else 0.7,
            rule=f"group.{RULES[match.re]}",
        )


def pieces(sentence: Span) -> list[Span]:
    """The clauses of a sentence; one that counts several times is cut at its list marks too."""
    out: list[Span] = []
    for clause in clauses(sentence):
        items = split(clause, "、")
        figures = sum(1 for item in items if COUNTED.search(item.text) or moneys(item.text))
        out.extend(items if figures > 1 else [clause])
    return out


def counted(piece: Span) -> re.Match[str] | None:
    """The count of projects in a piece, unless it is a threshold or no matter of investment."""
    if NOT_INVESTMENT.search(piece.text) or re.search(r"不少于|不低于|至少", piece.text):
        return None
    match = next((m for m in (pattern.search(piece.text) for pattern in RULES) if m), None)
    return None if match is None or "以上" in match["what"] or THRESHOLD.search(piece.text[: match.start()]) else match


def stage_of(text: str) -> Stage | None:
    """What is being done with the counted projects; nothing if it is no matter of investment."""
    return next((stage for stage, words in DOING if words.search(text)), None)


def sum_after(said: list[Span], at: int, start: int) -> tuple[Decimal | None, Span]:
    """The sum stated for the group in the same or the next piece; one that follows two counts is theirs together."""
    shared = at and counted(said[at - 1]) and said[at - 1].end + 1 == said[at].start
    own = said[at]
    priced = PRICED.search(own.text)
    if priced:
        return moneys(priced.group())[0].amount_wan, own
    for amount in moneys(own.text[start:]):
        if amount.start == 0:
            return amount.amount_wan, own
    for piece in said[at : at + 3]:
        if piece is not own and (shared or COUNTED.search(piece.text)):
            break
        for amount in moneys(piece.text):
            early = piece is said[at] and amount.start < start
            if not early and amount.amount_wan is not None and SUM.search(piece.text[: amount.start]):
                return amount.amount_wan, piece
    return None, said[at]
