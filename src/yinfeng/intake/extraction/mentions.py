"""Which items of a clause name a project: each mention with what the clause says of it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .investment import INVESTOR, MONEY_TAIL, PRICE_BEHIND, investor, own_amounts
from .lexicon import Lexicon
from .mention import COMPANY, TELLS_ON, Mention, followed_up, naming_firm
from .model import Stage
from .names import ACTIONS, Profile, profile
from .outlook import Mood, Outlook, mood_of
from .phrases import ETC, LEAD, MONEY_LEAD, Phrase, depth_mask, phrase_of
from .sentences import Paragraph, Span, clauses
from .stages import RAMPED, stage_of
from .tokens import Kind

NO_PROJECTS = re.compile(
    r"领域|方面|产品|行业|体验|休闲项目|服务项目|民生|惠民|资金|人才|奖|科研|课题|技术|候选|赛|培训|文艺|演出|节目|志愿|专项行动|政策|债|补助|帮扶|衔接|援青|宣传|教学|诊疗|检查|考核|培育"
)
TAIL_AGAINST = re.compile(
    r"(?:\A[\d一二三四五六七八九十百]{1,4}余?[个项件])|\A的(?![^，。、]{2,10}(?:运行|运转|生产|施工|投产))|\A为核心|\A为主|\A化|\A对接会|\A推介会|\A推进会|\A座谈会|\A签约仪式|\A组"
)
BUILDS = re.compile(
    r"建设|建成|建好|开工|新建|续建|扩建|承建|实施|运营|改造|启动|推进|推动|加快|加速|引进|招引|谋划|签约|投产|落地|抓好|布局|复工|重启|力争|争取|打造|力促|开发|申报|保障|对接|洽谈|做实|盘活|依托|储备"
)
ERECTS = re.compile(r"建设|建成|建好|开工|新建|续建|扩建|运营|改造|投产")
HAPPENS = re.compile(
    r"现场|工地|施工|获批|开工|动工|复工|投产|投运|达产|竣工|完工|落地|落户|开园|开业|重启|投用|通车|并网|奠基|封顶|批复|核准|开机运行|盘活|点火|试生产|试运行|进入|取得|招引|建成|签约|纳规|启动"
)
WORKS = re.compile(
    BUILDS.pattern.replace("|保障|对接|洽谈", "").replace("|依托", "").replace("|力争|争取", "")
    + "|突破|"
    + HAPPENS.pattern
)
AFTERWARDS = re.compile(
    r"(?:[一二]期(?:已|正|项目|工程)|力争|争取|确保|推动(?:该|上述)?项目|推进项目|预计|目前|现已|现|已|该?项目(?:已|于|正|计划|预计|建成)|计划于|建成后|正在)"
)
COUNTED_TAIL = re.compile(r"[\d一二三四五六七八九十百]{1,4}余?[个项]")
CATEGORY = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?(?P<category>(?:拟|新|集中|已)?(?:签约|开工|投产|竣工|建成|在建|储备|谋划|意向|洽谈|在谈|续建|落地|复工|前期|对接))(?:类|阶段)?项目(?:[：（\d]|\Z|名单|清单|情况)"
)
ATTRIBUTE = re.compile(
    r"(?:总投资|计划总?投资|位于|选址|坐落|占地|规划|总建筑|建筑面积|主要|建设内容|项目(?:总投资|占地|位于|主要)|达产后|可实现|年产值|建成后|预计(?:年|实现)|带动|新增|分[两三二]期|一期投资)"
)
APPOSITION = re.compile(r"也是|又是|是(?:全国|全省|全球|我国|目前|国内)")
LEAD_AGAINST = re.compile(r"发展|培育|壮大|延伸|拓展|推广|推行|研究|围绕")
WORDS_AGAINST = re.compile(
    r"项目|首批|20\d\d年|工人|正利用|抢抓|干部|大家|我们|他们|记者|标志|完成|正在|措施|采取|政府|管委会|[工]?行委|[州县市]委|招商|签约|引资|的|让|更多|打造|发挥|形成|鼓励|引导|做到|防范|增设|供应(?!链)|培育|孵化|突破|超过|达到|规模[大小以达]|亿元|万元|%|企业|一批|各类|各地|负责同志|介绍|严禁|开展|符合|带动|确保|通过|按照|根据|聚焦|及其|有(?=市场|保障|支撑)|利长远|打基础|增后劲"
)
PARTNER = re.compile(r"(?:大学|学院|研究院|研究所|公司|集团)\Z")
SITE = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:工业园区|工业园|经济技术开发区|经济开发区|经开区|高新区|开发区|化工园区|产业园区|园区)(?:内)?(?:的)?(?=[\u4e00-\u9fff].{5})"
)
GOES_ON = re.compile(r"其中|包括|分别|主要有|会上|仪式上|此次|本次")
OCCASION = re.compile(
    r"(?:集中|专场|共|现场|成功|项目)?(?P<what>签约(?=仪式|活动|项目|大会)|签约(?!金额|资金|总额)|开复工(?=仪式|活动|项目)|开工(?=仪式|活动)|集中开工|集中投产|竣工投产(?=仪式|活动))"
)
PLACED = re.compile(r"[\u4e00-\u9fff]{2,6}[市县区州镇旗](?:投资)?(?:新建|建设|实施|投建)(?=[\d年])")
LONGEST = 3000
FORGETS = 2
ONLY_FIGURES = re.compile(r"[\dA-Za-z.]+(?:景点|景区|园区)?\Z|[^一-鿿]*[\d]+[个项批]\Z")
SUPERLATIVE = re.compile(r"(?:全[国省州市县球]|国内|我[国省州市县])?(?:首[个家座条批]|规模最大)")
NAMELESS = re.compile(
    r"\A(?:[一二三四五六七八九十\d]+[个批项]|多个|若干|各类|上述|该|此|本|这些|其他|有关|相关|更多|所有|一些|部分|首批)"
)


def mentions(parts: list[Paragraph], views: list[Outlook], lexicon: Lexicon) -> Iterator[Mention]:
    """Every naming of a project in the document, in order."""
    headed, last, before, since = "", None, "", 0
    company: list[str] = []
    for part, view in zip(parts, views, strict=True):
        if part.is_glossary:
            continue
        said = CATEGORY.match(part.span.text)
        if part.is_heading:
            headed = said["category"] if said else ""
        category = said["category"] if said else headed
        for sentence in part.sentences:
            if not 6 <= len(sentence.text) <= LONGEST:
                continue
            since += 1
            if last is not None and since <= FORGETS and TELLS_ON.match(sentence.text):
                since = 0
                yield followed_up(last, sentence, mood_of(sentence.text, view.mood))
                continue
            earlier = before if GOES_ON.match(sentence.text) or before.endswith("；") else ""
            before = earlier[-LONGEST:] + sentence.text
            company = COMPANY.findall(sentence.text)[-1:] or company
            found = [naming_firm(m, company) for m in in_sentence(sentence, view, category, lexicon, earlier)]
            if found:
                last, since = (found[0] if len(found) == 1 else None), 0
            yield from found


def in_sentence(sentence: Span, view: Outlook, category: str, lexicon: Lexicon, earlier: str = "") -> Iterator[Mention]:
    """The mentions of one sentence; of an apposition only the name after the dash counts."""
    said = joined(clauses(sentence))
    named = next((i for i, c in enumerate(said) if "——" in c.text and i and APPOSITION.search(sentence.text)), None)
    for at, clause in enumerate(said):
        if named is not None and at < named:
            continue
        after = "".join("，" + text for text in afterwards(said, at))
        following = said[at + 1].text if at + 1 < len(said) else ""
        if MONEY_TAIL.match(following):
            after = f"，{following}{after}"
        phrase = phrase_of(clause, after)
        if phrase is None:
            continue
        mood = mood_of(sentence.text, view.mood, clause.start - sentence.start + len(clause.text))
        before = said[at - 1].text if at else ""
        occasion = OCCASION.search(earlier + "".join(c.text for c in said[:at]))
        yield from in_phrase(
            phrase, mood, (before, following), category or (occasion["what"] if occasion else ""), lexicon
        )


def joined(said: list[Span]) -> list[Span]:
    """Undo a comma that stands where a list wants 、: A，B、C等项目."""
    out: list[Span] = []
    for clause in said:
        before = out[-1] if out else None
        if (
            before is not None
            and LEAD.match(before.text)
            and not re.search(r"项目|工程", before.text)
            and not LEAD.match(clause.text)
            and "、" in clause.text
            and ETC.search(depth_mask(clause.text))
            and clause.start - before.end == 1
            and re.search(r"\d|[\u4e00-\u9fff]{4}", before.text)
        ):
            out[-1] = Span(f"{before.text}、{clause.text}", before.start)
        else:
            out.append(clause)
    return out


def afterwards(said: list[Span], at: int) -> list[str]:
    """What the next clauses go on to say of the same projects, without naming others.

    Attributes such as 占地320亩 are stepped over.
    """
    found = []
    for clause in said[at + 1 : at + 7]:
        if ATTRIBUTE.match(clause.text) and not re.search(r"项目|工程\Z", clause.text[2:]):
            continue
        if not AFTERWARDS.match(clause.text) or "、" in clause.text or len(clause.text) > 24:
            break
        if re.search(r"[“\d].{0,20}项目|基地|产业园|工程", clause.text):
            break
        found.append(clause.text)
    return found


def in_phrase(
    phrase: Phrase, mood: Mood, around: tuple[str, str], category: str, lexicon: Lexicon
) -> Iterator[Mention]:
    """The items of a phrase that name projects."""
    counted_list = phrase.listed and COUNTED_TAIL.match(phrase.tail)
    refused = NO_PROJECTS.search(phrase.modifiers) or TAIL_AGAINST.search(phrase.tail)
    if phrase.head == "企业" or (refused and not counted_list):
        return
    if LEAD_AGAINST.search(phrase.lead) and not BUILDS.search(phrase.lead):
        return
    if not phrase.head and not WORKS.search(phrase.lead + phrase.tail):
        return
    items = with_shared_heads(joint_ventures(phrase, lexicon), phrase, lexicon)
    kept = accepted(items, phrase, lexicon)
    paid = own_amounts(phrase, [item for item, *_ in kept], around[1])
    stage = stage_of(phrase.lead, phrase.modifiers, phrase.tail, mood)
    if stage is Stage.UNCLEAR and category:
        stage = stage_of("", "", category, mood)
    for item, parts, score, rule in kept:
        firm = parts.firm or (investor(phrase, around[0], lexicon) if len(kept) == 1 else None)
        amount, raw = paid.get(item.start, (None, None))
        yield Mention(item, parts, firm, stage, amount, raw, phrase.clause, score, rule)


def joint_ventures(phrase: Phrase, lexicon: Lexicon) -> list[tuple[Span, Profile]]:
    """Items with their parts; a bare firm before an item that names another firm invests with it."""
    out: list[tuple[Span, Profile]] = []
    pending: Span | None = None
    for item in phrase.items:
        span = cleaned(item)
        if len(span.text) < 2:
            continue
        span, parts = off_site(span, lexicon)
        if pending is not None and parts.firm:
            whole = Span(phrase_text(phrase, pending.start, span.end), pending.start)
            parts = replace(parts, firm=f"{pending.text}、{parts.firm}", text=whole.text)
            out[-1] = (whole, parts)
        else:
            out.append((span, parts))
        pending = span if parts.firm == span.text and PARTNER.search(span.text) else None
    return out


def off_site(span: Span, lexicon: Lexicon) -> tuple[Span, Profile]:
    """A name without the park it stands in, where the rest names a firm or a capacity by itself."""
    site = SITE.match(span.text)
    if site:
        rest = profile(span.text[site.end() :], lexicon)
        if rest.firm and (rest.sure_firm or rest.capacity or rest.tokens[0].kind & Kind.PLACE):
            return span.cut(site.end()), rest
    return span, profile(span.text, lexicon)


def phrase_text(phrase: Phrase, start: int, end: int) -> str:
    return phrase.clause.text[start - phrase.clause.start : end - phrase.clause.start]


def cleaned(item: Span) -> Span:
    """An item without the verbs and the money before it and the words for project after it."""
    money, behind = MONEY_LEAD.match(item.text), PRICE_BEHIND.search(item.text)
    if behind and behind.start() >= 2:
        item = item.cut(0, behind.start())
    elif money and money.end() < len(item.text) - 1:
        item = item.cut(money.end())
    lead = LEAD.match(item.text)
    if lead and lead.end() < len(item.text) - 1 and not re.match(r"[东西南北]", item.text):
        item = item.cut(lead.end())
    placed = PLACED.match(item.text)
    if placed:
        item = item.cut(placed.end())
    end = re.search(
        r"(?:等|建设|重点|重大|一批|两个|二个|三个|四个|五个|[2-9]个|示范)*(?:项目|工程项目)?(?:建设)?\Z", item.text
    )
    cut = end.start() if end else len(item.text)
    if item.text[cut:].startswith("示范"):
        cut += 2
    if "工程" in item.text[cut:] or re.search(r"工厂建设\Z", item.text):
        cut = len(item.text.removesuffix("建设").removesuffix("项目"))
    return item.cut(0, cut) if cut >= 2 else item


def with_shared_heads(
    items: list[tuple[Span, Profile]], phrase: Phrase, lexicon: Lexicon
) -> list[tuple[Span, Profile, str]]:
    """Give bare places of a list the head noun that stands once: 甲、乙、丙基地 or 甲、乙等景区."""
    if not items:
        return []
    head = (
        phrase.head if phrase.listed and phrase.head not in ("项目", "工程", "企业", "平台", "基地", "中心", "") else ""
    )
    last = items[-1][1]
    made = product_after_capacity(last)
    if made and len(items) > 1 and any(p.tokens and p.tokens[-1].kind is Kind.QUANTITY for _, p in items[:-1]):
        return [with_product(span, parts, made, lexicon) for span, parts in items]
    if not head and len(items) > 1 and all(parts.is_bare_place for _, parts in items[:-1]) and not last.firm:
        rest = [t for t in last.tokens if not (t.kind is Kind.UNKNOWN or t.kind & Kind.PLACE)]
        if rest and last.tokens[0] is not rest[0]:
            shared = last.text[rest[0].start :]
            return [(s, profile(s.text + shared, lexicon), s.text + shared) for s, _ in items[:-1]] + [
                (*items[-1], items[-1][0].text)
            ]
    if head:
        return [headed(span, parts, head, lexicon) for span, parts in items]
    return [(s, p, p.text) for s, p in items]


def product_after_capacity(parts: Profile) -> str:
    """What stands behind the capacity: in 甲200兆瓦光热发电, 光热发电."""
    at = next((i for i, token in enumerate(parts.tokens) if token.kind is Kind.QUANTITY), None)
    return parts.text[parts.tokens[at].end :] if at is not None else ""


def with_product(span: Span, parts: Profile, made: str, lexicon: Lexicon) -> tuple[Span, Profile, str]:
    """An item that breaks off at its capacity shares the product of the last: 甲50兆瓦、乙200兆瓦光热发电."""
    whole = span.text + made if parts.tokens and parts.tokens[-1].kind is Kind.QUANTITY else span.text
    return span, parts if whole == span.text else profile(whole, lexicon), whole


def headed(span: Span, parts: Profile, head: str, lexicon: Lexicon) -> tuple[Span, Profile, str]:
    """An item under the head noun of its list, unless it ends with one of its own."""
    own = span.text.endswith(head) or (parts.built and not parts.text.endswith("雅丹"))
    whole = span.text if own else span.text + head
    return span, parts if own else profile(whole, lexicon), whole


def accepted(
    items: list[tuple[Span, Profile, str]], phrase: Phrase, lexicon: Lexicon
) -> list[tuple[Span, Profile, int, str]]:
    """The items that are specific enough for the way they are named."""
    scored = [(span, parts, text, parts.specific) for span, parts, text in items if nameable(parts, text, lexicon)]
    if not scored:
        return []
    strong = sum(score >= 2 for *_, score in scored)
    every_built = len(scored) == len(items) and all(parts.built and len(parts.tokens) > 1 for _, parts, _, _ in scored)
    kept = []
    for span, parts, text, score in scored:
        rule = rule_for(phrase, parts, score, strong / len(items), every_built)
        if rule:
            kept.append((span, replace(parts, text=text), score, rule))
    return kept


def nameable(parts: Profile, text: str, lexicon: Lexicon) -> bool:
    """Neither a public service nor an abstract noun nor a mere count."""
    if (
        not 2 <= len(text) <= 60
        or NAMELESS.match(text)
        or (parts.firm == parts.text and not text.endswith(("产业园", "景区")))
    ):
        return False
    plain = depth_mask(text)
    if WORDS_AGAINST.search(plain) or ONLY_FIGURES.match(text) or plain[-1] in "和及与长高强广":
        return False
    if any(word in text and f"{word}基地" not in text for word in lexicon.civic):
        return False
    if (
        parts.unknown > 8
        or (text.endswith("工程") and len(text) <= 4)
        or (len(text) < 4 and not parts.has(Kind.FACILITY))
    ):
        return False
    told = parts.sure_firm and parts.firm is not None and len(text) - len(parts.firm) >= 4
    return told or not any(text.endswith(word) for word in lexicon.common)


def rule_for(phrase: Phrase, parts: Profile, score: int, share: float, every_built: bool) -> str | None:
    """The rule that takes an item for a project, if any does."""
    builds = (
        BUILDS.search(phrase.lead)
        or phrase.money
        or INVESTOR.search(phrase.clause.text)
        or MONEY_TAIL.match(phrase.tail.lstrip("，"))
    )
    happens = HAPPENS.search(phrase.tail)
    measured = parts.capacity is not None and len(parts.tokens) > 1 and RAMPED.search(phrase.tail)
    if phrase.head in ("项目", "工程") and phrase.listed:
        if share >= 0.3 or (score >= 3 and parts.firm):
            return "project.list"
        return "project.list_built" if every_built and builds else None
    if phrase.head in ("项目", "工程"):
        if score >= 2 and (builds or happens or score >= 3):
            return "project.named"
        told = phrase.money or MONEY_TAIL.match(phrase.tail.lstrip("，"))
        if told and (score >= 1 or parts.has(Kind.PRODUCT)):
            return "project.named_priced"
        plain = score >= 1 and parts.built and parts.has(Kind.FACILITY) and builds and len(parts.tokens) > 2
        return "project.named_built" if plain else None
    if phrase.head in ("景区", "景点", "产业园", "园区", "公园"):
        return "project.list_place" if builds or re.search(r"招商|开发|建设", phrase.tail) else None
    if phrase.head:
        return None
    return without_word(phrase, parts, score, bool(builds), bool(happens), bool(measured))


def without_word(phrase: Phrase, parts: Profile, score: int, builds: bool, happens: bool, measured: bool) -> str | None:
    """Rules for clauses that never say 项目: what is built must then show in the name."""
    facility = parts.built and parts.has(Kind.FACILITY)
    if SUPERLATIVE.match(parts.text):
        return None
    if facility and score >= 2 and builds:
        return "project.facility"
    if facility and score >= 3 and happens:
        return "project.event"
    if parts.sure_firm and parts.tokens[-1].text in ACTIONS and builds:
        return "project.works"
    if facility and ERECTS.search(phrase.lead) and len(parts.tokens) > 1 and len(parts.text) >= 5:
        return "project.facility_plain"
    if parts.capacity is not None and parts.firm and not parts.tokens[-1].kind & Kind.QUANTITY and (builds or happens):
        return "project.capacity"
    return "project.capacity_ramping" if measured and phrase.lead else None
