"""Numbers, money, capacities and counts as Chinese documents write them, exactly."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
POWERS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿"

NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)"
NUMERAL = r"[零〇一二两三四五六七八九十百千]{1,9}"
BEFORE = r"(?:不少于|不低于|不小于|至少|超过|超|突破|达到|达|(?<!签)约|近|不超过|不多于|以内)?"
AFTER = r"(?:以上|及以上|左右|以内|以下)?"
ROUGHLY = r"[余多几]?"

AT_LEAST = ("不少于", "不低于", "不小于", "至少")
MORE = ("超过", "超", "突破")
ABOUT = ("约", "近", "余", "多", "左右", "几")
AT_MOST = ("不超过", "不多于", "以内", "以下")

AMOUNT = re.compile(
    rf"(?P<before>{BEFORE})(?:(?P<yi>{NUMBER}|{NUMERAL})亿零?(?=[\d一二三四五六七八九十]))?(?P<number>{NUMBER}|{NUMERAL})?(?P<rough>{ROUGHLY})(?P<scale>千亿|百亿|千万|百万|亿|万)"
    rf"(?P<rough2>{ROUGHLY})(?P<currency>元人民币|人民币|元|美元|欧元|港元|日元)(?P<after>{AFTER})"
)
UNITS = (
    "万千瓦时|亿千瓦时|万千瓦|兆瓦时|吉瓦时|兆瓦|吉瓦|千瓦时|千瓦|千伏|GWh|MWh|GW|MW|KW|kW|kV|万标准立方米|亿立方米|万立方米|立方米|"
    "万吨标煤|亿吨|万吨|千吨|吨|万平方米|平方米|平方公里|公里|万亩|亩|万公顷|公顷|万头|万只|万羽|头|只|万台|万套|台套|台|套|万辆|辆|"
    "万件|万片|亿片|万支|亿支|万米|万枚|亿枚|PFlops|EFlops|P|万标准箱|万床|张床位|个机架|标准机架|万机柜"
)
CAPACITY = re.compile(
    rf"(?:(?P<times>\d{{1,3}})[×xX*])?(?P<number>{NUMBER}|{NUMERAL})(?P<rough>{ROUGHLY})(?P<unit>{UNITS})(?P<level>级)?(?P<per>/日|/年|/天)?(?![A-Za-z])"
)
LEVEL = re.compile(
    r"(?<![\d.十百千万亿余多几])(?P<number>[十百千万]{1,2})(?P<unit>吨|亩|千瓦|兆瓦|头|只|羽)(?:级|(?=[\u4e00-\u9fff]))"
)
DAILY = re.compile(r"(?:日|每日|日均)(?:处理|加工|产|供|生产)?(?:能力)?\Z")
CONTEXT_ONLY = frozenset(
    {"千伏", "kV", "公里", "台", "套", "辆", "只", "头", "P", "张床位", "个机架", "标准机架", "台套"}
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as written, in ten thousands of its currency."""

    value_wan: Decimal
    currency: str
    op: str
    raw: str
    start: int
    end: int

    @property
    def amount_wan(self) -> Decimal | None:
        """The amount in 万元; nothing for foreign money, which no rate of ours may turn into yuan."""
        return self.value_wan if self.currency == "元" else None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured quantity as written."""

    value: Decimal
    unit: str
    raw: str
    start: int
    end: int


def number(text: str) -> Decimal | None:
    """The value of an Arabic, Chinese or mixed number, or nothing.

    >>> number("1.5万"), number("三百二十"), number("十二万")
    (Decimal('15000.0'), Decimal('320'), Decimal('120000'))
    """
    text = text.replace(",", "")
    mixed = re.match(r"(\d+(?:\.\d+)?)(千亿|百亿|千万|百万|[亿万千百])?\Z", text)
    if mixed:
        scale = Decimal(1)
        for char in mixed.group(2) or "":
            scale *= POWERS.get(char) or SCALES.get(char) or 1
        try:
            return Decimal(mixed.group(1)) * scale
        except InvalidOperation:
            return None
    if not text or any(char not in CHINESE for char in text):
        return None
    return chinese(text)


def chinese(text: str) -> Decimal:
    """A number written with Chinese numerals; digit strings such as 二〇二五 are read digit by digit."""
    if len(text) > 1 and all(char in DIGITS for char in text):
        return Decimal("".join(str(DIGITS[char]) for char in text))
    if "亿" in text:
        above, _, below = text.partition("亿")
        return (chinese(above) if above else Decimal(1)) * SCALES["亿"] + (chinese(below) if below else 0)
    total, section, digit = 0, 0, 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in POWERS:
            section += (digit or 1) * POWERS[char]
            digit = 0
        else:
            total = (section + digit or 1) * SCALES[char]
            section = digit = 0
    return Decimal(total + section + digit)


def op_of(raw: str) -> str:
    """How an amount is to be compared, from the words around it.

    >>> op_of("不少于70个"), op_of("200亿元以上"), op_of("90多家"), op_of("65亿元")
    ('≥', '≥', '≈', '=')
    """
    if any(word in raw for word in AT_LEAST) or "以上" in raw:
        return "≥"
    if any(word in raw for word in AT_MOST):
        return "≤"
    if any(word in raw for word in MORE):
        return ">"
    return "≈" if any(word in raw for word in ABOUT) else "="


def moneys(text: str) -> list[Money]:
    """Every amount of money in a text; 亿元以上 without a number means one 亿."""
    found = []
    for match in AMOUNT.finditer(text):
        said = match["number"]
        if said is None and not (match["after"] or match["scale"] in ("千亿", "百亿")):
            continue
        if said is None and match["rough"] + match["rough2"]:
            continue
        value = number(said) if said else Decimal(1)
        scale = number("1" + match["scale"])
        if value is None or scale is None:
            continue
        yuan = match["currency"] in ("元", "人民币", "元人民币")
        above = number(match["yi"] or "零") or Decimal(0)
        wan = above * 10_000 + value * scale / 10_000
        currency = "元" if yuan else match["currency"]
        found.append(Money(wan, currency, op_of(match.group()), match.group(), match.start(), match.end()))
    return found


def capacities(text: str) -> list[Quantity]:
    """Every capacity in a text; a figure given for a day keeps /日 in its unit."""
    found = []
    for match in CAPACITY.finditer(text):
        value = number(match["number"])
        if value is None:
            continue
        daily = match["per"] or ("/日" if DAILY.search(text[: match.start()]) else "")
        unit = match["unit"] + daily.replace("/天", "/日").replace("/年", "")
        value *= int(match["times"] or 1)
        found.append(Quantity(value, unit, match.group(), match.start(), match.end()))
    taken = {span for q in found for span in range(q.start, q.end)}
    for match in LEVEL.finditer(text):
        value = chinese(match["number"])
        if match.start() not in taken:
            found.append(Quantity(value, match["unit"], match.group(), match.start(), match.end()))
    return sorted(found, key=lambda q: q.start)
