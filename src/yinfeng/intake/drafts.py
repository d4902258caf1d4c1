"""What the extractor found, as candidates a person can read, correct and decide on. Pure: no rows, no clock.

Values are texts and lists of texts, so that a form can show and take them; amounts are exact decimal texts in 万元.
People's names are left behind: a task force is made of posts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from yinfeng.intake.enums import CandidateKind, Doubt
from yinfeng.intake.extraction import Extraction
from yinfeng.intake.extraction.model import Figure, Project, ProjectGroup, Quotation, Stage, TaskForce

UNSURE_BELOW = Decimal("0.7")
DOUBTFUL_STAGES = frozenset({Stage.LANDING.value, Stage.UNCLEAR.value})
PLANNED_STAGES = frozenset({Stage.PLANNED.value})
STAGE_WORDS = tuple(stage.value for stage in Stage)
METRICS = {"签约金额": "signed_amount", "到位资金": "funds_reported"}
OPERATORS = {"≥": "at_least", ">": "more_than", "=": "equals", "≤": "at_most", "<": "at_most"}
COUNTED = frozenset({"个", "项"})
YEAR = re.compile(r"(20\d\d)年?")
BESIDE_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")
TAIL = re.compile(r"(?:项目|工程)$")
KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("upgrade", "技改|扩能|改造|提升"),
    ("pilot", "中试"),
    ("computing", "算力|智算|数据中心|大数据"),
    ("new_energy", "光伏|光热|风电|储能|制氢|氢能|抽水蓄能|电站|发电|输变电|微电网|绿电|新能源"),
    ("mining", "采矿|选矿|勘查|探矿|矿山|采选"),
    ("logistics", "物流|冷链|仓储|陆港|枢纽|货运|保税"),
    ("tourism", "旅游|景区|文旅|酒店|营地|研学|演艺|民宿"),
    ("farming", "枸杞|农牧|养殖|种植|饲草|牛羊|农产品|屠宰|藜麦"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One candidate before it is stored; ``start`` and ``end`` are offsets into the text as given."""

    kind: CandidateKind
    title: str
    values: dict[str, Any]
    quotation: str
    start: int
    end: int
    confidence: Decimal
    rule: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A task force with the stretch of text (without white space) that is about it."""

    force: TaskForce
    start: int
    end: int


def drafts(found: Extraction, text: str, *, title: str, year: int | None) -> list[Draft]:
    """Every candidate of a document in the order of its text, contradictions marked."""
    blocks = blocks_of(found)
    own = {id(figure) for block in blocks for figure in figures_of(block, found.targets)}
    drawn = [
        *(force_draft(block, figures_of(block, found.targets), year) for block in blocks),
        *(
            figure_draft(figure, CandidateKind.TARGET, source=source_of(found, figure) or title)
            for figure in found.targets
            if id(figure) not in own
        ),
        *(figure_draft(figure, CandidateKind.RESULT, source="") for figure in found.results),
        *(project_draft(project, blocks) for project in found.projects),
        *(group_draft(group) for group in found.project_groups),
    ]
    placed = [placed_in(found, text, draft) for draft in drawn]
    return sorted(contradicting(placed), key=lambda draft: (draft.start, draft.kind))


def placed_in(found: Extraction, text: str, draft: Draft) -> Draft:
    """The draft with its quotation's place in the text as given, and the quotation as it stands there."""
    start, end = found.original_span(draft.start, draft.end)
    return replace(draft, start=start, end=end, quotation=text[start:end])


def draft_of(kind: CandidateKind, title: str, values: Mapping[str, Any], said: Quotation) -> Draft:
    """A draft with the doubts that its own values and confidence raise."""
    confidence = Decimal(str(round(said.confidence, 3)))
    doubts = doubts_of(kind, values, confidence)
    return Draft(kind, title[:240], dict(values), said.evidence, said.start, said.end, confidence, said.rule, doubts)


