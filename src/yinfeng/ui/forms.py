"""Form parts that every room uses: one click carried out once, exact money, periods and dates as clerks write them."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.forms.utils import pretty_name
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.faults import Fault
from yinfeng.core.money import FACTORS, format_wan, parse_money_text
from yinfeng.core.period import Period
from yinfeng.core.text import fold_width

HIDDEN = ("gesture", "version")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def new_gesture() -> str:
    """A fresh key for one click."""
    return secrets.token_urlsafe(16)


class SuggestInput(forms.TextInput):
    """A text field that offers words while one types, and takes others too."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offered: Sequence[str] = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """The field with its list of words."""
        key = f"{(attrs or {}).get('id', name)}-list"
        field = super().render(name, value, {**(attrs or {}), "list": key}, renderer)
        words = format_html_join("", '<option value="{}"></option>', ((word,) for word in self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>', field, key, words)


class GestureForm(forms.Form):
    """A form that writes: it carries the key of its one click, and the version of the record it was shown with."""

    gesture = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput, initial=new_gesture)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    error_css_class = "is-invalid"
    required_css_class = "is-required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands: dict[str, str] = {}
        for name, field in self.fields.items():
            label = field.label or pretty_name(name)
            field.error_messages["required"] = gettext("请填写“%(label)s”。") % {"label": label}

    def apply(self, errors: Invalid) -> None:
        """Put a domain error's messages beside the fields they speak of; what names no field here stands on top."""
        for name, message in errors.fields.items():
            self.add_error(name if name in self.fields else None, str(message))

    def overtaken(self, conflict: Conflict, current: Mapping[str, Any] | None = None) -> None:
        """Show a form that somebody else overtook: what was typed stays, what stands now is told beside each field.

        *current* gives the values now on record, by field name; by default the record's attributes are read. The
        form takes the current version, so that sending it again is a decision and no accident.
        """
        record = conflict.current
        now = current if current is not None else {name: getattr(record, name, None) for name in self.fields}
        for name, value in now.items():
            if name in self.fields and name not in HIDDEN:
                shown, typed = self._as_text(name, value), self._as_text(name, self.cleaned_data.get(name))
                if shown != typed:
                    self.stands[name] = shown or gettext("（空）")
        if hasattr(record, "version"):
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = str(record.version)
            self.data = data
        self.add_error(None, str(conflict.message))

    def _as_text(self, name: str, value: Any) -> str:
        """A value as the person would read it in the field."""
        shown = self.fields[name].prepare_value(value)
        choices = dict(getattr(self.fields[name], "choices", ()) or ())
        parts = shown if isinstance(shown, list | tuple) else [shown]
        return "、".join(str(choices.get(part, part)) for part in parts if part is not None)

    def values(self) -> dict[str, Any]:
        """The cleaned values without the two technical fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in HIDDEN}


class UnitInput(forms.TextInput):
    """A text field for a number, with its unit behind it."""

    def __init__(self, unit: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "num", **(attrs or {})})
        self.unit = unit

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        """The input with its unit behind it."""
        inner = super().render(name, value, attrs, renderer)
        unit = gettext(self.unit)
        return format_html('<span class="with-unit">{}<span class="unit">{}</span></span>', inner, unit)


class MoneyFormField(forms.Field):
    """Money typed in *unit* (or with a unit of its own: 3亿5000万), given as exact 万元."""

    def __init__(self, *, unit: str = "亿元", allow_negative: bool = False, **kwargs: Any) -> None:
        if unit not in FACTORS:
            raise ValueError(unit)
        kwargs.setdefault("widget", UnitInput(unit))
        super().__init__(**kwargs)
        self.unit = unit
        self.allow_negative = allow_negative

    def to_python(self, value: Any) -> Decimal | None:
        """The amount in 万元; nothing typed is nothing, never 0."""
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        try:
            amount = parse_money_text(text, self.unit)
        except Fault as fault:
            raise ValidationError(gettext(fault.template) % fault.params, code=fault.code) from fault
        if amount < 0 and not self.allow_negative:
            raise ValidationError(gettext("金额不能是负数；减少请用更正。"), code="negative")
        return amount

    def prepare_value(self, value: Any) -> Any:
        """An amount in 万元 as a number of the field's unit; what was typed stays as it was."""
        if isinstance(value, Decimal):
            return format_wan(value / FACTORS[self.unit]).replace(",", "")
        return value


class PeriodInput(forms.TextInput):
    """A text field for a period."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"placeholder": "2025-03", "autocomplete": "off", "class": "period", **(attrs or {})})


class PeriodField(forms.Field):
    """A month, quarter or year (2025-03, 2025年3月, 2025Q1, 2025) as a ``Period``; ``months=True`` takes months only."""

    widget = PeriodInput

    def __init__(self, *, months: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.months = months

    def to_python(self, value: Any) -> Period | None:
        """The period that the text names."""
        if isinstance(value, Period) or value in (None, ""):
            return value or None
        text = fold_width(str(value)).strip().removesuffix("期")
        found = _MONTH.fullmatch(text)
        code = f"{found[1]}-{int(found[2]):02d}" if found else text.removesuffix("年")
        try:
            period = Period.parse(code)
        except Fault as fault:
            raise ValidationError(gettext(fault.template) % fault.params, code=fault.code) from fault
        if self.months and period.code.count("-") == 0:
            raise ValidationError(gettext("请填写月份，如 2025-03。"), code="not_a_month")
        return period

    def prepare_value(self, value: Any) -> Any:
        """The period's code."""
        return value.code if isinstance(value, Period) else value


class DayInput(forms.DateInput):
    """The browser's own calendar; a text that is no date is kept to be seen and mended."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A date field, or a text field for what a date field could not show."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "date" if not shown or is_day(shown) else "text"
        return context


def is_day(text: str) -> bool:
    """Whether a date field of a browser can show the text."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-03-05")


class ChineseDateField(forms.DateField):
    """A day in any of the ways an office writes it: 2025-03-05, 2025/3/5, 2025.3.5, 2025年3月5日, 20250305."""

    widget = DayInput
    default_error_messages = {"invalid": _("请填写正确的日期，如 2025-03-05。")}

    def to_python(self, value: Any) -> date | None:
        """The day that the text names."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        text = re.sub(r"\s+", "", fold_width(value))
        found = _DATE.fullmatch(text) or _PLAIN_DATE.fullmatch(text)
        try:
            return date(*map(int, found.groups())) if found else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> NoReturn:
        raise ValidationError(self.error_messages["invalid"], code="invalid")
