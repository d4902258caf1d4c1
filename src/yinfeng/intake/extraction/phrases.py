"""How a clause names projects: leading verbs, a list of items, the word for project, what is said of them."""

import re
from dataclasses import dataclass

from .sentences import OPENING, Span, split

ADVERBS = (
    "全力以赴|全方位|全过程|全程|高标准|高质量|高水平|高起点|进一步|重点任务|重点|积极|加快|加速|全力|大力|着力|持续|稳步|有序|有力|深入|全面|紧密|扎实|扎扎实实|尽早|尽快|力争|力促|确保|争取|努力|"
    "抓紧|同步|统筹|继续|不断|切实|科学|精心|主动|陆续|相继|先后|成功|顺利|正式|已经|正在|还将|年内|全年|今年以来|今年|目前|同时|其中|此外|下一步|一季度|上半年|下半年|年底前|预计|共同|计划|"
    "集中|联合|配合|紧抓|紧盯|狠抓|有效|快速|如期|按期|及早|系统|前瞻性|超前|精准|多渠道|分批|分类|逐步|纷纷|率先|力推|强力|强化|现场|现已|现(?!代|有)|已|将|拟|要|并|再|共|也|正|就|还"
)
VERBS = (
    "推动建设|推动|推进|加推|推介|建成投产|建成投运|建成运营|建成|建好|建设运营|建设|开工建设|开工|动工|新开工|新建|续建|改建|组织实施|启动实施|启动建设|启动|实施|投资建设|投资兴建|投资|承建|引进落地|引进布局|"
    "引进|招引|引入|引荐|落地|落户|签约落地|签约|签订|签署|谋划对接|谋划储备|谋划实施|谋划布局|谋划建设|谋划|对接洽谈|对接|洽谈|策划|储备|申报|规划布局|规划建设|规划|布局|重点抓好|抓好|抓实|做好|做实|做优|运营|配合建设|"
    "服务保障|保障|支持|加大|加强|完善|提升改造|改造提升|改造|提升|打造|创建|争创|开展|投产|竣工|完成|督促|协调|推出|发布|包装|跟进|跟踪|盘点|围绕|聚焦|依托|突破|盘活重启|盘活|重启|复工|"
    "开发建设|开发|落实|服务|促成|促进|达成|梳理|生成|主要包括|主要有|分别是|分别为|包括|涉及|涵盖|如|即|迎来|承接|助力|攻坚|建优|扩建|举行|参与|加紧|提速|力保|收购|合作建设|合作开发|研究|记者走进|走进|来到|走访|大力发展|发展|培育|壮大|延伸|拓展|推广|推行"
)
JOINERS = "以及|及|将|把|与|同|和|以|对于|关于|由|在(?!建)|在(?=建[\u4e00-\u9fff]{0,2}[县市区州镇])|于|了|好|过|着"
NOT_VERB = r"(?:计划(?=总?投资)|拟(?=投资)|建设(?=集团|银行|兵团)|开发(?=区)|服务(?=区|业|中心)|保障(?=性|库|房|基地)|改造(?=项目)|运营(?=中心)|研究(?=院|所|中心)|规划(?=院)|联合(?=化|重|国)|集中(?=供|区|式)|新建(?=路|区)|就(?=业)|再(?=生)|共(?=享|青)|正(?=极|大|泰|负)|系统(?=集)|投资(?=集团|控股|[约近]?\d|总?额)|精准(?=医))"
LEAD = re.compile(
    rf"(?:(?!{NOT_VERB})(?:{ADVERBS}|{VERBS}|{JOINERS})|(?:20\d\d年|\d{{1,2}}月(?:份|底)?)(?:\d{{1,2}}日)?(?:前|底|底前)?|[一二三四五六七八九十]是|\d{{1,2}}[.、](?!\d)|（[一二三四五六七八九十]{{1,3}}）|[一二三四五六七八九十]{{1,3}}、|——)+"
)
OPENS = re.compile("[" + "".join(OPENING) + "]")
ENUMERATES = re.compile(r"主要有|主要包括|包括|分别[是为]")
ONLY_JOINS = re.compile(rf"(?:{JOINERS}|目前|日前|同时|其中|此外)+\Z")
STRONG = r"加快推进|加快建设|扎实推进|积极推进|全力推进|深入实施|正在建设|计划建设|拟建设|建设(?=\d|年产)|推动|推进|实施|建成|开工建设|启动|引进|签约|签订|签署|招引|谋划|储备|建设运营|投资建设|投资兴建|承建|落地|对接|洽谈"
SUBJECT = re.compile(
    rf"(?P<subject>[\u4e00-\u9fff·（）]{{2,24}}?)(?P<lead>(?:{ADVERBS})*(?:{STRONG})(?!项目|工程|基地|中心|[、，]))"
)
ETC = re.compile(
    r"等(?P<modifiers>[^，、。；等]{0,14}?)(?P<head>项目|工程|景区|景点|园区|基地|企业|产业园|平台|中心|公园)(?P<tail>[^，。；]{0,60})\Z"
)
ANCHOR = re.compile(r"(?P<head>项目|工程)(?!标|库|化|机械|塑料|师|院|咨询|公司|学)")
TAIL = re.compile(
    r"(?:\A|(?<=）))(?:\Z|等?(?:\Z|，)|（|可行性|可研|[有稳快扎加](?:序|步|速|实)?推进|(?:施工|建设|项目)?现场|工地|的[^，。、]{2,10}(?:运行|运转|生产|施工|投产)|初步设计|环评|选址|主体|在|已|现|于|正|计划|预计|年内|年底|早日|尽[快早]|如期|按期|顺利|成功|正式|全面|相继|陆续|加快|力争|全部|(?:[上下]半年|[一二三四]季度|20\d\d年|\d{1,2}月)|总投资|投资(?!同比|增|额|完成|者|环境)|占地|"
    r"建设(?!资金|主阵地|一体|管理|情况|需求|者)|落地(?!服务|保障)|落户|实施(?!方案|意见)|开工(?!准备)|动工|复工|投产|投运|建成|竣工|完工|进度|进展(?!情况)|获批|核准|批复|招引|对接力度|前期(?:工作|论证)?|论证|签约|洽谈|启动|取得|进入|达产|"
    r"重启|奠基|入库|纳规|引进|推进(?!机制|会|情况)|持续|作为|[^，。]{0,8}需求|试|通过|完成|累计|投入|施工|破土|实现|开始|即将|\x00|总投资协议|投资协议|合作协议|开园|开业|通车|并网|封顶|发展|举行|[\d一二三四五六七八九十百]{1,4}余?[个项件])"
)
TAIL_ENDS = re.compile(
    r"(?:情况|机制|制度|方式|方案|会议|座谈会|推进会|环节|流程|作用|主阵地|特点|水平|能力|关系|管理)\Z"
)
EVENT = (
    "获批|开工|动工|复工|投产|投运|达产|达效|竣工|完工|建成|落地|落户|签约|开园|开业|运行|运营|重启|投用|通车|并网|启动|奠基|封顶|"
    "纳规|入库|批复|核准|投入使用|投入运行|投入运营|投入生产|开机运行|盘活|点火|试生产|试运行|进入[^，。、]{2,12}阶段|取得[^，。、]{2,12}进展"
)
HOW = "实现|正式|顺利|成功|全面|全部|已经|已|如期|同步|集中"
DONE = re.compile(
    rf"(?P<tail>(?:建设|工程|主体结构|主体工程|主体|厂房)?(?:{HOW}){{0,3}}(?:在[^，。、在]{{2,20}}?)?(?:{HOW}){{0,3}}(?:{EVENT})(?:建设|实施|投产|运行|运营|生产|仪式|成功|发电|开工|投入使用|投入运营|通车|使用){{0,2}}"
    r"|(?:开发)?建设(?:进度|进程|步伐|工作|落地|开工)?|招引|招商|落地|落地实施|实施|投产|进度|进程|步伐|开工)\Z"
)
MONEY_LEAD = re.compile(
    r"(?:(?:计划|预计|概算|估算)?(?:总)?投资(?:总额|额)?(?:约|达|为|共)?)(?P<money>[约近超]?[\d.,一二三四五六七八九十百千]{1,12}[余多]?(?:亿|千万|百万|万)(?:元|美元|欧元|人民币|(?=的)))(?:人民币)?(?:建设|新建|兴建|实施|打造|布局|投建)?的?"
)
PROBLEM = re.compile(r"\x00{0,12}(?:问题|难题|瓶颈)\Z")
OF = re.compile(
    r"(?:[区园县市镇乡村]内?|投资|建设|承建|实施|开发|打造|兴建|运营|引进|规划|投建|新建|最大|签约|落户|坐落|选址|位于[^的]{2,16}|总部在[^的]{2,10}|在建|占地[^的]{2,12})的"
)
RANKED = re.compile(r".{0,40}最[大高长多优强快好].{0,30}的")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A clause that names projects."""

    clause: Span
    lead: str
    items: tuple[Span, ...]
    modifiers: str
    head: str
    tail: str
    subject: str
    money: Span | None
    listed: bool


def depth_mask(text: str) -> str:
    """The text with everything inside brackets and quotation marks blanked out."""
    if not OPENS.search(text):
        return text
    out, closing = [], ""
    for at, char in enumerate(text):
        if closing:
            out.append("\x00")
            closing = "" if char == closing else closing
        elif char in OPENING and OPENING[char] in text[at + 1 : at + 80]:
            closing = OPENING[char]
            out.append("\x00")
        else:
            out.append(char)
    return "".join(out)


def phrase_of(clause: Span, after: str = "") -> Phrase | None:
    """What a clause says of projects, or nothing if no project can be named in it.

    ``after`` is what the rest of the sentence says of the same projects.
    """
    lead, rest, subject = without_lead(clause)
    rest, money, more = without_money(rest)
    lead += more
    again = LEAD.match(rest.text) if more else None
    if again:
        lead, rest = lead + again.group(), rest.cut(again.end())
    mask = depth_mask(rest.text)
    etc = ETC.search(mask)
    if etc is not None:
        items = rest.cut(0, etc.start())
        return Phrase(
            clause,
            lead,
            items_of(items),
            etc["modifiers"],
            etc["head"],
            etc["tail"] + after,
            subject,
            money,
            listed=True,
        )
    if mask.endswith("等") and ENUMERATES.search(lead):
        items = rest.cut(0, len(mask) - 1)
        return Phrase(clause, lead, items_of(items), "", "项目", after, subject, money, listed=True)
    anchors = list(ANCHOR.finditer(mask))
    if anchors:
        last = anchors[-1]
        tail = mask[last.end() :]
        if last.start() >= 2 and TAIL.match(tail) and not TAIL_ENDS.search(tail):
            body = rest.cut(0, last.end() if last["head"] == "工程" else last.start())
            return Phrase(
                clause,
                lead,
                items_of(trimmed(body)),
                "",
                last["head"],
                tail + after,
                subject,
                money,
                listed="、" in mask,
            )
        return None
    problem = PROBLEM.search(mask)
    if problem:
        rest, mask = rest.cut(0, problem.start()), mask[: problem.start()]
    done = DONE.search(mask)
    body = rest.cut(0, done.start()) if done and done.start() else rest
    tail = (done["tail"] if done else "") + after
    if not lead and not tail:
        return None
    return Phrase(clause, lead, items_of(trimmed(body)), "", "", tail, subject, money, listed="、" in mask)


def without_lead(clause: Span) -> tuple[str, Span, str]:
    """Take the verbs and adverbs off the front, with the subject before them if there is one."""
    match = LEAD.match(clause.text)
    lead = match.group() if match else ""
    rest = clause.cut(len(lead))
    if lead and not ONLY_JOINS.match(lead):
        return lead, rest, ""
    found = SUBJECT.match(depth_mask(rest.text))
    if found is None or "、" in found["subject"]:
        return lead, rest, ""
    more = LEAD.match(rest.text, found.start("lead"))
    end = max(more.end() if more else 0, found.end("lead"))
    end += rest.text.startswith("的", end)
    if len(rest.text) - end < 4:
        return lead, rest, ""
    return lead + rest.text[found.start("lead") : end], rest.cut(end), found["subject"]


def without_money(rest: Span) -> tuple[Span, Span | None, str]:
    """Take 总投资12亿元的 off the front of a name, or 某公司投资12亿元建设的 with its firm left behind."""
    found = MONEY_LEAD.search(depth_mask(rest.text))
    before = rest.text[: found.start()] if found else ""
    if (
        found is None
        or re.search(r"项目|工程|、", before)
        or not re.match(r"[^，。]{0,40}(?:项目|工程|基地|园|中心|厂)", rest.text[found.end() :])
    ):
        return rest, None, ""
    money = Span(found["money"], rest.start + found.start("money"))
    lead = rest.text[: found.end()]
    return rest.cut(found.end()), money, lead


def trimmed(body: Span) -> Span:
    """Cut what a long attribute says before the name proper: 某公司投资建设的某某."""
    mask = depth_mask(body.text)
    cut = 0
    for pattern in (OF, RANKED):
        for found in pattern.finditer(mask):
            cut = max(cut, found.end())
    dash = mask.rfind("——")
    cut = max(cut, dash + 2 if dash >= 0 else 0)
    return body.cut(cut) if cut < len(body.text) else body


def items_of(body: Span) -> tuple[Span, ...]:
    """The items of a list; 和 and 以及 part two names when the second stands for itself."""
    parts: list[Span] = []
    for piece in split(body, "、，"):
        parts.extend(at_links(piece))
    return tuple(part for part in parts if len(part.text) >= 2)


PRICED_LINK = re.compile(r"(?:以及|和|及|与)(?=(?:计划|预计)?(?:总)?投资(?:额)?[约近]?[\d一二三四五六七八九十])")
LINK = re.compile(
    r"以及|及其|及(?=[^\d其]{2})|和(?=[\d一二三四五六七八九十]|[\u4e00-\u9fff“]{4})|与(?=[\u4e00-\u9fff“]{4})"
)
STANDS = re.compile(
    r"(?:\d(?:万|千|亿|兆|吉)?(?:吨|千瓦|亩|瓦|立方米|头|台|套|件)|[园区站场厂库心地港坝城镇]\Z|厂区\Z|工程\Z|公司|集团)"
)


def at_links(piece: Span) -> list[Span]:
    """Part ``piece`` at a joining word whose two sides both read as whole names."""
    mask = depth_mask(piece.text)
    priced = PRICED_LINK.search(mask)
    if priced and priced.start() >= 4:
        return [*at_links(piece.cut(0, priced.start())), *at_links(piece.cut(priced.end()))]
    for found in LINK.finditer(mask):
        left, right = mask[: found.start()], mask[found.end() :]
        if (
            len(left) >= 4
            and (left.endswith("项目") or STANDS.search(left))
            and (left.endswith("项目") or STANDS.search(right) or found.group() == "以及")
        ):
            return [piece.cut(0, found.start()), *at_links(piece.cut(found.end()))]
    return [piece]