def doubts_of(kind: str, values: Mapping[str, Any], confidence: Decimal) -> tuple[str, ...]:
    """What is doubtful about a candidate, told by itself alone.

    >>> doubts_of("project", {"stage": "落地推进"}, Decimal("0.9"))
    ('stage',)
    """
    found = [Doubt.LOW_CONFIDENCE] if confidence < UNSURE_BELOW else []
    if kind in {CandidateKind.PROJECT, CandidateKind.GROUP} and values.get("stage") in DOUBTFUL_STAGES:
        found.append(Doubt.STAGE)
    if kind == CandidateKind.TARGET:
        found += [Doubt.METRIC] if not values.get("metric") else []
        found += [] if re.fullmatch(r"20\d\d(?:-(?:\d\d|Q\d))?", str(values.get("period", ""))) else [Doubt.PERIOD]
    return tuple(doubt.value for doubt in found)


def plain(amount: Decimal | None) -> str:
    """An exact amount as text, nothing for no amount.

    >>> plain(Decimal("14800.00")), plain(Decimal("1E+3")), plain(None)
    ('14800', '1000', '')
    """
    return "" if amount is None else f"{amount.normalize():f}"


def unwrapped(text: str) -> str:
    """A quotation in one line: white space beside Chinese characters is only the page's line breaks.

    >>> unwrapped("签约\\n任务 220 亿元 Pack system")
    '签约任务220亿元Pack system'
    """
    return BESIDE_CHINESE.sub("", " ".join(text.split()))


def period_code(said: str | None) -> str:
    """A year's code; any other period stays in the document's words to be looked at.

    >>> period_code("2025年"), period_code("2025年前三季度")
    ('2025', '2025年前三季度')
    """
    found = YEAR.fullmatch(said or "")
    return found[1] if found else (said or "")


def project_kind(words: str) -> str:
    """The kind of project that its words suggest; new industry where none does.

    >>> project_kind("30万千瓦光伏项目"), project_kind("碳酸锂项目")
    ('new_energy', 'new_industry')
    """
    return next((kind for kind, signs in KIND_WORDS if re.search(signs, words)), "new_industry")


def blocks_of(found: Extraction) -> list[Block]:
    """Each task force up to the next; the last one up to the last target that names its chain."""
    forces = sorted(found.task_forces, key=lambda force: force.start)
    ends = [force.start for force in forces[1:]]
    for force in forces[-1:]:
        own = [figure.end for figure in found.targets if figure.scope == force.chain and figure.start >= force.start]
        ends.append(max([force.end, *own]))
    return [Block(force, force.start, end) for force, end in zip(forces, ends, strict=True)]


def figures_of(block: Block, figures: Iterable[Figure]) -> list[Figure]:
    """The targets that the block's task force carries itself: money signed, money in place, big projects."""
    targets = block.force.targets
    if targets is None:
        return []
    big = targets.big_project
    return [
        figure
        for figure in figures
        if block.start <= figure.start < block.end
        and (
            (figure.metric == "签约金额" and figure.value == targets.signed_wan)
            or (figure.metric == "到位资金" and figure.value == targets.funds_in_place_wan)
            or (big is not None and figure.project_threshold_wan == big.threshold_wan and figure.unit in COUNTED)
        )
    ]


def force_draft(block: Block, figures: list[Figure], year: int | None) -> Draft:
    """A task force with its chain, posts, units, chain masters and targets."""
    force, targets = block.force, block.force.targets
    told = {metric_of(figure): figure for figure in figures}
    big = targets.big_project if targets else None
    period = next((period_code(figure.period) for figure in figures if figure.period), str(year or ""))
    values = {
        "name": force.name,
        "chain": force.chain or "",
        "group": "special" if "特色" in (force.kind or "") else "leading",
        "sponsors": [person.post for person in force.sponsors if person.post],
        "leaders": [person.post for person in force.leaders if person.post],
        "lead_units": list(force.lead_units),
        "support_units": list(force.support_units),
        "masters": list(force.chain_master_firms),
        "period": period,
        "signed_wan": plain(targets.signed_wan if targets else None),
        "signed_operator": operator_of(told.get("signed_amount")),
        "funds_wan": plain(targets.funds_in_place_wan if targets else None),
        "funds_operator": operator_of(told.get("funds_reported")),
        "big_threshold_wan": plain(big.threshold_wan if big else None),
        "big_count": str(big.min_count) if big else "",
        "tasks": [f"{task.no}. {task.text}" for task in force.key_tasks],
        "quotations": {metric: figure.evidence for metric, figure in told.items()},
    }
    return draft_of(CandidateKind.TASK_FORCE, force.name, values, force)


