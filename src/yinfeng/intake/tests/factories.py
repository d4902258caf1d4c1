"""Papers for tests: a short plan, small workbooks, and what the room made of them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from yinfeng.core.actor import Actor
from yinfeng.intake import actions
from yinfeng.intake.models import Batch, BatchRow, Candidate, SourceDocument

PLAN = """沙洲市2025年招商引资工作方案

全市招商引资工作目标：2025年完成签约金额80亿元以上，到位资金40亿元以上。

一、新能源产业链招商专班
包联领导：赵某 市长
责任领导：钱某 副市长
责任单位：市能源局
配合单位：市自然资源局、市财政局
链主企业：沙洲绿电有限公司
——重点任务。1.推进云杉能源50万千瓦光伏项目开工建设，加快百灵科技储能电池制造项目签约落地。（责任单位：市能源局）
——工作目标。2025年，签约金额50亿元以上，其中10亿元以上项目不少于2个，到位资金20亿元。

谋划储备戈壁生态旅游营地项目。
"""
HEAD = (
    "序号",
    "项目名称",
    "建设内容及规模",
    "所属产业链",
    "投资方",
    "总投资",
    "签约时间",
    "合同类型",
    "项目阶段",
    "本月到位资金",
    "责任单位",
)
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "云杉50万千瓦光伏项目", "光伏电站", "新能源", "云杉能源有限公司", "150000", "2025-01-10", "投资合同", "在建", "3000", "市能源局"),
    (2, "百灵储能电池项目", "储能电池", "新能源", "百灵科技有限公司", "5亿-6亿", "", "", "在谈", "", "市能源局"),
    (3, "戈壁枸杞加工项目", "枸杞", "", "红果农业有限公司", "8000", "", "", "签约", "", "市能源局"),
)  # fmt: skip


def workbook(
    rows: Sequence[Sequence[Any]] = ROWS,
    head: Sequence[str] = HEAD,
    *,
    total: str = "",
    title: str = "招商引资项目台账",
) -> bytes:
    """A plain project ledger: title, reporting line, one header row, rows, perhaps a total."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    sheet.append([f"沙洲市{title}"])
    sheet.append(["填报单位：市能源局", "", "", "填报时间：2025-02-25", "", "", "单位：万元"])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    if total:
        sheet.append(["合计", "", "", "", "", total])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_plan(actor: Actor, text: str = PLAN, title: str = "沙洲市2025年招商引资工作方案") -> SourceDocument:
    """The short plan, read."""
    return actions.read_document(
        actor=actor, content=text.encode(), filename="plan.txt", title=title, number="沙政办〔2025〕8号"
    )


def read_ledger(actor: Actor, content: bytes | None = None, filename: str = "台账.xlsx") -> Batch:
    """The small ledger, read."""
    return actions.read_batch(actor=actor, content=content or workbook(), filename=filename)


def candidate(document: SourceDocument, kind: str, title_part: str = "") -> Candidate:
    """The document's candidate of a kind whose title holds a text."""
    return Candidate.objects.get(document=document, kind=kind, title__contains=title_part)


def row(batch: Batch, number: int) -> BatchRow:
    """A batch's row by its line."""
    return BatchRow.objects.get(batch=batch, row=number)
