"""One naming of one project, and what the sentences after it add."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .investment import INVESTOR, paid_in
from .model import Stage
from .names import Profile
from .outlook import Mood
from .quantities import CONTEXT_ONLY, capacities
from .sentences import Span, clauses
from .stages import stage_of

TELLS_ON = re.compile(
    r"“?(?:目前，|据介绍，|据了解，|截至目前，)?(?:(?:该|此|这一|这个)(?:项目|工程|基地|产业园|园区|电站)|项目(?=由|总投资|计划|占地|规划|位于|建成|预计|分|一期|于|目前|已|自|正|全部|主要))"
)
LATER = re.compile(r"(?:建成|投产|达产|完工|投运)(?:投产|运营|达产)?后|年均|每年")
NAMED_BY = re.compile(r"\A.{0,8}(?:由|与)")
TOLD_MONEY = re.compile(r"总?投资(?:额|总额)?(?:约|达|为|共)?[约近超]?[\d一二三四五六七八九十]")
TOLD_SIZE = re.compile(r"装机|年产|产能|年处理|年加工|容量")
PRONOUNS = ("公司", "企业", "集团")
COMPANY = re.compile(r"[\u4e00-\u9fff（）]{2,20}?(?:股份有限公司|有限责任公司|有限公司)")


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of one project."""

    name: Span
    profile: Profile
    firm: str | None
    stage: Stage
    amount_wan: Decimal | None
    amount_raw: str | None
    clause: Span
    score: int
    rule: str


def naming_firm(mention: Mention, company: list[str]) -> Mention:
    """公司 alone is the company named last."""
    return replace(mention, firm=company[0] if company else None) if mention.firm in PRONOUNS else mention


def followed_up(last: Mention, sentence: Span, mood: Mood) -> Mention:
    """What a sentence goes on to say of the project named just before: 该项目总投资12亿元，由某公司建设."""
    every = [c.text for c in clauses(sentence)]
    told = [text for text in every if not LATER.search(text)]
    paid = next((paid_in(text) for text in told if TOLD_MONEY.search(text)), (None, None))
    builder = next((m["firm"] for m in (INVESTOR.search(text) for text in told) if m), None)
    sizes = [q for text in every if TOLD_SIZE.search(text) for q in capacities(text) if q.unit not in CONTEXT_ONLY]
    parts = last.profile
    if parts.capacity is None and sizes:
        parts = replace(parts, capacity=sizes[0])
    return replace(
        last,
        profile=parts,
        firm=NAMED_BY.sub("", builder) if builder else last.firm,
        stage=stage_of("", "", "，".join(told), mood),
        amount_wan=paid[0],
        amount_raw=paid[1],
    )
