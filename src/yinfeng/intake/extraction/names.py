"""What the name of a project is made of: its firm, place, capacity, product and the thing built."""

import re
from dataclasses import dataclass
from enum import Flag, auto

from .lexicon import Lexicon
from .quantities import CONTEXT_ONLY, Quantity, capacities

TOPONYM_END = "湖山河沟口峡岭峰滩台镇乡村林海江宫岛桥湾洲塘坝州县市区旗盟"
LEVELS = "省州市县区旗盟"
PHASE = re.compile(r"[一二三四五六]期|首期|第[一二三四五六]期")
QUOTED = re.compile(r"[“《「‘][^”》」’]{1,40}[”》」’]")
BRACKETED = re.compile(r"（[^（）]{1,40}）")
ROUTE = re.compile(r"[A-Z]?\d{1,4}(?=国道|省道|线)|[A-Za-z0-9.+-]{1,16}")
LINKS = "和及与-—·+、"
TOURISM = re.compile(r"景区|公园|小镇|度假区|旅游|峡谷|雅丹|滑雪场|营地|温泉|古城|古镇|民宿|大道|乐园")
FIRM_ENDS = re.compile(r"(?:公司|集团|株式会社|油田|大学|学院|研究院|设计院|勘查院|[厂业])\Z")
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


NOT_CLOSING = frozenset(
    [
        "能源",
        "新能源",
        "电力",
        "投资",
        "文化",
        "环境",
        "环保",
        "健康",
        "数据",
        "信息",
        "资源",
        "动力",
        "智能",
        "生物",
        "农业",
        "工业",
        "实业",
        "国际能源",
    ]
) - {"国际能源"}
PLAIN_END = re.compile(r"(?:股份|集团|公司|油田|[矿镁锂铝铜锌硅]业)\Z")
SURE_END = re.compile(r"(?:集团|公司|株式会社)\Z")


class Kind(Flag):
    """What a piece of a name may be; one word may be several."""

    UNKNOWN = auto()
    PLACE = auto()
    FIRM = auto()
    FACILITY = auto()
    QUALIFIER = auto()
    PRODUCT = auto()
    QUANTITY = auto()
    QUOTED = auto()
    BRACKET = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a name."""

    text: str
    start: int
    kind: Kind

    @property
    def end(self) -> int:
        return self.start + len(self.text)


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


def kinds_of(word: str, lexicon: Lexicon) -> Kind:
    """All that a known word may be."""
    kind = Kind(0)
    for found, words in (
        (Kind.PLACE, lexicon.places),
        (Kind.PLACE, lexicon.landforms),
        (Kind.FIRM, lexicon.firm_suffixes),
        (Kind.FACILITY, lexicon.facilities),
        (Kind.QUALIFIER, lexicon.qualifiers),
        (Kind.PRODUCT, lexicon.products),
        (Kind.PRODUCT, lexicon.industries),
    ):
        if word in words:
            kind |= found
    return kind


def tokens_of(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Cut a name into known words, quantities and the unknown stretches between them."""
    measured = {quantity.start: quantity for quantity in capacities(text)}
    found: list[Token] = []
    at, unknown = 0, 0
    while at < len(text):
        token = token_at(text, at, measured, lexicon)
        if token is None:
            at += 1
            continue
        if unknown < at:
            found.append(Token(text[unknown:at], unknown, Kind.UNKNOWN))
        found.append(token)
        at = unknown = token.end
    if unknown < len(text):
        found.append(Token(text[unknown:], unknown, Kind.UNKNOWN))
    return tuple(found)


def token_at(text: str, at: int, measured: dict[int, Quantity], lexicon: Lexicon) -> Token | None:
    """The token that begins at a place, or nothing where an unknown character stands."""
    if at in measured:
        end = measured[at].end + (
            1 if text[measured[at].end : measured[at].end + 1] == "级" and "级" not in measured[at].raw else 0
        )
        return Token(text[at:end], at, Kind.QUANTITY)
    for pattern, kind in ((QUOTED, Kind.QUOTED), (BRACKETED, Kind.BRACKET)):
        match = pattern.match(text, at)
        if match:
            return Token(match.group(), at, kind)
    if text[at] in LINKS:
        return Token(text[at], at, Kind.LINK)
    word = lexicon.longest(text, at)
    if word is not None:
        level = text[at + len(word) : at + len(word) + 1]
        if word in lexicon.places and level and level in LEVELS and lexicon.longest(text, at + len(word)) is None:
            return Token(word + level, at, Kind.PLACE)
        return Token(word, at, kinds_of(word, lexicon))
    route = ROUTE.match(text, at)
    return Token(route.group(), at, Kind.PRODUCT) if route else None


def profile(text: str, lexicon: Lexicon) -> Profile:
    """The parts of one name."""
    tokens = tokens_of(text, lexicon)
    quantities = capacities(text)
    capacity = next((q for q in quantities if q.unit not in CONTEXT_ONLY), None)
    sure = closed_firm(tokens) or (before_capacity(tokens, capacity) if capacity else 0)
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


