"""Find the header of a sheet and read what each column is called."""

import re
from collections import defaultdict
from functools import lru_cache

from yinfeng.intake.workbooks.cells.text import fold, without_controls
from yinfeng.intake.workbooks.fields import FIELDS
from yinfeng.intake.workbooks.funding import funds_field
from yinfeng.intake.workbooks.units import unit_in_header, unit_named
from yinfeng.intake.workbooks.workbook import Area, Sheet

_SEARCHED_ROWS = 80
_DEEPEST = 6
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】")
_PREFIX = re.compile(r"^(其中|#|\*|★|☆)+[::、]?|^[::]")
_UNIT_TAIL = re.compile(r"[(/,:]?(?:[亿万]?(?:元|美元)|亩|万立方米|万千瓦时|吨标准?煤|tce|%)$")
_SUBHEADS = frozenset(
    [
        "合计",
        "小计",
        "总计",
        "总额",
        "金额",
        "数额",
        "省外",
        "省内",
        "外资",
        "内资",
        "境外",
        "名称",
        "姓名",
        "单位",
        "时间",
        "日期",
        "电话",
        "联系电话",
        "职务",
        "固定资产投资",
        "其中",
        "计划",
        "目标",
        "完成",
        "累计",
        "起",
        "止",
        "开始",
        "结束",
        "类型",
        "编号",
        "本月",
        "本年",
        "本年累计",
    ]
)
_TITLE_LINE = re.compile(r"(填报|报送|编制|制表|统计|上报)(单位|部门|时间|日期|人)|^单位[::]|[::].{2,}")


@lru_cache(maxsize=8192)
def base_word(header: str) -> str:
    """A header as it is looked up: folded, without brackets, unit, marks and 其中.

    >>> base_word("其中：固定\\n资产投资（万元）")
    '固定资产投资'
    """
    folded = _PREFIX.sub("", fold(without_controls(header)[0])).rstrip(":*★")
    bare = _BRACKETS.sub("", folded)
    if unit_in_header(header) and bare == folded:
        bare = _UNIT_TAIL.sub("", bare) or bare
    return _PREFIX.sub("", bare).strip("/,:、") or folded


KNOWN = frozenset(base_word(title) for fields in FIELDS.values() for field in fields for title in field.titles)
_KNOWN_SHAPE = tuple(
    re.compile(pattern)
    for pattern in dict.fromkeys(
        pattern for fields in FIELDS.values() for field in fields for pattern in field.patterns
    )
)


@lru_cache(maxsize=8192)
def is_header_word(text: str) -> bool:
    """Whether a cell's text is the kind of word that stands over a column."""
    word = base_word(text)
    if fold(text).endswith(":"):
        return False
    if word in KNOWN:
        return True
    if not 2 <= len(word) <= 18 or re.search(r"[。；;]", word) or ":" in word:
        return False
    return funds_field(word, word) is not None or any(shape.search(word) for shape in _KNOWN_SHAPE)


def header_text(text: str) -> str:
    """Header cell without line breaks and spaces."""
    return re.sub(r"\s+", "", without_controls(text)[0])


def find_header(sheet: Sheet) -> tuple[int, int] | None:
    """First and last row of the header, None where no row reads like one."""
    by_row = areas_by_row(sheet)
    rows = sorted(sheet.rows)[:_SEARCHED_ROWS]
    known = {row: worth for row in rows if (worth := _header_words(sheet, row))}
    best = next((row for row, worth in known.items() if worth * 10 >= max(known.values()) * 6), None)
    if best is None:
        return None
    top = _upper_edge(sheet, best, by_row)
    bottom = _lower_edge(sheet, max(best, top), by_row, top)
    return top, bottom


def areas_by_row(sheet: Sheet) -> dict[int, list[Area]]:
    """Merged areas touching each of the rows in which headers are looked for."""
    index: dict[int, list[Area]] = defaultdict(list)
    last = (sorted(sheet.rows)[:_SEARCHED_ROWS] or [0])[-1] + _DEEPEST
    for area in sheet.merged:
        for row in range(area.top, min(area.bottom, last) + 1):
            index[row].append(area)
    return index


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    return {
        column: cell.text
        for column, cell in sheet.rows.get(row, {}).items()
        if cell.kind == "text" and cell.text.strip()
    }


def _header_words(sheet: Sheet, row: int) -> int:
    """How many cells of a row are words of a header, 0 when the row cannot be one."""
    texts = _texts(sheet, row)
    cells = sheet.rows.get(row, {})
    if len(texts) < 2 or len(cells) - len(texts) > len(texts):
        return 0
    words = {fold(text) for text in texts.values()}
    known = sum(is_header_word(text) for text in texts.values() if len(text) < 60)
    lines = sum(bool(_TITLE_LINE.search(fold(text))) for text in texts.values())
    if known >= 3 and known * 10 >= len(texts) * 3 and len(words) > 1:
        return known if lines * 2 <= len(texts) else 0
    return known if known == 2 and len(texts) <= 5 and not lines else 0


