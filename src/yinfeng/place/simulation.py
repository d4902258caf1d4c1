"""A simulated year as a list of dated facts: pure and seeded, so that the same sample always tells the same story.

Every fact it makes is stored as 演示数据. Amounts are 万元.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yinfeng.core.workdays import PROVISIONAL
from yinfeng.place.samples import Sample, SampleChain, SampleProject

YI = Decimal(10_000)
STEP = Decimal(100)  # amounts are told to the million yuan, as offices do
EVENTS = ("青洽会", "东西部产业转移对接活动", "产业链专题招商推介会", "")
PROVINCES = ("33", "32", "44", "37", "11", "31", "51", "41", "42", "63")
FUND_KINDS = ("capital", "capital", "bank_loan", "equipment", "shareholder_loan", "land")


@dataclass(frozen=True, order=True)
class Fact:
    """Something that happens on a day; facts of one day keep the order in which they were thought of."""

    on: date
    order: int


@dataclass(frozen=True, order=True)
class Signing(Fact):
    """A contract is signed."""

    project: str
    amount_wan: Decimal
    event: str


@dataclass(frozen=True, order=True)
class Step(Fact):
    """A milestone is reached."""

    project: str
    milestone: str
    basis: str


@dataclass(frozen=True, order=True)
class Arrival(Fact):
    """Money arrives and is reported; ``verdict`` says what the verifier will make of it some days later."""

    project: str
    amount_wan: Decimal
    payer: str
    province: str
    kind: str
    voucher: str
    verdict: str
    cut_to: Decimal
    verified_on: date | None


@dataclass(frozen=True, order=True)
class Meeting(Fact):
    """A visit, trip, reception or call."""

    project: str
    kind: str
    unit: str
    summary: str
    next_step: str
    place: str


@dataclass(frozen=True, order=True)
class Progress(Fact):
    """A project's text of a month."""

    project: str
    period: str
    text: str
    problem: str
    next_step: str


@dataclass(frozen=True, order=True)
class Reporting(Fact):
    """A unit reports its month; the office accepts it on ``accepted_on`` or returns it first."""

    unit: str
    period: str
    accepted_on: date | None
    returned: bool


def simulate(sample: Sample) -> list[Fact]:
    """All facts of the simulated year in the order in which they happened."""
    dice = random.Random(sample.simulation.seed)  # noqa: S311 - a story, not a secret
    story = Story(sample, dice)
    for chain in sample.chains:
        story.tell_chain(chain)
    story.tell_months()
    return sorted(story.facts, key=lambda fact: (fact.on, fact.order))


