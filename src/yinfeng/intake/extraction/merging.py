"""One project from its several namings: same firm and capacity, contained or nearly equal names."""

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .firms import firm_core
from .lexicon import Lexicon
from .mention import Mention
from .model import Stage
from .names import ACTIONS, PHASE
from .stages import further
from .tokens import Kind, tokens_of

FILLER = (
    "项目",
    "工程",
    "建设",
    "实施",
    "有限责任公司",
    "有限公司",
    "股份",
    "集团",
    "年产",
    "产业园",
    "园区",
    "基地",
    "系统",
    "示范",
    "的",
    "等",
)
NEAR = 0.8


@dataclass(slots=True)
class Cluster:
    """The namings of one project so far."""

    key: str
    first: Mention
    core: str
    words: frozenset[str]
    namings: list[Mention] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        stage = self.namings[0].stage
        for naming in self.namings[1:]:
            stage = further(stage, naming.stage)
        return stage


def bare(name: str) -> str:
    """A name without filler words and marks, for comparing."""
    for word in FILLER:
        name = name.replace(word, "")
    return "".join(char for char in name if char.isalnum())


def words_of(mention: Mention, lexicon: Lexicon) -> frozenset[str]:
    """The telling words of a name: no firm, no quantity, no mere qualifier."""
    rest = mention.profile.text[len(mention.profile.firm or "") :]
    plain = {Kind.QUANTITY, Kind.LINK, Kind.BRACKET}
    return frozenset(t.text for t in tokens_of(rest, lexicon) if t.kind not in plain and t.text not in FILLER)


def clusters(found: list[Mention], lexicon: Lexicon) -> list[Cluster]:
    """Gather namings into projects, each new one compared only with those that share something telling."""
    out: list[Cluster] = []
    index: dict[str, list[int]] = defaultdict(list)
    for mention in found:
        key = bare(mention.profile.text)
        core = firm_core(mention.profile.firm, lexicon) if mention.profile.firm else ""
        words = words_of(mention, lexicon)
        mine = Cluster(key, mention, core, words, [mention])
        marks = {key[i : i + 2] for i in range(len(key) - 1)} | ({core} if core else set())
        shared: dict[int, int] = defaultdict(int)
        for mark in marks:
            for at in index[mark][-60:]:
                shared[at] += 1
        near = sorted((at for at, n in shared.items() if n >= 2 or core), key=lambda at: -shared[at])[:12]
        at = next((at for at in near if same(out[at], mine)), len(out))
        if at == len(out):
            out.append(mine)
        else:
            out[at].namings.append(mention)
        for mark in marks:
            if not index[mark] or index[mark][-1] != at:
                index[mark].append(at)
    return out


def same(one: Cluster, other: Cluster) -> bool:
    """Whether two namings mean one project."""
    if any(n.clause.start == other.first.clause.start and n.name.start != other.first.name.start for n in one.namings):
        return False
    if conflicting(one, other):
        return False
    if one.key == other.key:
        return True
    if same_firm(one, other) and same_work(one, other):
        return True
    if one.core and other.core and not same_firm(one, other):
        return False
    short, long = sorted((one.key, other.key), key=len)
    if len(short) >= 4 and short in long and len(short) / len(long) >= 0.45:
        return True
    if SequenceMatcher(None, short, long, autojunk=False).ratio() >= NEAR and not (one.core or other.core):
        return True
    return not one.core and not other.core and bag(one, other) >= NEAR


def conflicting(one: Cluster, other: Cluster) -> bool:
    """Different capacities or phases mean different projects."""
    first, second = one.first.profile.capacity, other.first.profile.capacity
    if first and second and (first.value, first.unit) != (second.value, second.unit):
        return True
    phases = [set(PHASE.findall(c.first.profile.text)) for c in (one, other)]
    return bool(phases[0] and phases[1] and phases[0] != phases[1])


def same_firm(one: Cluster, other: Cluster) -> bool:
    """Whether the firms' distinguishing names agree: 某某 and 某某新材料."""
    if not one.core or not other.core:
        return False
    short, long = sorted((one.core, other.core), key=len)
    return len(short) >= 2 and (long.startswith(short) or long.endswith(short))


def same_work(one: Cluster, other: Cluster) -> bool:
    """Whether the products agree, for one firm: equal capacity and a common word, or most words in common."""
    first, second = one.first.profile.capacity, other.first.profile.capacity
    alike = any(a in b or b in a for a in one.words for b in other.words if len(min(a, b, key=len)) >= 2)
    if first and second:
        return alike
    if one.words and other.words and one.words | other.words <= ACTIONS | {"扩能", "升级改造"}:
        return True
    chars = [set("".join(c.words)) - set("制造建设生产加工") for c in (one, other)]
    total = len(chars[0]) + len(chars[1])
    return total >= 4 and 2 * len(chars[0] & chars[1]) / total >= NEAR and alike


def bag(one: Cluster, other: Cluster) -> float:
    """Share of common characters regardless of order: 某沙漠甲基地 and 甲某沙漠基地."""
    first, second = set(one.key), set(other.key)
    larger = max(len(first), len(second))
    return len(first & second) / larger if larger >= 6 else 0.0
