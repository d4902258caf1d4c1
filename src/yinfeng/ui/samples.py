"""What the style guide shows its parts with; invented, and small enough to read beside the page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms

from yinfeng.core.errors import Conflict
from yinfeng.core.ratio import Ratio
from yinfeng.ui.charts import ChartData, Series
from yinfeng.ui.figures import shown_count, shown_money, shown_ratio
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField, PeriodField
from yinfeng.ui.lists import Column, PageSlice

COLUMNS = (
    Column("name", "项目名称", sort="name"),
    Column("chain", "产业链"),
    Column("stage", "环节"),
    Column("total", "总投资（亿元）", sort="total", numeric=True),
    Column("funds", "累计到位（亿元）", sort="funds", numeric=True),
    Column("rate", "到位率", numeric=True),
    Column("stage_on", "进入环节", sort="stage_on"),
    Column("light", "时限"),
    Column("note", "本月进展", default=False),
)
SORTS = {"name": "name", "total": "total_wan", "funds": "funds_wan", "stage_on": "stage_on"}


@dataclass(frozen=True)
class SampleChain:
    """A chain as the parts need it."""

    name: str
    short_name: str
    colour: int


@dataclass(frozen=True)
class SampleProject:
    """A project as the parts need it."""

    name: str
    chain: SampleChain | None
    stage: str
    stage_word: str
    total_wan: Decimal | None
    funds_wan: Decimal | None
    stage_on: date
    light: str
    stage_in_doubt: bool = False
    status: str = "active"
    status_word: str = ""
    version: int = 4
    owner: str = "工信局"

    def get_stage_display(self) -> str:
        """The stage's word."""
        return self.stage_word

    def get_status_display(self) -> str:
        """The status's word."""
        return self.status_word

    @property
    def rate(self) -> Ratio:
        """Money in place over the whole investment."""
        return Ratio(self.funds_wan or Decimal(0), self.total_wan or Decimal(0))


NAMES = ("盐湖化工", "新材料", "新能源", "特色农畜", "文化旅游", "现代物流", "数字算力")
CHAINS = tuple(SampleChain(f"{name}产业链", name, colour) for colour, name in enumerate(NAMES))

PROJECTS = (
    SampleProject(
        "年产二万吨电池级碳酸锂一期",
        CHAINS[0],
        "construction",
        "项目开工",
        Decimal(123450),
        Decimal("40210.5"),
        date(2025, 3, 5),
        "green",
    ),
    SampleProject(
        "高纯镁合金压铸件生产线",
        CHAINS[1],
        "signed",
        "项目签约",
        Decimal(86000),
        Decimal(12000),
        date(2025, 6, 18),
        "yellow",
    ),
    SampleProject(
        "二百万千瓦光伏治沙", CHAINS[2], "land", "项目供地", Decimal(980000), Decimal(0), date(2025, 1, 9), "red"
    ),
    SampleProject(
        "枸杞精深加工与冷链",
        CHAINS[3],
        "negotiation",
        "对接洽谈",
        Decimal(21000),
        None,
        date(2025, 9, 2),
        "green",
        stage_in_doubt=True,
    ),
    SampleProject(
        "戈壁星空营地", CHAINS[4], "production", "竣工投产", Decimal(8600), Decimal(8600), date(2025, 8, 30), "done"
    ),
    SampleProject(
        "公铁联运物流园二期",
        None,
        "appraisal",
        "项目评估",
        None,
        None,
        date(2025, 7, 11),
        "paused",
        status="suspended",
        status_word="暂缓",
    ),
)
SLICE: PageSlice[SampleProject] = PageSlice(list(PROJECTS), 2, has_next=True, has_previous=True, total=1286)


class SampleForm(GestureForm):
    """One field of every kind."""

    name = forms.CharField(label="项目名称", max_length=60)
    chain = forms.ChoiceField(
        label="产业链", choices=[("", "—"), *((str(c.colour), c.short_name) for c in CHAINS)], required=False
    )
    total_wan = MoneyFormField(label="总投资", unit="亿元", required=False, help_text="可写 3亿5000万")
    occurred_on = ChineseDateField(label="签约日期")
    period = PeriodField(label="报告期", months=True, required=False)
    grade = forms.ChoiceField(
        label="跟踪等级",
        choices=[("key", "重点"), ("ordinary", "一般"), ("reserve", "储备")],
        widget=forms.RadioSelect,
        required=False,
    )
    demo = forms.BooleanField(label="首次洽谈已举行", required=False)
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="附件", required=False)


