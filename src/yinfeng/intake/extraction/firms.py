"""Where the firm's name ends in the name of a project."""

import re

from .lexicon import Lexicon
from .quantities import Quantity
from .tokens import Kind, Token, tokens_of

TOPONYM_END = "场田湖山河沟口峡岭峰滩台镇乡村林海江宫岛桥湾洲塘坝州县市区旗盟"
TOURISM = re.compile(r"景区|公园|小镇|度假区|旅游|峡谷|雅丹|滑雪场|营地|温泉|古城|古镇|民宿|大道|乐园")
SITED = re.compile(
    r"抽水蓄能|水电站|矿开发|水库|水利|引水|机场|煤矿|基础设施|工业园|循环产业园|循环经济|输变电|互通|牧场|农场|港区|码头|灌区|高速|铁路|公路|段"
)
FIRM_ENDS = re.compile(r"(?:公司|集团|株式会社|油田|大学|学院|研究院|设计院|勘查院|[厂业])\Z")
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
SETS_OUT = frozenset(
    [
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
    ]
)
NO_FIRM = Kind.QUANTITY | Kind.QUOTED | Kind.LINK | Kind.FACILITY


def closed_firm(tokens: tuple[Token, ...]) -> int:
    """How many tokens name a firm that a suffix closes: 某某集团, 某省某某矿业, 某某能源; none is 0."""
    return surely_closed(tokens) or plainly_closed(tokens) or suffixed(tokens)


def surely_closed(tokens: tuple[Token, ...]) -> int:
    """公司 closes whatever stands before it, 集团 a shorter name without works in it."""
    blocked = False
    for at, token in enumerate(tokens):
        if token.kind & (Kind.QUANTITY | Kind.QUOTED | Kind.LINK) or token.start > 26:
            return 0
        company = token.text.endswith("公司")
        if at and SURE_END.search(token.text) and (company or (token.start <= 10 and not blocked)):
            return extended(tokens, at + 1)
        blocked = blocked or bool(token.kind & Kind.FACILITY)
    return 0


def plainly_closed(tokens: tuple[Token, ...]) -> int:
    """A product before 股份 or 矿业, or a works called by its kind alone: 硅石股份, 炼油厂."""
    if not tokens:
        return 0
    first = tokens[0]
    if first.kind & Kind.FIRM and len(first.text) >= 3 and first.text.endswith("厂"):
        return 1
    if len(tokens) > 1 and first.kind & Kind.PRODUCT and len(first.text) == 2 and PLAIN_END.search(tokens[1].text):
        return extended(tokens, 2)
    return 0


def suffixed(tokens: tuple[Token, ...]) -> int:
    """A suffix that may as well be a product (能源, 储能) needs a proper name before it, another at least a place."""
    proper = placed = long = False
    for at, token in enumerate(tokens):
        sure = FIRM_ENDS.search(token.text) or (token.kind == Kind.FIRM and token.text not in NOT_CLOSING)
        if token.kind & Kind.FIRM and (sure if long else proper or (placed and sure)):
            return extended(tokens, at + 1)
        if token.kind is Kind.UNKNOWN and not proper and is_proper(token):
            proper = len(token.text) >= 2 or placed
        elif token.kind & Kind.PLACE:
            placed = True
        elif proper and (token.text == "国际" or (long and token.kind is Kind.UNKNOWN and len(token.text) == 2)):
            long = True
        elif not (token.kind & Kind.BRACKET and (proper or placed)):
            return 0
    return 0


def is_proper(token: Token) -> bool:
    """Whether an unknown stretch may be coined for a firm; a long one that ends like a landform is a place."""
    return len(token.text) <= 6 and not (token.text[-1] in TOPONYM_END and len(token.text) >= 3)


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
    while length and tokens[length - 1].text in SETS_OUT:
        length -= 1
    while length > 1 and tokens[length - 1].kind & Kind.PLACE and tokens[0].kind is Kind.UNKNOWN:
        length -= 1
    lead = tokens[:length]
    said = sum(len(t.text) for t in lead)
    if not 2 <= said <= 14 or any(t.kind & (Kind.QUOTED | Kind.BRACKET | Kind.FACILITY) for t in lead):
        return 0
    if all(t.kind & Kind.PLACE for t in lead) or lead[-1].text in ("东", "西", "南", "北", "的"):
        return 0
    if any(t.kind is Kind.UNKNOWN or t.kind & Kind.FIRM for t in lead):
        land = lead[-1].kind is Kind.UNKNOWN and not is_proper(lead[-1])
        return 0 if land and not any(t.kind & Kind.FIRM for t in lead) else length
    return length if said <= 3 and lead[0].kind & Kind.PRODUCT else 0


def coined_firm(tokens: tuple[Token, ...]) -> int:
    """A coined name without a suffix before a product: 某省晶某某 + 光伏组件回收."""
    at = 0
    while at < len(tokens) and tokens[at].kind & Kind.PLACE and at < 2:
        at += 1
    if at >= len(tokens) - 1 or tokens[at].kind is not Kind.UNKNOWN or not 2 <= len(tokens[at].text) <= 4:
        return 0
    rest = "".join(t.text for t in tokens[at + 1 :])
    if tokens[at].text[-1] in TOPONYM_END or TOURISM.search(rest) or SITED.search(rest):
        return 0
    if at == 0 and len(tokens) > 2 and len(tokens[0].text) == 2 and tokens[1].kind & Kind.PLACE:
        return 2
    if tokens[at + 1].kind & Kind.FACILITY and not tokens[at + 1].kind & Kind.PRODUCT:
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
