"""Which projects a sentence names, under which names, in which stage, with which money."""

from decimal import Decimal

import pytest

from yinfeng.intake.extraction import Lexicon, extract


def names(text):
    return [project.name for project in extract(text).projects]


def only(text):
    (project,) = extract(text).projects
    return project


def test_a_shared_verb_and_a_shared_word_belong_to_every_item_of_a_list():
    found = extract("推动宁川能源30万千瓦光伏、石桥化工5万吨纯碱、云台镁业高纯氧化镁等项目落地。").projects
    assert [(p.name, p.enterprise, p.stage.value) for p in found] == [
        ("宁川能源30万千瓦光伏项目", "宁川能源", "落地推进"),
        ("石桥化工5万吨纯碱项目", "石桥化工", "落地推进"),
        ("云台镁业高纯氧化镁项目", "云台镁业", "落地推进"),
    ]
    assert [(p.capacity.value, p.capacity.unit) if p.capacity else None for p in found] == [
        (Decimal(30), "万千瓦"),
        (Decimal(5), "万吨"),
        None,
    ]


def test_a_head_noun_that_stands_once_belongs_to_the_bare_places_before_it():
    assert names("深入开展青石岭、东川台、望水基地项目前期论证。") == [
        "青石岭基地项目",
        "东川台基地项目",
        "望水基地项目",
    ]
    assert names("将莲花湖景区、石鼓文化公园、云门“天空之镜”等景区作为重点项目持续开展招商。") == [
        "莲花湖景区项目",
        "石鼓文化公园项目",
        "云门“天空之镜”景区项目",
    ]


def test_a_comma_that_stands_for_a_list_mark_does_not_break_the_list():
    assert names("积极对接华宁宏图石墨负极材料，江川电子碳化硅、北山集团电解铜等重点意向项目，争取取得进展。") == [
        "华宁宏图石墨负极材料项目",
        "江川电子碳化硅项目",
        "北山集团电解铜项目",
    ]


def test_two_firms_before_one_product_invest_together():
    found = only("推进华川大学、北原建设集团绿氢-绿氨-合成氨一体化项目。")
    assert (found.name, found.enterprise) == (
        "华川大学、北原建设集团绿氢-绿氨-合成氨一体化项目",
        "华川大学、北原建设集团",
    )


@pytest.mark.parametrize(
    "text",
    [
        "推进碳捕捉回收、粉煤灰综合利用等领域项目落地。",
        "规划布局储能电池制造、正负极材料、特种隔膜、电解液等项目建设。",
        "再梳理申报一批工业技改、清洁能源、商贸物流等重大项目。",
        "实施市政基础设施补短板项目70个。",
        "实施好农村道路、灌渠改造等衔接资金项目。",
        "推进老旧小区改造、雨污分流等项目。",
        "健全市级重大项目推进机制和招商项目闭环管理机制。",
        "推动项目早签约、早落地、早开工。",
        "加强招商引资项目储备、信息汇集和项目洽谈工作。",
        "对投资规模大、带动作用强的招商引资项目给予支持。",
        "3.“东线通道”工程：指某电网规划建设的联络通道工程。",
        "扎实推进“三北”工程。",
    ],
)
def test_kinds_of_works_public_services_and_ways_of_working_are_no_projects(text):
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("宁川化工5万吨纯碱项目已建成投产。", "建成投产"),
        ("力促宁川化工5万吨纯碱项目年内投产。", "开工建设"),
        ("年内建成宁川化工5万吨纯碱项目。", "开工建设"),
        ("力争宁川化工5万吨纯碱项目早日达产。", "建成投产"),
        ("宁川化工5万吨纯碱项目正式开工。", "开工建设"),
        ("力争宁川化工5万吨纯碱项目年内开工。", "落地推进"),
        ("宁川化工5万吨纯碱项目已复工建设。", "复工"),
        ("推动宁川化工5万吨纯碱项目落地。", "落地推进"),
        ("与客商签订宁川化工5万吨纯碱项目投资协议。", "签约"),
        ("加大宁川化工5万吨纯碱等意向项目对接力度。", "意向"),
        ("积极对接洽谈宁川化工5万吨纯碱项目。", "对接洽谈"),
        ("开展宁川化工5万吨纯碱项目前期工作。", "储备/谋划"),
        ("加快宁川化工5万吨纯碱项目建设进度。", "开工建设"),
        ("推进宁川化工5万吨纯碱项目。", "推进中(未明)"),
    ],
)
def test_the_stage_is_the_state_today_and_not_the_goal(text, stage):
    assert only(text).stage.value == stage


