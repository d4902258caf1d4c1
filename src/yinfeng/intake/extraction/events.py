"""Fairs, presentations, signing ceremonies, trips and talks."""

import re
from collections.abc import Iterator

from .model import Event
from .sentences import Paragraph, Span, clauses
from .source import Source

KINDS = (
    ("签约仪式", re.compile(r"签约仪式|集中签约|专场签约")),
    ("推介会", re.compile(r"推介会|招商会|说明会|恳谈会|对接会|洽谈活动")),
    ("展会", re.compile(r"洽谈会|博览会|交易会|“[^”]{1,4}洽会”|进博会|青洽会|展会|“[^”]{1,4}博会”")),
    ("开工仪式", re.compile(r"开工仪式|集中开工|开复工仪式|奠基仪式")),
    ("签订协议", re.compile(r"(?:签订|签署|达成)[^，]{0,30}(?:协议|备忘录|合同)")),
    ("考察", re.compile(r"考察对接|外出招商|招商考察|赴[^，]{2,30}(?:考察|招商|对接)")),
    ("会见", re.compile(r"客商会见|会见[^，]{0,12}(?:客商|企业|董事长|一行)")),
    ("接待", re.compile(r"接待[^，]{0,12}(?:客商|企业|考察团)")),
)
HAPPENED = re.compile(r"举行|举办|召开|参加|参与|开展|签订|签署|达成|赴|接待|会见|在[^，]{2,20}上|仪式|集中")
DATE = re.compile(r"(?:20\d\d年)?\d{1,2}月\d{1,2}日")
PROMOTION = re.compile(r"招商|签约|项目|投资|客商|推介|产业|企业|协议")


def events(source: Source, parts: list[Paragraph]) -> tuple[Event, ...]:
    """Every clause that tells of an event of investment promotion, with the date of its sentence."""
    found = [
        event
        for part in parts
        if not part.is_glossary and not part.is_heading
        for sentence in part.sentences
        for event in in_sentence(source, sentence)
    ]
    return tuple({(event.kind, event.start): event for event in found}.values())


def in_sentence(source: Source, sentence: Span) -> Iterator[Event]:
    """The events of one sentence."""
    if not PROMOTION.search(sentence.text):
        return
    date = DATE.search(sentence.text)
    for clause in clauses(sentence):
        if not HAPPENED.search(clause.text):
            continue
        for kind, words in KINDS:
            if not words.search(clause.text):
                continue
            start, end = source.quoted(clause.start, clause.end)
            yield Event(
                kind=kind,
                what=clause.text,
                date=date.group() if date else None,
                evidence=source.condensed[start:end],
                start=start,
                end=end,
                confidence=0.7,
                rule="event.clause",
            )
            break
