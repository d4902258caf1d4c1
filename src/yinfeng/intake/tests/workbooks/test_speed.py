import time

import pytest

from yinfeng.intake.tests.workbooks.builders import Row, SheetPlan, read, xlsx

HEAD: Row = [
    "序号", "项目名称", "建设内容及规模", "建设性质", "建设地点", "所属产业链", "投资方", "总投资（万元）", "签约时间", "建设起止年限", "项目阶段", "形象进度", "2025年计划到位资金（万元）",
    "本年累计到位资金（万元）", "存在问题", "包联领导", "责任单位", "联系人及电话", "是否入统", "备注",
]  # fmt: skip


def line(number: int) -> Row:
    return [
        number, f"第{number}号材料项目", f"年产{number}吨", "续建", f"园区{number % 30}", "新材料", f"公司{number}", f"{number}亿元", "2025.2.20", "2023.1-2025.12", "在建",
        f"完成{number % 100}%", number, f"{number:,}.5", "无", "甲某", "某局", f"乙某 138{number:08d}", "是", f"备注{number}",
    ]  # fmt: skip


@pytest.mark.slow
def test_ten_thousand_rows_of_twenty_columns_are_read_in_six_seconds():
    data = xlsx(SheetPlan([HEAD, *(line(number) for number in range(1, 10_001))]))
    start = time.process_time()
    ledger = read(data)
    assert len(ledger.records) == 10_000
    assert time.process_time() - start < 6
