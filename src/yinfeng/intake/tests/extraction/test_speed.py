"""The rules stay linear on text made to hurt them."""

import time

import pytest

from yinfeng.intake.extraction import extract

HURTFUL = {
    "verbs": "推进" * 20_000,
    "places": "推进" + "在" * 20_000 + "开工",
    "digits": "1" * 50_000 + "亿元",
    "numerals": "十" * 50_000 + "亿元",
    "marks": "推进甲" + "、" * 50_000 + "等项目",
    "open quotation": "推进" + "“" * 50_000 + "项目",
    "open bracket": "推进" + "（" * 50_000 + "项目",
    "items": "推进" + "甲乙项目、" * 10_000 + "等项目",
    "joins": "甲园和" * 15_000 + "项目",
    "attributes": "投资的" * 20_000 + "项目",
    "long name": "推进" + "甲" * 50_000 + "项目开工",
    "lines": "甲乙丙\n" * 30_000,
    "respectively": "签约、到位资金分别" * 5_000,
    "thousands": "12,345," * 10_000,
}


@pytest.mark.parametrize("text", HURTFUL.values(), ids=HURTFUL)
def test_hurtful_text_is_read_in_time(text):
    began = time.perf_counter()
    extract(text)
    assert time.perf_counter() - began < 5
