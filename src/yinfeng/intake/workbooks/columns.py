"""Give each column of a header its field and the unit of its numbers."""

import re
from dataclasses import dataclass, replace

from yinfeng.intake.workbooks.cells.text import fold
from yinfeng.intake.workbooks.fields import FIELDS, Field, field_of
from yinfeng.intake.workbooks.funding import funds_field
from yinfeng.intake.workbooks.headers import base_word
from yinfeng.intake.workbooks.units import UNITS, unit_in_header
from yinfeng.intake.workbooks.workbook import column_letter

_SUM_WORDS = frozenset(["合计", "小计", "总计", "总额", "金额", "数额", "姓名", "名称", "总数"])
_GENERIC = _SUM_WORDS | {"时间", "日期", "单位", "职务", "起", "止", "开始", "结束", "类型", "编号", "内容", "情况"}
_PHONE_WORDS = frozenset(["联系电话", "电话", "联系方式", "手机", "手机号码", "手机号", "电话号码"])
_PERSON_AND_PHONE = re.compile(r"[及和、与/,]*(?:联系|办公)?(?:电话|手机号?码?|联系方式|方式)$")
_JOINED = re.compile(r"(?:人|专员|秘书|领导|姓名)[及和、与/,](?:联系|办公)?(?:电话|手机号?码?|联系方式|方式)$")
_MONTH_COLUMN = re.compile(r"(?:(20\d\d)年)?(1[0-2]|0?[1-9])月份?(?:当月)?(?:到位|到资)?(?:资金|金额)?")
_IN_PART = re.compile(r"完成|累计|本月|当月|本年|当年|年度|今年|20\d\d年|到位")
_PART = re.compile(r"其中")
_MONEY = ("money", "usd")


@dataclass(frozen=True, slots=True)
class Column:
    """A column under the header: what it is called, what it holds, in which unit."""

    number: int
    header: str
    field: str | None = None
    unit: str | None = None
    hidden: bool = False
    period: str | None = None

    @property
    def letter(self) -> str:
        """Column letter."""
        return column_letter(self.number)


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: float
    column: int
    field: str


def assign_fields(kind: str, paths: dict[int, list[str]], year: int | None) -> dict[int, tuple[str, str | None]]:
    """Column → field and period; each field goes to the column that names it best."""
    months = _month_columns(kind, paths, year)
    paths = _with_scope(kind, paths)
    candidates = [
        candidate
        for column, path in paths.items()
        if column not in months
        for candidate in _candidates(kind, column, path)
    ]
    given: dict[int, str] = {}
    taken: set[str] = set()
    for candidate in sorted(candidates, key=lambda said: (said.rank, said.column)):
        if candidate.column not in given and candidate.field not in taken:
            given[candidate.column] = candidate.field
            taken.add(candidate.field)
    _settle_phones(kind, paths, given, taken)
    fields: dict[int, tuple[str, str | None]] = {column: (field, None) for column, field in given.items()}
    fields.update({column: ("month_funds_wan", period) for column, period in months.items()})
    return fields


def _with_scope(kind: str, paths: dict[int, list[str]]) -> dict[int, list[str]]:
    """Paths in which 其中：省外 carries the heading of the sum on its left that it is a part of."""
    if kind not in ("projects", "funds"):
        return paths
    scoped = dict(paths)
    whole: list[str] = []
    for column, path in sorted(paths.items()):
        if not _PART.match(fold(path[0])):
            whole = path
        elif whole and re.search(r"省外|省内|外资|境外", fold("".join(path))):
            scoped[column] = [*whole, *path]
    return scoped


def _month_columns(kind: str, paths: dict[int, list[str]], year: int | None) -> dict[int, str]:
    """Month columns side by side, each with its period."""
    if kind not in ("projects", "funds"):
        return {}
    found: dict[int, str] = {}
    for column, path in paths.items():
        match = _MONTH_COLUMN.fullmatch(base_word(path[-1]))
        own_year = next((said.group(1) for word in path if (said := re.search(r"(20\d\d)年", word))), None)
        if match and (match.group(1) or own_year or year):
            found[column] = f"{int(match.group(1) or own_year or year or 0)}-{int(match.group(2)):02d}"
    beside = {column for column in found if column - 1 in found or column + 1 in found}
    return {column: period for column, period in found.items() if column in beside}


