import pytest

from yinfeng.intake.workbooks.cells.codes import has_right_check, read_phone, read_uscc
from yinfeng.intake.workbooks.cells.enums import factor_values, word_value
from yinfeng.intake.workbooks.cells.people import province, split_phone, split_post, split_province
from yinfeng.intake.workbooks.cells.text import is_placeholder, looks_like_formula, without_marks
from yinfeng.intake.workbooks.words import WORDS


@pytest.mark.parametrize(
    ("text", "person", "phone"),
    [
        ("甲某 13800000001", "甲某", "13800000001"),
        ("甲某（电话：138 0000 0001）", "甲某", "13800000001"),
        ("甲某13800000001；乙某13800000002", "甲某、乙某", "13800000001、13800000002"),
        ("甲某 0931-0000001", "甲某", "0931-0000001"),
        ("甲某", "甲某", None),
    ],
)
def test_person_and_phone_are_taken_apart(text, person, phone):
    assert split_phone(text) == (person, phone, [])


def test_broken_digits_behind_a_person_are_told():
    assert split_phone("甲某 138000000") == ("甲某", "138000000", ["bad_phone"])


@pytest.mark.parametrize(
    ("text", "person", "post"),
    [
        ("甲某（县委常委、副县长）", "甲某", "县委常委、副县长"),
        ("副县长 甲某", "甲某", "副县长"),
        ("县长甲某", "甲某", "县长"),
        ("甲某县长", "甲某", "县长"),
        ("甲某（县长）、乙某（局长）", "甲某、乙某", "县长、局长"),
        ("党组书记、局长 甲某", "甲某", "党组书记、局长"),
        ("甲某某", "甲某某", None),
    ],
)
def test_leader_and_post_are_taken_apart(text, person, post):
    assert split_post(text) == (person, post)


def test_only_a_province_is_taken_out_of_an_investors_brackets():
    assert split_province("某某材料(云南省)") == ("某某材料", "云南")
    assert split_province("某某材料（集团）") == ("某某材料（集团）", None)


@pytest.mark.parametrize(
    ("text", "short"), [("浙江省", "浙江"), ("内蒙古自治区", "内蒙古"), ("四川省成都市", "四川"), ("德国", "德国")]
)
def test_a_province_has_a_short_name(text, short):
    assert province(text) == short


@pytest.mark.parametrize(
    ("text", "phone", "problems"),
    [
        ("+86 138-0000-0001", "13800000001", []),
        ("13800000001/0931-0000001", "13800000001、0931-0000001", []),
        ("１３８００００００００１", "138000000001", ["bad_phone"]),
        ("1.38E+10", None, ["bad_phone"]),
        ("请拨总机", None, ["bad_phone"]),
    ],
)
def test_a_phone_is_digits(text, phone, problems):
    assert read_phone(text) == (phone, problems)


def test_a_credit_code_is_checked_and_kept():
    assert has_right_check("91530100MA6N0XTB2E")
    assert read_uscc(" 91530100ma6n0xtb2e ") == ("91530100MA6N0XTB2E", [])
    assert read_uscc("91530100MA6N0XTB2Z") == ("91530100MA6N0XTB2Z", ["bad_uscc"])
    assert read_uscc("91530100MA6N") == ("91530100MA6N", ["bad_uscc"])
    assert read_uscc("9.16328E+17") == (None, ["bad_uscc"])


@pytest.mark.parametrize("enumeration", sorted(WORDS))
def test_every_word_of_an_enumeration_has_its_value(enumeration):
    for value, words in WORDS[enumeration].items():
        for word in words:
            assert word_value(word, enumeration) == value


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("已开工（主体施工）", "construction"),
        ("签约未开工", "signed"),
        ("落地（办理前期手续）", "land"),
        ("未开工", None),
        ("计划2025年开工", None),
        ("推进缓慢", None),
    ],
)
def test_the_word_decides_a_stage_unless_it_is_denied(text, stage):
    assert word_value(text, "stage") == stage


def test_a_cell_may_name_several_factors():
    assert factor_values("用地、用电") == (["land", "power"], False)
    assert factor_values("水/气") == (["water", "gas"], False)
    assert factor_values("用地、人才") == (["land"], True)


@pytest.mark.parametrize("text", ["/", "\\", "-", "—", "——", "…", "无", "暂无", "待定", "未定", "N/A", "ｎ／ａ", " / "])
def test_placeholders_mean_nothing(text):
    assert is_placeholder(text)


def test_formula_like_text_is_known_from_numbers():
    assert [
        text for text in ("=1+A1", "+abc", "-cmd", "@sum", "-50", "+86 138", "-1,200.5万元") if looks_like_formula(text)
    ] == ["=1+A1", "+abc", "-cmd", "@sum"]


def test_marks_at_the_ends_of_a_name_are_dropped():
    assert without_marks("★某某*项目※") == "某某*项目"


def test_brackets_inside_a_firms_name_stay():
    assert split_province("某某（贵州）云计算有限公司") == ("某某（贵州）云计算有限公司", None)