def test_a_heading_that_looks_ahead_makes_completion_a_goal_and_one_that_looks_back_a_fact():
    body = "建成宁川化工5万吨纯碱项目，持续提升产业支撑能力。"
    assert only(f"二、2026年重点工作\n{body}").stage.value == "开工建设"
    assert only(f"一、2025年工作回顾\n{body}").stage.value == "建成投产"


def test_the_words_after_the_name_count_even_behind_attributes():
    found = only("由江西宁川新材料有限公司投资建设的年产5万吨碳酸锂项目总投资25亿元，占地320亩，计划于年底前建成投产。")
    assert (found.name, found.enterprise, found.amount_wan, found.stage.value) == (
        "年产5万吨碳酸锂项目",
        "江西宁川新材料有限公司",
        Decimal(250000),
        "开工建设",
    )


def test_priced_items_keep_their_own_money():
    found = extract("我市成功引进投资8.6亿元的万川冷链物流园项目和投资5.2亿元的绿川环保废旧电池回收利用项目。").projects
    assert [(p.name, p.amount_wan) for p in found] == [
        ("万川冷链物流园项目", Decimal(86000)),
        ("绿川环保废旧电池回收利用项目", Decimal(52000)),
    ]


def test_money_told_in_turn_goes_to_each_project_in_turn():
    found = extract("宁川化工5万吨纯碱项目、石桥机械智能农机项目开工建设，总投资分别为5亿元、1.2亿元。").projects
    assert [(p.name, p.amount_wan) for p in found] == [
        ("宁川化工5万吨纯碱项目", Decimal(50000)),
        ("石桥机械智能农机项目", Decimal(12000)),
    ]


def test_the_money_of_a_group_belongs_to_no_single_project():
    found = extract("会上，恒川智造20GWh储能电池、安川医药中药饮片加工等8个项目集中签约，总金额67.8亿元。")
    assert [(p.name, p.amount_wan) for p in found.projects] == [
        ("恒川智造20GWh储能电池项目", None),
        ("安川医药中药饮片加工项目", None),
    ]
    assert [(g.count, g.amount_wan) for g in found.project_groups] == [(8, Decimal(678000))]


def test_foreign_money_is_quoted_but_not_converted():
    found = only("总投资1.2亿美元的宁川化工5万吨纯碱项目开工。")
    assert (found.amount_wan, found.amount_raw) == (None, "1.2亿美元")


def test_one_project_under_several_names_is_one_and_stands_where_it_got_furthest():
    found = only("推动宁川5万吨纯碱项目落地。\n年内建成宁川化工5万吨纯碱项目。")
    assert (found.name, found.aliases, found.stage.value) == (
        "宁川化工5万吨纯碱项目",
        ("宁川5万吨纯碱项目",),
        "开工建设",
    )
    assert len(found.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "推动宁川化工5万吨纯碱项目落地。推动石桥化工5万吨纯碱项目落地。",
        "推动宁川化工5万吨纯碱项目落地。推动宁川化工8万吨纯碱项目落地。",
        "推动宁川矿业一期项目落地。推动宁川矿业二期项目落地。",
    ],
)
def test_another_firm_capacity_or_phase_is_another_project(text):
    assert len(names(text)) == 2


def test_of_an_apposition_only_the_name_after_the_dash_is_taken():
    text = "目前国内规划装机最大的“风光储”外送基地电源项目，也是全国首个跨省外送基地电源项目——望水青石岭基地电源项目在青河县开工。"
    assert names(text) == ["望水青石岭基地电源项目"]


def test_a_list_under_a_heading_of_a_stage_takes_that_stage():
    assert only("在建项目：宁川化工5万吨纯碱项目，总投资6.8亿元。").stage.value == "开工建设"


def test_a_voltage_tells_a_line_apart_and_is_no_capacity():
    found = extract("东川、望水750千伏输变电项目获批。").projects
    assert [(p.name, p.capacity) for p in found] == [("东川750千伏输变电项目", None), ("望水750千伏输变电项目", None)]


