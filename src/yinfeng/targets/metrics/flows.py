"""Money signed and arrived, undertakings signed, started and finished, activities: what happened in some months."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core.money import format_yi
from yinfeng.core.parameters import number
from yinfeng.enterprises.enums import Origin
from yinfeng.projects.enums import Pool, Stage
from yinfeng.targets.metrics.base import Axis, Measure, Metric, Rate, Sum, Text
from yinfeng.targets.metrics.cohorts import Building, CohortChanges, CohortFunds, CohortPapers, Performing
from yinfeng.targets.metrics.facts import (
    AgreementChanges,
    Completions,
    CountedAgreements,
    Departures,
    FirstContracts,
    Funds,
    Resumptions,
    Starts,
    Stoppages,
    Trips,
    Verified,
    Visits,
)
from yinfeng.targets.metrics.idle import ChainsWithNothing, UnitsWithNothing
from yinfeng.targets.metrics.scopes import Options, Scope, Window
from yinfeng.targets.metrics.stocks import (
    AtStage,
    BigProjects,
    InPool,
    OpenOpportunities,
    PlannedInPool,
)


class Money(Sum):
    """A sum of money."""

    measure = Measure.MONEY
    unit = gettext_lazy("亿元")


class Counted(Sum):
    """A number of undertakings."""

    measure = Measure.COUNT
    unit = gettext_lazy("个")


class SignedAmount(Money):
    """签约金额."""

    name = "signed_amount"
    title = gettext_lazy("签约金额")
    facts = (CountedAgreements(), AgreementChanges())
    definition = gettext_lazy(
        "投资合同、补充协议、增资协议的金额，加上其后有日期的增减变更，按记账月份相加。"
        "意向书、框架协议、采购协议只计个数不计金额；增资只计增量。待判重、已撤回、已合并的项目不计。"
    )
    source = gettext_lazy("三明市 2006 年签约认定办法：同一项目只在首次签约计数，增资只计增量")


class SignedCount(Counted):
    """签约项目数."""

    name = "signed_count"
    title = gettext_lazy("签约项目数")
    facts = (FirstContracts(),)
    definition = gettext_lazy(
        "首份投资合同在期内记账的项目个数。一个项目只计一次：再签、补签、增资和分期合同不再计；框架协议不计。"
    )
    source = gettext_lazy("三明市 2006 年签约认定办法：首次签约为准")


class FundsMetric(Money):
    """Funds in place, of one origin if asked."""

    takes = frozenset({"origin"})

    def titled(self, options: Options) -> Text:
        """With the origin asked for."""
        if not options.origin:
            return self.title
        return _("%(title)s（%(origin)s）") % {"title": self.title, "origin": Origin(options.origin).label}


class FundsReported(FundsMetric):
    """到位资金（上报）."""

    name = "funds_reported"
    title = gettext_lazy("到位资金（上报）")
    facts = (Funds(),)
    definition = gettext_lazy(
        "单位上报的到位资金，按记账月份相加；更正是另记的一笔，记在更正当月。已退回、已撤回的不计。"
        "含固定资产投入与流动资金。关账后补报的资金记入下一个未关账的月份，到账日期仍为真实日期。"
    )
    source = gettext_lazy("宽口径：固定资产投资与流动资金合计")


class FundsVerified(FundsMetric):
    """到位资金（核定）."""

    name = "funds_verified"
    title = gettext_lazy("到位资金（核定）")
    facts = (Verified(),)
    definition = gettext_lazy(
        "经他人核定的到位资金：每次核定或核减带来的增减，记在作出决定的月份。登记的人不能核定自己的登记。"
    )
    source = gettext_lazy("凭证核定：进账单、验资报告、发票等")


class BigProjectCount(Counted):
    """大项目数."""

    name = "big_projects"
    title = gettext_lazy("大项目数")
    facts = (BigProjects(),)
    takes = frozenset({"threshold_wan"})
    definition = gettext_lazy(
        "期内计入签约的金额（合同与变更合计，分期并入项目）达到门槛的项目个数；门槛由目标规定，未规定时按参数“大项目起点”。"
    )
    source = gettext_lazy("年度招商方案各链“引进 n 亿元以上项目 m 个”")

    def titled(self, options: Options) -> Text:
        """With its threshold."""
        threshold_wan = number("big_project.threshold_wan") if options.threshold_wan is None else options.threshold_wan
        amount = format_yi(threshold_wan).removesuffix(".00")
        return _("%(amount)s亿元以上项目数") % {"amount": amount}

    def counts(self, window: Window, thresholds: Mapping[Scope, Decimal]) -> dict[Scope, int]:
        """How many each scope has above its own threshold, in one query."""
        rows = list(BigProjects.candidates(window).values_list("chain_id", "lead_unit_id", "region_id", "signed_wan"))
        place = {"chain_id": 0, "lead_unit_id": 1, "region_id": 2}
        found = {}
        for scope, threshold_wan in thresholds.items():
            within = [row for row in rows if not scope.dimension or row[place[scope.dimension.value]] in scope.ids]
            found[scope] = sum(row[3] >= threshold_wan for row in within)
        return found


class ProjectsByStage(Counted):
    """各环节项目数."""

    name = "projects_by_stage"
    title = gettext_lazy("在库项目数")
    facts = (AtStage(),)
    axis = Axis.NOW
    takes = frozenset({"stage"})
    definition = gettext_lazy(
        "在库项目按现环节计数，以打开时为准。环节是已记录的最远里程碑；分期并入项目；已终止、已流转的不计。"
    )

    def titled(self, options: Options) -> Text:
        """With the stage asked for."""
        return Stage(options.stage).label if options.stage else self.title


class ProjectsInPool(Counted):
    """五个一批."""

    name = "projects_in_pool"
    title = gettext_lazy("五个一批项目数")
    facts = (InPool(), PlannedInPool(), OpenOpportunities())
    axis = Axis.NOW
    takes = frozenset({"pool", "planned"})
    definition = gettext_lazy(
        "实际：按里程碑，储备＝信息收集至项目评估，签约＝签约与供地，开工＝在建，建成＝投产与达产。"
        "计划：按年度推进计划的目标环节。规划一批为尚无投资方的招商推介项目。"
    )

    def titled(self, options: Options) -> Text:
        """With the pool, and whether planned or actual."""
        pool = Pool(options.pool).label if options.pool else self.title
        return _("%(pool)s（计划）") % {"pool": pool} if options.planned else pool


class Started(Counted):
    """开工项目数."""

    name = "started"
    title = gettext_lazy("开工项目数")
    facts = (Starts(),)
    definition = gettext_lazy(
        "期内首次实质开工（永久工程开工，场地平整不算）的项目个数，一个项目只计一次；入库前已开工的不计入任何月份。"
    )
    source = gettext_lazy("投资统计建设阶段划分：场地平整属筹建")


class Completed(Counted):
    """竣工投产项目数."""

    name = "completed"
    title = gettext_lazy("竣工投产项目数")
    facts = (Completions(),)
    definition = gettext_lazy(
        "期内首次竣工验收、投产或并网（以先到者为准）的项目个数，一个项目只计一次；入库前已投产的不计。"
    )


class Resumed(Counted):
    """复工."""

    name = "resumed"
    title = gettext_lazy("复工")
    facts = (Resumptions(),)
    definition = gettext_lazy("期内由停工、暂缓等恢复为正常推进的次数。")


class Stopped(Counted):
    """停工暂缓."""

    name = "stopped"
    title = gettext_lazy("停工、暂缓")
    facts = (Stoppages(),)
    definition = gettext_lazy("期内转为停工或暂缓的次数；冬歇不算停工。")


class Departed(Counted):
    """终止流转."""

    name = "departed"
    title = gettext_lazy("终止、流转")
    facts = (Departures(),)
    definition = gettext_lazy("期内终止（退库）或流转的次数。")


class AmountChanged(Money):
    """合同金额变更."""

    name = "amount_changed"
    title = gettext_lazy("合同金额变更")
    facts = (AgreementChanges(),)
    definition = gettext_lazy("期内记账的合同金额增减，净额；减少为负。已计入签约金额。")


class ActivityCount(Sum):
    """A number of activities."""

    unit = gettext_lazy("次")
    measure = Measure.COUNT
    additive = False


class VisitCount(ActivityCount):
    """拜访次数."""

    name = "visits"
    title = gettext_lazy("拜访次数")
    facts = (Visits(),)
    definition = gettext_lazy(
        "期内登记的拜访次数。单位只计本单位的；产业链计本链项目的和本链牵头单位的，各链之间可重复。"
    )


class TripCount(ActivityCount):
    """外出招商次数."""

    name = "trips"
    title = gettext_lazy("外出招商次数")
    facts = (Trips(),)
    definition = gettext_lazy(
        "期内登记的外出招商次数。单位只计本单位的；产业链计本链项目的和本链牵头单位的，各链之间可重复。"
    )


class PerformingCount(Counted):
    """履约项目数, the upper figure of 履约率."""

    name = "performing_count"
    title = gettext_lazy("履约项目数")
    facts = (Performing(),)
    definition = gettext_lazy(
        "期内签约的项目中，期末前已开工，或已开展前期（注册项目公司、核准备案、接入批复、取得矿业权、落实用地之一）的个数。"
    )


class BuildingCount(Counted):
    """签约项目中已开工数, the upper figure of 开工率."""

    name = "building_count"
    title = gettext_lazy("签约项目中已开工数")
    facts = (Building(),)
    definition = gettext_lazy("期内签约的项目中，期末前已实质开工（或已竣工投产）的个数。")


class CohortFundsAmount(Money):
    """期内签约项目到位资金, the upper figure of 资金到位率."""

    name = "cohort_funds"
    title = gettext_lazy("期内签约项目的到位资金")
    facts = (CohortFunds(),)
    definition = gettext_lazy("期内签约的项目至期末累计上报到位的资金。")


class CohortContractAmount(Money):
    """期内签约项目合同额, the lower figure of 资金到位率."""

    name = "cohort_contracts"
    title = gettext_lazy("期内签约项目的合同额")
    facts = (CohortPapers(), CohortChanges())
    definition = gettext_lazy("期内签约的项目至期末的合同额：合同、补充、增资和变更合计。")


class PerformanceRate(Rate):
    """履约率."""

    name = "performance_rate"
    title = gettext_lazy("履约率")
    numerator = PerformingCount()
    denominator = SignedCount()
    definition = gettext_lazy("履约率＝（开工＋开展前期）项目数÷签约项目数。签约以期内首份投资合同为准。")
    source = gettext_lazy("许昌市 2017 年通报 244÷247＝98.8%；青海省 2022 年：履约＝开工＋开展前期")


class StartRate(Rate):
    """开工率."""

    name = "start_rate"
    title = gettext_lazy("开工率")
    numerator = BuildingCount()
    denominator = SignedCount()
    definition = gettext_lazy("开工率＝开工项目数÷签约项目数（不是÷履约项目数）。")
    source = gettext_lazy("已公布通报（2016 年）78÷96＝81.25%")


class FundsRate(Rate):
    """资金到位率."""

    name = "funds_rate"
    title = gettext_lazy("资金到位率")
    numerator = CohortFundsAmount()
    denominator = CohortContractAmount()
    definition = gettext_lazy("资金到位率＝到位资金÷合同额，分子分母都取期内签约的同一批项目。")
    source = gettext_lazy("已公布通报 107.36÷496.47＝21.62%（2016 年）、370÷1077＝34%（2017 年）")


class Idle(Sum):
    """How many have nothing of a kind in the months; the lines are their names."""

    measure = Measure.COUNT
    additive = False
    takes = frozenset({"of"})

    def titled(self, options: Options) -> Text:
        """With what they have nothing of."""
        return IDLE_TITLES[options.of or "signed_amount"] % {"who": self.title}


class IdleUnits(Idle):
    """挂零单位."""

    name = "idle_units"
    title = gettext_lazy("单位")
    unit = gettext_lazy("个")
    facts = (UnitsWithNothing(),)
    definition = gettext_lazy(
        "需报送的单位中，期内本单位及下级牵头的项目没有签约（或没有净到位），或本单位没有外出招商的单位。"
    )


class IdleChains(Idle):
    """挂零产业链."""

    name = "idle_chains"
    title = gettext_lazy("产业链")
    unit = gettext_lazy("条")
    facts = (ChainsWithNothing(),)
    definition = gettext_lazy("期内本链项目没有签约（或没有净到位），或本链项目、牵头单位没有外出招商的产业链。")


IDLE_TITLES: Mapping[str, Text] = {
    "signed_amount": gettext_lazy("零签约%(who)s"),
    "funds_reported": gettext_lazy("零到位%(who)s"),
    "trips": gettext_lazy("零外出%(who)s"),
}


FLOWS: tuple[Metric, ...] = (
    SignedAmount(),
    SignedCount(),
    FundsReported(),
    FundsVerified(),
    BigProjectCount(),
    ProjectsByStage(),
    ProjectsInPool(),
    Started(),
    Completed(),
    Resumed(),
    Stopped(),
    Departed(),
    AmountChanged(),
    PerformanceRate(),
    StartRate(),
    FundsRate(),
    VisitCount(),
    TripCount(),
    IdleUnits(),
    IdleChains(),
    PerformingCount(),
    BuildingCount(),
    CohortFundsAmount(),
    CohortContractAmount(),
)
