from datetime import datetime

import pytest

from yinfeng.intake.tests.workbooks.builders import Row, SheetPlan, answer, csv_text, read, read_rows, record, xlsx
from yinfeng.intake.workbooks import ColumnMapping, Mapping, SheetMapping
from yinfeng.intake.workbooks.fields import PROBLEMS, message_zh

HEAD = ["序号", "项目名称", "总投资（万元）", "签约时间", "项目阶段", "备注"]


def one(header, cells, **plan):
    """The record of a one-line ledger."""
    return record(read_rows(["某县项目台账"], ["序号", "项目名称", *header], [1, "甲项目", *cells], **plan))


def problems(header, cells, **plan):
    return one(header, cells, **plan)["problems"]


@pytest.mark.parametrize(
    ("code", "header", "cell"),
    [
        ("approximate_amount", "总投资（万元）", "约500"),
        ("approximate_date", "签约时间", "2025年2月底"),
        ("missing_amount", "总投资（万元）", "待定"),
        ("missing_amount", "总投资（万元）", None),
        ("ambiguous_amount", "总投资（万元）", "5-8亿"),
        ("bad_amount", "总投资（万元）", "面议"),
        ("unit_in_cell", "总投资（万元）", "3亿元"),
        ("unknown_unit", "总投资", 500),
        ("foreign_currency", "总投资（万元）", "500万欧元"),
        ("ambiguous_date", "签约时间", 2025.1),
        ("several_dates", "签约时间", "2024.7.22\n2025.2.20"),
        ("bad_date", "签约时间", "尽快"),
        ("unknown_stage", "项目阶段", "推进缓慢"),
        ("unknown_word", "建设性质", "其他情形"),
        ("bad_phone", "联系电话", "1.38E+10"),
        ("bad_uscc", "统一社会信用代码", "91530100MA6N"),
        ("formula_like_text", "建设内容", "=1+A1"),
        ("control_characters", "建设内容", "年产\u200b一万吨"),
    ],
)
def test_a_problem_cell_yields_its_code_and_never_a_guess(code, header, cell):
    assert problems([header, "责任单位"], [cell, "某局"]) == [code]


def test_errors_and_missing_results_of_formulas_are_told():
    assert problems(["总投资（万元）", "责任单位"], [None, "某局"], formulas={"C3": ("=1/0", "#DIV/0!")}) == [
        "formula_error"
    ]


def test_text_that_is_too_long_is_kept_and_told():
    text = "长" * 40_000
    found = record(
        read(csv_text([["序号", "项目名称", "建设内容", "责任单位"], [1, "甲项目", text, "某局"]]).encode(), "a.csv")
    )
    assert (found["content"], found["problems"]) == (text, ["text_too_long"])


def test_hidden_rows_are_records_and_say_so():
    ledger = read_rows(HEAD, [1, "甲项目", 5, None, None, None], [2, "乙项目", 6, None, None, None], hidden_rows=[3])
    assert [found.as_json()["problems"] for found in ledger.records] == [[], ["hidden_row"]]


def test_a_repeated_name_is_told_on_the_later_row():
    ledger = read_rows(HEAD, [1, "甲项目", 5], [2, "甲 项目*", 6], [3, "乙项目", 7])
    assert [found.as_json()["problems"] for found in ledger.records] == [[], ["duplicate_name"], []]


def test_a_row_without_its_key_text_is_told():
    assert record(read_rows(HEAD, [1, None, 5, "2025.1.2", "在建", "某"]))["problems"] == ["missing_name"]


def test_a_total_that_is_not_the_sum_of_its_parts_is_told():
    found = one(
        ["总投资（万元）", "本年累计到位（万元）/合计", "本年累计（万元）省外", "本年累计（万元）省内"],
        [100, 50, 20, 10],
    )
    assert found["problems"] == ["sum_mismatch"]


def test_dollars_in_a_column_for_yuan_go_to_their_own_field():
    found = one(["总投资（万元）", "责任单位"], ["500万美元", "某局"])
    assert (found["amount_wan"], found["amount_usd_wan"], found["problems"]) == (None, "500", ["foreign_currency"])


def test_a_column_in_dollars_is_its_own_field():
    found = one(["总投资（万元）", "总投资（万美元）", "外资到位（万美元）"], [700, 100, 30])
    assert (found["amount_wan"], found["amount_usd_wan"], found["foreign_usd_wan"], found["problems"]) == (
        "700",
        "100",
        "30",
        [],
    )


def test_fixed_assets_in_brackets_are_read_beside_the_amount():
    found = one(["总投资（万元）"], ["1200（其中固投900）"])
    assert (found["amount_wan"], found["fixed_assets_wan"], found["problems"]) == ("1200", "900", [])


