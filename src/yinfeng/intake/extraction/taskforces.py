"""Task forces: headed blocks with labelled lists of leaders, units, chain masters, tasks and targets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .model import BigProject, Figure, ForceTargets, KeyTask, TaskForce
from .people import people_in
from .source import Source
from .units import units_in

HEADING = re.compile(
    r"(?:^|\n)(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、])"
    r"(?P<name>[^\n，。；：、]{2,30}?(?:专班|工作组|推进组|攻坚组|招商组|小组))(?=\n|：|。|$)"
)
LABELS = {
    "sponsors": (
        "包联领导",
        "包抓领导",
        "包保领导",
        "总召集人",
        "总链长",
        "链长",
        "组长",
        "总指挥",
        "挂帅领导",
        "包联市领导",
        "包联县领导",
    ),
    "leaders": ("责任领导", "分管领导", "牵头领导", "副链长", "副组长", "召集人", "专班组长", "副总指挥", "具体负责人"),
    "lead": ("责任单位", "牵头单位", "牵头部门", "责任部门", "主责单位", "主责部门"),
    "support": ("配合单位", "配合部门", "协同单位", "协办单位", "成员单位", "参与单位", "要素保障部门", "保障单位"),
    "masters": ("链主企业", "龙头企业", "链主单位", "链主"),
    "direction": ("招商方向", "主攻方向", "发展方向"),
    "tasks": ("重点任务", "主要任务", "工作任务", "重点工作"),
    "targets": ("工作目标", "目标任务", "年度目标", "任务目标", "招商目标"),
}
KIND = {label: kind for kind, labels in LABELS.items() for label in labels}
LABEL = re.compile(
    rf"(?:^|\n|(?<=[。；]))(?:——|—|[（(]?[一二三四五六七八九十]{{1,2}}[)）、]|\d[.、])?(?P<label>{'|'.join(sorted(KIND, key=len, reverse=True))})[：。]"
)
TASK = re.compile(r"(?:^|\n|(?<=[。；）]))(?P<no>\d{1,2})[.、．)）](?!\d)")
DUTY = re.compile(r"（(?:责任|牵头|承办|主责)(?:单位|部门)：(?P<units>[^（）]{0,300})）")
CHAIN = re.compile(r"[\u4e00-\u9fff]{2,16}?产业链")
KINDS = re.compile(r"个(?P<kind>主导|特色|优势|支柱|新兴)产业链?[，：]?(?:包括：?|为|：)?(?P<list>[^；。\n]{4,120})")
FOLLOWED = 400


@dataclass(frozen=True, slots=True)
class Block:
    """The reading span of one task force, from its heading to the next."""

    name: str
    start: int
    body: int
    end: int


def blocks(reading: str) -> Iterator[Block]:
    """Headings that name a task force and are soon followed by a leader's label."""
    found = list(HEADING.finditer(reading))
    wanted = [h for h in found if labels_near(reading, h.end())]
    for at, heading in enumerate(wanted):
        limit = wanted[at + 1].start() if at + 1 < len(wanted) else len(reading)
        yield Block(heading["name"], heading.start("name"), heading.end(), limit)


def labels_near(reading: str, at: int) -> bool:
    """Whether leaders or units are listed right below."""
    found = LABEL.search(reading, at, at + 60)
    return bool(found) and KIND[found["label"]] in ("sponsors", "leaders", "lead") if found else False


def sections(reading: str, block: Block) -> dict[str, tuple[int, int]]:
    """Where each labelled list of a block stands; the first of a kind counts."""
    marks = list(LABEL.finditer(reading, block.body, block.end))
    spans: dict[str, tuple[int, int]] = {}
    for at, mark in enumerate(marks):
        kind = KIND[mark["label"]]
        if kind in spans:
            continue
        limit = marks[at + 1].start() if at + 1 < len(marks) else block.end
        spans[kind] = (mark.end(), limit)
    return spans