class SampleFilter(forms.Form):
    """The filters of a list."""

    q = forms.CharField(
        label="搜索",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、企业、拼音"}),
    )
    chain = forms.ChoiceField(
        label="产业链", choices=[("", "全部"), *((str(c.colour), c.short_name) for c in CHAINS)], required=False
    )
    stage = forms.ChoiceField(
        label="环节", choices=[("", "全部"), ("signed", "项目签约"), ("land", "项目供地")], required=False
    )


def invalid_form() -> SampleForm:
    """The form as it comes back with mistakes."""
    form = SampleForm(
        {"name": "", "total_wan": "约三亿", "occurred_on": "2025年13月1日", "grade": "key"}, auto_id="bad_%s"
    )
    form.is_valid()
    return form


def overtaken_form() -> SampleForm:
    """The form after somebody else changed the record."""
    form = SampleForm(
        {"name": "高纯镁合金压铸件", "total_wan": "9", "occurred_on": "2025-06-18", "grade": "key", "version": "3"},
        auto_id="late_%s",
    )
    form.is_valid()
    form.overtaken(Conflict(PROJECTS[1]), {"name": "高纯镁合金压铸件生产线", "total_wan": Decimal(86000)})
    return form


def trend() -> ChartData:
    """Nine months of money with what has gathered and the schedule."""
    monthly = [Decimal(x) for x in ("3.2", "1.1", "6.4", "8.0", "7.3", "12.6", "9.9", "5.2", "10.4")]
    gathered = [sum(monthly[: at + 1], Decimal(0)) for at in range(9)]
    schedule = [Decimal(100 * (at + 1)) / 12 for at in range(9)]
    return ChartData(
        "到位资金累计 64.1 亿元，落后序时进度 10.9 亿元",
        "亿元",
        [f"{month}月" for month in range(1, 10)],
        [
            Series("当月到位", monthly),
            Series("累计到位", gathered, "line"),
            Series("序时进度", [round(x, 2) for x in schedule], "line", dashed=True),
        ],
    )


def bars() -> ChartData:
    """Money in place by chain."""
    values = [Decimal(x) for x in ("18.2", "9.6", "21.4", "4.1", "2.8", "5.0", "3.0")]
    return ChartData(
        "到位资金：新能源、盐湖化工两链占六成", "亿元", NAMES, [Series("到位资金", values)], colours=range(7)
    )


def funnel() -> ChartData:
    """Projects by stage."""
    words = ("信息收集", "对接洽谈", "项目评估", "项目签约", "项目供地", "项目开工", "竣工投产")
    return ChartData("在库 128 个，开工以上 31 个", "个", words, [Series("项目", (41, 27, 12, 17, 9, 20, 2))])


def parts() -> dict[str, Any]:
    """Everything the style guide shows."""
    signed = shown_money(Decimal(1346000), url="/ui/?figure=signed", title="签约金额")
    return {
        "rows": PROJECTS,
        "slice": SLICE,
        "chains": CHAINS,
        "signed": signed,
        "funds": shown_money(Decimal(641000), url="/ui/?figure=funds", title="到位资金"),
        "count": shown_count(1286, unit="个", url="/ui/?figure=count", title="项目数"),
        "rate": shown_ratio(Ratio(Decimal(641), Decimal(1000)), url="/ui/?figure=rate", title="到位资金完成率"),
        "nothing": shown_money(None, title="外资"),
        "schedule": Fraction(3, 4),
        "value": Decimal(641),
        "target": Decimal(1000),
        "gap": Decimal("-10.9"),
        "amount": Decimal("12345.6789"),
        "on": date(2025, 3, 5),
        "form": SampleForm(auto_id="new_%s", initial={"grade": "ordinary"}),
        "bad_form": invalid_form(),
        "late_form": overtaken_form(),
        "filter_form": SampleFilter(),
        "folded": ["grade", "demo", "note", "file"],
        "facts": [
            ("责任单位", "工信局"),
            ("投资方", "某新材料有限公司"),
            ("总投资（亿元）", signed),
            ("用地（亩）", "320"),
            ("建设性质", "新建"),
            ("备注", ""),
        ],
        "entries": [
            {
                "at": date(2025, 6, 18),
                "title": "签订合同",
                "text": "合同额 8.60 亿元",
                "who": "招商办公室",
                "light": "done",
                "url": "#",
            },
            {
                "at": date(2025, 5, 20),
                "title": "提交评估",
                "text": "六个部门答复，一个逾期",
                "who": "联络员",
                "light": "red",
            },
            {"at": None, "title": "首次洽谈", "text": "入库前", "who": "招商办公室", "demo": True},
        ],
        "trend": trend(),
        "bars": bars(),
        "funnel": funnel(),
    }