def test_nothing_is_no_zero_and_a_placeholder_is_null():
    found = one(
        ["总投资（万元）", "本月到位（万元）", "本年累计到位（万元）", "存在问题", "责任单位"],
        [0, "—", None, "无", " "],
    )
    assert {key: value for key, value in found.items() if key != "row"} == {
        "seq": "1",
        "name": "甲项目",
        "amount_wan": "0",
        "month_funds_wan": None,
        "problems_text": None,
        "problems": [],
    }


def test_merged_text_belongs_to_every_row_and_a_merged_quantity_to_the_first():
    ledger = read_rows(
        ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"],
        [1, "甲项目", "甲公司", 100, "2025.1.2"],
        [None, None, "乙公司", None, None],
        [2, "丙项目", "丙公司", 30, None],
        merged=["A2:A3", "B2:B3", "D2:D3", "E2:E3"],
    )
    second = record(ledger, 1)
    assert second == {
        "row": 3,
        "seq": "1",
        "name": "甲项目",
        "enterprise": "乙公司",
        "amount_wan": None,
        "signed_on": "2025-01-02",
        "problems": ["merged_amount"],
    }
    assert record(ledger, 2)["problems"] == []


def test_the_same_as_above_repeats_the_cell_above():
    ledger = read_rows(
        ["序号", "项目名称", "投资方", "总投资（万元）"],
        [1, "甲项目", "甲公司", 5],
        [2, "乙项目", "同上", "〃"],
        [3, "丙项目", "同上", 7],
    )
    assert [(found.get("enterprise"), found.get("amount_wan")) for found in ledger.records] == [
        ("甲公司", "5"),
        ("甲公司", "5"),
        ("甲公司", "7"),
    ]


def test_headings_give_what_no_column_gives():
    ledger = read_rows(
        ["项目名称", "投资方", "总投资（万元）"], ["一、续建项目"], ["（一）新材料产业链"], ["甲项目", "甲公司", 1], ["（二）清洁能源产业链（1个）", None, 2], ["乙项目", "乙公司", 2],
        ["二、新建项目"], ["丙项目", "丙公司", 3],
    )  # fmt: skip
    assert [(found.get("nature"), found.get("chain")) for found in ledger.records] == [
        ("continued", "新材料"),
        ("continued", "清洁能源"),
        ("new", None),
    ]


def test_a_column_of_its_own_is_not_filled_from_headings():
    ledger = read_rows(
        ["项目名称", "建设性质", "总投资（万元）"], ["一、续建项目"], ["甲项目", None, 1], ["乙项目", "新建", 2]
    )
    assert [found.get("nature") for found in ledger.records] == [None, "new"]


def test_the_sheets_name_or_title_tells_the_stage_of_all():
    data = xlsx(
        SheetPlan([HEAD[:3], [1, "甲项目", 5]], name="已开工项目"),
        SheetPlan([["某县2025年签约项目台账"], HEAD[:3], [1, "乙项目", 6]], name="Sheet2"),
    )
    assert [found.get("stage") for found in read(data).records] == ["construction", "signed"]


def test_a_date_without_year_takes_it_from_the_report_or_the_title():
    rows: list[Row] = [["序号", "项目名称", "签约时间"], [1, "甲项目", "2月20日"]]
    assert record(read_rows(["某县2023年项目台账"], ["填报时间：2024年3月1日"], *rows))["signed_on"] == "2024-02-20"
    assert record(read_rows(["某县2023年项目台账"], *rows)) == {
        "row": 3,
        "seq": "1",
        "name": "甲项目",
        "signed_on": "2023-02-20",
        "problems": ["year_inferred"],
    }
    assert record(read_rows(["某县项目台账"], *rows))["problems"] == ["bad_date"]


def test_a_period_yields_start_and_finish():
    found = one(["建设起止年限", "责任单位"], ["2024年9月-2026年底", "某局"])
    assert (found["period_text"], found["start_on"], found["finish_on"], found["problems"]) == (
        "2024年9月-2026年底",
        "2024-09",
        "2026-12",
        ["approximate_date"],
    )
    assert one(["建设周期", "责任单位"], ["24个月", "某局"])["problems"] == []


def test_two_things_in_one_column_become_two_fields():
    found = one(
        ["联系人及电话", "责任人及联系电话", "投资方（省份）"],
        ["甲某 13800000001", "乙某\n13800000002", "某公司（云南）"],
    )
    assert found == {
        "row": 3, "seq": "1", "name": "甲项目", "contact": "甲某", "phone": "13800000001", "officer": "乙某", "officer_phone": "13800000002", "enterprise": "某公司",
        "origin_province": "云南", "problems": [],
    }  # fmt: skip


def test_a_province_is_taken_out_only_where_the_header_says_so():
    assert one(["投资方"], ["某公司（云南）"])["enterprise"] == "某公司（云南）"


def test_a_part_belongs_to_the_sum_on_its_left():
    found = one(["本月到位（万元）", "其中：省外（万元）", "本年累计到位（万元）", "其中：省外 （万元）"], [5, 3, 9, 4])
    assert (found["month_out_of_province_wan"], found["out_of_province_wan"]) == ("3", "4")


