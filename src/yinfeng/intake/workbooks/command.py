"""``yinfeng workbook FILE``: read one workbook and print what a clerk would enter."""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from yinfeng.intake.workbooks.errors import UnreadableWorkbook
from yinfeng.intake.workbooks.fields import KINDS, message_zh
from yinfeng.intake.workbooks.kinds import recognise
from yinfeng.intake.workbooks.ledger import Ledger, LedgerSheet
from yinfeng.intake.workbooks.reading import read_workbook
from yinfeng.intake.workbooks.records import read_records

ROLES = {"ledger": "台账", "notes": "填表说明", "summary": "汇总表", "dictionary": "下拉选项", "empty": "空表"}
_FAILED = 2


def main(argv: list[str]) -> int:
    """Read the file named on the command line; 0 when it could be read."""
    parser = argparse.ArgumentParser(prog="yinfeng workbook", description="读取台账：.xlsx、.xls、.csv")
    parser.add_argument("file", type=Path, help="台账文件")
    parser.add_argument("--json", action="store_true", help="按答案文件的格式输出 JSON")
    said = parser.parse_args(argv)
    path: Path = said.file
    try:
        workbook = read_workbook(path.read_bytes(), path.name)
        ledger = read_records(workbook, recognise(workbook))
    except OSError as error:
        return _fail(path.name, "missing", f"无法打开文件：{error.strerror}", as_json=said.json)
    except UnreadableWorkbook as error:
        return _fail(path.name, error.code, error.message_zh, as_json=said.json)
    print(json.dumps(ledger.as_json(), ensure_ascii=False, indent=1) if said.json else summary(ledger))
    return 0


def _fail(name: str, code: str, message: str, *, as_json: bool) -> int:
    print(f"{name}：{message}", file=sys.stderr)
    if as_json:
        print(
            json.dumps(
                {"file": name, "kind": None, "error": code, "message": message, "sheets": []}, ensure_ascii=False
            )
        )
    return _FAILED


def summary(ledger: Ledger) -> str:
    """What was read, in a few lines for a person."""
    lines = [f"{ledger.file}：{KINDS.get(ledger.kind or '', '未识别的表格')}，共读出 {len(ledger.records)} 条记录"]
    for sheet in ledger.sheets:
        lines += _sheet_lines(sheet)
    return "\n".join(lines)


def _sheet_lines(sheet: LedgerSheet) -> list[str]:
    hidden = "（隐藏）" if sheet.hidden else ""
    if sheet.header_rows is None:
        return [f"· {sheet.name}{hidden}：{ROLES.get(sheet.role, sheet.role)}，未读取"]
    mapped = sum(column.field is not None for column in sheet.columns)
    lines = [
        f"· {sheet.name}{hidden}：表头第 {sheet.header_rows[0]}–{sheet.header_rows[1]} 行，识别 {mapped}/{len(sheet.columns)} 列，{len(sheet.records)} 条记录"
    ]
    counts = Counter(problem.code for record in sheet.records for problem in record.problems)
    lines += [f"    {message_zh(code)}：{count} 处" for code, count in counts.most_common()]
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
