import pytest

from yinfeng.intake.tests.workbooks.builders import (
    Row,
    SheetPlan,
    answer,
    csv_text,
    fields,
    read,
    read_rows,
    record,
    xlsx,
)
from yinfeng.intake.workbooks import read_workbook, recognise
from yinfeng.intake.workbooks.columns import assign_fields
from yinfeng.intake.workbooks.fields import FIELDS, KEYS, KINDS
from yinfeng.intake.workbooks.units import unit_declared, unit_in_header

PLAIN = ["序号", "项目名称", "投资方", "总投资（万元）"]


def skipped(ledger, sheet=0):
    return {row["row"]: row["why"] for row in answer(ledger, sheet)["skipped_rows"]}


def headers(ledger):
    return [column["header"] for column in answer(ledger)["columns"]]


def test_a_header_over_three_rows_is_joined_from_the_top():
    ledger = read_rows(
        ["某县项目台账"],
        ["序号", "项目名称", "到位资金（万元）", None, None, "投资主体", None],
        [None, None, "本月\n到位", "本年累计", None, "企业名称", "来源地"],
        [None, None, None, "合计", "其中：省外"],
        [1, "甲项目", 1, 5, 3, "甲公司", "云南"],
        merged=["A2:A4", "B2:B4", "C2:E2", "C3:C4", "D3:E3", "F2:G2", "F3:F4", "G3:G4"],
    )
    assert answer(ledger)["header_rows"] == [2, 4]
    assert headers(ledger) == [
        "序号", "项目名称", "到位资金（万元）/本月到位", "到位资金（万元）/本年累计/合计", "到位资金（万元）/本年累计/其中：省外", "投资主体/企业名称", "投资主体/来源地",
    ]  # fmt: skip
    assert list(fields(ledger).values()) == [
        "seq",
        "name",
        "month_funds_wan",
        "year_funds_wan",
        "out_of_province_wan",
        "enterprise",
        "origin_province",
    ]
    assert [column["unit"] for column in answer(ledger)["columns"]] == [None, None, "万元", "万元", "万元", None, None]


def test_a_csv_header_over_two_rows_is_found_without_merged_cells():
    rows: list[Row] = [
        ["序号", "项目名称", "总投资（亿元）", "", "本年累计到位（万元）", ""],
        ["", "", "合计", "固投", "合计", "省外"],
        [1, "甲项目", "1.5", "1", "20", "5"],
    ]
    ledger = read(csv_text(rows).encode(), "a.csv")
    assert answer(ledger)["header_rows"] == [1, 2]
    assert list(fields(ledger).values()) == [
        "seq",
        "name",
        "amount_wan",
        "fixed_assets_wan",
        "year_funds_wan",
        "out_of_province_wan",
    ]


def test_a_row_of_labels_above_the_table_is_no_header():
    ledger = read_rows(
        ["填报单位：", "某局", "联系人：", "某某", "联系电话：", "0931-0000001"], PLAIN, [1, "甲项目", "甲公司", 5]
    )
    assert (answer(ledger)["header_rows"], answer(ledger)["context"]) == ([2, 2], {"reporting_unit": "某局"})


def test_hidden_columns_are_listed_and_read():
    ledger = read_rows(PLAIN, [1, "甲项目", "甲公司", 5], hidden_columns=["C"])
    assert [column.get("hidden") for column in answer(ledger)["columns"]] == [None, None, True, None]
    assert record(ledger)["enterprise"] == "甲公司"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("总投资（亿元）", "亿元"),
        ("总投资:万元", "万元"),
        ("外资\n(万美元)", "万美元"),
        ("年用水（万方）", "万立方米"),
        ("综合能耗（tce）", "吨标准煤"),
        ("完成率（%）", "%"),
        ("联系人", None),
        ("天数（天）", "天"),
        ("投资方（省份）", None),
    ],
)
def test_a_header_names_its_unit(header, unit):
    assert unit_in_header(header) == unit


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("填报单位：某局", None),
        ("单位：万元（外资：万美元）", "万元"),
        ("某表（单位：亿元、亩）", "亿元"),
        ("金额单位：元", "元"),
    ],
)
def test_a_sheet_declares_its_unit(line, unit):
    assert unit_declared(line) == unit


