"""Targets and results of investment promotion: money signed and in place, projects counted, growth."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .model import Figure
from .outlook import Mood, Outlook, mood_of
from .quantities import AFTER, BEFORE, NUMBER, NUMERAL, ROUGHLY, Money, moneys, number, op_of
from .sentences import Paragraph, Span, clauses, split
from .source import Source

METRICS = (
    (
        "到位资金",
        re.compile(
            r"(?:到位(?:资金|金额|内资|省外资金|投资)?|资金到位|实际利用(?:省外|内|市外)?资金)(?:总额|额|任务|目标)?(?:任务|目标)?(?:完成|实现|达|为)?\Z"
        ),
    ),
    ("实际利用外资", re.compile(r"(?:实际(?:利用|使用)外资|外资到位)(?:金额|额)?(?:完成|实现|达|为)?\Z")),
    (
        "签约金额",
        re.compile(
            r"(?:签约|签订|签署|签约项目)(?:任务|金额|资金|总额|额|总金额|项目金额|协议资金|总投资)?(?:任务|目标)?(?:完成|实现|达|为|共计)?\Z"
        ),
    ),
    (
        "合同金额",
        re.compile(r"(?:合同|协议|意向)(?:投资额|投资|金额|资金|总额|额|总金额|引资)(?:完成|实现|达|为|共计)?\Z"),
    ),
    (
        "引进资金",
        re.compile(
            r"(?:引进|招引|引资|招商引资)(?:省外|市外|域外|县外|国内)?(?:资金|金额|总额|任务)?(?:完成|实现|达|为)?\Z"
        ),
    ),
    ("完成投资", re.compile(r"完成投资(?:额)?(?:达|为)?\Z")),
)
ABOUT_FUNDS = re.compile(r"到位|签约|引资|招商|完成投资|以上项目|协议|合同|外资|亿元以上")
BIG_PROJECTS = re.compile(
    rf"(?P<what>项目)(?:数|个数)?(?:共|达到|达|为)?(?P<raw>{BEFORE}(?P<number>\d{{1,5}}|{NUMERAL}){ROUGHLY}(?P<unit>[个项]){AFTER})"
)
SIGNED_COUNT = re.compile(
    rf"(?P<metric>(?:签约|引进|落地|开工|招引|储备|对接)[^，。、\d]{{0,8}}项目)(?:数|个数)?(?P<raw>{BEFORE}(?P<number>\d{{1,5}}|{NUMERAL}){ROUGHLY}(?P<unit>[个项]){AFTER})"
)
GROWTH = re.compile(
    rf"(?P<metric>(?:到位资金|签约金额|签约资金|签约额|到位金额|引进资金|实际利用外资|招商引资(?:总额|额)?))(?P<raw>(?:同比|比上年|年均)?(?:增长|增速|增幅|下降)(?:达到?|为)?(?P<number>{NUMBER})%{AFTER})"
)
COUNTED = re.compile(
    rf"(?P<raw>{BEFORE}(?P<number>\d{{1,6}}|{NUMERAL}){ROUGHLY}(?P<unit>批次|场次|人次|家次|次|家|批|场|趟|位)){AFTER}\Z"
)
EFFORT = re.compile(
    r"考察|对接|洽谈|会见|推介|签约|拜访|走访|外出招商|招商活动|小分队|驻点|接待(?!游客)|来访|客商|座谈"
)
EFFORT_NOT = re.compile(r"游客|群众|学生|医|宣传|培训|检查|就业|党|演练|督导|投诉|消费|建筑业|帮扶|人才|政务|信访")
PROMOTION = re.compile(r"招商|引资|洽谈|签约|客商|推介|投资促进")
SCOPE = re.compile(
    r"(?P<scope>(?!新|签|引|亿|完成|实现)(?:(?!以上|项目)[\u4e00-\u9fff]){1,10}(?:(?<!企)业|产业链|领域)(?:（[^（）]{1,30}）)?|“[^”]{2,12}会”)(?:招商引资|项目|实现|完成|共)*\Z"
)
SPOKEN_OF = re.compile(
    r"(?:\A|，|其中|；)(?P<scope>[\u4e00-\u9fff]{1,5}(?:市|州|县|区|行委|开发区|园区))(?=[^，]{0,6}(?:签约|完成|引进|累计|实现|到位))"
)
PERIOD = re.compile(
    r"20\d\d年(?:前[一二三]季度|[上下]半年|1至\d{1,2}月|一季度)?|前[一二三]季度|[上下]半年|1至\d{1,2}月|1[-—]\d{1,2}月|一季度|全年|年内|今年"
)
CHAIN_BLOCK = re.compile(
    r"(?:^|\n)(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?P<chain>[\u4e00-\u9fff]{2,16}?产业链)(?:(?!条)[^\n，。]{0,12})?(?=\n|$)"
)
ADVERBS = re.compile(r"\A(?:力争|确保|推动|实现|其中|全年|年内)+")
RESPECTIVELY = re.compile(r"(?P<metrics>[^，。：；]{2,40}?)(?:任务|目标|力争|确保|要|将|计划|预计)*分别")
OF_ONE = re.compile(r"(?<!以上)项目(?:已|累计|目前)*完成")
STATE_FUNDS = re.compile(r"设备更新|申报[^，]{0,20}项目|中央预算|国债|专项债|一般债|补助|拨款|财政")


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in its clause, before it is known to be a target or a result."""

    metric: str
    op: str
    value: Decimal
    unit: str
    raw: str
    place: Span
    at: int
    threshold: Decimal | None = None


