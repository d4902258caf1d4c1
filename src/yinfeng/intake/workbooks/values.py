"""Read one cell as its field wants it, with the other field it may hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from yinfeng.intake.workbooks.cells.codes import number_phone, read_phone, read_uscc
from yinfeng.intake.workbooks.cells.dateranges import is_duration, text_range
from yinfeng.intake.workbooks.cells.dates import DateReading, cell_date, number_date, text_date
from yinfeng.intake.workbooks.cells.enums import factor_values, word_value
from yinfeng.intake.workbooks.cells.money import Amount, number_amount, text_amount
from yinfeng.intake.workbooks.cells.numbers import plain
from yinfeng.intake.workbooks.cells.people import province, split_phone, split_post, split_province
from yinfeng.intake.workbooks.cells.quantities import Quantity, number_quantity, share, text_quantity, text_share
from yinfeng.intake.workbooks.cells.text import (
    LONGEST,
    is_placeholder,
    is_repeat,
    looks_like_formula,
    one_line,
    without_controls,
    without_marks,
)
from yinfeng.intake.workbooks.columns import Column
from yinfeng.intake.workbooks.fields import Field
from yinfeng.intake.workbooks.ledger import Said
from yinfeng.intake.workbooks.workbook import Cell

_MEASURES = frozenset({"money", "usd", "quantity", "rate"})
_TEXTUAL = frozenset({"text", "name", "chain", "province", "enum", "enum_list"})
_ORIGIN_TOLD = re.compile(r"省|来源|所在地|注册地|地区|归属")
_DOLLAR_FIELDS = {"amount_wan": "amount_usd_wan", "foreign_wan": "foreign_usd_wan"}
_FINISHED = re.compile(r"建成|竣工|投产|完工|交付|前完成")
_SPANS = {"trip_start_on": "trip_end_on", "visit_on": "visit_end_on"}


@dataclass(slots=True)
class Reading:
    """Fields a cell yields and what is wrong with it."""

    values: list[tuple[str, Said]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a cell needs to know of its sheet."""

    kind: str
    year: int | None


def read_cell(cell: Cell, column: Column, known: Field, around: Surroundings) -> Reading:
    """Value of a cell under a mapped column."""
    if cell.kind == "error":
        return Reading([(known.name, None)], ["formula_error"])
    if cell.kind == "formula":
        return Reading([(known.name, None)], ["formula_without_value"])
    if cell.kind != "text":
        return _READERS[known.type](cell, "", column, known, around)
    cleaned, had_controls = without_controls(cell.text)
    problems = ["control_characters"] if had_controls else []
    if len(cell.text) > LONGEST:
        problems.append("text_too_long")
    line = one_line(cleaned)
    if not line:
        return Reading([], problems)
    if is_placeholder(line) or is_repeat(line):
        return Reading([(known.name, None)], problems)
    if known.type in _TEXTUAL and looks_like_formula(line):
        problems.append("formula_like_text")
    reading = _READERS[known.type](cell, cleaned, column, known, around)
    reading.problems = [*problems, *reading.problems]
    return reading


def _printed(cell: Cell, cleaned: str) -> str:
    if cell.kind == "text":
        return one_line(cleaned)
    if not isinstance(cell.value, Decimal):
        return cell.text
    return f"{plain(cell.value * 100)}%" if "%" in cell.number_format else plain(cell.value)


