"""The fields of the six kinds of ledger: name, title, what they hold, and the headers that announce them.

Headers are matched after folding: no spaces, no unit, no bracket, no 其中. ``titles`` are whole headers, best first;
``patterns`` are searched in the whole path ``group/leaf``. Money in place is told apart in ``funding``.
"""

from dataclasses import dataclass
from typing import Literal

from yinfeng.core.faults import gettext_noop
from yinfeng.intake.workbooks.problems import PROBLEMS, message_zh
from yinfeng.intake.workbooks.words import WORDS

__all__ = ["AMOUNT_ALWAYS", "FIELDS", "KEYS", "KINDS", "PROBLEMS", "WORDS", "Field", "field_of", "message_zh"]

FieldType = Literal[
    "text",
    "name",
    "money",
    "usd",
    "quantity",
    "rate",
    "date",
    "phone",
    "uscc",
    "enum",
    "enum_list",
    "province",
    "chain",
]
Kind = Literal["projects", "funds", "trips", "receptions", "issues", "leads"]

KINDS: dict[str, str] = {
    "projects": gettext_noop("项目台账"),
    "funds": gettext_noop("到位资金月报"),
    "trips": gettext_noop("外出招商台账"),
    "receptions": gettext_noop("接待台账"),
    "issues": gettext_noop("要素保障问题清单"),
    "leads": gettext_noop("线索登记表"),
}
KEYS: dict[str, tuple[str, ...]] = {
    "projects": ("name",),
    "funds": ("name",),
    "issues": ("issue",),
    "trips": ("destination", "visited"),
    "receptions": ("visitor_unit",),
    "leads": ("enterprise", "name"),
}
AMOUNT_ALWAYS = frozenset({"projects", "funds", "leads"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of ledger."""

    name: str
    title: str
    type: FieldType
    titles: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    words: str = ""
    unit: str = ""
    pairs_with: str = ""


def _titles(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SEQ = Field("seq", gettext_noop("序号"), "text", _titles("序号 编号 序 项次 NO NO. 项目序号"))
REMARK = Field("remark", gettext_noop("备注"), "text", _titles("备注 备注说明 说明 其他说明 备考 附注"))
NAME = Field(
    "name",
    gettext_noop("项目名称"),
    "name",
    _titles("项目名称 工程名称 项目 名称 重点项目名称 招商项目名称 签约项目名称 招商引资项目名称 项目全称"),
    (r"项目名称$",),
)
CONTENT = Field(
    "content", gettext_noop("建设内容及规模"), "text",
    _titles("建设内容及规模 主要建设内容及规模 建设规模及内容 建设规模及主要内容 建设内容 主要建设内容 建设内容与规模 建设内容和规模 主要建设规模及内容 建设规模 项目内容"
            " 项目建设内容 项目概况 项目简介 主要内容 项目基本情况 建设规模和内容 规模及内容 主要建设规模与内容 项目建设内容及规模"),
    (r"建设(规模|内容)",),
)  # fmt: skip
NATURE = Field(
    "nature",
    gettext_noop("建设性质"),
    "enum",
    _titles("建设性质 新建/续建 新/续建 新续建 项目性质 新建或续建 性质 新/续 新建续建"),
    (r"^新建?[/、或]续建?",),
    words="nature",
)
SITE = Field(
    "site", gettext_noop("建设地点"), "text",
    _titles("建设地点 所在地 落地园区 建设地址 项目地点 落户园区 落地地点 所在园区 项目所在地 建设位置 拟选址 选址 项目选址 落地地区 拟落户园区 拟落地园区 园区 落户地 承载园区"
            " 项目建设地点 项目建设地址 实施地点 所属园区 意向选址 落户地点"),
    (r"(建设|落地|落户|实施)(地点|地址|园区|位置)", r"^(拟)?选址"),
)  # fmt: skip
CHAIN = Field(
    "chain",
    gettext_noop("所属产业链"),
    "chain",
    _titles("所属产业链 产业链 产业链名称 产业链条 所属链条 产业类别 所在产业链 对应产业链 归属产业链 产业链别 链条"),
    (r"产业链$",),
)
ENTERPRISE = Field(
    "enterprise", gettext_noop("投资方"), "text",
    _titles("投资方 投资主体 项目单位 业主单位 投资单位 投资企业 项目业主 企业名称 投资方名称 投资人 投资商 建设单位 项目主体 实施主体 实施单位 项目法人 业主 企业 投资主体名称"
            " 投资方/企业 投资企业名称 单位名称 客商名称 签约企业 项目企业 承建单位 业主企业 申报企业 诉求企业 意向企业 拟投资企业 意向投资方 公司名称 投资公司 项目业主单位 投资方企业名称"
            " 投资企业(单位) 客商 项目单位名称 项目投资方 合作方 投资机构"),
    (r"投资(方|主体|企业|单位|商)(/?(企业)?名称)?$", r"(业主|项目)单位$", r"^企业/名称$", r"投资(方|主体)/名称$"), pairs_with="origin_province",
)  # fmt: skip
ORIGIN = Field(
    "origin_province", gettext_noop("投资方所在省份"), "province",
    _titles("投资方所在省份 来源地 所在省份 省份 投资来源地 资金来源地 来源省份 投资方来源地 企业所在地 企业注册地 投资方所在地 投资来源 注册地 投资方省份 企业来源地 客商来源地"),
    (r"(投资|企业|资金|客商).*(省份|来源地|注册地|所在地)$", r"来源地$", r"省份$"),
)  # fmt: skip
USCC = Field(
    "uscc",
    gettext_noop("统一社会信用代码"),
    "uscc",
    _titles("统一社会信用代码 社会信用代码 信用代码 统一信用代码 企业信用代码"),
    (r"信用代码",),
)
AMOUNT = Field(
    "amount_wan", gettext_noop("总投资"), "money",
    _titles("总投资 投资额 合同投资额 合同引资额 计划总投资 投资总额 总投资额 合同总投资 项目总投资 协议投资额 计划投资额 拟投资额 拟投资 计划投资 拟总投资 投资规模 签约金额 合同金额"
            " 投资金额 协议金额 签约额 预计总投资 预计投资额 协议总投资 计划投资总额 合同总投资额 意向投资额 意向投资 意向总投资 意向金额 概算总投资 引资额 签约投资额 估算总投资 总投资金额"
            " 协议引资额 项目投资额 合同投资 拟投资总额 意向投资金额 拟投资金额 合同额 预计投资 预计总投资额 项目投资 投资"),
    (r"总投资(额|金额|规模)?(/(合计|小计|总额|总计|金额|总投资额?))?$", r"(合同|协议|签约|意向|拟)(总)?(投资|引资)(总)?(额|金额)?(/(合计|小计))?$", r"投资总?额(/(合计|小计))?$"),
)  # fmt: skip
FIXED = Field(
    "fixed_assets_wan", gettext_noop("固定资产投资"), "money",
    _titles("固定资产投资 固投 固定资产投资额 固定资产 固投金额 固投额 固定资产投入 固定投资"), (r"固定资产(投资|投入)(额|总额|金额)?$", r"固投(额|金额)?$"),
)  # fmt: skip
STAGE = Field(
    "stage", gettext_noop("项目阶段"), "enum",
    _titles("项目阶段 目前状态 当前阶段 项目状态 所处阶段 阶段 进展阶段 目前阶段 所处环节 当前环节 项目进展阶段 环节 当前状态 推进阶段 建设状态 建设阶段 状态 目前所处阶段"),
    (r"(项目|当前|目前|所处|进展|推进)(阶段|状态|环节)",), words="stage",
)  # fmt: skip
PROGRESS = Field(
    "progress", gettext_noop("形象进度"), "text",
    _titles("形象进度 进展情况 推进情况 项目进展 工程形象进度 项目进展情况 目前进展 工作进展 建设进展 进展 进度 目前进展情况 建设进度 最新进展 当前进展 项目进度 推进进展 工程进度 跟进情况"
            " 项目推进情况 工程进展 工程进展情况 建设进展情况 目前进度 目前形象进度 跟踪情况 跟进进展 对接情况 进度情况 当前进度"),
    (r"形象进度", r"(进展|推进|跟进)情况$"),
)  # fmt: skip
PERIOD = Field(
    "period_text", gettext_noop("建设起止年限"), "text",
    _titles("建设起止年限 建设周期 建设年限 起止年限 建设工期 建设期限 建设期 工期 建设起止时间 建设起止年月 起止年月 建设时间 起止时间 项目周期 建设起止 建设时限 开竣工时间 计划开竣工时间 开工竣工时间 起止日期 建设起止日期 项目建设期"), (r"起止(年限|年月|时间)$|建设(周期|年限|工期|期限)$",),
)  # fmt: skip
SIGNED = Field(
    "signed_on",
    gettext_noop("签约时间"),
    "date",
    _titles(
        "签约时间 签约日期 签订时间 签订日期 合同签订时间 协议签订时间 签约年月 签约 协议签订日期 合同签订日期 签约(签订)时间"
    ),
    (r"(签约|签订)(时间|日期|年月)",),
)
START = Field(
    "start_on",
    gettext_noop("开工时间"),
    "date",
    _titles("开工时间 开工日期 计划开工时间 实际开工时间 开工年月 预计开工时间 拟开工时间 开工 动工时间 开工建设时间"),
    (r"(开工|动工)(时间|日期|年月)", r"(年限|时间|期限|年月)/?(起|开始|起始)(时间|日期|年月)?$"),
)
FINISH = Field(
    "finish_on", gettext_noop("竣工（投产）时间"), "date",
    _titles("竣工时间 投产时间 竣工投产时间 竣工日期 投产日期 计划竣工时间 建成时间 预计竣工时间 完工时间 预计投产时间 计划投产时间 建成投产时间 拟竣工时间 竣工 竣工(投产)时间 计划建成时间 预计建成时间"),
    (r"(竣工|投产|建成|完工).*(时间|日期|年月)", r"(年限|期限|年月|建设.*时间)/?(止|结束|终止)(时间|日期|年月)?$"),
)  # fmt: skip
PROBLEMS_TEXT = Field(
    "problems_text", gettext_noop("存在问题及需协调事项"), "text",
    _titles("存在问题及需协调事项 存在问题 存在的问题 存在困难及问题 存在困难 主要问题 需协调事项 需协调解决事项 问题及建议 存在的困难和问题 存在问题及困难 存在问题和需协调事项 需协调解决的问题"
            " 存在的主要问题 困难和问题 存在主要问题 需要协调解决的问题 问题 制约因素"),
    (r"存在.*(问题|困难)", r"需.*协调"),
)  # fmt: skip
SPONSOR = Field(
    "sponsor",
    gettext_noop("包联领导"),
    "text",
    _titles(
        "包联领导 包抓领导 联系领导 包保领导 挂联领导 挂钩领导 包联县级领导 包联市级领导 包联州级领导 挂点领导 联点领导 县级包联领导 包联责任领导"
    ),
    (r"(包联|包抓|包保|联系|挂联|挂钩|挂点).*领导",),
)
LEADER = Field(
    "leader",
    gettext_noop("责任领导"),
    "text",
    _titles("责任领导 分管领导 牵头领导 主管领导 责任县领导 责任市领导"),
    (r"(责任|牵头|分管).*领导",),
)
LEAD_UNIT = Field(
    "lead_unit", gettext_noop("责任单位"), "text",
    _titles("责任单位 牵头单位 引进单位 责任部门 牵头部门 招商单位 牵头责任单位 引资单位 主责单位 服务单位 负责单位 主办单位 责任(牵头)单位 招引单位 招商责任单位 承办单位 包联单位 主体责任单位 办理单位"),
    (r"(责任|牵头|引进|主责|招引|承办)(单位|部门)",),
)  # fmt: skip
SUPPORT = Field(
    "support_units",
    gettext_noop("配合单位"),
    "text",
    _titles("配合单位 协办单位 配合部门 责任配合单位 协助单位 配合责任单位 协同单位"),
    (r"(配合|协办|协同|协助).*(单位|部门)",),
)
OFFICER = Field(
    "officer", gettext_noop("责任人"), "text",
    _titles("责任人 项目专员 跟进人 后续责任人 跟进责任人 具体责任人 专员 包联责任人 跟踪责任人 责任人员 服务专员 项目负责人 项目秘书 经办人 跟踪人 负责人 具体负责人 首席服务员 后续跟进责任人 跟进人员"
            " 服务专班联系人 后续跟进人 政府联系人 单位联系人 责任单位联系人 牵头单位联系人 工作专员 办理责任人"),
    (r"(责任人|专员|跟进人|跟踪人)", r"(政府|部门|责任单位|牵头单位).*(联系人)"), pairs_with="officer_phone",
)  # fmt: skip
OFFICER_PHONE = Field(
    "officer_phone",
    gettext_noop("责任人电话"),
    "phone",
    _titles("责任人电话 责任人联系电话 专员电话 专员联系电话 跟进人电话 责任人联系方式 项目专员电话 跟进责任人电话"),
    (r"(责任人|专员|跟进人|负责人).*(电话|手机|联系方式)$",),
)
CONTACT = Field(
    "contact", gettext_noop("联系人"), "text", _titles("联系人 企业联系人 联系人及电话 项目联系人 企业负责人 联系人及联系方式 投资方联系人 联系人姓名 企业方联系人 业主联系人 联络人 客商联系人 联系人员"), (r"(联系人|联络人)",),
    pairs_with="phone",
)  # fmt: skip
PHONE = Field(
    "phone",
    gettext_noop("联系电话"),
    "phone",
    _titles(
        "联系电话 电话 联系方式 手机 手机号码 手机号 电话号码 联系人电话 企业联系电话 联系人联系方式 企业联系人电话 联系手机"
    ),
    (r"(联系人|企业).*(电话|手机|联系方式)$", r"(电话|手机)(号码?)?$"),
)

_PLACE_MONEY = (
    Field("plan_year_wan", gettext_noop("本年计划到位"), "money"),
    Field("month_funds_wan", gettext_noop("本月到位"), "money"),
    Field("month_out_of_province_wan", gettext_noop("本月到位省外"), "money"),
    Field("month_in_province_wan", gettext_noop("本月到位省内"), "money"),
    Field("month_foreign_wan", gettext_noop("本月到位外资"), "money"),
    Field("year_funds_wan", gettext_noop("本年累计到位"), "money"),
    Field("out_of_province_wan", gettext_noop("本年累计省外"), "money"),
    Field("in_province_wan", gettext_noop("本年累计省内"), "money"),
    Field("foreign_wan", gettext_noop("本年累计外资"), "money"),
    Field("foreign_usd_wan", gettext_noop("本年累计外资（万美元）"), "usd"),
    Field("prior_funds_wan", gettext_noop("截至上年底累计到位"), "money"),
    Field("cumulative_wan", gettext_noop("开工以来累计到位"), "money"),
)

_PROJECTS = (
    SEQ, NAME, CONTENT, NATURE, SITE, CHAIN, ENTERPRISE, ORIGIN, USCC, AMOUNT, Field("amount_usd_wan", gettext_noop("总投资（万美元）"), "usd"), FIXED,
    Field("contract_kind", gettext_noop("合同类型"), "enum",
          _titles("合同类型 协议类型 合同(协议)类型 合同协议类型 合同性质 协议性质 签约类型 合同类别 协议类别 合同/协议类型 协议(合同)类型 合同种类"), (r"(合同|协议).*(类型|类别|性质|种类)",), words="contract_kind"),
    SIGNED, Field("signing_event", gettext_noop("签约活动"), "text", _titles("签约活动 签约平台 签约场合 签约活动名称 签约节会 签约会议 签约渠道 签约载体"), (r"签约(活动|平台|场合|节会)",)),
    PERIOD, START, FINISH, STAGE, PROGRESS, *_PLACE_MONEY, PROBLEMS_TEXT, SPONSOR, LEADER, LEAD_UNIT, SUPPORT, OFFICER_PHONE, OFFICER, CONTACT, PHONE, REMARK,
)  # fmt: skip
_FUNDS = (
    *_PROJECTS[:-1],
    Field("completion_rate", gettext_noop("完成率"), "rate", _titles("完成率 年度完成率 目标完成率 完成比例 完成进度 任务完成率 计划完成率 完成年度目标比例 完成占比"), (r"完成(率|比例)",), unit="%"),
    Field("funds_kind", gettext_noop("资金类型"), "text", _titles("资金类型 资金类别 资金性质 到位资金类型 到位资金类别 资金种类"), (r"资金(类型|类别|性质|种类)",)),
    Field("voucher", gettext_noop("凭证类型及编号"), "text",
          _titles("凭证类型及编号 凭证 凭证编号 凭证类型 佐证材料 证明材料 到位凭证 凭证号 凭证名称及编号 资金凭证 到账凭证 凭证种类及编号 佐证资料 凭证及编号 支撑材料"), (r"凭证", r"(佐证|证明|支撑)(材料|资料)")),
    Field("reporter", gettext_noop("填报人"), "text", _titles("填报人 填表人 报送人 上报人 填报人员 经办人 填报人及电话"), (r"填(报|表)人",)),
    Field("reviewer", gettext_noop("审核人"), "text", _titles("审核人 复核人 核定人 核实人 审核 审核人员 审定人"), (r"(审核|复核|核定|审定)人",)),
    REMARK,
)  # fmt: skip
_INTENT = Field(
    "intent_project",
    gettext_noop("意向项目"),
    "text",
    _titles(
        "意向项目 意向合作项目 洽谈项目 项目名称 意向项目名称 对接项目 拟合作项目 合作意向 合作项目 意向合作项目名称 达成意向项目"
    ),
    (r"意向.*项目(名称)?$",),
)
_TALKS = Field(
    "talks",
    gettext_noop("洽谈内容"),
    "text",
    _titles(
        "洽谈内容 洽谈事项 对接内容 主要内容 洽谈情况 交流内容 主要洽谈内容 工作内容 考察内容 会谈内容 座谈内容 洽谈主要内容 活动内容 工作开展情况 来访事由 来访目的"
    ),
    (r"(洽谈|会谈|座谈|对接|交流)(主要)?(内容|事项|情况)",),
)
_HEADCOUNT = Field(
    "headcount",
    gettext_noop("人数"),
    "quantity",
    _titles("人数 外出人数 来访人数 参加人数 总人数 随行人数 出行人数 考察人数 来宾人数 人次 来访人员数"),
    (r"人数$",),
    unit="人",
)
_VISIT_OFFICER = Field(
    "officer", gettext_noop("跟进责任人"), "text", OFFICER.titles, OFFICER.patterns, pairs_with="officer_phone"
)
_TRIPS = (
    SEQ,
    Field("team", gettext_noop("组别/专班"), "text", _titles("组别 专班 招商组别 招商小组 小组 招商专班 工作专班 招商组 专班名称 招商小分队 小分队 组名 招商队伍 外出单位 单位 招商单位 招商分队"), (r"(组别|专班|小分队|小组)",)),
    Field("trip_start_on", gettext_noop("外出时间"), "date", _titles("外出时间 时间 外出日期 出行时间 招商时间 日期 考察时间 起止时间 外出招商时间 出发时间 出发日期 起始时间 开始时间 外出起止时间 活动时间 出访时间"), (r"(外出|出行|出访|招商|考察|出发).*(时间|日期)", r"/(起|开始|出发)(时间|日期)?$"), pairs_with="trip_end_on"),
    Field("trip_end_on", gettext_noop("返回时间"), "date", _titles("返回时间 返程时间 返回日期 结束时间 结束日期 返程日期 返格时间"), (r"(返回|返程|结束)(时间|日期)", r"/(止|结束|返回)(时间|日期)?$")),
    Field("destination", gettext_noop("目的地"), "text", _titles("目的地 外出地点 招商地点 前往地点 招商目的地 地点 出访地 考察地点 外出目的地 前往地 出访地点 活动地点 考察地 地区 前往城市"), (r"目的地|(外出|招商|前往|出访)(地点|地)",)),
    Field("led_by", gettext_noop("带队领导"), "text", _titles("带队领导 带队领导及职务 带队人 带队领导(职务) 领队 带队人员 带队人及职务 带队领导姓名 带队 带队领导职务"), (r"带队(?!.*职务$)|领队(?!.*职务$)",), pairs_with="led_by_post"),
    Field("led_by_post", gettext_noop("带队领导职务"), "text", _titles("职务 带队领导职务"), (r"(带队|领队).*职务$",)),
    Field("participants", gettext_noop("参加人员"), "text", _titles("参加人员 参与人员 随行人员 成员 外出人员 同行人员 出行人员 陪同人员 参加单位及人员 小组成员 考察人员 参加人"), (r"(参加|参与|随行|外出|同行)人员",)),
    _HEADCOUNT,
    Field("days", gettext_noop("天数"), "quantity", _titles("天数 外出天数 出行天数 出差天数 外出天数(天)"), (r"天数$",), unit="天"),
    Field("visited", gettext_noop("拜访企业、商协会"), "text",
          _titles("拜访企业/商协会 拜访企业 拜访企业、商协会 拜访对象 拜访单位 对接企业 走访企业 拜访企业及商协会 考察企业 拜访企业(商协会) 洽谈企业 拜访企业和商协会 走访企业/商协会 拜访企业名称 拜访企业或商协会"), (r"(拜访|走访|对接|考察)(的)?(企业|对象|单位|商协会|客商)",)),
    _TALKS, _INTENT, AMOUNT, OFFICER_PHONE, _VISIT_OFFICER,
    Field("next_due_on", gettext_noop("下步时限"), "date", _titles("下步时限 时限 完成时限 下一步时限 下步工作时限 办结时限 跟进时限 下次对接时间 下一步工作时限 后续时限 下步完成时限"), (r"时限",)),
    Field("cost_wan", gettext_noop("经费"), "money", _titles("经费 费用 差旅费 外出经费 招商经费 费用支出 支出 花费 经费支出 总费用 费用合计 差旅费用 经费使用 所需经费"), (r"(经费|费用|差旅费)(/(合计|小计))?$",)),
    REMARK,
)  # fmt: skip
_RECEPTIONS = (
    SEQ,
    Field("visit_on", gettext_noop("来访时间"), "date", _titles("来访时间 来访日期 接待时间 时间 日期 考察时间 到访时间 接待日期 来访起止时间 来访起始时间 到达时间 抵达时间"), (r"(来访|接待|到访|考察|抵达).*(时间|日期)",), pairs_with="visit_end_on"),
    Field("visit_end_on", gettext_noop("离开时间"), "date", _titles("离开时间 返程时间 离格时间 来访结束时间 结束时间 离开日期"), (r"(离开|返程|结束)(时间|日期)",)),
    Field("visitor_unit", gettext_noop("来访单位"), "text", _titles("来访单位 来访企业 来访客商 来宾单位 客商单位 来访单位(企业) 考察单位 客商名称 企业名称 来访企业(单位) 来访单位名称 来访企业名称 考察企业 接待对象 来访客商单位 到访单位 来访团组 来宾"), (r"(来访|来宾|到访|考察|客商).*(单位|企业|客商|团组|公司)(名称)?$",)),
    Field("guest", gettext_noop("主宾及职务"), "text", _titles("主宾及职务 主宾 主要来宾 主宾(职务) 带队人 来访人员 主要客人 来宾姓名 主宾姓名 来访带队人 来访嘉宾 主要嘉宾 来访主宾 带队领导 主要来访人员 带队人及职务 主要来宾及职务 主要人员"), (r"(主宾|主要来宾|嘉宾|来访.*(人员|带队)|带队)(?!.*职务$)", r"主宾(.*职务)?$"), pairs_with="guest_post"),
    Field("guest_post", gettext_noop("主宾职务"), "text", _titles("职务 主宾职务 来宾职务"), (r"主宾.*/职务$|来宾职务",)),
    _HEADCOUNT,
    Field("places", gettext_noop("考察点"), "text", _titles("考察点 考察地点 考察线路 考察路线 参观点 考察点位 参观地点 考察企业及点位 考察行程 考察园区 考察内容 行程安排 实地考察点 考察项目点"), (r"(考察|参观)(点|地点|点位|线路|路线)",)),
    Field("hosted_by", gettext_noop("陪同领导"), "text", _titles("陪同领导 接待领导 陪同(接待)领导 陪同人员 接待人员 陪同接待领导 接待(陪同)领导 会见领导 主陪领导 陪同领导及职务 接待人 陪同"), (r"(陪同|接待|会见|主陪).*(领导|人员|人)",)),
    _TALKS,
    Field("outcome", gettext_noop("洽谈结果"), "text", _titles("洽谈结果 洽谈成果 接待成果 成果 结果 达成意向 对接结果 对接成果 考察结果 考察成效 洽谈成效 成效 取得成果 达成成果 取得成效 意向成果"), (r"(结果|成果|成效)$",)),
    _INTENT, AMOUNT, OFFICER_PHONE, _VISIT_OFFICER,
    Field("status", gettext_noop("状态"), "enum", _titles("状态 跟进状态 当前状态 目前状态 后续状态 跟进情况 项目状态 进展状态 跟踪状态 后续跟进情况"), (r"状态",), words="reception_status"),
    REMARK,
)  # fmt: skip
_ISSUES = (
    SEQ, NAME, Field("enterprise", gettext_noop("企业"), "text", ENTERPRISE.titles, ENTERPRISE.patterns, pairs_with="origin_province"),
    Field("site", gettext_noop("所在地"), "text", SITE.titles, SITE.patterns),
    Field("factor", gettext_noop("要素类别"), "enum_list", _titles("要素类别 问题类别 要素类型 问题类型 类别 要素 要素保障类别 问题分类 诉求类别 要素种类 涉及要素 要素保障类型 类型 问题性质 诉求类型"), (r"(要素|问题|诉求)(保障)?(类别|类型|分类|种类)",), words="factor"),
    Field("issue", gettext_noop("具体问题"), "text", _titles("具体问题 问题描述 存在问题 问题 存在的问题 问题内容 具体困难 问题及困难 存在问题及困难 困难问题 存在的具体问题 问题事项 存在困难 主要问题 需解决问题 需解决的问题 需协调解决的问题 要素保障问题 困难和问题 存在的困难和问题 存在的主要问题 问题具体内容 问题情况 制约问题 具体问题描述"), (r"(具体|存在).*问题|问题(描述|内容|事项)",)),
    Field("raised_on", gettext_noop("提出时间"), "date", _titles("提出时间 提出日期 登记时间 反映时间 上报时间 受理时间 收集时间 问题提出时间 交办时间 登记日期 收到时间"), (r"(提出|反映|登记|上报|受理|收集|交办)(时间|日期)",)),
    Field("demand", gettext_noop("企业诉求"), "text", _titles("企业诉求 诉求 企业需求 诉求内容 具体诉求 诉求事项 企业建议 需求 企业诉求及建议 诉求及建议 企业意见"), (r"诉求",)),
    LEAD_UNIT, SUPPORT,
    Field("measure", gettext_noop("解决措施"), "text", _titles("解决措施 措施 办理措施 工作措施 整改措施 解决办法 办理情况 解决方案 推进措施 办理进展 解决途径 解决情况 工作举措 推进情况 工作进展 化解措施 进展情况 拟采取措施 下步措施 处理措施 办理意见 解决措施及进展"), (r"(措施|举措|办法|方案)$", r"办理(情况|进展)")),
    Field("due_on", gettext_noop("承诺办结时限"), "date", _titles("承诺时限 办结时限 计划办结时限 承诺办结时限 完成时限 解决时限 计划办结时间 计划完成时间 承诺办结时间 时限 整改时限 计划解决时限 承诺完成时限 计划办结日期 计划销号时间 承诺(计划)办结时限 要求办结时限 责任时限 承诺办结日期 拟办结时间"), (r"(承诺|计划|预计|要求|拟).*(时限|时间|日期)", r"时限")),
    Field("closed_on", gettext_noop("实际办结时间"), "date", _titles("实际办结时间 办结时间 销号时间 实际办结日期 办结日期 实际完成时间 完成时间 解决时间 实际销号时间 实际解决时间 办结(销号)时间 实际办结(销号)时间 销号日期"), (r"(实际|办结|销号|解决|完成).*(时间|日期)",)),
    Field("status", gettext_noop("销号情况"), "enum", _titles("销号情况 状态 办结情况 是否销号 是否办结 销号状态 办理状态 销号 完成情况 办结状态 当前状态 问题状态 目前状态 办理情况 销号(状态)"), (r"(销号|办结)(情况|状态)?$", r"状态"), words="issue_status"),
    OFFICER_PHONE, OFFICER, CONTACT, PHONE, REMARK,
)  # fmt: skip
_LEADS = (
    SEQ,
    Field("source", gettext_noop("线索来源"), "text", _titles("线索来源 来源渠道 渠道 来源 线索来源渠道 信息来源 线索渠道 获取渠道 信息渠道 引荐渠道 来源途径"), (r"(线索|信息)(来源|渠道)|渠道$",)),
    Field("introducer", gettext_noop("引荐人"), "text", _titles("引荐人 推荐人 介绍人 中间人 引荐单位 推荐单位 引荐单位/人 线索提供人 引荐人/单位 引荐人及渠道 提供人 引荐人(单位) 推介人"), (r"(引荐|推荐|介绍|推介|提供)(人|单位)",)),
    ENTERPRISE, ORIGIN, USCC,
    Field("name", gettext_noop("拟投项目"), "name", _titles("拟投项目 项目名称 拟投资项目 意向项目 拟投项目名称 项目 线索名称 拟投资项目名称 意向项目名称 线索项目 名称 线索项目名称"), (r"(拟投|意向|线索)(资)?项目(名称)?$", r"项目名称$")),
    Field("content", gettext_noop("拟投内容"), "text", ("拟投内容", "拟建设内容", "拟投资内容", "投资内容", "拟投(建设)内容", "拟建内容", "拟投建设内容", "建设内容", "拟投资建设内容", *CONTENT.titles), (r"(拟投|拟建|建设|投资).*内容", r"建设规模")),
    Field("process", gettext_noop("工艺"), "text", _titles("工艺 生产工艺 工艺路线 主要工艺 工艺技术 工艺流程 技术路线 生产工艺及技术 工艺及设备 主要生产工艺 采用工艺"), (r"工艺",)),
    CHAIN, AMOUNT, FIXED,
    Field("land_mu", gettext_noop("用地"), "quantity", _titles("用地 用地面积 拟用地 用地需求 占地面积 占地 土地 土地需求 需用地 用地规模 拟用地面积 预计用地 用地(亩)"), (r"(用地|占地|土地)(面积|需求|规模)?$",), unit="亩"),
    Field("water_wan_m3", gettext_noop("年用水"), "quantity", _titles("年用水 年用水量 用水 用水量 用水需求 水 年需水量 水耗 年耗水量 新水用量 年新水量 年取水量"), (r"(用|取|耗|需|新)水(量|需求)?$", r"/水$"), unit="万立方米"),
    Field("power_wan_kwh", gettext_noop("年用电"), "quantity", _titles("年用电 年用电量 用电 用电量 用电需求 电 年需电量 电耗 年耗电量"), (r"(用|耗|需)电(量|需求)?$", r"/电$"), unit="万千瓦时"),
    Field("gas_wan_m3", gettext_noop("年用气"), "quantity", _titles("年用气 年用气量 用气 用气量 天然气 用气需求 气 年天然气用量 年用天然气 年耗气量 天然气用量"), (r"(用|耗|需)气(量|需求)?$", r"天然气", r"/气$"), unit="万立方米"),
    Field("energy_tce", gettext_noop("综合能耗"), "quantity", _titles("综合能耗 年综合能耗 能耗 年能耗 能源消费量 年能源消费量 综合能源消费量 能耗总量 年能耗量 年综合能源消费量 综合能耗总量 能耗量"), (r"能耗|能源消费",), unit="吨标准煤"),
    Field("emissions", gettext_noop("排放"), "text", _titles("排放 污染物排放 排放情况 主要污染物 三废排放 排污 排放物 主要污染物排放 污染物排放情况 三废 主要排放物 污染物 排放量"), (r"排放|污染物|三废|排污",)),
    Field("output_wan", gettext_noop("年产值"), "money", _titles("年产值 产值 预计产值 预计年产值 达产产值 达产后年产值 年产值预计 达产年产值 年销售收入 预期年产值 预计年产值额"), (r"产值",)),
    Field("tax_wan", gettext_noop("年税收"), "money", _titles("年税收 税收 预计税收 预计年税收 年纳税 达产税收 年纳税额 达产后年税收 年税收预计 利税 预期年税收 年上缴税收"), (r"税收|纳税",)),
    Field("jobs", gettext_noop("用工"), "quantity", _titles("用工 用工人数 就业 用工需求 就业人数 带动就业 用工数 新增就业 劳动用工 预计用工 吸纳就业 用工规模 解决就业 带动就业人数"), (r"用工|就业",), unit="人"),
    Field("demand", gettext_noop("诉求"), "text", _titles("诉求 企业诉求 需求 企业需求 主要诉求 政策诉求 要素诉求 企业诉求及要求 需求事项 政策需求 诉求事项 诉求及问题"), (r"诉求",)),
    Field("first_unit", gettext_noop("首报单位"), "text", _titles("首报单位 首次上报单位 报送单位 上报单位 首报部门 线索首报单位 首谈单位 首报(谈)单位 登记单位 填报单位 首次报送单位 线索报送单位"), (r"首(次)?(报|谈|上报)(单位|部门)",)),
    Field("first_on", gettext_noop("首报时间"), "date", _titles("首报时间 首次上报时间 报送时间 登记时间 首报日期 上报时间 登记日期 首次登记时间 线索首报时间 首谈时间 获取时间 报送日期 首次报送时间 线索登记时间"), (r"(首报|首次|登记|报送|上报).*(时间|日期)",)),
    OFFICER_PHONE, OFFICER, CONTACT, PHONE,
    Field("progress", gettext_noop("跟进情况"), "text", ("跟进情况", "跟进进展", "对接进展", *PROGRESS.titles), (*PROGRESS.patterns, r"(跟进|对接|跟踪)(情况|进展)")),
    REMARK,
)  # fmt: skip

FIELDS: dict[str, tuple[Field, ...]] = {
    "projects": _PROJECTS, "funds": _FUNDS, "trips": _TRIPS, "receptions": _RECEPTIONS, "issues": _ISSUES, "leads": _LEADS,
}  # fmt: skip
_SECOND = {
    "origin_province": ORIGIN,
    "led_by_post": _TRIPS[6],
    "guest_post": _RECEPTIONS[4],
}


def field_of(kind: str, name: str) -> Field | None:
    """The field of a kind by its name, also one that only comes out of another's cell."""
    found = next((field for field in FIELDS[kind] if field.name == name), None)
    return found or _SECOND.get(name)
