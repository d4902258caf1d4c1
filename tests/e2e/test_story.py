"""One story, walked by three people in a browser: from an uploaded plan to a downloaded bulletin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Locator, Page, expect

from conftest import is_complaint
from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.org.enums import Breadth
from yinfeng.org.models import Place, Unit, User
from yinfeng.org.tests.factories import PASSWORD, SYSTEM, make_unit, make_user
from yinfeng.place.actions import found_place

pytestmark = pytest.mark.browser

PLAN = """沙洲市2025年招商引资工作方案

全市招商引资工作目标：2025年完成签约金额80亿元以上，到位资金40亿元以上。

一、新能源产业链招商专班
包联领导：市长
责任领导：副市长
责任单位：市能源局
配合单位：市自然资源局、市财政局
链主企业：沙洲绿电有限公司
——重点任务。1.推进云杉能源50万千瓦光伏项目开工建设，加快百灵科技储能电池制造项目签约落地。（责任单位：市能源局）
——工作目标。2025年，签约金额50亿元以上，其中10亿元以上项目不少于2个，到位资金20亿元。

二、文化旅游产业链招商专班
包联领导：副书记
责任领导：副市长
责任单位：市文旅局
——重点任务。1.推进驼铃文旅集团沙漠露营基地项目建设。（责任单位：市文旅局）
——工作目标。2025年，签约金额10亿元以上，到位资金5亿元。

