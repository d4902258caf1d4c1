"""What the name of a project is made of: its firm, place, capacity, product and the thing built."""

import re
from dataclasses import dataclass

from .firms import TOPONYM_END, before_capacity, closed_firm, coined_firm
from .lexicon import Lexicon
from .quantities import CONTEXT_ONLY, Quantity, capacities
from .tokens import Kind, Token, tokens_of

PHASE = re.compile(r"[一二三四五六]期|首期|第[一二三四五六]期")
ACTIONS = frozenset(
    [
        "升级",
        "改造",
        "提升",
        "改扩建",
        "扩建",
        "新建",
        "迁建",
        "搬迁",
        "扩能",
        "增效",
        "扩能增效",
        "提质",
        "扩容",
        "技改",
        "技术改造",
        "升级改造",
        "开发",
        "建设",
        "开采",
        "采选",
        "冶炼",
        "加工",
        "制造",
        "生产",
        "综合利用",
        "回收利用",
        "电气化改造",
        "智能化",
        "绿色化",
        "改建",
        "重建",
        "扩产",
        "增资",
    ]
)


@dataclass(frozen=True, slots=True)
class Profile:
    """The parts of one project's name."""

    text: str
    tokens: tuple[Token, ...]
    firm: str | None
    capacity: Quantity | None
    product: str
    region: str | None
    sure_firm: bool = False

    def has(self, kind: Kind) -> bool:
        return any(token.kind & kind for token in self.tokens)

    @property
    def unknown(self) -> int:
        """Length of the longest stretch no dictionary knows: a proper name, as a rule."""
        return max((len(token.text) for token in self.tokens if token.kind is Kind.UNKNOWN), default=0)

    @property
    def built(self) -> bool:
        """Whether the name ends with something that is built or an act of building."""
        ends = [t for t in self.tokens if not t.kind & Kind.BRACKET]
        while ends and PHASE.fullmatch(ends[-1].text):
            ends.pop()
        return bool(ends) and bool(ends[-1].kind & Kind.FACILITY or ends[-1].text in ACTIONS)

    @property
    def is_bare_place(self) -> bool:
        """Only a place or a proper name: the head noun stands with a later item of the list."""
        return all(t.kind is Kind.UNKNOWN or t.kind & Kind.PLACE for t in self.tokens)

    @property
    def specific(self) -> int:
        """How surely the name tells one undertaking from others of its kind."""
        score = 3 if self.firm else 0
        score += 2 if self.capacity else 0
        score += 2 if not self.firm and self.unknown >= 2 else 0
        score += 1 if self.has(Kind.PLACE) and not self.firm else 0
        score += 1 if self.has(Kind.QUOTED) else 0
        score += 1 if self.built else 0
        return score + (1 if PHASE.search(self.text) else 0)


def profile(text: str, lexicon: Lexicon) -> Profile:
    """The parts of one name."""
    tokens = tokens_of(text, lexicon)
    quantities = capacities(text)
    capacity = next((q for q in quantities if q.unit not in CONTEXT_ONLY), None)
    sure = closed_firm(tokens) or (before_capacity(tokens, capacity) if capacity else 0)
    if sure == len(tokens) > 1 and tokens[-1].kind & Kind.PRODUCT and any(t.kind is Kind.UNKNOWN for t in tokens[:-1]):
        sure -= 1  # 某某新材料 stands for the firm's project in that product
    length = sure or coined_firm(tokens)
    firm = text[: tokens[length - 1].end] if length else None
    rest = tokens[length:]
    region = next((t.text for t in tokens if t.kind & Kind.PLACE), None)
    if region is None and not firm and tokens and tokens[0].kind is Kind.UNKNOWN and tokens[0].text[-1] in TOPONYM_END:
        region = tokens[0].text
    product = "".join(
        t.text
        for t in rest
        if not t.kind & (Kind.QUANTITY | Kind.PLACE) and t.text not in ("年产", "日产", "日处理", "年处理")
    )
    return Profile(text, tokens, firm, capacity or (quantities[0] if quantities else None), product, region, bool(sure))