def _upper_edge(sheet: Sheet, row: int, by_row: dict[int, list[Area]]) -> int:
    """Header rows above: cells merged down into this row, or a row of group headings."""
    top = row
    for area in by_row.get(row, []):
        if area.top < row and area.bottom - area.top < _DEEPEST and area.right - area.left < 40:
            top = min(top, area.top)
    above = _texts(sheet, top - 1)
    groups = [area for area in by_row.get(top - 1, []) if area.top == top - 1 and area.right > area.left]
    width = max(sheet.rows.get(row, {0: None}))
    wide = any((area.right - area.left + 1) * 10 >= width * 9 for area in groups)
    short = all(len(fold(text)) <= 25 and not _TITLE_LINE.search(fold(text)) for text in above.values())
    return top - 1 if len(above) >= 2 and groups and not wide and short else top


def _lower_edge(sheet: Sheet, row: int, by_row: dict[int, list[Area]], top: int) -> int:
    bottom = row
    for number in range(top, row + 1):
        for area in by_row.get(number, []):
            if area.top == number and area.bottom - area.top < _DEEPEST and sheet.cell(area.top, area.left):
                bottom = max(bottom, area.bottom)
    while bottom - top < _DEEPEST and _continues(sheet, bottom + 1, top, bottom):
        bottom += 1
    return bottom


def _continues(sheet: Sheet, row: int, top: int, bottom: int) -> bool:
    """Whether the next row still belongs to the header: short words under groups, nothing under the first columns."""
    texts = _texts(sheet, row)
    if (
        not texts
        or len(texts) != len(sheet.rows.get(row, {}))
        or any(re.fullmatch(r"[\d.,/\\—-]+", fold(text)) for text in texts.values())
    ):
        return False
    header = {column for number in range(top, bottom + 1) for column in _texts(sheet, number)}
    first = min(header, default=1)
    if any(column in texts for column in (first, first + 1)) or (
        len(texts) < 2 and not _under_group(sheet, bottom, texts)
    ):
        return False
    words = [base_word(text) for text in texts.values()]
    known = sum(
        word in _SUBHEADS
        or word in KNOWN
        or funds_field(word, word) is not None
        or unit_named(word.strip("()")) is not None
        for word in words
    )
    return known * 2 >= len(words) and max(len(word) for word in words) <= 20


def _under_group(sheet: Sheet, bottom: int, texts: dict[int, str]) -> bool:
    return any(
        area.top <= bottom <= area.bottom and area.right > area.left and area.left <= column <= area.right
        for area in sheet.merged
        for column in texts
    )


def header_paths(sheet: Sheet, top: int, bottom: int) -> dict[int, list[str]]:
    """Header cells of each column from the top down, a merged cell counting wherever it reaches."""
    paths: dict[int, list[str]] = defaultdict(list)
    areas = [area for area in sheet.merged if area.top <= bottom and area.bottom >= top]
    for row in range(top, bottom + 1):
        for column, text in sorted(_row_headers(sheet, row, top, areas).items()):
            word = header_text(text)
            if word and word not in paths[column]:
                paths[column].append(word)
    return {column: path for column, path in sorted(paths.items()) if path}


def _row_headers(sheet: Sheet, row: int, top: int, areas: list[Area]) -> dict[int, str]:
    words = {column: cell.text for column, cell in sheet.rows.get(row, {}).items() if cell.text.strip()}
    for area in areas:
        anchor = sheet.cell(area.top, area.left)
        if area.top <= row <= area.bottom and area.top >= top and anchor is not None:
            for column in range(area.left, min(area.right, area.left + 400) + 1):
                words[column] = anchor.text
    return words


def implied_groups(sheet: Sheet, top: int, bottom: int, paths: dict[int, list[str]]) -> dict[int, list[str]]:
    """Paths for the search of fields: where nothing is merged, a group heading also rules the columns to its right.

    CSV files lose merged cells, so 本月到位 stands over its first column only.
    """
    if bottom == top or any(area.top >= top and area.bottom <= bottom for area in sheet.merged):
        return paths
    first, below = _texts(sheet, top), set().union(*(_texts(sheet, row) for row in range(top + 1, bottom + 1)))
    group, implied = "", dict(paths)
    for column in sorted(set(first) | below):
        if column in first:
            group = header_text(first[column]) if column in below else ""
        elif group and column in implied:
            implied[column] = [group, *implied[column]]
    return implied