谋划储备戈壁生态旅游营地项目。
"""
TITLE = "沙洲市2025年招商引资工作方案"
LEDGER_HEAD = ("序号", "项目名称", "建设内容及规模", "所属产业链", "投资方", "总投资", "签约时间", "合同类型",
               "项目阶段", "本月到位资金", "责任单位")  # fmt: skip
LEDGER_ROW = (1, "胡杨储能电站项目", "储能电站", "新能源", "胡杨电力有限公司", "150000", "2025-01-10", "投资合同",
              "在建", "3000", "市能源局")  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = b"%PDF-1.4 bank slip"
SOLAR, BATTERY, CAMP = "云杉能源50万千瓦光伏项目", "百灵科技储能电池制造项目", "驼铃文旅集团沙漠露营基地项目"
STORAGE = "胡杨储能电站项目"
OWED = [
    re.compile(title)
    for title in (
        "红线人工核对结论", "合法性和公平竞争审查", "专题会或常务会决定", "合同备案", "核准/备案记录", "接入批复记录",
        "落实用地记录", "环境影响评价", "施工许可", "水土保持方案",
    )
]  # fmt: skip
ANSWER = "签约完成 33.75%，超序时进度 8.75 个百分点；到位 0.92 亿元，完成 2.30%，2 条链落后（新能源、文化旅游）。"
ENERGY_ROW = [
    "完成目标的 54.0%",
    "27.00 / 50.00",
    "54.00",
    "+29.00",
    "12.00",
    "完成目标的 4.6%",
    "0.92 / 20.00",
    "4.60",
    "-20.40",
    "0.62",
    "2 / 2",
    "落后",
]
CITY_ROW = [
    "完成目标的 33.8%",
    "27.00 / 80.00",
    "33.75",
    "+8.75",
    "12.00",
    "完成目标的 2.3%",
    "0.92 / 40.00",
    "2.30",
    "-22.70",
    "0.62",
    "2",
    "",
]
OPENED = (
    ("签约金额", "27.00", [(SOLAR, "投资合同", "120,000"), (STORAGE, "投资合同", "150,000")]),
    ("到位资金（上报）", "0.92", [(SOLAR, "6,200.5"), (STORAGE, "3,000")]),
    ("到位资金（核定）", "0.90", [(SOLAR, "6,000"), (STORAGE, "3,000")]),
)
BULLETIN = (
    "截至2025年3月，全市签约27.00亿元，完成年度目标80.00亿元的33.75%，序时差+8.75个百分点；"
    "到位资金0.92亿元，完成年度目标40.00亿元的2.30%，序时差-22.70个百分点。"
)
BULLETIN_TABLE = [
    ["新能源", "50.00", "27.00", "54.00", "20.00", "0.92", "4.60", "-20.40"],
    ["文化旅游", "10.00", "0.00", "0.00", "5.00", "0.00", "0.00", "-25.00"],
    ["全市", "80.00", "27.00", "33.75", "40.00", "0.92", "2.30", "-22.70"],
]
# Name, total investment in 亿元, kind of contract, stage, money of April and of the year in 万元: the late money is in.
LEDGER_ROWS = [
    (SOLAR, None, "投资合同", "项目开工", 1000.0, 7200.5),
    (BATTERY, None, "", "对接洽谈", None, None),
    (STORAGE, 15.0, "投资合同", "项目开工", None, 3000.0),
    (CAMP, None, "", "信息收集", None, None),
]
DAY_AT_WORK = date(2025, 3, 20)
DAY_AFTER_MONTH = date(2025, 4, 6)


class Desk:
    """Somebody's browser: what a person reads and presses."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    @property
    def dialog(self) -> Locator:
        return self.page.locator("#dialog")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def sentence(self) -> Locator:
        return self.page.locator(".page-sentence, .sentence").first

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def follow(self, name: str, within: Locator | None = None) -> None:
        """Follow a link by its words."""
        (within or self.page).get_by_role("link", name=name).first.click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button by its words."""
        (within or self.page).get_by_role("button", name=name, exact=True).first.click()

    def told(self, text: str) -> None:
        """What the page says after something was done."""
        expect(self.page.locator(".toasts")).to_contain_text(text)

    def log_in(self, user: User) -> None:
        """Come in through the login form."""
        self.go("/login/")
        self.page.get_by_label("登录名").fill(user.username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.press("登录")
        expect(self.page.locator(".person").first).to_have_text(user.post)


@pytest.fixture
def desks(browser: Browser, browser_context_args: dict[str, Any], live_server: Any) -> Iterator[Callable[[User], Desk]]:
    """Opens a browser for a person, who logs in; at the end no browser may have complained."""
    complaints: list[str] = []
    with ExitStack() as opened:

        def sit_down(user: User) -> Desk:
            context = browser.new_context(**browser_context_args, accept_downloads=True)
            opened.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
            page.on("console", lambda line: complaints.append(line.text) if is_complaint(line.text) else None)
            page.set_default_timeout(10_000)
            desk = Desk(page, live_server.url)
            desk.log_in(user)
            return desk

        yield sit_down
    assert complaints == []


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """An empty place of an invented city, its office, one reporting unit, and three people with posts."""
    with clock.at(DAY_AT_WORK):
        found_place(
            actor=SYSTEM, name="沙洲市", short_name="沙洲", office_name="沙洲市招商引资工作领导小组办公室",
            region_code="620982", year=2025,
        )  # fmt: skip
        Place.objects.update(demo_today=DAY_AT_WORK)
        office = Unit.objects.get(kind="office")
        energy = make_unit("沙洲市能源局", short_name="市能源局", region=Place.objects.get().region)
        return {
            "office": make_user(Role.OFFICE, office, Breadth.ALL, username="bangong", post="招商办主任"),
            "reporter": make_user(Role.REPORTER, energy, username="lianluo", post="能源局联络员"),
            "verifier": make_user(Role.VERIFIER, office, Breadth.ALL, username="heding", post="核定岗"),
        }


def test_from_an_uploaded_plan_to_a_downloaded_bulletin(desks, people, tmp_path):
    office = desks(people["office"])
    collect_the_plan(office)
    collect_the_ledger(office)
    reporter = desks(people["reporter"])
    track(reporter)
    verifier = desks(people["verifier"])
    account(reporter, office, verifier)
    measure(office)
    report(office, tmp_path)


def collect_the_plan(office: Desk) -> None:
    """Upload the plan, accept one by one what matters most, the rest at once."""
    office.follow("录入")
    office.page.get_by_label("文件", exact=True).set_input_files(
        {"name": f"{TITLE}.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    )
    office.press("上传并读取")
    office.told("读出 8 条候选，请逐条核对。")
    listed = office.page.get_by_role("navigation", name="候选")
    chosen = office.page.get_by_role("region", name="这一条")
    for title in ("签约金额 ≥800,000 万元", "到位资金 ≥400,000 万元", "新能源产业链招商专班"):
        expect(chosen.get_by_role("heading")).to_have_text(title)
        office.press("接受", chosen)
        office.told(f"已接受：{title}")
    expect(listed.get_by_role("listitem")).to_have_count(5)
    office.press("接受界线以上")
    office.told("接受 4 条。")
    expect(chosen.get_by_role("heading")).to_have_text("戈壁生态旅游营地项目")
    office.press("接受", chosen)
    office.told("已接受：戈壁生态旅游营地项目")
    office.follow("项目")
    names = office.page.locator("#rows").get_by_role("rowheader")
    expect(names).to_have_text([CAMP, BATTERY, SOLAR])
    office.follow(SOLAR)
    source = office.page.locator("#sources")
    expect(source.locator("blockquote")).to_have_text("1.推进云杉能源50万千瓦光伏项目开工建设")
    office.follow(TITLE, source)
    expect(office.heading).to_have_text(TITLE)
    expect(office.sentence).to_contain_text("读出 8 条，待核 0 条：专班 2、目标 2、项目 4。")


def collect_the_ledger(office: Desk) -> None:
    """Upload a ledger, look at how its columns were understood, and commit it as a whole."""
    office.follow("录入")
    office.page.get_by_label("文件", exact=True).set_input_files(
        {"name": "项目台账.xlsx", "mimeType": XLSX, "buffer": ledger_file()}
    )
    office.press("上传并读取")
    office.told("台账已读出，请核对后入库。")
    expect(office.sentence).to_contain_text("读出 1 行，1 行可入库，0 行有疑问。")
    office.follow("对应关系")
    expect(office.page.get_by_label("J 对应")).to_have_value("month_funds_wan")
    office.follow("逐行核对")
    office.press("整批入库")
    office.told("整批已入库。")


def ledger_file() -> bytes:
    """A plain ledger of one project, as an office keeps it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "台账"
    sheet.append(["沙洲市招商引资项目台账"])
    sheet.append(["填报单位：市能源局", "", "", "填报时间：2025-02-25", "", "", "单位：万元"])
    sheet.append(LEDGER_HEAD)
    sheet.append(LEDGER_ROW)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def track(reporter: Desk) -> None:
    """Record that works have begun; see the stage move and what is owed; fill in the month."""
    page = reporter.page
    reporter.follow("项目")
    reporter.follow(SOLAR)
    expect(reporter.sentence).to_contain_text("项目签约 环节待核 入库前已在此环节，日期不详；欠 4 项。")
    reporter.follow("记录里程碑")
    reporter.dialog.get_by_label("里程碑").select_option(label="实质开工 → 项目开工")
    reporter.dialog.get_by_label("发生日期").fill("2025-03-12")
    reporter.dialog.get_by_label("依据").fill("现场核实")
    reporter.press("记录", reporter.dialog)
    reporter.told("已记录；项目进入“项目开工”。")
    expect(reporter.sentence).to_contain_text("项目开工 自2025年3月12日起，已 8 天；欠 10 项。")
    owed = page.locator("#owed")
    expect(owed.get_by_role("rowheader")).to_have_text(OWED)
    reporter.follow("项目")
    reporter.follow("看板")
    lane = page.locator(".lane", has=page.get_by_role("heading", name="项目开工"))
    expect(lane.get_by_role("article")).to_have_text([re.compile(SOLAR), re.compile(STORAGE)])
    reporter.follow("动态管理表")
    expect(reporter.heading).to_have_text("2025年3月重点项目动态管理表")
    page.get_by_label(f"{SOLAR} 本月进展").fill("桩基完成三成。")
    page.get_by_label(f"{SOLAR} 需协调事项").fill("请供电公司排定接入计划。")
    expect(page.locator("[data-sheet-count]")).to_have_text("2")
    reporter.press("保存")
    reporter.told("已保存 1 行。")
    expect(page.get_by_label(f"{SOLAR} 本月进展")).to_have_value("桩基完成三成。")


