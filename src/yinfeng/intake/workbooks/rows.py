"""Tell the rows under a header apart: records, headings, sums, notes and the foot."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from yinfeng.intake.workbooks.cells.text import fold, is_placeholder
from yinfeng.intake.workbooks.columns import Column
from yinfeng.intake.workbooks.fields import KEYS
from yinfeng.intake.workbooks.headers import header_text
from yinfeng.intake.workbooks.workbook import Cell, Sheet

_COLUMN_NUMBER = re.compile(
    r"甲|乙|丙|丁|戊|己|庚|辛|壬|癸|栏次|\(?\d{1,3}\)?|\(?\d{1,3}\)?=[\d+\-*/×÷()%,]+|[①-⑳]|[a-z]|[-—]"
)
_TOTAL = re.compile(
    r"(?:(?:项目|金额|资金|本表|总投资)?合计|总计|共计|总合计|总数|合计数|全部合计|全[省市州县区旗盟]合计|累计)(?:[(:,].*|\d+[个项].*|共.*|数)?"
)
_SUBTOTAL = re.compile(
    r"(?:小计|本页(?:小计|合计)|分?项?小计)(?:[(:,].*|\d+[个项].*)?|(?!项目合计|金额合计|资金合计|本表合计|总投资合计).{1,24}(?:小计|合计)(?:\(.*\))?|其中:.{0,20}"
)
_NUMERAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:[、.,:]|部分|类|章)|\([一二三四五六七八九十]{1,3}\)[、.]?)"
)
_SEQ_NUMERAL = re.compile(
    r"第?[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)|[ivx]{1,4}[.、]?|[a-d][.、]?"
)
_HEADING = re.compile(
    r".*(?:产业链|板块|领域|产业|类项目|行业|类)(?:\(.*\))?$|(?:新建|续建|扩建|技改|签约|拟签约|在谈|在建|开工|落地|投产|储备|谋划|竣工|达产|前期|重点|结转|新签约?|已.{2,4})(?:类)?项目(?:\(.*\))?|.{2,20}[(共]\d+[个项家].{0,8}$"
)
_EXAMPLE = re.compile(
    r"(?:填写|填报|填表)?(?:示例|样例|举例|范例|样表|例如|例)(?:\d{0,2}|行)?(?:[:、)(,].*)?|\((?:示例|样例|例|填写示例|举例)\).*|.*\((?:示例|样例|填写示例|填报示例|举例|此行为示例.*)\)|.*(?:本行|此行)(?:为|是)?(?:示例|样例|例).*"
)
_NOTE = re.compile(
    r"\(?(?:注|备注|说明|附注|数据来源|资料来源|统计口径|填报口径|口径说明|填表说明|填报说明|填报要求|注意|注意事项|备考|编制说明|指标解释|填写说明|特别说明)(?:\d{0,2})?[:.、;1一(]|(?:注|说明)$|[*※▲★]+(?:注|为|表示|号|标|的|项目)|(?:带|标|加)[*※▲★]"
)
_FOOTER = re.compile(
    r"(?:单位|部门|统计|填报|主管|主要|分管|直接)?(?:审核人?|审核领导|审定人?|审批人?|审签人?|签发人?|复核人?|核定人?|填报人员?|填表人?|制表人?|制表|编制人?|负责人|责任人|联系人|经办人|报送人|上报人|统计人员?|主管领导|分管领导|主要领导|领导|联系电话|电话|传真|签字|签章|盖章|填报单位|报送单位|制表单位|填报日期|填报时间|制表日期|制表时间|日期|填表日期|上报时间|报送时间)(?:及(?:联系)?(?:电话|方式))?\(?(?:签字|签章|盖章|签名|公章)?\)?(?:[:]|$)|.{2,30}\((?:盖章|公章|章)\)|(?:盖章|公章)"
)
_CLOSING = ("note", "footer")
_EXAMPLE_REMARK = re.compile(
    r"[*※(]?(?:本行|此行|该行)?(?:为|是|仅为)?(?:填写|填报|填表)?(?:示例|样例|范例)(?:[,，;、!。)].*)?"
)
_WIDEST_GAP = 10_000  # blank rows beyond this are the sheet's emptiness, not lines left free
_ENOUGH = 200  # characters of a cell that decide what its row is
_BARE_DATE = re.compile(r".{0,20}?20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?")
_NUMERIC = re.compile(r"[-+]?[\d,.]+(?:万元|亿元|元|亿|万|%|个|项|家)?")


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no record, and why."""

    row: int
    why: str
    heading: str = ""


