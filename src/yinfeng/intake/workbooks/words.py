"""The words of enumerations, the placeholders that mean nothing, and the provinces."""

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "stage": {
        "lead": ("线索", "储备", "谋划"),
        "negotiation": ("在谈", "洽谈", "对接洽谈", "跟踪洽谈", "意向"),
        "appraisal": ("评估", "研判", "会审", "拟签约"),
        "signed": ("签约", "已签约", "签约未开工"),
        "land": ("落地", "已落地", "注册落地", "供地", "前期手续"),
        "construction": ("开工", "已开工", "在建", "续建", "复工", "主体施工"),
        "production": ("竣工", "建成", "投产", "已投产", "试生产"),
        "ramped_up": ("达产", "达产达效"),
        "suspended": ("暂缓", "停建", "停工"),
        "terminated": ("终止", "解约", "退出"),
    },
    "nature": {
        "new": ("新建", "新", "新签"),
        "continued": ("续建", "续", "结转"),
        "expansion": ("扩建", "改扩建", "技改", "增资"),
    },
    "contract_kind": {
        "intent": ("意向",),
        "framework": ("框架协议", "战略合作", "备忘录"),
        "investment": ("投资协议", "投资合同", "正式合同"),
        "supplement": ("补充协议",),
        "increase": ("增资协议",),
    },
    "factor": {
        "land": ("用地", "土地"),
        "water": ("用水", "供水"),
        "power": ("用电", "电力", "送出工程", "供电"),
        "gas": ("用气", "天然气", "供气"),
        "road": ("道路",),
        "transport": ("运力", "铁路", "运输"),
        "environment": ("环评", "环保", "排污"),
        "energy": ("能耗", "节能", "用能", "能评"),
        "funds": ("资金", "融资"),
        "permits": ("手续", "审批"),
        "labour": ("用工",),
        "mining": ("矿权",),
        "other": ("其他", "其它"),
    },
    "issue_status": {
        "open": ("未办结", "未销号", "待办", "逾期"),
        "in_progress": ("办理中", "推进中"),
        "resolved": ("已办结", "已解决", "已销号"),
        "suspended": ("挂起", "暂缓"),
    },
    "reception_status": {
        "following": ("跟进中", "持续跟进", "对接中"),
        "revisit": ("拟回访", "待回访"),
        "signed": ("已签约",),
        "closed": ("无意向", "终止", "已结束"),
    },
}

SINGLE_FACTORS = {
    "地": "land", "水": "water", "电": "power", "气": "gas", "路": "road", "运": "transport", "环": "environment", "能": "energy",
}  # fmt: skip

PLACEHOLDERS = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "–",
        "−",
        "…",
        "……",
        "...",
        "无",
        "暂无",
        "待定",
        "未定",
        "n/a",
        "//",
    ]
)
REPEATS = frozenset(["同上", "〃", "″", "''", '"'])

PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北",
    "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "台湾", "香港", "澳门",
)  # fmt: skip
