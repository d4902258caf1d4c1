"""Ways of working that a document names: systems, plans and rules of promotion."""

import re
from collections.abc import Iterator

from .model import Mechanism
from .sentences import Paragraph, Span, clauses
from .source import Source

NAMED = re.compile(
    r"(?P<name>“[^“”]{2,40}”(?:[^，。、“”]{0,12}?)(?:机制|制度|体系|模式|工程|格局|服务|路径|战略|要求|招商|通道|小程序|原则)"
    r"|《[^《》]{4,40}(?:办法|方案|清单|图谱|工作要点|项目册|责任表|分工表|管理表|政策|意见)(?:（[^（）]{1,6}）)?》"
    r"|(?:专班|联席会议|包联|闭环管理|要素保障|跟踪服务|首席服务|链长|代办帮办|容缺受理|一事一议)[^，。、]{0,8}?(?:机制|制度))"
)
PROMOTION = re.compile(r"招商|引资|项目|产业|投资|企业|专班|招引|园区|考核|调度|通报")


def mechanisms(source: Source, parts: list[Paragraph]) -> tuple[Mechanism, ...]:
    """Each mechanism of promotion once, where it is named first."""
    found: dict[str, Mechanism] = {}
    for part in parts:
        if part.is_glossary:
            continue
        for sentence in part.sentences:
            if PROMOTION.search(sentence.text):
                for mechanism in in_sentence(source, sentence):
                    found.setdefault(mechanism.name, mechanism)
    return tuple(found.values())


def in_sentence(source: Source, sentence: Span) -> Iterator[Mechanism]:
    """The mechanisms a sentence names."""
    for clause in clauses(sentence):
        if not PROMOTION.search(clause.text):
            continue
        for match in NAMED.finditer(clause.text):
            start, end = source.quoted(clause.start, clause.end)
            yield Mechanism(
                name=match["name"],
                evidence=source.condensed[start:end],
                start=start,
                end=end,
                confidence=0.6,
                rule="mechanism.named",
            )
