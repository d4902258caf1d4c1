"""Task forces with all their parts."""

from decimal import Decimal

from yinfeng.intake.extraction import extract
from yinfeng.intake.extraction.model import KeyTask, Person
from yinfeng.intake.extraction.people import people_in
from yinfeng.intake.extraction.units import units_in

TWO = """青河县产业链招商专班工作方案

构建“1个主导产业、1个特色产业”招商链条。1个主导产业链，包括：装备制造产业链；1个特色产业链：现代农业产业链。

一、装备制造产业链招商专班

包联领导：包联领导：县委书记

责任领导：责任领导：县委常委、副县长

责任单位：责任单位：县工业和信息化局、县发

展和改革局

配合单位：配合单位：县自然资源局，青河经济开发区

管委会等。

链主企业：链主企业：河北宁川装备（集团）有限公司

——招商方向。强化系统思维。

——重点任务。1. 加快推进宏川智能制造产业

园项目建设。（责任单位：县工业和信息化局、青河经

济开发区管委会）

2. 对接石桥机械5万台电机项目。（责任单位：县商务局）

——工作目标。2026年，签约金额 40 亿元以上，

其中10亿元以上项目不少于2个，全年完成到位资金

18亿元以上。

二、现代农业产业链招商专班

包联领导：包联领导：县政协主席

牵头单位：牵头单位：县农业农村局

链主企业：链主企业：青河绿川乳业有限公司

——重点任务。1. 建设万头奶牛养殖基地。（责任单位：县农业农村局）

——工作目标。2026年，签约金额2亿元，到位金额1亿元以上。
"""


def test_a_block_gives_leaders_units_firms_tasks_and_targets():
    first, second = extract(TWO).task_forces
    assert (first.name, first.chain, first.kind) == ("装备制造产业链招商专班", "装备制造产业链", "主导")
    assert first.sponsors == (Person(None, "县委书记"),)
    assert first.leaders == (Person(None, "县委常委、副县长"),)
    assert first.lead_units == ("县工业和信息化局", "县发展和改革局")
    assert first.support_units == ("县自然资源局", "青河经济开发区管委会")
    assert first.chain_master_firms == ("河北宁川装备（集团）有限公司",)
    assert first.key_tasks == (
        KeyTask(1, "加快推进宏川智能制造产业园项目建设。", ("县工业和信息化局", "青河经济开发区管委会")),
        KeyTask(2, "对接石桥机械5万台电机项目。", ("县商务局",)),
    )
    assert first.targets is not None
    assert (first.targets.signed_wan, first.targets.funds_in_place_wan) == (Decimal(400000), Decimal(180000))
    assert first.targets.big_project is not None
    assert (first.targets.big_project.threshold_wan, first.targets.big_project.min_count) == (Decimal(100000), 2)
    assert (second.kind, second.lead_units, second.support_units) == ("特色", ("县农业农村局",), ())
    assert second.targets is not None
    assert (second.targets.signed_wan, second.targets.funds_in_place_wan, second.targets.big_project) == (
        Decimal(20000),
        Decimal(10000),
        None,
    )


def test_the_figures_of_a_block_carry_its_chain_as_scope():
    assert [f.scope for f in extract(TWO).targets] == ["装备制造产业链"] * 3 + ["现代农业产业链"] * 2


def test_a_chain_named_in_passing_is_no_task_force():
    assert extract("一、推行产业链专班招商\n健全招商引资工作专班运行机制，形成合力。").task_forces == ()


def test_a_name_is_told_from_a_post_by_the_printed_space_and_a_long_post_goes_on():
    assert people_in("甲 乙 县委副书记、县长\n丙丁戊 青河经济开发区\n管委会副主任") == (
        Person("甲乙", "县委副书记、县长"),
        Person("丙丁戊", "青河经济开发区管委会副主任"),
    )


def test_a_name_without_a_space_ends_where_a_post_opens():
    assert people_in("甲乙丙县委常委、副县长") == (Person("甲乙丙", "县委常委、副县长"),)


def test_units_lose_the_closing_words_and_keep_their_brackets():
    assert units_in("县农业农村局、青河农垦（集团、控股）公司，县水利局等部门。") == (
        "县农业农村局",
        "青河农垦（集团、控股）公司",
        "县水利局",
    )


def test_several_people_in_one_line_are_told_apart():
    assert people_in("甲 乙 县委常委、副县长丙丁戊 县委常委、副县长") == (
        Person("甲乙", "县委常委、副县长"),
        Person("丙丁戊", "县委常委、副县长"),
    )
    assert people_in("甲乙丙 县人大常委会党组书记、主任") == (Person("甲乙丙", "县人大常委会党组书记、主任"),)