def money_figures(clause: Span) -> Iterator[Found]:
    """Amounts that follow a metric's words; an amount before 以上项目 is a threshold and none of these."""
    respective = RESPECTIVELY.search(clause.text)
    if respective:
        yield from in_turn(clause, respective)
        return
    for amount in moneys(clause.text):
        if re.match(r"(?:以上)?的?[^，]{0,6}项目|(?:建设)?的.{2,40}项目", clause.text[amount.end :]):
            continue
        before = clause.text[max(0, amount.start - 24) : amount.start]
        metric = kind_of(before)
        if metric is not None and not (metric == "完成投资" and OF_ONE.search(before)):
            yield found_amount(metric, amount, clause)


def in_turn(clause: Span, respective: re.Match[str]) -> Iterator[Found]:
    """签约金额、到位资金分别完成甲和乙: the first amount belongs to the first metric."""
    named = [kind_of(words) for words in re.split("[、和及]", respective["metrics"])]
    amounts = [m for m in moneys(clause.text) if m.start >= respective.end()]
    if len(named) == len(amounts):
        for metric, amount in zip(named, amounts, strict=True):
            if metric is not None:
                yield found_amount(metric, amount, clause)


def kind_of(words: str) -> str | None:
    """The metric that words end with."""
    return next((metric for metric, pattern in METRICS if pattern.search(words)), None)


def found_amount(metric: str, amount: Money, clause: Span) -> Found:
    """The amount with its unit; foreign money keeps its own."""
    return Found(metric, amount.op, amount.value_wan, f"万{amount.currency}", amount.raw, clause, amount.start)


def counted_projects(clause: Span) -> Iterator[Found]:
    """So many projects of at least so much: 10亿元以上项目不少于5个."""
    for match in BIG_PROJECTS.finditer(clause.text):
        amounts = [m for m in moneys(clause.text[: match.start()]) if m.op == "≥" and match.start() - m.end <= 6]
        value = number(match["number"])
        if not amounts or amounts[-1].amount_wan is None or value is None:
            continue
        size = amounts[-1]
        metric = f"{size.raw}项目数"
        yield Found(
            metric, op_of(match["raw"]), value, match["unit"], match["raw"], clause, match.start(), size.amount_wan
        )


def wanted_counts(clause: Span) -> Iterator[Found]:
    """So many projects to be signed or won, whatever their size."""
    for match in SIGNED_COUNT.finditer(clause.text):
        value = number(match["number"])
        if value is not None and "以上" not in match["metric"]:
            metric, raw = f"{match['metric']}数", match["raw"]
            yield Found(metric, op_of(raw), value, match["unit"], raw, clause, match.start())


def growths(clause: Span) -> Iterator[Found]:
    """Growth of money signed or in place, in per cent."""
    for match in GROWTH.finditer(clause.text):
        value = number(match["number"])
        if value is not None:
            op = "下降" if "下降" in match["raw"] else "增长"
            yield Found(match["metric"] + "同比增速", op, value, "%", match["raw"], clause, match.start())


