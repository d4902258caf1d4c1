"""Units, parks, schools and firms named in full."""

import re

from .lexicon import Lexicon
from .model import Org, Project, TaskForce
from .source import Source

COMPANY = re.compile(
    r"(?:[\u4e00-\u9fff]{4,24}?|[\u4e00-\u9fff]{2,10}（[\u4e00-\u9fff]{2,4}）)(?:股份有限公司|有限责任公司|集团有限公司|有限公司)(?:[\u4e00-\u9fff]{2,6}分公司)?"
)
LEADING = re.compile(r"\A.*(?:由|与|和|同|从|在|向|对|的|是|为|到|走进|引进|邀请|组织|支持|依托|推动|督促|获|家|、)")


def orgs(
    source: Source, forces: tuple[TaskForce, ...], found: tuple[Project, ...], lexicon: Lexicon
) -> tuple[Org, ...]:
    """The organisations of task forces and projects and every company named in full, each once."""
    names: dict[str, str] = {}
    for force in forces:
        for unit in (*force.lead_units, *force.support_units, *(u for t in force.key_tasks for u in t.units)):
            names.setdefault(unit, kind_of(unit))
        for firm in force.chain_master_firms:
            names.setdefault(firm, "企业")
    for project in found:
        for firm in (project.enterprise or "").split("、"):
            if len(firm) >= 4:
                names.setdefault(firm, kind_of(firm) if firm.endswith(("大学", "学院")) else "企业")
    for match in COMPANY.finditer(source.reading):
        name = trimmed(match.group(), lexicon)
        if len(name) >= 6:
            names.setdefault(name, "企业")
    rows = (as_org(source, name, kind) for name, kind in names.items())
    return tuple(row for row in rows if row is not None)


def trimmed(name: str, lexicon: Lexicon) -> str:
    """A company's name from its place on, without the words that lead to it."""
    name = re.split(r"(?:与|和|同|由|是)(?=[\u4e00-\u9fff]{6})", name)[-1]
    for at in range(len(name) - 6):
        if any(name[at : at + length] in lexicon.places for length in (2, 3, 4)):
            return name[at:]
    return LEADING.sub("", name)


def kind_of(name: str) -> str:
    """What sort of organisation a name tells of."""
    if re.search(r"大学|学院|学校", name):
        return "学校"
    if re.search(r"园区|开发区|产业园|工业园", name):
        return "园区"
    if re.search(r"[局委部厅]\Z|委员会|政府|办公室", name):
        return "政府部门"
    return "企业" if re.search(r"公司|集团|厂|银行", name) else "其他"


def as_org(source: Source, name: str, kind: str) -> Org | None:
    """The organisation with the first place where it is named as it is written."""
    at = source.condensed.find(name)
    if at < 0:
        return None
    return Org(name=name, type=kind, evidence=name, start=at, end=at + len(name), confidence=0.8, rule="org.named")