def test_the_columns_unit_is_its_own_before_the_sheets():
    ledger = read_rows(
        ["到位资金月报"],
        ["单位：亿元"],
        ["项目名称", "总投资", "本年累计到位（万元）", "占地（亩）", "完成率"],
        ["甲", 1, 2, 3, 4],
    )
    assert [column["unit"] for column in answer(ledger)["columns"]] == [None, "亿元", "万元", "亩", "%"]


def test_month_columns_side_by_side_are_one_series():
    ledger = read_rows(
        ["2025年到位资金月报", None], ["项目名称", "总投资（万元）", "1月", "2月", "3月"], ["甲项目", 100, 1, "/", 3]
    )
    assert [column.get("period") for column in answer(ledger)["columns"]][2:] == ["2025-01", "2025-02", "2025-03"]
    assert read_rows(
        ["2025年到位资金月报（单位：万元）"], ["项目名称", "总投资", "1月", "2月"], ["甲项目", 100, 1, "/"]
    ).records[0].get("months") == {"2025-01": "1", "2025-02": None}


def test_a_bare_phone_column_belongs_to_the_person_on_its_left():
    paths = {1: ["项目名称"], 2: ["责任人"], 3: ["联系电话"], 4: ["企业联系人"], 5: ["联系电话"]}
    assert [field for field, _ in assign_fields("projects", paths, None).values()].count("officer_phone") == 1
    assert assign_fields("projects", paths, None)[5] == ("phone", None)


def test_what_is_no_field_is_left_unmapped():
    ledger = read_rows(
        [*PLAIN, "是否入统", "内外资", "资金到位率", "本年完成投资"], [1, "甲项目", "甲公司", 5, "是", "内资", "5%", 3]
    )
    assert list(fields(ledger).values())[4:] == [None, None, None, None]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_title_of_a_kinds_keys_announces_it(kind):
    for field in FIELDS[kind]:
        if field.name in KEYS[kind]:
            assert assign_fields(kind, {1: [field.titles[0]]}, None) == {1: (field.name, None)}


ROWS_OF = {
    "projects": (
        ["某县重点项目台账"],
        ["序号", "项目名称", "建设内容", "总投资（万元）", "项目阶段"],
        [1, "甲", "乙", 5, "在建"],
    ),
    "funds": (
        ["某县到位资金月报"],
        ["序号", "项目名称", "总投资（万元）", "本月到位（万元）", "完成率"],
        [1, "甲", 5, 1, 0.5],
    ),
    "trips": (["外出招商台账"], ["序号", "外出时间", "目的地", "带队领导", "人数"], [1, "2025.1.2", "某市", "甲某", 3]),
    "receptions": (
        ["接待台账"],
        ["序号", "来访时间", "来访单位", "主宾及职务", "人数"],
        [1, "2025.1.2", "某公司", "甲某", 3],
    ),
    "issues": (
        ["要素保障问题清单"],
        ["序号", "项目名称", "要素类别", "具体问题", "销号情况"],
        [1, "甲", "用地", "未批", "已销号"],
    ),
    "leads": (
        ["线索登记表"],
        ["序号", "线索来源", "拟投企业", "投资企业", "拟投项目", "首报单位"],
        [1, "商会推荐", "某公司", "某集团", "某项目", "某局"],
    ),
}


@pytest.mark.parametrize("kind", sorted(ROWS_OF))
def test_each_kind_is_recognised(kind):
    ledger = read_rows(*ROWS_OF[kind])
    assert (ledger.kind, answer(ledger)["role"], len(ledger.records)) == (kind, "ledger", 1)


