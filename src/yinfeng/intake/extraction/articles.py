"""The articles of a page: where each stands, its title, and whether it is about investment."""

import re
from dataclasses import dataclass

from .model import Article
from .sentences import Paragraph, Span
from .source import Source

DATELINE = re.compile(
    r"(?:本报[\u4e00-\u9fff]{0,4}讯|[\u4e00-\u9fff]{2,6}(?:日报|晚报|社)[\u4e00-\u9fff]{0,3}讯|新华社[\u4e00-\u9fff]{1,6}\d|文/图|图/文|（?(?:本报)?(?:见习)?记者|（?通讯员|编者按)"
)
ABOUT = re.compile(
    r"招商|引资|投资促进|签约|洽谈|推介会|客商|到位资金|产业链|项目建设|重点项目|重大项目|开工|投产|落地|链主|专班|固定资产投资|总投资"
)
OFFICE = re.compile(
    r"^(?:附件|[\u4e00-\u9fff]{2,8}(?:政办发|政发|政人|政函|党办)〔|第\d+期|（总第|20\d\d年\d{1,2}月\d{1,2}日)"
)
ENUMERATED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.、]|——|[\u4e00-\u9fff]{2,8}："
)
ENOUGH = 3
PER_THOUSAND = 4.0


@dataclass(slots=True)
class Draft:
    """An article while its title is still to be found."""

    titles_before: list[Span]
    body: list[Span]


def articles(source: Source, parts: list[Paragraph]) -> tuple[Article, ...]:
    """Every article: a body that begins with a title or a dateline.

    A page may print a title after its article, so the headings on both sides compete by the
    words they share with the body.
    """
    drafts = [draft for draft in drafted(parts) if sum(len(span.text) for span in draft.body) >= 60]
    found = []
    for at, draft in enumerate(drafts):
        following = drafts[at + 1].titles_before if at + 1 < len(drafts) else []
        title = best_title(draft, following)
        start, end = source.quoted(draft.body[0].start, draft.body[-1].end)
        text = "".join(span.text for span in draft.body)
        found.append(
            Article(
                title="".join(span.text for span in title),
                relevant=is_relevant(text, title),
                evidence=source.condensed[start:end],
                start=start,
                end=end,
                confidence=0.7 if title else 0.5,
                rule="article.dateline" if DATELINE.match(text) else "article.title",
            )
        )
    return tuple(found)


def drafted(parts: list[Paragraph]) -> list[Draft]:
    """Gather paragraphs into bodies with the headings that stand before each."""
    drafts: list[Draft] = [Draft([], [])]
    headings: list[Span] = []
    for part in parts:
        if is_title(part):
            headings.append(part.span)
            continue
        dated = DATELINE.match(part.span.text)
        if headings or dated:
            drafts.append(Draft(headings, [part.span]))
            headings = []
        else:
            drafts[-1].body.append(part.span)
    return [draft for draft in drafts if draft.body]


def is_title(part: Paragraph) -> bool:
    """A short line of its own that is no numbered heading, label or office mark."""
    text = part.span.text
    plain = part.is_heading and len(text) >= 6 and not text.endswith(("：", "、"))
    return plain and not ENUMERATED.match(text) and not OFFICE.match(text) and not DATELINE.match(text)


def best_title(draft: Draft, following: list[Span]) -> list[Span]:
    """The headings before the body, or those after it if they share more words with it."""
    text = "".join(span.text for span in draft.body)
    before, after = shared(draft.titles_before, text), shared(following[:2], text)
    return following[:2] if after > before and not draft.titles_before else draft.titles_before


def shared(title: list[Span], body: str) -> float:
    """The share of a title's character pairs that the body has too."""
    words = "".join(span.text for span in title)
    pairs = {words[i : i + 2] for i in range(len(words) - 1)}
    return sum(1 for pair in pairs if pair in body) / len(pairs) if pairs else 0.0


def is_relevant(text: str, title: list[Span]) -> bool:
    """Whether promotion or investment in projects is what the article is about."""
    hits = len(ABOUT.findall(text))
    named = any(ABOUT.search(span.text) for span in title)
    return named or (hits >= ENOUGH and hits * 1000 >= PER_THOUSAND * len(text))
