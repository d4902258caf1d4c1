"""Targets, results and groups of projects."""

from decimal import Decimal

import pytest

from yinfeng.intake.extraction import extract


def figures(found):
    return [(f.metric, f.op, f.value, f.unit) for f in found]


def test_a_floor_on_money_and_a_count_of_big_projects_are_three_targets():
    found = extract("2026年，签约金额40亿元以上，其中10亿元以上项目不少于3个，全年完成到位资金18亿元。")
    assert figures(found.targets) == [
        ("签约金额", "≥", Decimal(400000), "万元"),
        ("10亿元以上项目数", "≥", Decimal(3), "个"),
        ("到位资金", "=", Decimal(180000), "万元"),
    ]
    assert found.targets[1].project_threshold_wan == Decimal(100000)
    assert found.results == ()


def test_investment_after_a_count_of_big_projects_is_theirs():
    (_, done) = extract("年内实施亿元以上项目不少于70个，完成投资170亿元以上。").targets
    assert (done.metric, done.value, done.project_threshold_wan) == (
        "亿元以上项目完成投资",
        Decimal(1700000),
        Decimal(10000),
    )


def test_growth_listed_item_by_item_keeps_each_scope():
    found = extract("力争农牧业招商引资项目到位资金同比增长5%、制造业招商引资项目到位资金同比增长20%。")
    assert [(f.scope, f.op, f.value, f.unit) for f in found.targets] == [
        ("农牧业", "增长", Decimal(5), "%"),
        ("制造业", "增长", Decimal(20), "%"),
    ]


def test_money_told_in_turn():
    found = extract("全县签约金额、到位资金力争分别达到60亿元、20亿元。")
    assert figures(found.targets) == [
        ("签约金额", "=", Decimal(600000), "万元"),
        ("到位资金", "=", Decimal(200000), "万元"),
    ]


@pytest.mark.parametrize(
    ("text", "is_target"),
    [
        ("1至9月，全市累计完成招商引资到位资金120.02亿元。", False),
        ("力争全年完成招商引资到位资金120.02亿元。", True),
        ("一、2025年工作回顾\n完成招商引资到位资金120.02亿元，项目规模创近年来最好水平。", False),
        ("二、2026年重点工作\n完成招商引资到位资金120.02亿元，持续扩大有效投资规模。", True),
    ],
)
def test_what_was_reached_is_a_result_and_what_is_wanted_a_target(text, is_target):
    found = extract(text)
    wanted, reached = figures(found.targets), figures(found.results)
    assert (wanted if is_target else reached) == [("到位资金", "=", Decimal(1200200), "万元")]
    assert (reached if is_target else wanted) == []


def test_efforts_of_promotion_are_counted():
    text = "今年以来，先后赴浙江等地开展招商考察36次，接待客商130余家，开展重点客商会见活动8批次。"
    assert [(f.value, f.unit, f.op) for f in extract(text).results] == [
        (Decimal(36), "次", "="),
        (Decimal(130), "家", "≈"),
        (Decimal(8), "批次", "="),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "争取中央预算、专项债项目34项、到位资金9.76亿元。",
        "追回拖欠工资3900余万元。",
        "签订总投资30亿元的低空经济产业园项目投资协议。",
        "宁川化工5万吨纯碱项目累计完成投资3.8亿元。",
        "接待游客近3万人次，开展招商洽谈签约宣传。",
    ],
)
def test_state_funds_and_the_money_of_one_project_are_no_figures_of_promotion(text):
    found = extract(text)
    assert (found.targets, found.results) == ((), ())


@pytest.mark.parametrize(
    ("text", "count", "wan", "stage"),
    [
        ("现场共有7个项目签约，合同金额达3.4亿元。", 7, 34000, "签约"),
        ("本次集中开工项目32个，总投资186.5亿元。", 32, 1865000, "开工建设"),
        ("赴浙江考察对接洽谈项目57个。", 57, None, "对接洽谈"),
        ("其中，产业项目二十一个、总投资128亿元。", 21, 1280000, "推进中(未明)"),
    ],
)
def test_a_group_has_its_count_and_its_own_sum(text, count, wan, stage):
    found = [(g.count, g.amount_wan, g.stage.value) for g in extract(text).project_groups]
    assert found == [(count, None if wan is None else Decimal(wan), stage)]


@pytest.mark.parametrize("text", ["力争签约项目80个。", "实施老旧小区改造项目56个。", "亿元以上项目不少于5个。"])
def test_wanted_counts_and_public_works_are_no_groups(text):
    assert extract(text).project_groups == ()
