"""What is done every week, ten days, month or quarter: the cadence of the work."""

import re
from collections.abc import Iterator

from .model import Cadence
from .sentences import Paragraph, Span, clauses
from .source import Source

WHEN = re.compile(
    r"每(?:月|季度|季|周|旬|年|半年|两周)(?:\d{1,2}日前|[\d一二三]次)?|按(?:月|季|旬|周)|[月周旬季年](?:度)?(?:总)?(?:调度|跟踪|通报|汇报|总结|评比|点评|分析|研判|推进|例会)|(?:月|旬|季)度(?:总|专项)?调度|定期|随时报送|年底"
)
ABOUT = re.compile(r"调度|汇报|通报|总结|报送|会议|推进会|联席|跟踪|评比|点评|考核|报告|上报|研判|例会|督导|清单")
OTHER = re.compile(r"体检|监测|座谈会|宣传|巡诊|检查|演练|宗教|安全|防火")


def cadence(source: Source, parts: list[Paragraph]) -> tuple[Cadence, ...]:
    """Every clause that sets a rhythm for reporting, meetings or following up."""
    return tuple(
        row for part in parts if not part.is_glossary for s in part.sentences for row in in_sentence(source, s)
    )


def in_sentence(source: Source, sentence: Span) -> Iterator[Cadence]:
    """The rhythms a sentence sets."""
    if not WHEN.search(sentence.text):
        return
    for clause in clauses(sentence):
        when = WHEN.search(clause.text)
        if when is None or not ABOUT.search(clause.text) or OTHER.search(clause.text):
            continue
        start, end = source.quoted(clause.start, clause.end)
        yield Cadence(
            what=clause.text,
            when=when.group(),
            evidence=source.condensed[start:end],
            start=start,
            end=end,
            confidence=0.7,
            rule="cadence.clause",
        )
