"""The default bulletin template in the official layout (after GB/T 9704), built so that users can edit it in Word.

Its placeholders are the keys of :class:`BulletinContext`.
"""

from __future__ import annotations

import io
from typing import Any, TypedDict

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

BODY, TITLE, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
RED = RGBColor(0xC0, 0x00, 0x00)


class Section(TypedDict):
    """One part of the text; its heading carries its own number (一、…)."""

    heading: str
    paragraphs: list[str]


class ChainRow(TypedDict):
    """One line of the table by chain or unit; every figure is already text in the unit of the bulletin."""

    name: str
    signed_target: str
    signed: str
    signed_rate: str
    funds_target: str
    funds: str
    funds_rate: str
    gap: str


class ChangeGroup(TypedDict):
    """One kind of change of the month (新签约, 新开工 …) and its lines."""

    kind: str
    lines: list[str]


class BulletinContext(TypedDict):
    """Everything the default template prints; an empty text or list leaves its part out."""

    title: str
    issuer: str
    number: str
    issued_on_text: str
    addressee: str
    sentence: str
    sections: list[Section]
    chain_rows: list[ChainRow]
    changes: list[ChangeGroup]
    zero_units: list[str]
    notes: list[str]
    definitions: list[str]


CHAIN_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("产业链（单位）", "name", 30),
    ("签约目标", "signed_target", 18),
    ("签约", "signed", 18),
    ("完成率", "signed_rate", 18),
    ("到位目标", "funds_target", 18),
    ("到位", "funds", 18),
    ("完成率", "funds_rate", 18),
    ("序时差", "gap", 18),
)
"""Heading, key and width in mm of the table by chain."""


