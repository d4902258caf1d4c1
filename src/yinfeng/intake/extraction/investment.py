"""Who puts how much money into a named project, as the words around the name say it."""

import re
from decimal import Decimal

from .lexicon import Lexicon
from .names import profile
from .phrases import MONEY_LEAD, Phrase
from .quantities import moneys
from .sentences import Span

Paid = tuple[Decimal | None, str | None]
MONEY_TAIL = re.compile(
    r"\A(?:该?项目)?(?:（)?(?:计划|预计|概算|估算)?(?:总)?投资(?:总额|额)?(?:约|达|为|共)?(?=[约近超\d一二三四五六七八九十])"
)
PRICE_BEHIND = re.compile(r"（[^（）]{0,12}投资[^（）]{0,20}元[^（）]{0,12}）\Z")
INVESTOR = re.compile(
    r"(?P<firm>[\u4e00-\u9fff（）A-Za-z]{2,30}?(?:公司|集团|厂|研究院|株式会社))"
    r"(?:计划|拟|将|独资|全资|联合)?(?:总)?(?:投资|出资|实施|建设|承建|签约|投建|负责|开发|引进)"
)
INVESTS = re.compile(r"(?:由|与)?(?P<firm>[\u4e00-\u9fff（）A-Za-z]{2,16}?)(?:计划|拟|将)?(?:总)?(?:投资|出资)")
AGREES = re.compile(
    r"(?:与|同|和)(?P<firm>[\u4e00-\u9fff（）A-Za-z]{2,30}?)(?:成功|正式)?(?:达成|签[订署约]|举行|就|开展|合作|洽谈)"
)
ANAPHOR = re.compile(r"[该本此我]")
ADVERB = re.compile(r"\A(?:目前|其中|成功|由|与|同|和|引进|引入)+")


def own_amounts(phrase: Phrase, kept: list[Span], following: str) -> dict[int, Paid]:
    """The money said of each project by where its name stands; money said of several belongs to none."""
    if not kept:
        return {}
    priced = {item.start + before: paid for item in phrase.items for before, paid in [price_of(item)] if paid[1]}
    if phrase.money is not None:
        priced[kept[0].start] = paid_in(phrase.money.text)
    for text in (phrase.tail, following):
        each = moneys(text) if "投资" in text and "分别" in text else []
        if len(kept) == len(phrase.items) == len(each) > 1:
            return {item.start: (m.amount_wan, m.raw) for item, m in zip(kept, each, strict=True)}
    if len(phrase.items) > 1:
        return priced if all(item.start in priced for item in kept) else {}
    if kept[0].start in priced:
        return priced
    for text in (phrase.tail, following):
        text = text.lstrip("，（")
        if MONEY_TAIL.match(text) and not re.search(r"分别|累计|合计|共计", text):
            return {kept[0].start: paid_in(text)}
    return {}


def paid_in(text: str) -> Paid:
    """The first amount of a text."""
    found = moneys(text if "元" in text else f"{text}元")
    return (found[0].amount_wan, found[0].raw) if found else (None, None)


def price_of(item: Span) -> tuple[int, Paid]:
    """An item's own money, and how far into the item its name begins: 投资5亿元的某某, 某某（总投资5亿元）."""
    ahead = MONEY_LEAD.match(item.text)
    if ahead:
        return ahead.end(), paid_in(ahead["money"])
    behind = PRICE_BEHIND.search(item.text)
    return 0, (paid_in(behind.group()) if behind else (None, None))


def investor(phrase: Phrase, before: str, lexicon: Lexicon) -> str | None:
    """The firm that the words before the name say invests or signs."""
    for text in (phrase.lead, phrase.subject, phrase.clause.text):
        found = INVESTOR.search(text)
        if found:
            firm = ADVERB.sub("", found["firm"])
            return None if ANAPHOR.match(firm) else firm
    for pattern, text in ((INVESTS, phrase.clause.text), (AGREES, phrase.clause.text), (AGREES, before)):
        found = pattern.search(text)
        firm = ADVERB.sub("", found["firm"]) if found else ""
        if firm and is_firm(firm, lexicon):
            return firm
    if re.fullmatch(r"(?:该|本)?(?:公司|企业|集团)", phrase.subject):
        return phrase.subject[-2:]
    named = phrase.subject and not ANAPHOR.match(phrase.subject) and is_firm(phrase.subject, lexicon)
    return phrase.subject if named else None


def is_firm(name: str, lexicon: Lexicon) -> bool:
    """Whether the whole of a name reads as a firm's."""
    parts = profile(name, lexicon)
    return parts.sure_firm and parts.firm == name