def _candidates(kind: str, column: int, path: list[str]) -> list[_Candidate]:
    words = [word for said in path if not (word := base_word(said)).startswith("(")] or [base_word(path[0])]
    leaf, whole = words[-1], "/".join(words)
    unit = next((unit for word in reversed(path) if (unit := unit_in_header(word))), None)
    if kind in ("projects", "funds") and (money := funds_field(whole, leaf)) is not None:
        if money == "foreign_wan" and unit is not None and UNITS[unit].dimension == "usd":
            money = "foreign_usd_wan"
        return [_Candidate(0, column, money)] if field_of(kind, money) else []
    found = []
    for text, penalty in _spellings(words):
        for field in FIELDS[kind]:
            rank = _rank(field, text)
            if rank is not None:
                found.append(_Candidate(rank + penalty, column, _in_currency(field, unit)))
    return found


def _in_currency(field: Field, unit: str | None) -> str:
    dollars = field.name == "amount_wan" and unit is not None and UNITS[unit].dimension == "usd"
    return "amount_usd_wan" if dollars else field.name


def _spellings(words: list[str]) -> list[tuple[str, float]]:
    """Texts under which a column may be known, with what each costs."""
    leaf = words[-1]
    if _JOINED.search(leaf):
        leaf = _PERSON_AND_PHONE.sub("", leaf)
    groups = list(reversed(words[:-1]))
    texts: list[tuple[str, float]] = []
    if groups and leaf in _PHONE_WORDS:
        return [*[(group + "电话", 1.0) for group in groups], (leaf, 30.0)]
    if groups and leaf in _GENERIC:
        texts += [(group + leaf, 1.0) for group in groups]
        texts += [(group, 2.0) for group in groups if leaf in _SUM_WORDS]
        texts.append(("/".join(words), 5.0))
        return [*texts, (leaf, 30.0)]
    texts.append((leaf, 0.0))
    texts += [(group + leaf, 4.0) for group in groups]
    if groups:
        texts.append(("/".join(words), 5.0))
    if "/" in leaf or "、" in leaf or "及" in leaf:
        texts += [(part, 8.0 + place) for place, part in enumerate(re.split("[/、及]", leaf)) if len(part) > 1]
    return texts


def _rank(field: Field, text: str) -> float | None:
    for place, title in enumerate(field.titles):
        if base_word(title) == text:
            return place * 0.01
    if field.name in ("amount_wan", "fixed_assets_wan") and _IN_PART.search(text):
        return None
    if len(text) <= 24 and any(re.search(pattern, text) for pattern in field.patterns):
        return 10.0
    return None


def _settle_phones(kind: str, paths: dict[int, list[str]], given: dict[int, str], taken: set[str]) -> None:
    """A bare phone column belongs to the person on its left."""
    for column in sorted(paths):
        bare = base_word(paths[column][-1]) in _PHONE_WORDS and len(paths[column]) == 1
        if not bare or given.get(column, "phone") != "phone":
            continue
        person = next(
            (
                given[left]
                for left in range(column - 1, 0, -1)
                if given.get(left) in ("officer", "contact", "reporter", "guest")
            ),
            "",
        )
        wanted = "officer_phone" if person == "officer" else "phone"
        if given.get(column) == wanted or wanted in taken or field_of(kind, wanted) is None:
            continue
        taken.discard(given.get(column, ""))
        given[column] = wanted
        taken.add(wanted)


def unit_of_column(kind: str, field: str | None, path: list[str], declared: str | None) -> str | None:
    """Unit in force for a column's numbers: its header's, else the sheet's for money."""
    known = field_of(kind, field) if field else None
    if known is not None and known.type == "rate":
        return "%"
    if known is not None and known.type not in ("money", "usd", "quantity"):
        return None
    own = [unit for word in reversed(path) if (unit := unit_in_header(word))]
    if known is None:
        return own[0] if own else None
    if known.type == "quantity":
        return next((unit for unit in own if UNITS[unit].dimension == UNITS[known.unit].dimension), None)
    money = next((unit for unit in own if UNITS[unit].dimension in _MONEY), None)
    return money or (declared if known.type == "money" else None)


def read_columns(
    kind: str,
    paths: dict[int, list[str]],
    wide: dict[int, list[str]],
    hidden: set[int],
    *,
    declared: str | None,
    foreign_in_dollars: bool,
    year: int | None,
) -> list[Column]:
    """The columns of a header, mapped."""
    fields = assign_fields(kind, wide, year)
    columns = []
    for number, path in paths.items():
        field, period = fields.get(number, (None, None))
        unit = unit_of_column(kind, field, wide.get(number, path), declared)
        column = Column(number, "/".join(path), field, unit, number in hidden, period)
        if field == "foreign_wan" and foreign_in_dollars and not any(unit_in_header(word) for word in path):
            column = replace(column, field="foreign_usd_wan", unit="万美元")
        columns.append(column)
    return columns