def test_completion_is_a_share_however_it_is_stored():
    header = ["项目名称", "总投资（万元）", "本月到位（万元）", "完成率"]
    ledger = read_rows(
        ["到位资金月报"],
        header,
        ["甲", 1, 1, (0.0717, "0.0%")],
        ["乙", 1, 1, 45.6],
        ["丙", 1, 1, "45.6%"],
        ["丁", 1, 1, 0.456],
    )
    assert [found.get("completion_rate") for found in ledger.records] == ["0.0717", "0.456", "0.456", "0.456"]


def test_trips_and_receptions_have_their_own_fields():
    trip = record(
        read_rows(
            ["2025年外出招商台账"],
            ["外出时间", "目的地", "带队领导（职务）", "人数", "天数", "经费（元）"],
            ["2025.1.8-1.10", "某市", "甲某（副县长）", "一行6人", "1.5天", "18,650"],
        )
    )
    assert trip == {
        "row": 3, "trip_start_on": "2025-01-08", "trip_end_on": "2025-01-10", "destination": "某市", "led_by": "甲某", "led_by_post": "副县长", "headcount": "6", "days": "1.5",
        "cost_wan": "1.865", "problems": [],
    }  # fmt: skip
    visit = record(
        read_rows(
            ["接待台账"],
            ["来访时间", "来访单位", "主宾及职务", "人数", "状态"],
            [(datetime(2025, 3, 8), "yyyy/m/d"), "某公司", "甲某 董事长", "10余人", "拟回访"],
        )
    )
    assert visit["problems"] == ["approximate_number"]
    assert (visit["guest"], visit["guest_post"], visit["headcount"], visit["status"]) == (
        "甲某",
        "董事长",
        "10",
        "revisit",
    )


def test_leads_are_read_in_the_units_of_their_fields():
    header = ["线索来源", "投资企业", "拟投项目", "用地（亩）", "年用电（万千瓦时）", "综合能耗（吨标准煤）", "用工"]
    found = record(
        read_rows(["线索登记表"], header, ["商会", "某公司", "某项目", "2公顷", "1.2亿度", "15.6万", "150-200人"])
    )
    assert (found["land_mu"], found["power_wan_kwh"], found["energy_tce"], found["jobs"]) == (
        "30",
        "12000",
        "156000",
        None,
    )
    assert found["problems"] == ["unit_in_cell", "ambiguous_number"]


def test_each_value_knows_its_cell():
    value = read_rows(HEAD, [1, "甲项目", "约 1.2亿", None, None, None]).records[0].values["amount_wan"]
    assert (value.value, value.raw, value.column) == ("12000", "约 1.2亿", "C")


def test_a_problem_knows_its_place_and_its_sentence():
    found = read_rows(HEAD, [1, "甲项目", "面议", None, None, None]).records[0].problems[0]
    assert (found.code, found.column, found.field, found.message_zh) == (
        "bad_amount",
        "C",
        "amount_wan",
        "金额栏不是数字，未取值",
    )


def test_a_persons_mapping_overrides_the_guess():
    data = xlsx(SheetPlan([["某表"], ["代号", "事项", "规模"], ["A", "甲项目", 5], ["B", "乙项目", 6]]))
    assert read(data).records == []
    columns = {"B": ColumnMapping("name"), "C": ColumnMapping("amount_wan", unit="亿元")}
    ledger = read(
        data, mapping=Mapping(kind="projects", sheets={"Sheet1": SheetMapping(header_rows=(2, 2), columns=columns)})
    )
    assert [(found.get("name"), found.get("amount_wan")) for found in ledger.records] == [
        ("甲项目", "50000"),
        ("乙项目", "60000"),
    ]


def test_a_person_may_ask_for_a_hidden_sheet_or_leave_one_out():
    data = xlsx(
        SheetPlan([HEAD, [1, "甲项目", 5]], name="甲"), SheetPlan([HEAD, [1, "乙项目", 6]], name="乙", hidden=True)
    )
    mapping = Mapping(sheets={"甲": SheetMapping(leave_out=True), "乙": SheetMapping()})
    assert [found.get("name") for found in read(data, mapping=mapping).records] == ["乙项目"]


def test_the_answer_has_the_agreed_shape():
    sheet = answer(read_rows(HEAD, [1, "甲项目", 5]))
    assert list(sheet) == [
        "name",
        "role",
        "hidden",
        "context",
        "header_rows",
        "data_rows",
        "skipped_rows",
        "columns",
        "records",
    ]
    assert sheet["columns"][2] == {"col": "C", "header": "总投资（万元）", "field": "amount_wan", "unit": "万元"}


def test_every_problem_has_a_sentence():
    assert all(message_zh(code) for code in PROBLEMS)