def listed(reading: str, span: tuple[int, int] | None) -> tuple[str, ...]:
    """The units of a labelled list, which ends with its paragraph unless the line is cut."""
    if span is None:
        return ()
    text = reading[span[0] : span[1]].lstrip("\n")
    lines = text.split("\n")
    kept = lines[0]
    for line in lines[1:]:
        if kept.endswith(("。", "等")) or not (kept.endswith(("、", "，")) or len(line) <= 8):
            break
        kept += line
    return units_in(kept)


def people_lines(source: Source, span: tuple[int, int] | None) -> str:
    """The printed lines of a leaders' list, up to a line that can be no part of it."""
    if span is None:
        return ""
    text = source.reading[span[0] : span[1]]
    stop = re.search(r"\n附件|\n[^\n]{0,40}(?:专班|方案|通知|任务)(?=\n|$)|。", text)
    return source.spaced(span[0], span[0] + stop.start() if stop else span[1])


def key_tasks(reading: str, span: tuple[int, int] | None) -> tuple[KeyTask, ...]:
    """The numbered tasks with the units named in the note that closes each."""
    if span is None:
        return ()
    marks = list(TASK.finditer(reading, *span))
    tasks = []
    for at, mark in enumerate(marks):
        text = reading[mark.end() : marks[at + 1].start() if at + 1 < len(marks) else span[1]].replace("\n", "")
        duties = list(DUTY.finditer(text))
        units = tuple(unit for duty in duties for unit in units_in(duty["units"]))
        words = text[: duties[0].start()] if duties else text
        tasks.append(KeyTask(int(mark["no"]), words, units))
    return tuple(tasks)


def force_targets(figures: tuple[Figure, ...], span: tuple[int, int]) -> ForceTargets | None:
    """The targets whose quotations lie within the block (condensed offsets)."""
    own = [f for f in figures if span[0] <= f.start and f.end <= span[1]]
    signed = next((f for f in own if f.metric == "签约金额"), None)
    funds = next((f for f in own if f.metric == "到位资金" and f.unit == "万元"), None)
    many = next((f for f in own if f.project_threshold_wan is not None and f.unit in "个项"), None)
    if signed is None and funds is None and many is None:
        return None
    big = BigProject(many.project_threshold_wan, int(many.value)) if many and many.project_threshold_wan else None
    first = signed or funds or many
    return ForceTargets(
        signed_wan=signed.value if signed else None,
        funds_in_place_wan=funds.value if funds else None,
        big_project=big,
        evidence=first.evidence if first else None,
    )


def task_forces(source: Source, figures: tuple[Figure, ...]) -> tuple[TaskForce, ...]:
    """Every task force the document sets out in a block of its own."""
    reading = source.reading
    kinds = {chain: m["kind"] for m in KINDS.finditer(reading) for chain in re.split("、", m["list"])}
    found = []
    for block in blocks(reading):
        spans = sections(reading, block)
        start, _ = source.quoted(block.start, block.start + 1)
        first_value = spans.get("sponsors") or spans.get("leaders") or spans.get("lead") or (block.body, block.body + 1)
        quoted_to = reading.find("\n", first_value[0] + 1)
        _, end = source.quoted(block.start, quoted_to if quoted_to > 0 else block.end)
        whole = source.quoted(block.start, block.end)
        chain = CHAIN.match(block.name)
        found.append(
            TaskForce(
                name=block.name,
                kind=kinds.get(chain.group()) if chain else None,
                chain=chain.group() if chain else None,
                sponsors=people_in(people_lines(source, spans.get("sponsors"))),
                leaders=people_in(people_lines(source, spans.get("leaders"))),
                lead_units=listed(reading, spans.get("lead")),
                support_units=listed(reading, spans.get("support")),
                chain_master_firms=listed(reading, spans.get("masters")),
                targets=force_targets(figures, whole),
                key_tasks=key_tasks(reading, spans.get("tasks")),
                evidence=source.condensed[start:end],
                start=start,
                end=end,
                confidence=0.95 if "sponsors" in spans and "lead" in spans else 0.7,
                rule="task_force.block",
            )
        )
    return tuple(found)
