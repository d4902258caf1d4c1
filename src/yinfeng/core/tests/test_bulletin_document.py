"""Bulletins as Word documents: the default template, what it leaves out, and templates that cannot be filled."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm

from yinfeng.core.documents.bulletin import BulletinContext, default_bulletin_template, sample_context
from yinfeng.core.documents.docx import BadTemplate, render_docx


def filled(context: BulletinContext) -> WordDocument:
    return Document(io.BytesIO(render_docx(default_bulletin_template(), context)))


def template(*paragraphs: str) -> bytes:
    document, target = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    target = io.BytesIO(template("正文"))
    with zipfile.ZipFile(target, "a") as container:
        container.writestr(name, content)
    return target.getvalue()


def test_the_default_template_prints_every_part() -> None:
    document = filled(sample_context())
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "招商引资工作领导小组办公室",
        "招商办〔2025〕10号",
        "关于2025年10月招商引资工作情况的通报",
        "各责任单位：",
        "现将10月招商引资工作情况通报如下。",
        "一、总体情况",
        "截至10月底，签约项目20个。",
        "分产业链完成情况",
        "本月变动清单",
        "新签约（1项）",
        "1．某碳酸锂项目，总投资5.00亿元。",
        "挂零情况：某单位。",
        "注：",
        "1．金额单位：亿元。",
        "指标口径：",
        "1．完成率＝累计完成÷年度目标，截取两位小数。",
        "招商引资工作领导小组办公室",
        "2025年11月5日",
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["产业链（单位）", "签约目标", "签约", "完成率", "到位目标", "到位", "完成率", "序时差"],
        ["盐湖化工", "70.00", "64.83", "92.61%", "35.00", "20.10", "57.42%", "-25.91"],
    ]


def test_empty_parts_are_left_out() -> None:
    context = sample_context()
    context["sections"], context["chain_rows"], context["changes"] = [], [], []
    context["zero_units"], context["notes"], context["definitions"] = [], [], []
    context["addressee"] = context["sentence"] = ""
    document = filled(context)
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "招商引资工作领导小组办公室",
        "招商办〔2025〕10号",
        "关于2025年10月招商引资工作情况的通报",
        "招商引资工作领导小组办公室",
        "2025年11月5日",
    ]
    assert document.tables == []


def test_the_page_follows_the_official_layout() -> None:
    section = filled(sample_context()).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round((margin or 0) / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    assert "PAGE" in section.even_page_footer.paragraphs[0]._p.xml


def test_text_is_escaped_and_cleaned() -> None:
    context = sample_context()
    context["title"] = 'A<b>&"甲"\x00{{ issuer }}'
    context["sections"] = [{"heading": "一、\x0b", "paragraphs": ["第一行\n第二行"]}]
    texts = [paragraph.text for paragraph in filled(context).paragraphs]
    assert 'A<b>&"甲"{{ issuer }}' in texts
    assert "第一行\n第二行" in texts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ nobody }}", "unknown_name"),
        ("{{ title.nothing }}", "unknown_name"),
        ("{{ title", "syntax"),
        ("{% for x in sections %}", "syntax"),
        ("{{ ''.__class__.__mro__ }}", "forbidden"),
        ("{{ 1/0 }}", "template"),
        ("{% for i in range(10000000) %}x{% endfor %}", "template"),
        ("{{ title + 1 }}", "template"),
    ],
)
def test_a_template_that_cannot_be_filled_says_what_to_mend(text: str, code: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        render_docx(template(text), sample_context())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_document"),
        (b"PK\x03\x04rubbish", "not_a_document"),
        (b"0" * 5_000_001, "too_large"),
        (with_part("word/vbaProject.bin", b"x"), "macro"),
        (with_part("word/bomb.xml", b"0" * 50_000_001), "too_large"),
        (with_part("word/extra.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "not_a_document"),
    ],
    ids=["empty", "broken", "large", "macro", "bomb", "entities"],
)
def test_files_that_are_no_template_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        render_docx(content, sample_context())
    assert caught.value.code == code
