"""Fields and forms as clerks fill them in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django import forms

from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.period import Period
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField, PeriodField


class Entry(GestureForm):
    name = forms.CharField(label="名称")
    amount_wan = MoneyFormField(label="金额", required=False)


@dataclass
class Record:
    name: str
    amount_wan: Decimal
    version: int


@pytest.mark.parametrize(
    ("unit", "typed", "amount"),
    [
        ("亿元", "1.2", Decimal(12000)),
        ("亿元", "3亿5000万", Decimal(35000)),
        ("万元", "１，２３４．５", Decimal("1234.5")),
        ("万元", "", None),
        ("万元", "0", Decimal(0)),
    ],
)
def test_money_is_read_in_the_unit_of_its_field(unit, typed, amount):
    assert MoneyFormField(unit=unit, required=False).clean(typed) == amount


@pytest.mark.parametrize("typed", ["约三亿", "1-2", "abc", "-1"])
def test_money_that_is_no_definite_amount_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        MoneyFormField(unit="亿元").clean(typed)


def test_a_correction_may_be_negative():
    assert MoneyFormField(unit="万元", allow_negative=True).clean("-5") == Decimal(-5)


def test_an_amount_is_offered_in_the_unit_of_its_field():
    assert MoneyFormField(unit="亿元").prepare_value(Decimal("12345.5")) == "1.23455"
    assert MoneyFormField(unit="亿元").prepare_value("约三亿") == "约三亿"


@pytest.mark.parametrize(
    "typed", ["2025-03-05", "2025/3/5", "2025.3.5", "2025年3月5日", "２０２５年３月５日", "20250305"]
)
def test_a_day_is_read_however_the_office_writes_it(typed):
    assert ChineseDateField().clean(typed) == date(2025, 3, 5)


@pytest.mark.parametrize("typed", ["2025-13-01", "2025年2月30日", "3月5日", "昨天"])
def test_a_text_that_is_no_day_is_refused_and_kept_to_be_seen(typed):
    class Dated(forms.Form):
        on = ChineseDateField()

    form = Dated({"on": typed})
    assert form.errors["on"] == ["请填写正确的日期，如 2025-03-05。"]
    assert f'type="text" name="on" value="{typed}"' in str(form["on"])


@pytest.mark.parametrize("typed", ["2025-03", "2025年3月", "2025/3", "２０２５年３月"])
def test_a_month_is_read_however_the_office_writes_it(typed):
    assert PeriodField(months=True).clean(typed) == Period.month(2025, 3)


@pytest.mark.parametrize(("typed", "period"), [("2025Q1", Period.quarter(2025, 1)), ("2025年", Period.of_year(2025))])
def test_a_quarter_or_a_year_is_a_period_too(typed, period):
    assert PeriodField().clean(typed) == period
    with pytest.raises(forms.ValidationError):
        PeriodField(months=True).clean(typed)


def test_each_form_has_a_gesture_of_its_own():
    first, second = Entry()["gesture"].value(), Entry()["gesture"].value()
    assert first != second
    assert len(first) >= 16


def test_a_domain_error_stands_beside_its_field_and_the_rest_on_top():
    form = Entry({"name": "甲"})
    form.is_valid()
    form.apply(Invalid({"name": "已有同名项目。", "elsewhere": "不在这里。"}))
    assert form.errors == {"name": ["已有同名项目。"], "__all__": ["不在这里。"]}


def test_a_missing_value_is_named():
    assert Entry({}).errors == {"name": ["请填写“名称”。"]}


def test_an_overtaken_form_keeps_what_was_typed_and_tells_what_stands_now():
    form = Entry({"name": "甲", "amount_wan": "1", "version": "3", "gesture": "g"})
    form.is_valid()
    form.overtaken(Conflict(Record("乙", Decimal(10000), 5)))
    assert form.stands == {"name": "乙"}
    assert (form["name"].value(), form["version"].value()) == ("甲", "5")
    assert form.non_field_errors() == ["这条记录刚被别人改过，请对照后再保存；您填写的内容没有丢失。"]


def test_values_leave_out_what_is_technical():
    form = Entry({"name": "甲", "gesture": "g", "version": "1"})
    form.is_valid()
    assert form.values() == {"name": "甲", "amount_wan": None}
