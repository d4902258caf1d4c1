"""Whether a passage tells what was done or what is wanted, for which year and whose area."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from .lexicon import Lexicon
from .sentences import Paragraph


class Mood(Enum):
    """How a passage is meant."""

    FACT = "fact"
    GOAL = "goal"
    OPEN = "open"


LOOKS_BACK = re.compile(r"回顾|总结|成效|成绩|主要做了|工作情况|进展情况|完成情况|执行情况|开展情况|大事记")
LOOKS_AHEAD = re.compile(
    r"目标任务|预期目标|重点工作|工作任务|工作方案|实施方案|行动方案|行动计划|工作要点|工作安排|下一步|工作计划|工作目标|工作打算"
)
SAYS_FACT = re.compile(
    r"今年以来|一年来|截至|累计|已(?!有)|前[一二三]季度|[上下]半年|1至\d{1,2}月|1[-—]\d{1,2}月|目前|日前|近日|昨日|获悉|成功|顺利|现场|"
    r"\d{1,2}月\d{1,2}日|记者|圆满"
)
SAYS_GOAL = re.compile(
    r"不少于|不低于|力争|确保|争取|力促|(?<!完成年度)目标(?!的)|拟|将(?:要|于|在|全|继续)|要(?:完成|实现|达到|加快|推动)|今年要|到20\d\d年"
)
WEAKLY_GOAL = re.compile(r"年内|年底前|预计|全年完成|计划(?!执行|完成)")
SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部分]")
YEAR = re.compile(r"(20\d\d)年")
AREA = re.compile(r"[市州县区旗盟省]")


@dataclass(frozen=True, slots=True)
class Outlook:
    """The mood and year a paragraph inherits from the heading above it."""

    mood: Mood
    year: str | None


def outlooks(parts: list[Paragraph]) -> list[Outlook]:
    """The outlook of each paragraph: numbered headings and titles set it for what follows."""
    found, mood, year = [], Mood.OPEN, None
    for part in parts:
        text = part.span.text
        title = part.is_heading and len(text) >= 6
        if title or SECTION.match(text):
            head = text[:40]
            ahead, back = LOOKS_AHEAD.search(head), LOOKS_BACK.search(head)
            if ahead or back:
                mood = Mood.GOAL if ahead and not (back and back.start() < ahead.start()) else Mood.FACT
                years = YEAR.findall(head)
                year = years[-1] if years else year
        elif re.match(r"(?:本报|.{2,8}日报)?.{0,4}讯|本报记者|（?记者", text):
            mood, year = Mood.OPEN, None
        found.append(Outlook(mood, year))
    return found


def mood_of(sentence: str, inherited: Mood, before: int | None = None, *, anywhere: bool = False) -> Mood:
    """The mood of a sentence up to a place: its own words first, then the section's, then words ``anywhere`` in it."""
    said = sentence if before is None else sentence[:before]
    goal, fact = SAYS_GOAL.search(said), SAYS_FACT.search(said)
    if goal and not fact:
        return Mood.GOAL
    if fact and not goal:
        return Mood.FACT if inherited is not Mood.GOAL or fact.group() not in ("目前", "成功", "顺利") else Mood.GOAL
    if goal and fact:
        return Mood.GOAL if goal.start() > fact.start() else Mood.FACT
    if inherited is not Mood.FACT and WEAKLY_GOAL.search(said):
        return Mood.GOAL
    if anywhere and inherited is Mood.OPEN and SAYS_GOAL.search(sentence) and not SAYS_FACT.search(sentence):
        return Mood.GOAL
    return inherited


def area_of(reading: str, lexicon: Lexicon) -> str | None:
    """The area a document speaks of: the place with its level named most often."""
    counts: Counter[str] = Counter()
    for found in AREA.finditer(reading):
        for length in (4, 3, 2):
            name = reading[max(0, found.start() - length) : found.start()]
            if len(name) == length and name in lexicon.places:
                counts[name + found.group()] += 1
                break
    return counts.most_common(1)[0][0] if counts else None