class Story:
    """The facts of a year as they are thought up."""

    def __init__(self, sample: Sample, dice: random.Random) -> None:
        self.sample = sample
        self.dice = dice
        self.today = sample.simulation.today
        self.facts: list[Fact] = []
        self.stage: dict[str, str] = {}

    @property
    def next_order(self) -> int:
        """The place of the next fact among those of its day."""
        return len(self.facts)

    def working_day(self, first: date, last: date) -> date:
        """A working day between two days, both included."""
        day = first + timedelta(days=self.dice.randint(0, max((last - first).days, 0)))
        while not PROVISIONAL.is_workday(day) and day > first:
            day -= timedelta(days=1)
        return min(day, self.today)

    def tell_chain(self, chain: SampleChain) -> None:
        """Contracts, works, money and meetings of one chain."""
        projects = [project for project in self.sample.projects if project.chain == chain.name.removesuffix("产业链")]
        alive = [project for project in projects if project.stage not in {"建成投产", "储备/谋划"}]
        pace = self.sample.simulation.chains[chain.name]
        signing = self.dice.sample(alive, min(pace.deals, len(alive)))
        signed = self.sign(signing, chain.signed_yi * YI * pace.signed)
        building = [project for project in alive if project.stage == "开工建设" and project.name not in signed]
        self.pay(chain, signed, building, chain.funds_yi * YI * pace.funds)
        self.meet(chain, alive)

    def split(self, total_wan: Decimal, parts: int) -> list[Decimal]:
        """Parts of an amount, uneven as in life, that add up to it exactly."""
        weights = [Decimal(self.dice.randint(4, 30)) ** (3 if parts < 12 else 2) for _part in range(parts)]
        amounts = [(total_wan * weight / sum(weights)) // STEP * STEP for weight in weights]
        amounts[weights.index(max(weights))] += total_wan - sum(amounts)
        return amounts

    def sign(self, projects: Sequence[SampleProject], total_wan: Decimal) -> dict[str, date]:
        """Contracts of a chain, and the works that follow some of them."""
        signed = {}
        for project, amount in zip(projects, self.split(total_wan, len(projects)), strict=True):
            day = self.working_day(date(self.sample.year, 1, 13), self.today - timedelta(days=6))
            signed[project.name] = day
            event = "青洽会" if day.month == 7 else self.dice.choice(EVENTS)
            self.facts.append(Signing(day, self.next_order, project.name, amount, event))
            begun = day + timedelta(days=self.dice.randint(25, 140))
            if begun < self.today and self.dice.random() < 0.62 and project.stage != "开工建设":
                begun = self.working_day(begun, begun)
                self.facts.append(Step(begun, self.next_order, project.name, "works_begun", "施工许可与现场照片"))
        for project in self.sample.projects:
            if (
                project.aim == "建成投产"
                and project.stage == "开工建设"
                and project.chain
                and self.dice.random() < 0.14
            ):
                day = self.working_day(date(self.sample.year, 6, 1), self.today - timedelta(days=5))
                if not any(isinstance(fact, Step) and fact.project == project.name for fact in self.facts):
                    self.facts.append(Step(day, self.next_order, project.name, "production_begun", "首批产品下线"))
        return signed

    def pay(
        self, chain: SampleChain, signed: dict[str, date], building: Sequence[SampleProject], total_wan: Decimal
    ) -> None:
        """Money of a chain in many arrivals, mostly verified a few days later."""
        payees = [*signed, *(project.name for project in building)]
        count = max(12, min(60, int(total_wan // 9_000)))
        for amount in self.split(total_wan, count):
            if amount <= 0:
                continue
            name = self.dice.choice(payees)
            earliest = signed.get(name, date(self.sample.year, 1, 6))
            day = self.working_day(min(earliest + timedelta(days=7), self.today), self.today - timedelta(days=1))
            self.arrive(chain, name, amount, day)

    def arrive(self, chain: SampleChain, name: str, amount: Decimal, day: date) -> None:
        """One arrival with its payer, voucher and verdict."""
        project = next(project for project in self.sample.projects if project.name == name)
        province = project.province or self.dice.choice(PROVINCES)
        verified_on = day + timedelta(days=self.dice.randint(3, 16))
        verdict = self.dice.choices(("verify", "cut", "return"), (93, 5, 2))[0]
        if verified_on > self.today:
            verdict, verified_on_or_none = "wait", None
        else:
            verified_on_or_none = verified_on
        number = f"演示{self.sample.year}{self.next_order:05d}"
        self.facts.append(
            Arrival(
                day,
                self.next_order,
                name,
                amount,
                project.enterprise or f"{chain.short}投资方（演示）",
                province,
                self.dice.choice(FUND_KINDS),
                number if self.dice.random() < 0.9 else "",
                verdict,
                (amount * Decimal("0.8")) // STEP * STEP,
                verified_on_or_none,
            )
        )

    def meet(self, chain: SampleChain, projects: Sequence[SampleProject]) -> None:
        """Visits, trips, receptions and calls of a chain's lead units."""
        kinds = ("visit", "visit", "reception", "call", "note", "trip")
        for _number in range(26):
            project = self.dice.choice(list(projects))
            kind = self.dice.choice(kinds)
            day = self.working_day(date(self.sample.year, 1, 6), self.today)
            who = project.enterprise or "投资方"
            summary = {
                "visit": f"拜访{who}，就{project.product}的建设条件和时间安排交换意见。",
                "trip": f"赴外招商，与{who}洽谈{project.product}，介绍园区资源和配套。",
                "reception": f"接待{who}来访考察，实地查看选址和水电条件。",
                "call": f"与{who}通话，确认资料清单和下一次会面时间。",
                "note": f"整理{project.product}的要素需求，交相关单位研究。",
            }[kind]
            step = self.dice.choice(("补充可研资料", "约定实地考察", "协调用地指标", "商定协议文本", ""))
            where = self.dice.choice(("杭州", "南京", "西宁", "成都", "深圳")) if kind == "trip" else ""
            self.facts.append(
                Meeting(day, self.next_order, project.name, kind, self.dice.choice(chain.lead), summary, step, where)
            )

    def tell_months(self) -> None:
        """Progress texts of the last months and every unit's reporting."""
        for month in range(1, self.today.month + 1):
            period = f"{self.sample.year}-{month:02d}"
            if month >= self.today.month - 3:
                self.write_progress(period, date(self.sample.year, month, min(20, self.today.day)))
            self.report_units(period, month)

    def write_progress(self, period: str, day: date) -> None:
        """What the units write about their projects in a month."""
        for project in self.sample.projects:
            if not project.unit or project.stage == "储备/谋划" or self.dice.random() < 0.25:
                continue
            text = self.dice.choice(PROGRESS[self.stage_on(project, day)])
            problem = self.dice.choice(PROBLEMS)
            self.facts.append(
                Progress(day, self.next_order, project.name, period, text, problem, self.dice.choice(NEXT_STEPS))
            )

    def stage_on(self, project: SampleProject, day: date) -> str:
        """How far the story has taken a project by a day; before its first event, where the plan has it."""
        reached = [fact for fact in self.facts if isinstance(fact, Signing | Step) and fact.project == project.name]
        past = [fact for fact in sorted(reached, key=lambda fact: (fact.on, fact.order)) if fact.on <= day]
        if not past or project.stage == "建成投产":
            return project.stage
        last = past[-1]
        if isinstance(last, Step):
            return "建成投产" if last.milestone == "production_begun" else "开工建设"
        return "开工建设" if project.stage == "开工建设" else "签约"

    def report_units(self, period: str, month: int) -> None:
        """Who reports when: mostly in time, a few late, and some not yet in the running month."""
        running = month == self.today.month
        for unit in self.sample.units:
            if not unit.reports or (running and self.dice.random() < 0.6):
                continue
            late = not running and self.dice.random() < 0.08
            last = min(25, self.today.day) if running else 25
            day = date(
                self.sample.year, month, self.dice.choice((26, 27)) if late else self.dice.randint(last - 5, last)
            )
            accepted = None if running else day + timedelta(days=2)
            returned = not running and self.dice.random() < 0.06
            self.facts.append(Reporting(day, self.next_order, unit.name, period, accepted, returned))


PROGRESS: dict[str, tuple[str, ...]] = {
    "意向": ("双方就合作方式继续洽谈，已交换资料清单。", "投资方完成初步踏勘，正在比选场址。"),
    "推进中(未明)": ("前期研究按计划推进，正在完善建设方案。", "与投资方对接建设条件，等待内部决策。"),
    "落地推进": ("备案资料已提交，正在办理用地和环评手续。", "合作协议文本已会签，等待签订。"),
    "签约": ("协议已签订，项目公司注册手续办理中。", "设计单位进场，开展勘察。"),
    "开工建设": ("主体厂房基础施工完成，设备陆续到货。", "土建完成过半，安装队伍进场。"),
    "建成投产": ("生产线平稳运行，正在调试二期设备。", "产能逐步释放，按计划组织生产。"),
}
PROBLEMS = (
    "",
    "",
    "",
    "供电接入方案尚未批复。",
    "用地指标需统筹解决。",
    "冬季施工组织需提前安排。",
    "融资审批时间较长。",
)
NEXT_STEPS = ("", "完善资料并报批", "组织专题协调", "督促投资方按期出资", "跟踪设备到货")