def operator_of(figure: Figure | None) -> str:
    """How a figure compares; a bare number is met when it is reached."""
    return OPERATORS.get(figure.op, "at_least") if figure else "at_least"


def figure_draft(figure: Figure, kind: CandidateKind, *, source: str) -> Draft:
    """A target or a result."""
    values = {
        "metric_text": figure.metric,
        "scope": figure.scope or "",
        "period": period_code(figure.period),
        "operator": operator_of(figure),
        "value": plain(figure.value),
        "unit": figure.unit,
        "threshold_wan": plain(figure.project_threshold_wan),
    }
    if kind is CandidateKind.TARGET:
        values = {"metric": metric_of(figure), **values, "source_title": source, "level": "city"}
    title = f"{figure.scope or ''} {figure.metric} {figure.op}{figure.value.normalize():,f} {figure.unit}".strip()
    return draft_of(kind, title, values, figure)


def metric_of(figure: Figure) -> str:
    """The metric that measures a target, empty where none does."""
    if figure.unit == "万元":
        return METRICS.get(figure.metric, "")
    many = figure.project_threshold_wan is not None and figure.unit in COUNTED
    return "big_projects" if many and "完成" not in figure.metric else ""


def source_of(found: Extraction, figure: Figure) -> str:
    """The title of the article a figure stands in, where the document has several."""
    inside = (article.title for article in found.articles if article.start <= figure.start < article.end)
    return next(inside, "")


def project_draft(project: Project, blocks: list[Block]) -> Draft:
    """A project with the chain and the unit of the task it is named in."""
    chain, unit = surroundings(project, blocks)
    values = {
        "name": project.name,
        "aliases": list(project.aliases),
        "enterprise": project.enterprise or "",
        "product": project.product or "",
        "capacity": project.capacity.raw if project.capacity else "",
        "amount_wan": plain(project.amount_wan),
        "stage": project.stage.value,
        "kind": project_kind(f"{project.name}{project.product or ''}"),
        "region": project.region or "",
        "chain": chain,
        "unit": unit,
    }
    return draft_of(CandidateKind.PROJECT, project.name, values, project)


def surroundings(project: Project, blocks: list[Block]) -> tuple[str, str]:
    """Chain of the task force and first unit of the key task that name a project; empty where none does."""
    names = [TAIL.sub("", name) for name in (project.name, *project.aliases)]
    for block in blocks:
        for task in block.force.key_tasks:
            if any(len(name) >= 4 and name in task.text for name in names):
                return block.force.chain or "", task.units[0] if task.units else ""
    spans = project.mentions or ((project.start, project.end),)
    inside = (block for block in blocks if any(block.start <= start < block.end for start, _ in spans))
    return next((block.force.chain or "" for block in inside), ""), ""


def group_draft(group: ProjectGroup) -> Draft:
    """A sum over projects that are not all named."""
    values = {
        "what": group.what,
        "count": str(group.count),
        "amount_wan": plain(group.amount_wan),
        "stage": group.stage.value,
    }
    return draft_of(CandidateKind.GROUP, f"{group.what} {group.count}", values, group)


def contradicting(drawn: list[Draft]) -> Iterator[Draft]:
    """Figures of one metric, scope and period that differ in value are all marked: the document says both."""
    said: dict[tuple[str, ...], set[str]] = {}
    for draft in drawn:
        if draft.kind in {CandidateKind.TARGET, CandidateKind.RESULT}:
            said.setdefault(_asked(draft), set()).add(str(draft.values["value"]))
    for draft in drawn:
        others = said.get(_asked(draft), set()) if draft.kind in {CandidateKind.TARGET, CandidateKind.RESULT} else set()
        if len(others) < 2:
            yield draft
            continue
        against = sorted(others - {str(draft.values["value"])})
        yield replace(
            draft,
            values=draft.values | {"against": "、".join(against)},
            doubts=(*draft.doubts, Doubt.CONTRADICTS.value),
        )


def _asked(draft: Draft) -> tuple[str, ...]:
    return (
        draft.kind,
        *(str(draft.values.get(key, "")) for key in ("metric_text", "scope", "period", "threshold_wan")),
    )