def account(reporter: Desk, office: Desk, verifier: Desk) -> None:
    """An agreement and money with its voucher; somebody else verifies; the month is reported, accepted and closed."""
    page = reporter.page
    reporter.follow(SOLAR)
    reporter.follow("登记协议")
    reporter.dialog.get_by_label("签订日期").fill("2025-03-06")
    reporter.dialog.get_by_label("金额").fill("12")
    reporter.press("登记", reporter.dialog)
    reporter.told("协议已登记。")
    enter_money(reporter, "2025-03-18", "6200.5", "JZD-2025-0318")
    expect(reporter.sentence).to_have_text("2025年3月18日到账 6,200.5 万元。 已上报")
    expect(page.get_by_role("link", name="核定", exact=True)).to_have_count(0)
    verify(verifier)
    report_and_close(reporter, office)


def enter_money(reporter: Desk, arrived_on: str, amount: str, slip: str) -> None:
    """Enter money on the project's page, with the bank's slip."""
    reporter.follow("登记到位")
    form = reporter.dialog
    form.get_by_label("到账日期").fill(arrived_on)
    form.get_by_label("到位金额").fill(amount)
    form.get_by_label("出资方").fill("云杉能源")
    form.get_by_label("凭证编号").fill(slip)
    form.get_by_label("票面金额").fill(amount)
    form.get_by_label("凭证扫描件").set_input_files(
        {"name": "进账单.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    reporter.press("保存", form)
    reporter.told("已登记，等待核定。")


def verify(verifier: Desk) -> None:
    """Another person than the reporter looks at the voucher and decides: one entry cut, one taken as it is."""
    verifier.follow("资金")
    verifier.follow("有 2 笔等您核定")
    queue = verifier.page.get_by_role("navigation", name="待核定")
    queue.get_by_role("link", name=SOLAR).click()
    expect(verifier.page.get_by_role("link", name="进账单.pdf")).to_be_visible()
    verifier.page.get_by_label("核减", exact=True).check()
    verifier.page.get_by_label("核减后金额").fill("6000")
    verifier.page.get_by_label("原因").fill("200.5万元系往来款")
    verifier.press("确定")
    verifier.told("已办理：")
    verifier.page.get_by_label("核定", exact=True).check()
    verifier.press("确定")
    verifier.told("已办理：")
    expect(verifier.page.locator("main")).to_contain_text("没有待核定的资金")


def report_and_close(reporter: Desk, office: Desk) -> None:
    """The unit reports March, the office accepts it and closes the month; afterwards nothing in it changes any more."""
    reporter.follow("报送")
    reporter.follow("报送", reporter.page.get_by_role("row", name="市能源局"))
    reporter.dialog.get_by_label("说明").fill("本月一个项目开工。")
    reporter.press("报送", reporter.dialog)
    reporter.told("已报送。")
    reporter.follow("动态管理表")
    expect(reporter.page.get_by_label(f"{SOLAR} 本月进展")).to_have_count(0)
    office.follow("报送")
    office.follow("审核", office.page.get_by_role("row", name="市能源局"))
    office.press("收取")
    office.told("已收取。")
    office.follow("报送")
    office.follow("月份与关账")
    move_month(office, "预报")
    Place.objects.update(demo_today=DAY_AFTER_MONTH)
    move_month(office, "定稿")
    forgotten = Desk(office.page.context.new_page(), office.address)
    forgotten.go("/grid/?period=2025-03")
    forgotten.page.get_by_label(f"{SOLAR} 本月进展").fill("桩基完成五成。")
    move_month(office, "关账")
    forgotten.press("保存")
    expect(forgotten.heading).to_have_text("这件事现在不能办")
    expect(forgotten.page.locator("main")).to_contain_text("本月已关账，不能再改。")
    expect(forgotten.page.locator("main")).to_contain_text("桩基完成五成。")
    forgotten.page.close()
    reporter.follow("项目")
    reporter.follow(SOLAR)
    enter_money(reporter, "2025-03-28", "1000", "JZD-2025-0328")
    expect(reporter.page.locator("main")).to_contain_text("计入月份2025-04")


def move_month(office: Desk, to: str) -> None:
    """Move March on, in the dialog."""
    office.follow(to, office.page.get_by_role("row", name="2025年3月"))
    office.press(to, office.dialog)
    office.told(f"2025年3月：{to}")


def measure(office: Desk) -> None:
    """March stands where the entered amounts put it; every figure opens to its lines, which add up to it."""
    page = office.page
    office.follow("进度")
    expect(office.heading).to_contain_text("2025年4月进度")
    page.wait_for_load_state()
    page.get_by_label("月份").select_option(label="2025年3月")
    expect(office.heading).to_contain_text("2025年3月进度")
    expect(office.sentence).to_have_text(ANSWER)
    main = page.locator("main")
    expect(main.get_by_role("row", name="新能源").get_by_role("cell")).to_have_text(ENERGY_ROW)
    expect(main.get_by_role("row", name="全市").get_by_role("cell")).to_have_text(CITY_ROW)
    figures = main.locator(".kpis")
    for title, text, lines in OPENED:
        figures.locator("div", has=page.get_by_text(title, exact=True)).locator("a.figure").first.click()
        panel = page.locator("#panel")
        expect(panel.locator(".figure-answer b")).to_have_text(text)
        rows = panel.locator("tbody tr")
        expect(rows).to_have_text([re.compile(".*".join(line), re.DOTALL) for line in lines])
        amounts = [Decimal(cell.replace(",", "")) for cell in rows.locator("td:last-child").all_inner_texts()]
        exact = panel.locator(".figure-answer .meta").inner_text()
        assert f"{sum(amounts):,} 万元" == exact
        expect(panel.locator("tfoot")).to_contain_text("与数字一致")
        page.keyboard.press("Escape")
    for address in {link.get_attribute("href") for link in main.locator("a.figure").all()}:
        opened = page.request.get(f"{office.address}{address}").text()
        assert "与数字相差" not in opened, address


def report(office: Desk, folder: Path) -> None:
    """Draft the bulletin of March, issue it, and take it and the ledger home as files."""
    page = office.page
    office.follow("报表")
    office.follow("生成月报")
    office.dialog.get_by_label("月份").fill("2025-03")
    office.press("生成月报", office.dialog)
    expect(office.heading).to_have_text("沙洲2025年3月招商引资工作月报")
    expect(page.locator("main")).to_contain_text(BULLETIN)
    office.press("印发")
    office.told("已印发，内容和明细已固定。")
    expect(page.get_by_role("button", name="重新生成")).to_have_count(0)
    document = Document(str(taken(page, "下载 Word", folder / "bulletin.docx")))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert "沙洲2025年3月招商引资工作月报" in told
    assert BULLETIN in told
    assert f"1．{SOLAR}，投资合同，合同额 120,000 万元" in told
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:] == BULLETIN_TABLE
    office.follow("报表")
    sheet = load_workbook(taken(page, "项目台账 Excel", folder / "ledger.xlsx")).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "2025年4月招商引资项目台账"
    assert [(row[1], row[9], row[11], row[15], *row[18:20]) for row in rows[5:9]] == LEDGER_ROWS
    assert rows[9][0] == "合计"


def taken(page: Page, name: str, path: Path) -> Path:
    """A file downloaded by following a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    download.value.save_as(path)
    return path