def test_an_office_may_add_its_own_words():
    text = "实施蜃景项目。"
    assert names(text) == []
    office = Lexicon.build({"facilities": ["灵犀阁"]})
    assert [p.name for p in extract("建设望水灵犀阁。", office).projects] == ["望水灵犀阁项目"]
    assert names("建设望水灵犀阁。") == []
    with pytest.raises(ValueError, match="no such dictionary"):
        Lexicon.build({"spells": []})


def test_the_next_sentence_tells_on_of_the_project_named_before():
    text = (
        "记者走进位于青河县的川浩绿能光热电站项目施工现场。"
        "该项目由青河川浩绿能有限公司投资建设，总投资48.6亿元，装机容量35万千瓦，项目建成后年发电量可达9亿千瓦时。"
        "目前，项目已完成总工程量的65%，预计今年10月并网发电。"
    )
    found = only(text)
    assert (found.name, found.enterprise, found.amount_wan, found.stage.value) == (
        "川浩绿能光热电站项目",
        "青河川浩绿能有限公司",
        Decimal(486000),
        "开工建设",
    )
    assert found.capacity is not None
    assert (found.capacity.value, found.capacity.unit) == (Decimal(35), "万千瓦")
    assert len(found.mentions) == 1


def test_the_company_alone_is_the_company_named_last():
    found = only("青河华锂有限公司负责人介绍，公司正在建设年产3万吨氯化锂项目，预计明年投产。")
    assert (found.name, found.enterprise, found.stage.value) == ("年产3万吨氯化锂项目", "青河华锂有限公司", "开工建设")


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("南水岭抽水蓄能电站", None),
        ("青石湖机场", None),
        ("宁川集团电解铜", "宁川集团"),
        ("浙江宁川铅储能电池制造", "浙江宁川"),
        ("云南镇雄华川贵金属金精粉精炼", "云南镇雄华川贵金属"),
        ("北部镁业氢氧化镁综合利用", "北部镁业"),
        ("江苏宁川电力智慧能源智能设备制造", "江苏宁川电力"),
        ("浩川煤化工捣固焦", "浩川煤化工"),
        ("宁川农垦（集团）有限公司牧草种植", "宁川农垦（集团）有限公司"),
        ("黑石山水库除险加固", None),
    ],
)
def test_the_firm_ends_where_the_product_or_the_site_begins(name, firm):
    found = extract(f"推动{name}、宁江化工5万吨纯碱等项目落地。").projects
    assert [p.enterprise for p in found] == [firm, "宁江化工"]


def test_an_item_that_breaks_off_at_its_capacity_shares_the_product_of_the_last():
    assert names("宁川能源50兆瓦、石桥集团200兆瓦光热发电项目开工建设。") == [
        "宁川能源50兆瓦光热发电项目",
        "石桥集团200兆瓦光热发电项目",
    ]


def test_a_list_without_the_word_project_is_read_behind_words_that_enumerate():
    assert names("一批项目投产达产：主要有宁川锂业万吨级碳酸锂、石桥碱业一期90万吨纯碱等。") == [
        "宁川锂业万吨级碳酸锂项目",
        "石桥碱业一期90万吨纯碱项目",
    ]


def test_a_park_before_a_firm_is_where_it_stands():
    found = only("青河工业园江西宁川锂业年产1万吨碳酸锂项目已复工建设。")
    assert (found.name, found.enterprise, found.stage.value) == (
        "江西宁川锂业年产1万吨碳酸锂项目",
        "江西宁川锂业",
        "复工",
    )


def test_units_in_pairs_add_up_to_one_capacity():
    found = only("加快宁川集团2×135兆瓦热电联产项目建设。")
    assert found.capacity is not None
    assert (found.capacity.value, found.capacity.unit, found.capacity.raw) == (Decimal(270), "兆瓦", "2×135兆瓦")


def test_what_a_signing_ceremony_lists_is_signed():
    text = "项目签约仪式上，共签约项目12个，包括宁川集团青河分公司压缩空气储能、石桥化工5万吨纯碱等重点项目。"
    assert [p.stage.value for p in extract(text).projects] == ["签约", "签约"]