@dataclass(slots=True)
class RowClasses:
    """Rows of a ledger: the records and the others."""

    data: list[int] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    sheet: Sheet
    top: int
    bottom: int
    seq: int | None
    key: int
    keys: tuple[int, ...]
    numeric: frozenset[int]
    wide: dict[int, int]
    heads: list[dict[int, str]]


def classify(
    sheet: Sheet, kind: str, header: tuple[int, int], columns: list[Column], numeric_fields: frozenset[str]
) -> RowClasses:
    """Class of every row of the sheet but the header's."""
    table = _table(sheet, kind, header, columns, numeric_fields)
    classes: list[tuple[int, str]] = []
    before = 0
    for row in sorted(sheet.rows):
        gap = range(before + 1, row) if before and row - before <= _WIDEST_GAP else ()
        classes += [(blank, "blank") for blank in gap if not header[0] <= blank <= header[1]]
        before = row
        if header[0] <= row <= header[1]:
            continue
        if row < header[0]:
            classes.append((row, "title"))
        else:
            classes.append((row, _class(table, row, classes[-1][1] if classes else "")))
    classes = _tail(table, _parts_of_totals(table, classes))
    return RowClasses(
        [row for row, why in classes if why == "data"],
        [
            SkippedRow(row, why, _heading(table, row) if why in ("section", "subtotal") else "")
            for row, why in classes
            if why != "data"
        ],
    )


def _table(
    sheet: Sheet, kind: str, header: tuple[int, int], columns: list[Column], numeric_fields: frozenset[str]
) -> _Table:
    by_field = {column.field: column.number for column in columns if column.field}
    keys = tuple(by_field[name] for name in KEYS[kind] if name in by_field)
    numeric = frozenset(column.number for column in columns if column.field in numeric_fields)
    wide = {
        area.top: max(area.right - area.left + 1, 1)
        for area in sheet.merged
        if area.right > area.left and area.top > header[1]
    }
    heads = [
        {column: word for column, cell in sheet.rows.get(row, {}).items() if (word := fold(header_text(cell.text)))}
        for row in range(header[0], header[1] + 1)
    ]
    return _Table(sheet, header[0], header[1], by_field.get("seq"), min(keys, default=2), keys, numeric, wide, heads)


def _class(table: _Table, row: int, before: str) -> str:
    cells = table.sheet.rows[row]
    texts = {column: fold(cell.text[:_ENOUGH]) for column, cell in cells.items()}
    lead = _lead(table, texts)
    if row <= table.bottom + 2 and before != "data" and _is_column_numbers(table, texts):
        return "column_numbers"
    if _is_header_again(table, texts):
        return "header"
    if (sum_class := _sum_class(table, lead, cells)) is not None:
        return sum_class
    if any(_EXAMPLE.fullmatch(text) for text in (*lead[:3], *lead[-1:])) or _EXAMPLE_REMARK.fullmatch(
        texts[max(texts)]
    ):
        return "example"
    if (around := _around(table, texts, lead)) is not None:
        return around
    if (heading := _heading_class(table, row, texts, cells)) is not None:
        return heading
    if table.seq is not None and set(texts) == {table.seq} and re.fullmatch(r"\d*", texts[table.seq]):
        return "blank"
    return "data"


def _lead(table: _Table, texts: dict[int, str]) -> list[str]:
    """Texts up to the key column, or the first where those are empty."""
    columns = sorted(texts)
    upto = [texts[column] for column in columns if column <= max(table.key, *table.keys, 1)]
    return upto or [texts[columns[0]]]


def _is_column_numbers(table: _Table, texts: dict[int, str]) -> bool:
    if len(texts) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts.values()):
        return False
    numbers = [
        int(text.strip("()").split("=")[0].strip("()")) for _, text in sorted(texts.items()) if re.match(r"\(?\d", text)
    ]
    rising = all(right > left for left, right in pairwise(numbers))
    return rising and all(_COLUMN_NUMBER.fullmatch(texts.get(key, "甲")) for key in table.keys)


def _is_header_again(table: _Table, texts: dict[int, str]) -> bool:
    for head in table.heads:
        same = sum(head.get(column) == text for column, text in texts.items())
        if same >= 2 and same * 10 >= len(texts) * 7:
            return True
        if same == 1 and len(texts) == 1 and len(head) == 1:
            return True
    return False


def _sum_class(table: _Table, lead: list[str], cells: dict[int, Cell]) -> str | None:
    for text in lead[:4]:
        if _TOTAL.fullmatch(text):
            return "total"
        if _SUBTOTAL.fullmatch(text) and (not text.startswith("其中") or len(lead) == 1):
            return "subtotal"
    return None


