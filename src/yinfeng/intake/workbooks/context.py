"""What the lines around a table declare: who reports, when, for which month, in which unit."""

import re
from dataclasses import dataclass
from datetime import datetime

from yinfeng.intake.workbooks.cells.dates import cell_date, text_date
from yinfeng.intake.workbooks.cells.text import fold, without_controls
from yinfeng.intake.workbooks.units import unit_declared
from yinfeng.intake.workbooks.workbook import Sheet

_UNIT_LABEL = re.compile(
    r"(?:填报|报送|上报|编制|制表|填表|报表|填制)(?:单位|部门)(?:名称)?\s*(?:[(（][^()（）]*[)）])?\s*[:：]\s*"
)
_UNIT_END = re.compile(
    r"\s{2,}|\u3000{2,}|\s*(?:填报|填表|制表|报送|上报|统计|编制)(?:时间|日期|人)|\s*(?:单位|联系|审核|日期|时间|截[至止])[^一-鿿]|\s*(?:联系电话|联系人|负责人|计量单位|金额单位)"
)
_DATE_LABEL = re.compile(
    r"(?:填报|填表|制表|报送|上报|统计|编制|更新|报告|数据)(?:时间|日期|截[至止]时?间?)\s*[:：]?\s*|(?:截[至止](?:时间|日期|到)?|(?<![一-鿿])(?:日期|时间))\s*[:：]?\s*"
)
_FOOTER_DATE = re.compile(r"(?:填报|填表|制表|报送|上报|编制)(?:时间|日期)\s*[:：]?\s*")
_DATE = re.compile(
    r"\s*((?:19|20|二)[\d〇零○一二三四五六七八九]{1,3}\s*[年./\-—]\s*[\d一二三四五六七八九十]{1,3}(?:\s*[月./\-—]\s*(?:[\d一二三四五六七八九十]{1,3}\s*日?)?)?(?:底|末|初)?|20\d{6}|\d{2}\.\d{1,2}\.\d{1,2})"
)
_TITLE_YEAR = re.compile(r"[^:]*?(20\d\d)年[^:]*$")
_ONLY_MONTH = re.compile(r"\(?(?:20\d\d年)?\d{1,2}月份?\)?")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ONLY_DATE = re.compile(r"[(（]?\s*((?:20\d\d)\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*[)）]?")
_SPAN = re.compile(r"(?:(20\d\d)年)?\d{1,2}月?份?[-—–~～至到](\d{1,2})月")
_MONTH = re.compile(r"(?:(20\d\d)[年.\-/]\s*)?(\d{1,2})(?:月|(?=$))")
_QUARTERS = {"一季度": 3, "1季度": 3, "上半年": 6, "二季度": 6, "三季度": 9, "前三季度": 9, "四季度": 12, "全年": 12}
_NUMERALS = {
    "十二": 12,
    "十一": 11,
    "十": 10,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_DOLLARS_FOR_FOREIGN = re.compile(r"外资[^,;，；)）]{0,4}万美元")


@dataclass(frozen=True, slots=True)
class Context:
    """Declarations of one sheet; what it does not say is None."""

    reporting_unit: str | None = None
    reported_on: str | None = None
    period: str | None = None
    unit: str | None = None
    foreign_in_dollars: bool = False
    year: int | None = None
    title: str = ""

    def as_json(self) -> dict[str, str]:
        """Only the keys the sheet gives."""
        said = {"reporting_unit": self.reporting_unit, "reported_on": self.reported_on, "period": self.period}
        return {key: value for key, value in said.items() if value}


def read_context(sheet: Sheet, header_top: int, footer_from: int) -> Context:
    """Context of a table whose header starts at a row and whose lines below begin at another."""
    above = [row for row in sorted(sheet.rows) if row < header_top]
    below = [row for row in sorted(sheet.rows) if row >= footer_from]
    title = _title(sheet, above)
    lines = [_line(sheet, row) for row in above]
    feet = [_line(sheet, row) for row in below]
    reported = _reported(sheet, above, lines, _FOOTER_DATE) or _reported(sheet, above, lines, _DATE_LABEL)
    reported = reported or _reported(sheet, below, feet, _FOOTER_DATE)
    title_year = re.search(r"(20\d\d)", fold(title)) or next(
        (found for line in lines if (found := _TITLE_YEAR.match(fold(line)))), None
    )
    year = int(reported[:4]) if reported else int(title_year.group(1)) if title_year else None
    unit = next((unit for line in reversed(lines) if (unit := unit_declared(line))), None)
    unit = unit or next((unit for line in feet if (unit := unit_declared(line))), None)
    return Context(
        reporting_unit=_reporting_unit(lines) or _reporting_unit(feet),
        reported_on=reported,
        period=_period(
            title,
            [fold(line) for line in lines if _ONLY_MONTH.fullmatch(fold(line))],
            sheet.name,
            int(title_year.group(1)) if title_year else year,
        ),
        unit=unit,
        foreign_in_dollars=any(_DOLLARS_FOR_FOREIGN.search(fold(line)) for line in lines),
        year=year,
        title=title,
    )


def _line(sheet: Sheet, row: int) -> str:
    cells = sheet.rows.get(row, {})
    return "    ".join(
        without_controls(cells[column].text)[0].replace("\n", "    ").strip() for column in sorted(cells)
    )


def _title(sheet: Sheet, above: list[int]) -> str:
    """The longest line over the table that declares nothing."""
    lines = [_BRACKETS.sub("", _line(sheet, row)) for row in above]
    titles = [line for line in lines if not re.search(r"[:：]", line) and not line.startswith(("附件", "附表"))]
    wanted = [line for line in titles if re.search(r"表|台账|清单|情况|月报|汇总|登记|计划|统计", line)]
    return max(wanted or titles or [""], key=len)


def _reporting_unit(lines: list[str]) -> str | None:
    for line in lines:
        found = _UNIT_LABEL.search(line)
        if found is None:
            continue
        rest = line[found.end() :].strip()
        end = _UNIT_END.search(rest)
        name = re.sub(r"[(（](?:盖章|公章|签章|章)[)）]", "", rest[: end.start()] if end else rest).strip(
            " \u3000,，;；"
        )
        if name:
            return name
    return None


def _reported(sheet: Sheet, rows: list[int], lines: list[str], label: re.Pattern[str]) -> str | None:
    for row, line in zip(rows, lines, strict=True):
        for found in label.finditer(line):
            date = _DATE.match(line, found.end())
            value = text_date(date.group(1), None).text if date else _date_cell(sheet, row)
            if value:
                return value
    for line in lines:
        for part in line.split("    "):
            alone = _ONLY_DATE.fullmatch(part.strip())
            if alone and (value := text_date(alone.group(1), None).text):
                return value
    return None


def _date_cell(sheet: Sheet, row: int) -> str | None:
    for cell in sheet.rows.get(row, {}).values():
        if isinstance(cell.value, datetime):
            return cell_date(cell.value, cell.number_format).text
    return None


def _period(title: str, plain: list[str], sheet_name: str, year: int | None) -> str | None:
    """Month a monthly report is about: the title's, else the sheet's name's; of a span the last."""
    for text in (fold(title), *plain, fold(sheet_name)):
        found = _month_in(text, year, bare=text == fold(sheet_name))
        if found:
            return found
    return None


def _month_in(text: str, year: int | None, *, bare: bool) -> str | None:
    own = re.search(r"(20\d\d)", text)
    if found := _SPAN.search(text):
        return _month(found.group(1) or (own and own.group(1)) or year, int(found.group(2)))
    if found := re.search(r"(20\d\d)[年.\-/](\d{1,2})月?(?![\d日./\-])", text):
        return _month(found.group(1), int(found.group(2)))
    if found := re.search(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)", text):
        return _month((own and own.group(1)) or year, int(found.group(1)))
    if bare and (found := re.fullmatch(r"(20\d\d)(0[1-9]|1[0-2])", text)):
        return _month(found.group(1), int(found.group(2)))
    if found := re.search(r"(十[一二]?|[一二三四五六七八九])月", text):
        return _month((own and own.group(1)) or year, _NUMERALS[found.group(1)])
    word = next((word for word in sorted(_QUARTERS, key=len, reverse=True) if word in text), None)
    return _month((own and own.group(1)) or year, _QUARTERS[word]) if word else None


def _month(year: str | int | None, month: int) -> str | None:
    return f"{int(year)}-{month:02d}" if year and 1 <= month <= 12 else None