def default_bulletin_template() -> bytes:
    """The template as a .docx: red head, number, title, text, table by chain, changes, zero list, notes, signature."""
    document = Document()
    _set_up_page(document)
    _set_up_style(document)
    _write_head(document)
    _write_body(document)
    _write_chain_table(document)
    _write_lists(document)
    _write_signature(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def sample_context() -> BulletinContext:
    """An invented bulletin that uses every part: to try a template when it is uploaded."""
    row = ChainRow(
        name="盐湖化工",
        signed_target="70.00",
        signed="64.83",
        signed_rate="92.61%",
        funds_target="35.00",
        funds="20.10",
        funds_rate="57.42%",
        gap="-25.91",
    )
    return BulletinContext(
        title="关于2025年10月招商引资工作情况的通报",
        issuer="招商引资工作领导小组办公室",
        number="招商办〔2025〕10号",
        issued_on_text="2025年11月5日",
        addressee="各责任单位：",
        sentence="现将10月招商引资工作情况通报如下。",
        sections=[Section(heading="一、总体情况", paragraphs=["截至10月底，签约项目20个。"])],
        chain_rows=[row],
        changes=[ChangeGroup(kind="新签约", lines=["某碳酸锂项目，总投资5.00亿元。"])],
        zero_units=["某单位"],
        notes=["金额单位：亿元。"],
        definitions=["完成率＝累计完成÷年度目标，截取两位小数。"],
    )


def _set_up_page(document: WordDocument) -> None:
    """A4 with the margins of the standard, 22 lines to the page, page numbers at the outer edge."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")  # 225 mm of text in 22 lines, in twentieths of a point
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], ALIGN.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)


def _page_number(paragraph: Paragraph, side: ALIGN) -> None:
    """— 1 — in 四号 宋体, one character in from the edge."""
    paragraph.alignment = side
    paragraph.paragraph_format.right_indent = paragraph.paragraph_format.left_indent = SIZE_4
    _run(paragraph, "— ", "宋体", SIZE_4)
    run = _run(paragraph, "", "宋体", SIZE_4)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run._r.append(_field_part(kind, text))
    _run(paragraph, " —", "宋体", SIZE_4)


def _field_part(kind: str, text: str) -> Any:
    """One piece of a Word field."""
    if kind in {"", "text"}:
        part = OxmlElement("w:t" if kind else "w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _set_up_style(document: WordDocument) -> None:
    """The Normal style: 仿宋 三号, 29 points of line, no space around paragraphs."""
    style = document.styles["Normal"]
    if not isinstance(style, ParagraphStyle):
        raise TypeError("Normal is a paragraph style")
    style.font.name, style.font.size = BODY, SIZE_3
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    shape = style.paragraph_format
    shape.line_spacing, shape.space_before, shape.space_after = Pt(28.95), Pt(0), Pt(0)
    shape.alignment = ALIGN.JUSTIFY
    document.core_properties.author = document.core_properties.comments = ""


def _run(paragraph: Paragraph, text: str, font: str = BODY, size: Pt = SIZE_3, color: RGBColor | None = None) -> Any:
    """A run whose Chinese and Latin letters use the font."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, size
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color
    return run


def _paragraph(
    document: WordDocument,
    text: str,
    *,
    font: str = BODY,
    size: Pt = SIZE_3,
    align: ALIGN | None = None,
    indent: int = 2,
) -> Paragraph:
    """A paragraph with its first line so many characters in."""
    paragraph = document.add_paragraph()
    _run(paragraph, text, font, size)
    if align is not None:
        paragraph.alignment = align
    if indent:
        _indent(paragraph, "w:firstLine", indent)
    return paragraph


def _indent(paragraph: Paragraph, side: str, characters: int) -> None:
    """Indent by characters, as Word counts them, so that it follows the font size; other programs take the points."""
    element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    element.set(qn(f"{side}Chars"), str(characters * 100))
    element.set(qn(side), str(characters * 16 * 20))


def _control(document: WordDocument, tag: str) -> None:
    """A paragraph that only steers the loop around it and vanishes from the result."""
    document.add_paragraph(f"{{%p {tag} %}}")


def _write_head(document: WordDocument) -> None:
    """Issuer in red, number, red line, title, addressee."""
    head = document.add_paragraph()
    head.alignment = ALIGN.CENTER
    head.paragraph_format.line_spacing = Pt(50)
    _run(head, "{{ issuer }}", TITLE, Pt(36), RED)
    _paragraph(document, "", indent=0)
    number = _paragraph(document, "{{ number }}", align=ALIGN.CENTER, indent=0)
    _bottom_line(number)
    _paragraph(document, "", indent=0)
    title = _paragraph(document, "{{ title }}", font=TITLE, size=SIZE_2, align=ALIGN.CENTER, indent=0)
    title.paragraph_format.line_spacing = Pt(33)
    _paragraph(document, "", indent=0)
    _control(document, "if addressee")
    _paragraph(document, "{{ addressee }}", indent=0)
    _control(document, "endif")


def _bottom_line(paragraph: Paragraph) -> None:
    """The red line below the number."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "C00000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _write_body(document: WordDocument) -> None:
    """The opening sentence and the sections."""
    _control(document, "if sentence")
    _paragraph(document, "{{ sentence }}")
    _control(document, "endif")
    _control(document, "for section in sections")
    _paragraph(document, "{{ section.heading }}", font=HEADING)
    _control(document, "for paragraph in section.paragraphs")
    _paragraph(document, "{{ paragraph }}")
    _control(document, "endfor")
    _control(document, "endfor")


def _write_chain_table(document: WordDocument) -> None:
    """Signed amount and funds in place of every chain against its target."""
    _control(document, "if chain_rows")
    _paragraph(document, "分产业链完成情况", font=HEADING, align=ALIGN.CENTER, indent=0)
    table = document.add_table(rows=4, cols=len(CHAIN_COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    loop = ("{%tr for row in chain_rows %}", "{%tr endfor %}")
    for index, (heading, key, width) in enumerate(CHAIN_COLUMNS):
        cells = [table.cell(row, index) for row in range(4)]
        _fill(cells[0], heading, HEADING, ALIGN.CENTER)
        _fill(cells[2], f"{{{{ row.{key} }}}}", BODY, ALIGN.LEFT if index == 0 else ALIGN.RIGHT)
        for cell in cells:
            cell.width = Mm(width)
    table.cell(1, 0).text, table.cell(3, 0).text = loop
    _repeat_heading(table.rows[0]._tr)
    _control(document, "endif")


def _fill(cell: _Cell, text: str, font: str, align: ALIGN) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.line_spacing = Pt(18)
    _run(paragraph, text, font, SIZE_5)


def _repeat_heading(row: Any) -> None:
    """Repeat the heading row where the table runs over a page."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _write_lists(document: WordDocument) -> None:
    """Changes of the month by kind, the units with nothing, notes and definitions."""
    _control(document, "if changes")
    _paragraph(document, "本月变动清单", font=HEADING)
    _control(document, "for group in changes")
    _paragraph(document, "{{ group.kind }}（{{ group.lines|length }}项）", font="楷体_GB2312")
    _control(document, "for line in group.lines")
    _paragraph(document, "{{ loop.index }}．{{ line }}")
    _control(document, "endfor")
    _control(document, "endfor")
    _control(document, "endif")
    _control(document, "if zero_units")
    _paragraph(document, "挂零情况：{{ zero_units|join('；') }}。")
    _control(document, "endif")
    _small_list(document, "notes", "注")
    _small_list(document, "definitions", "指标口径")


def _small_list(document: WordDocument, name: str, heading: str) -> None:
    """A list in small print that is left out when it is empty."""
    _control(document, f"if {name}")
    _paragraph(document, f"{heading}：", font=HEADING, size=SIZE_4)
    _control(document, f"for line in {name}")
    _paragraph(document, "{{ loop.index }}．{{ line }}", size=SIZE_4)
    _control(document, "endfor")
    _control(document, "endif")


def _write_signature(document: WordDocument) -> None:
    """Issuer and date, right of the page, four characters in."""
    _paragraph(document, "", indent=0)
    for text in ("{{ issuer }}", "{{ issued_on_text }}"):
        paragraph = _paragraph(document, text, align=ALIGN.RIGHT, indent=0)
        paragraph.paragraph_format.keep_together = True
        _indent(paragraph, "w:right", 4)