def efforts(clause: Span) -> Iterator[Found]:
    """Trips, talks and receptions counted at the end of a clause."""
    match = COUNTED.search(clause.text)
    if match is None or EFFORT_NOT.search(clause.text) or not EFFORT.search(clause.text[: match.start()]):
        return
    value = number(match["number"])
    if value is not None:
        metric = re.sub(r"^(?:先后|共|累计|成功|开展|组织)+", "", clause.text[: match.start()])
        yield Found(metric, op_of(match["raw"]), value, match["unit"], match["raw"], clause, match.start())


def figures(
    source: Source, parts: list[Paragraph], views: list[Outlook], area: str | None
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The targets and the results of a document."""
    chains = [(m.start(), m["chain"]) for m in CHAIN_BLOCK.finditer(source.reading)]
    heads = [at for at, _ in chains]
    targets: list[Figure] = []
    results: list[Figure] = []
    for part, view in zip(parts, views, strict=True):
        if part.is_glossary or part.is_heading:
            continue
        promoting = len(PROMOTION.findall(part.span.text)) >= 2
        for sentence in part.sentences:
            if not ABOUT_FUNDS.search(sentence.text) and not promoting:
                continue
            above = bisect_right(heads, sentence.start)
            scope = chains[above - 1][1] if above else area
            for found in in_sentence(sentence, promoting):
                mood = mood_of(sentence.text, view.mood, found.place.start + found.at - sentence.start, anywhere=True)
                if found.metric.endswith("项目数") and found.threshold is None and mood is not Mood.GOAL:
                    continue
                figure = as_figure(source, found, scope, view, sentence)
                (targets if is_target(found, mood) else results).append(figure)
    return unique(targets), unique(results)


def in_sentence(sentence: Span, promoting: bool) -> Iterator[Found]:
    """Every figure of a sentence; parts of a sentence about state funds are passed over."""
    threshold: Found | None = None
    for clause in clauses(sentence):
        if STATE_FUNDS.search(clause.text):
            continue
        big = list(counted_projects(clause))
        threshold = big[-1] if big else threshold
        yield from big
        for found in money_figures(clause):
            yield with_threshold(found, threshold)
        yield from wanted_counts(clause)
        yield from growths(clause)
        if promoting:
            yield from efforts(clause)


def with_threshold(found: Found, threshold: Found | None) -> Found:
    """完成投资 after a count of big projects is the investment of those projects."""
    if found.metric != "完成投资" or threshold is None:
        return found
    metric = threshold.metric.removesuffix("数") + "完成投资"
    return Found(metric, found.op, found.value, found.unit, found.raw, found.place, found.at, threshold.threshold)


def is_target(found: Found, mood: Mood) -> bool:
    """A wanted figure; where the text says neither, a floor is wanted and a plain figure was reached."""
    if mood is Mood.OPEN:
        return found.op in ("≥", "≤") and "以上" not in found.raw
    return mood is Mood.GOAL


def as_figure(source: Source, found: Found, scope: str | None, view: Outlook, sentence: Span) -> Figure:
    """The figure with its quotation: the clause it stands in, or the item if growth is listed item by item."""
    items = split(found.place, "、") if found.unit == "%" else [found.place]
    place = next(item for item in items if found.place.start + found.at < item.end)
    start, end = source.quoted(place.start, place.end)
    own = SCOPE.search(place.text[: found.place.start + found.at - place.start].removesuffix("签约"))
    near = list(SPOKEN_OF.finditer(sentence.text[: found.place.start + found.at - sentence.start + 2]))
    scope = near[-1]["scope"] if near and near[-1]["scope"] not in ("全市", "全州", "全县", "全区") else scope
    period = PERIOD.search(sentence.text)
    year = f"{view.year}年" if view.year else None
    return Figure(
        scope=ADVERBS.sub("", own["scope"]) if own else scope,
        period=period.group() if period and period.group() not in ("全年", "年内", "今年") else year,
        metric=found.metric,
        op=found.op,
        value=found.value,
        unit=found.unit,
        raw=found.raw,
        project_threshold_wan=found.threshold,
        evidence=source.condensed[start:end],
        start=start,
        end=end,
        confidence=0.9 if found.metric in ("签约金额", "到位资金") else 0.75,
        rule="figure." + {"万元": "money", "%": "growth"}.get(found.unit, "count"),
    )


def unique(found: list[Figure]) -> tuple[Figure, ...]:
    """One of each figure said twice at the same place."""
    seen: dict[tuple[int, str, Decimal, str], Figure] = {}
    for figure in found:
        seen.setdefault((figure.start, figure.metric, figure.value, figure.unit), figure)
    return tuple(seen.values())