def closed_firm(tokens: tuple[Token, ...]) -> int:
    """A firm whose name is closed by a suffix: 某某集团, 某省某某矿业, 某某能源.

    A suffix that may as well be a product (能源, 储能) needs a proper name before it, a plain
    one (集团, 矿业) at least a place.
    """
    proper = placed = False
    for at, token in enumerate(tokens[:4]):
        plain = Kind.QUANTITY | Kind.QUOTED | Kind.LINK | Kind.FACILITY
        if at and SURE_END.search(token.text) and not any(t.kind & plain for t in tokens[:at]) and token.start <= 8:
            return extended(tokens, at + 1)
        if token.kind & plain:
            break
    for at, token in enumerate(tokens):
        sure = FIRM_ENDS.search(token.text) or (token.kind == Kind.FIRM and token.text not in NOT_CLOSING)
        if at and token.kind & Kind.FIRM and (sure or proper):
            if proper or placed:
                return extended(tokens, at + 1)
        if at == 0 and token.kind & Kind.FIRM and len(token.text) >= 3 and token.text.endswith("厂"):
            return 1
        if token.kind is Kind.UNKNOWN and len(token.text) <= 6:
            if proper:
                return 0
            proper = len(token.text) >= 2 or placed
            if token.text[-1] in TOPONYM_END and len(token.text) >= 3:
                return 0
        elif token.kind & Kind.PLACE and not proper:
            placed = True
        elif (
            token.kind & Kind.PRODUCT
            and at == 0
            and len(token.text) == 2
            and len(tokens) > 1
            and PLAIN_END.search(tokens[1].text)
        ):
            return extended(tokens, 2)
        elif (token.kind & Kind.PLACE and proper) or (token.kind & Kind.BRACKET and (proper or placed)):
            continue
        else:
            return 0
    return 0


def extended(tokens: tuple[Token, ...], length: int) -> int:
    """Take further suffixes with the firm: 控股 集团, 电力 有限公司, 集团 某地 分公司."""
    while (
        length < len(tokens)
        and tokens[length].kind & Kind.FIRM
        and FIRM_ENDS.search(tokens[length].text)
        and not tokens[length].text.endswith("厂")
    ):
        length += 1
    ahead = tokens[length : length + 2]
    if len(ahead) == 2 and ahead[0].kind & Kind.PLACE and ahead[1].text in ("分公司", "公司"):
        return length + 2
    return length


def before_capacity(tokens: tuple[Token, ...], capacity: Quantity) -> int:
    """What stands before the capacity is the firm, unless it is a mere place or kind of thing."""
    length = next((at for at, t in enumerate(tokens) if t.kind is Kind.QUANTITY and t.end >= capacity.end), 0)
    while length and tokens[length - 1].text in (
        "年产",
        "日产",
        "日处理",
        "年处理",
        "年加工",
        "新增",
        "新建",
        "建设",
        "规模",
        "投资",
        "产业",
        "处理",
        "加工",
        "生产",
    ):
        length -= 1
    lead = tokens[:length]
    said = sum(len(t.text) for t in lead)
    if not lead or not 2 <= said <= 14 or any(t.kind & (Kind.QUOTED | Kind.BRACKET | Kind.FACILITY) for t in lead):
        return 0
    if all(t.kind & Kind.PLACE for t in lead) or lead[-1].text in ("东", "西", "南", "北", "的"):
        return 0
    if any(t.kind is Kind.UNKNOWN or t.kind & Kind.FIRM for t in lead):
        last = lead[-1].text
        return (
            0
            if lead[-1].kind is Kind.UNKNOWN and last[-1] in TOPONYM_END and len(lead) == 1 and len(last) >= 3
            else length
        )
    return length if said <= 3 and lead[0].kind & Kind.PRODUCT else 0


def coined_firm(tokens: tuple[Token, ...]) -> int:
    """A coined name without a suffix before a product: 某省晶某某 + 光伏组件回收."""
    at = 0
    while at < len(tokens) and tokens[at].kind & Kind.PLACE and at < 2:
        at += 1
    if at >= len(tokens) - 1 or tokens[at].kind is not Kind.UNKNOWN or not 2 <= len(tokens[at].text) <= 4:
        return 0
    rest = "".join(t.text for t in tokens[at + 1 :])
    if tokens[at].text[-1] in TOPONYM_END or TOURISM.search(rest):
        return 0
    if len(tokens) == at + 2 and tokens[at + 1].kind & Kind.FACILITY:
        return 0
    return at + 1 if tokens[at + 1].kind & (Kind.PRODUCT | Kind.FACILITY | Kind.QUALIFIER | Kind.QUOTED) else 0


def firm_core(firm: str, lexicon: Lexicon) -> str:
    """The distinguishing part of a firm's name, without place and suffixes.

    >>> firm_core("浙江甲乙控股集团", Lexicon.standard())
    '甲乙'
    """
    tokens = list(tokens_of(firm, lexicon))
    while len(tokens) > 1 and tokens[-1].kind & (Kind.FIRM | Kind.BRACKET):
        tokens.pop()
    while len(tokens) > 1 and tokens[0].kind & Kind.PLACE:
        tokens.pop(0)
    core = "".join(t.text for t in tokens)
    if all(t.kind & Kind.PLACE for t in tokens):
        return firm.removeprefix(core) or firm
    return core if len(core) >= 2 else firm
