"""The stage a phrase tells of: where the project stands today, not where it is to be driven."""

import re

from .model import Stage
from .outlook import Mood

RAMPED = re.compile(r"达产(?!后)|达效|满产")
FINISHED = re.compile(
    r"满负荷|建成(?!后)|投产(?!后)|竣工(?!后)|完工|投运|投用|投入使用|投入运营|投入运行|投入生产|开园|开业|通车|并网|重启|开机运行|试生产|试运行|点火|正式运行|正式运营|高标准运营"
)
RESUMED = re.compile(r"复工")
STARTED = re.compile(r"开工|动工|奠基|破土|开建")
BUILDING = re.compile(
    r"施工|工地|建设现场|主体结构|厂房已|安装|累计完成投资|完成投资|进展顺利|建设进度|在建|续建|封顶|主体完成|设备安装|正在建设|工程建设进展|形象进度"
)
INTENT = re.compile(r"意向")
SIGNED = re.compile(r"签约|签订|签署")
PLANNED = re.compile(
    r"谋划|储备|策划|可行性|可研|初步设计|环评|选址|申报|争取|前期|论证|可研|纳规|招引|招商|推介|包装|争创|入库|规划布局|规划建设|拟建|待建"
)
TALKS = re.compile(r"对接|洽谈|在谈|沟通衔接|考察")
LANDING = re.compile(r"落地|落户|批复|供地|获批|核准|引进")
WANTED = re.compile(
    r"力争|力促|确保|争取|年内|年底|计划|预计|拟|将|尽快|尽早|早日|推动|加快|推进|要|计划于|全力|全年|一季度内|上半年前"
)
RANK = (
    Stage.UNCLEAR,
    Stage.PLANNED,
    Stage.TALKS,
    Stage.LANDING,
    Stage.INTENT,
    Stage.SIGNED,
    Stage.CONSTRUCTION,
    Stage.RESUMED,
    Stage.PRODUCTION,
)


def stage_of(lead: str, modifiers: str, tail: str, mood: Mood) -> Stage:
    """The stage today.

    A goal says what is not yet so: who is to be completed this year is being built, who is to break
    ground has landed. What is to reach its designed output already produces.

    >>> stage_of("力促", "", "年内投产", Mood.GOAL).value, stage_of("", "", "投产", Mood.FACT).value
    ('开工建设', '建成投产')
    """
    said = f"{lead}|{modifiers}|{tail}"
    goal = mood is Mood.GOAL or bool(WANTED.search(f"{lead}|{tail}"))
    if RAMPED.search(said):
        return Stage.PRODUCTION
    if INTENT.search(modifiers):
        return Stage.INTENT
    if SIGNED.search(modifiers):
        return Stage.SIGNED
    if FINISHED.search(said):
        return Stage.PRODUCTION if already(FINISHED, tail) or not goal else Stage.CONSTRUCTION
    if RESUMED.search(said):
        return Stage.RESUMED
    if STARTED.search(said):
        return Stage.CONSTRUCTION if already(STARTED, tail) or not goal else Stage.LANDING
    return softer(lead, modifiers, tail, goal)


def already(event: re.Pattern[str], tail: str) -> bool:
    """Whether what follows the name states an event as done even in a plan: 已开工, 顺利重启."""
    for part in tail.split("，"):
        if event.search(part) and re.search(r"已|顺利|成功|正式|进入", part) and not WANTED.search(part):
            return True
    return False


def softer(lead: str, modifiers: str, tail: str, goal: bool) -> Stage:
    """The stages before the first spade, from weaker words."""
    said = f"{lead}|{modifiers}|{tail}"
    if BUILDING.search(said):
        return Stage.CONSTRUCTION
    if SIGNED.search(said):
        return Stage.TALKS if goal else Stage.SIGNED
    if INTENT.search(said):
        return Stage.INTENT
    if PLANNED.search(lead + modifiers) or re.search(r"前期|论证|可行性|可研|初步设计|环评|招引|招商|纳规|申报", tail):
        return Stage.PLANNED
    if LANDING.search(said):
        return Stage.LANDING
    return Stage.TALKS if TALKS.search(said) else Stage.UNCLEAR


def further(first: Stage, second: Stage) -> Stage:
    """The one of two stages that lies further on."""
    return max(first, second, key=RANK.index)