def test_sheets_play_their_parts():
    data = xlsx(
        SheetPlan([PLAIN, [1, "甲项目", "甲公司", 5]], name="台账"),
        SheetPlan([["填表说明"], ["1.按月填报。"]], name="说明"),
        SheetPlan([["责任单位", "项目个数", "总投资"], ["某局", 3, 50]], name="汇总"),
        SheetPlan([["阶段", "性质"], ["在谈", "新建"]], name="下拉选项"),
        SheetPlan([], name="Sheet2"),
        SheetPlan([PLAIN, [1, "乙项目", "乙公司", 6]], name="旧表", hidden=True),
    )
    recognition = recognise(read_workbook(data, "a.xlsx"))
    assert [(sheet.role, sheet.header_rows) for sheet in recognition.sheets[:5]] == [
        ("ledger", (1, 1)),
        ("notes", None),
        ("summary", None),
        ("dictionary", None),
        ("empty", None),
    ]
    assert (recognition.sheets[5].hidden, recognition.sheets[5].header_rows) == (True, None)


def test_every_row_has_its_class():
    ledger = read_rows(
        ["附件1"],
        ["某县2025年项目台账"],
        None or [],
        ["填报单位：某局  单位：万元"],
        ["序号", "项目名称", "投资方", "总投资", "备注"],
        ["甲", "乙", 1, 2, "3=1+2"],
        ["合计", None, None, 60],
        ["示例", "某某项目", "某公司", 1, None],
        ["一、续建项目"],
        [1, "甲项目", "甲公司", 10, None],
        [],
        ["小  计", None, None, 10],
        ["二", "新建项目（2个）", None, 50],
        [1, "乙项目", "乙公司", 20, None],
        ["序号", "项目名称", "投资方", "总投资", "备注"],
        [2, "丙项目", "丙公司", 30, "合计含税"],
        ["注：数据为初步统计。"],
        ["2.以批复为准。"],
        ["审核人：某", None, "填报人：某"],
    )
    assert skipped(ledger) == {
        1: "title", 2: "title", 3: "blank", 4: "title", 6: "column_numbers", 7: "total", 8: "example", 9: "section", 11: "blank", 12: "subtotal", 13: "subtotal",
        15: "header", 17: "note", 18: "note", 19: "footer",
    }  # fmt: skip
    assert [found.row for found in ledger.records] == [10, 14, 16]


def test_a_sum_before_the_grand_total_is_a_parts():
    ledger = read_rows(
        PLAIN,
        [1, "甲", "a", 1],
        ["合计", None, None, 1],
        [2, "乙", "b", 2],
        ["合计", None, None, 2],
        ["总计", None, None, 3],
    )
    assert skipped(ledger) == {3: "subtotal", 5: "subtotal", 6: "total"}


def test_numbered_lines_without_anything_else_are_blank():
    assert skipped(read_rows(PLAIN, [1, "甲", "a", 1], [2], [3])) == {3: "blank", 4: "blank"}


@pytest.mark.parametrize(
    ("title", "line", "context"),
    [
        (
            "2025年3月到位资金月报",
            "填报单位（盖章）：某局    填报时间：2025年3月25日    单位：万元",
            {"reporting_unit": "某局", "reported_on": "2025-03-25", "period": "2025-03"},
        ),
        (
            "2025年1—3月到位资金月报",
            "填报部门：某某委员会  截至2025.3.31",
            {"reporting_unit": "某某委员会", "reported_on": "2025-03-31", "period": "2025-03"},
        ),
        ("到位资金月报", "制表日期：2025/4/2", {"reported_on": "2025-04-02"}),
    ],
)
def test_lines_around_the_table_declare_the_context(title, line, context):
    assert answer(read_rows([title], [line], [*PLAIN, "本月到位"], [1, "甲", "a", 1, 2]))["context"] == context


def test_a_sheets_name_tells_the_month_where_the_title_does_not():
    assert answer(read_rows(["2025年到位资金月报"], [*PLAIN, "本月到位"], [1, "甲", "a", 1, 2], name="二月"))[
        "context"
    ] == {"period": "2025-02"}