def _text(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    text = _printed(cell, cleaned)
    if known.name == "period_text":
        return _period(cell, text, cleaned, around)
    if known.pairs_with in ("phone", "officer_phone"):
        name, phone, problems = split_phone(cleaned if cell.kind == "text" else text)
        if phone is not None or problems:
            return Reading([(known.name, one_line(name) or None), (known.pairs_with, phone)], problems)
    elif known.pairs_with in ("led_by_post", "guest_post"):
        person, post = split_post(cleaned.strip() if cell.kind == "text" else text)
        return Reading([(known.name, one_line(person)), *([(known.pairs_with, one_line(post))] if post else [])])
    elif known.pairs_with == "origin_province" and _ORIGIN_TOLD.search(column.header):
        name, origin = split_province(text)
        return Reading([(known.name, name), *([(known.pairs_with, origin)] if origin else [])])
    return Reading([(known.name, text)])


def _period(cell: Cell, text: str, cleaned: str, around: Surroundings) -> Reading:
    if cell.kind == "text" and is_duration(text):
        return Reading([("period_text", text)])
    if cell.kind == "date":
        return Reading([("period_text", cell.text), ("start_on", _date_of(cell, "", around.year).text)])
    first, last, problems = _span(cleaned or text, around.year)
    if first is None:
        return Reading([("period_text", text)])
    if last is None and _FINISHED.search(text):
        return Reading([("period_text", text), ("finish_on", first)], list(problems))
    values: list[tuple[str, Said]] = [("period_text", text), ("start_on", first)]
    if last is not None:
        values.append(("finish_on", last))
    return Reading(values, list(problems))


@lru_cache(maxsize=16_384)
def _span(text: str, year: int | None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """First and last date of a text and what is wrong with them; dates repeat down a column."""
    found = text_range(text, year)
    return found.first.text, found.last.text if found.last else None, tuple(found.problems)


def _name(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    name = without_marks(_printed(cell, cleaned))
    return Reading([(known.name, name)] if name else [])


def _chain(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    text = _printed(cell, cleaned)
    return Reading([(known.name, text.removesuffix("产业链") or text)])


def _province(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    return Reading([(known.name, province(_printed(cell, cleaned)))])


def _money(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    if isinstance(cell.value, Decimal):
        amount = number_amount(cell.value, column.unit)
    elif cell.kind == "text":
        amount = text_amount(cleaned, column.unit)
    else:
        amount = Amount(problems=["bad_amount"])
    return _in_fields(amount, known, around)


def _in_fields(amount: Amount, known: Field, around: Surroundings) -> Reading:
    """Put RMB and dollars where they belong; a currency in a column that is not for it is told."""
    name, problems = known.name, list(amount.problems)
    wan, usd = (None if part is None else plain(part) for part in (amount.wan, amount.usd_wan))
    if known.type == "usd":
        if wan is not None:
            return Reading([(name, None)], [*(code for code in problems if code != "unit_in_cell"), "foreign_currency"])
        return Reading([(name, usd)], problems)
    values: list[tuple[str, Said]] = [(name, wan)]
    if usd is not None:
        problems.append("foreign_currency")
        if name in _DOLLAR_FIELDS:
            values.append((_DOLLAR_FIELDS[name], usd))
    if amount.fixed_wan is not None and name == "amount_wan" and around.kind in ("projects", "funds", "leads"):
        values.append(("fixed_assets_wan", plain(amount.fixed_wan)))
    return Reading(values, problems)


def _quantity(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    if isinstance(cell.value, Decimal):
        found = number_quantity(cell.value, column.unit, known.unit)
    elif cell.kind == "text":
        found = text_quantity(cleaned, column.unit, known.unit)
    else:
        found = Quantity(problems=["ambiguous_number"])
    return Reading([(known.name, None if found.value is None else plain(found.value))], found.problems)


def _rate(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    in_percent = "%" in column.header or "％" in column.header
    if isinstance(cell.value, Decimal):
        value = share(cell.value, shown_as_percent="%" in cell.number_format, told_in_percent=in_percent)
        return Reading([(known.name, plain(value))])
    found = (
        text_share(cleaned, told_in_percent=in_percent)
        if cell.kind == "text"
        else Quantity(problems=["ambiguous_number"])
    )
    return Reading([(known.name, None if found.value is None else plain(found.value))], found.problems)


def _date_of(cell: Cell, cleaned: str, year: int | None) -> DateReading:
    if isinstance(cell.value, datetime):
        return cell_date(cell.value, cell.number_format)
    if isinstance(cell.value, Decimal):
        return number_date(cell.value, cell.number_format, year)
    return text_date(cleaned, year) if cell.kind == "text" else DateReading(problems=["bad_date"])


def _date(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    if cell.kind != "text":
        single = _date_of(cell, cleaned, around.year)
        return Reading([(known.name, single.text)], single.problems)
    first, last, problems = _span(cleaned, around.year)
    second = _SPANS.get(known.name)
    values: list[tuple[str, Said]] = [(known.name, first)]
    if last is not None and second is None:
        return Reading(values, list(dict.fromkeys([*problems, "approximate_date"])))
    if last is not None and second is not None:
        values.append((second, last))
    return Reading(values, list(problems))


def _phone(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    number, problems = number_phone(cell.value) if isinstance(cell.value, Decimal) else read_phone(cleaned or cell.text)
    return Reading([(known.name, number)], problems)


def _uscc(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    if isinstance(cell.value, Decimal) and abs(cell.value) >= Decimal(10) ** 15:
        return Reading([(known.name, None)], ["bad_uscc"])
    code, problems = read_uscc(_printed(cell, cleaned))
    return Reading([(known.name, code)], problems)


def _enum(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    value = word_value(_printed(cell, cleaned), known.words)
    unknown = "unknown_stage" if known.words == "stage" else "unknown_word"
    return Reading([(known.name, value)], [] if value else [unknown])


def _enum_list(cell: Cell, cleaned: str, column: Column, known: Field, around: Surroundings) -> Reading:
    values, strange = factor_values(re.sub(r"[\r\n]+", "、", cleaned.strip()) or cell.text)
    return Reading([(known.name, values or None)], ["unknown_word"] if strange else [])


_READERS: dict[str, Callable[[Cell, str, Column, Field, Surroundings], Reading]] = {
    "text": _text, "name": _name, "chain": _chain, "province": _province, "money": _money, "usd": _money, "quantity": _quantity, "rate": _rate,
    "date": _date, "phone": _phone, "uscc": _uscc, "enum": _enum, "enum_list": _enum_list,
}  # fmt: skip