def _around(table: _Table, texts: dict[int, str], lead: list[str]) -> str | None:
    """Note or foot; a row that carries a number in front is neither."""
    first = texts[min(texts)]
    if table.seq is not None and re.fullmatch(r"\d+", texts.get(table.seq, "")):
        return None
    if _NOTE.match(first):
        return "note"
    return (
        "footer"
        if _FOOTER.match(first) and len(first) < 80 and not all(key in texts for key in table.keys if key != min(texts))
        else None
    )


def _heading_class(table: _Table, row: int, texts: dict[int, str], cells: dict[int, Cell]) -> str | None:
    columns = sorted(texts)
    seq = texts.get(table.seq, "") if table.seq is not None else ""
    numeral = bool(_SEQ_NUMERAL.fullmatch(seq)) or bool(_NUMERAL.match(texts[columns[0]]))
    words = [column for column in columns if not _is_figure(cells[column])]
    others = [column for column in columns if column not in words]
    if len(words) > (2 if numeral and seq else 1) or not words:
        return None
    word = words[-1]
    merged = table.wide.get(row, 1) >= 3 and any(
        area.top == row and area.left == word for area in table.sheet.merged if area.top == row
    )
    in_seq = word == table.seq and not seq.isdigit() and not is_placeholder(seq) and len(seq) > 1
    named = word in table.keys or word <= table.key
    if not (numeral or merged or in_seq or (named and _HEADING.fullmatch(texts[word]))):
        return None
    if seq.isdigit() or (numeral and not seq and word > table.key and word not in table.keys):
        return None
    if others and not merged and not numeral and not in_seq and not _HEADING.fullmatch(texts[word]):
        return None
    return "subtotal" if any(column in table.numeric for column in others) else "section"


def _is_figure(cell: Cell) -> bool:
    return (
        cell.kind in ("number", "formula", "error")
        or (cell.kind == "text" and _NUMERIC.fullmatch(fold(cell.text)) is not None)
        or is_placeholder(cell.text)
    )


def _heading(table: _Table, row: int) -> str:
    """Words of a heading row, its numeral in front; nothing for a bare 小计."""
    cells = table.sheet.rows[row]
    words = [cells[column].text.strip() for column in sorted(cells) if not _is_figure(cells[column])]
    text = " ".join(words[:2])
    return "" if re.fullmatch(r"\s*小\s*计.*|\s*合\s*计.*", text) else text


def _parts_of_totals(table: _Table, classes: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Where a 总计 closes the table, a 合计 before it is a part's."""
    totals = [row for row, why in classes if why == "total"]
    grand = [
        row
        for row in totals
        if any(
            re.match("总计|总合计|全部合计|全.合计", text)
            for text in (fold(cell.text) for cell in table.sheet.rows[row].values())
        )
    ]
    if not grand or len(totals) < 2:
        return classes
    return [(row, "subtotal" if why == "total" and row not in grand else why) for row, why in classes]


def _tail(table: _Table, classes: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Below the last record, sum or foot, lines of one cell are notes or foot: no records, no headings."""
    closing = next(
        (place for place, (row, why) in enumerate(classes) if row > table.bottom and why in _CLOSING), len(classes)
    )
    closing = min(
        closing, max((place + 1 for place, (_, why) in enumerate(classes) if why == "total"), default=closing)
    )
    records = [row for row, why in classes if why == "data" and len(table.sheet.rows[row]) >= 3]
    last = max(records, default=table.bottom)
    result = []
    for place, (row, why) in enumerate(classes):
        cells = table.sheet.rows.get(row, {})
        loose = why == "section" or (why == "data" and place >= closing and len(cells) <= 2)
        if loose and row > last and row > table.bottom:
            why = "footer" if any(_is_foot(cell.text) for cell in cells.values()) else "note"
        result.append((row, why))
    return result


def _is_foot(text: str) -> bool:
    folded = fold(text)
    return bool(_FOOTER.match(folded) or _BARE_DATE.fullmatch(folded))


def heading_level(text: str) -> int:
    """Depth of a heading by its numeral: 一、 before （一） before 1.; 1 without one.

    >>> heading_level("一、续建项目"), heading_level("（二）生物医药产业链")
    (1, 2)
    """
    folded = fold(text)
    if re.match(r"\([一二三四五六七八九十]+\)", folded):
        return 2
    return 3 if re.match(r"\(?\d+[.、)]", folded) else 1
