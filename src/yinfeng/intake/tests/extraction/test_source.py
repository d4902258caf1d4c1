"""The three texts of a document: original, condensed, reading."""

import pytest

from yinfeng.intake.extraction import extract
from yinfeng.intake.extraction.source import condense, read


def test_the_condensed_text_keeps_the_way_back():
    assert condense("甲 乙\n丙") == ("甲乙丙", (0, 2, 4))


def test_a_hard_wrapped_sentence_is_read_as_one():
    text = "加快推进宁川能源三十万千瓦光伏电\n\n站项目建设，力争年内并网发电，为全市\n\n经济发展注入动力。"
    assert (
        read(text).reading == "加快推进宁川能源三十万千瓦光伏电站项目建设，力争年内并网发电，为全市经济发展注入动力。"
    )


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("强化招商顶层设计。强化招商顶层设计。坚持规划先行。", "强化招商顶层设计。坚持规划先行。"),
        ("责任单位：责任单位：县商务局", "责任单位：县商务局"),
        ("一是一是抓项目。", "一是抓项目。"),
        ("二二是是抓项目。", "二是抓项目。"),
    ],
)
def test_what_the_page_prints_twice_in_bold_is_read_once(printed, meant):
    assert read(printed).reading == meant


def test_running_headers_and_page_numbers_inside_a_sentence_are_passed_over():
    page = "青河县人民政府政务公开信息\n\n{}\n\n-- {}\n\n\n\n"
    first = "加快推进宁川能源三十万千瓦光伏电站项目建设，确保年内并\n\n网发电，同步推进石桥机械年产五千台农机项"
    second = "目落地，持续扩大有效投资，确保全年任务圆满完成。"
    source = read(page.format(first, 1) + page.format(second, 2))
    assert "农机项目落地" in source.reading
    assert "政务公开信息" not in source.reading


def test_half_and_full_width_marks_are_read_alike_and_thousands_keep_their_comma():
    assert (
        read("总投资12,000万元,年内开工(一期);占地３００亩.").reading
        == "总投资12,000万元，年内开工（一期）；占地300亩."
    )


def test_every_quotation_is_an_exact_substring_and_leads_back_to_the_original():
    text = "加快推进宁川能源30万千瓦光伏 电\n站项目建设。完成签约 60 亿元以\n上，到位资金20亿元以上，力争实现。"
    condensed = "".join(text.split())
    found = extract(text)
    assert len(found.projects) == 1
    assert len(found.targets) == 2
    for quotation in (*found.projects, *found.targets):
        assert condensed[quotation.start : quotation.end] == quotation.evidence
        start, end = found.original_span(quotation.start, quotation.end)
        assert "".join(text[start:end].split()) == quotation.evidence
    start, end = found.projects[0].mentions[0]
    assert text[slice(*found.original_span(start, end))] == "宁川能源30万千瓦光伏 电\n站"


def test_a_span_outside_the_text_is_an_error():
    found = extract("甲乙")
    assert found.original_span(2, 2) == (2, 2)
    with pytest.raises(ValueError, match="outside"):
        found.original_span(0, 3)
