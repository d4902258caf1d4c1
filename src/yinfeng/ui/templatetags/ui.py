"""Template tags of the shared look; built in, so that templates need no ``load``."""

import json
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from yinfeng.core import clock
from yinfeng.core.money import NOTHING, format_wan, format_yi
from yinfeng.core.period import BadPeriod, Period
from yinfeng.core.ratio import Ratio, percent_of
from yinfeng.ui.charts import ChartData, Series
from yinfeng.ui.figures import Shown
from yinfeng.ui.forms import new_gesture
from yinfeng.ui.lights import light_named
from yinfeng.ui.periods import period_text

register = template.Library()


# --- figures -----------------------------------------------------------------------------------------------------


@register.filter
def yi(amount_wan: Decimal | None, digits: int = 2) -> str:
    """An amount of 万元 in 亿元 with the exact 万元 on hover."""
    if amount_wan is None:
        return NOTHING
    exact = gettext("%(amount)s 万元") % {"amount": format_wan(amount_wan)}
    return format_html('<span class="num" title="{}">{}</span>', exact, format_yi(amount_wan, int(digits)))


@register.filter
def yi_text(amount_wan: Decimal | None, digits: int = 2) -> str:
    """The same as bare text, for attributes and sentences read aloud."""
    return format_yi(amount_wan, int(digits))


@register.filter
def wan(amount_wan: Decimal | None) -> str:
    """An exact amount of 万元, thousands separated."""
    return format_wan(amount_wan)


@register.filter
def percent(value: Ratio | Fraction | Decimal | int | None, digits: int = 1) -> str:
    """A ratio or a share as a percentage with its sign; a Decimal is taken as already in percent."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Ratio):
        return value.format_percent(int(digits))
    if isinstance(value, Fraction):
        return f"{percent_of(value, int(digits))}%"
    return f"{Decimal(value):,.{int(digits)}f}%"


@register.filter
def signed(value: Decimal | int | None, digits: int = 1) -> str:
    """A difference with its sign, +5.5 or −5.5, so that behind and ahead never hang on a colour."""
    if value is None or value == "":
        return NOTHING
    number = Decimal(value)
    return f"{'−' if number < 0 else '+' if number > 0 else ''}{abs(number):,.{int(digits)}f}"


@register.simple_tag
def figure(shown: Shown | None, label: str = "") -> str:
    """A figure that opens the lines behind it in the side panel; *label* is read aloud where the text is not enough."""
    if shown is None:
        return NOTHING
    exact = str(shown.exact or "")
    if not shown.url:
        return format_html('<span class="num" title="{}">{}</span>', exact, shown.text)
    spoken = f"{label or shown.title} {shown.text} {shown.unit}".strip()
    return format_html(
        '<a class="figure num" href="{}" data-panel title="{}" aria-label="{}">{}</a>',
        shown.url,
        exact,
        spoken,
        shown.text,
    )


# --- days and periods --------------------------------------------------------------------------------------------


def _day_of(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """2025-03-05, for tables."""
    return _day_of(value).isoformat() if value else NOTHING


@register.filter
def day_zh(value: date | datetime | None) -> str:
    """2025年3月5日 in prose (5 Mar 2025 on an English page)."""
    if not value:
        return NOTHING
    on = _day_of(value)
    if get_language() == "en":
        return f"{on.day} {Period.month_of(on).label_en}"
    return f"{on.year}年{on.month}月{on.day}日"


@register.filter
def moment(value: datetime | None) -> str:
    """2025-03-05 14:20 in the place's own time."""
    return clock.local(value).strftime("%Y-%m-%d %H:%M") if value else NOTHING


@register.filter
def period(value: Period | str | None) -> str:
    """A period in the reader's language; a stored code will do."""
    if not value:
        return NOTHING
    try:
        found = value if isinstance(value, Period) else Period.parse(str(value))
    except BadPeriod:
        return str(value)
    return period_text(found)


# --- small signs -------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """One of the icons of ``frontend/icons.txt``; without a label it is decoration."""
    address = f"{static('ui/build/icons.svg')}#{name.replace('/', '-')}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.simple_tag
def light(state: str, word: str = "") -> str:
    """A status light: colour, shape and word together."""
    known = light_named(str(getattr(state, "value", state)))
    return format_html(
        '<span class="light light-{}"><i aria-hidden="true"></i>{}</span>', known.shape, word or known.word
    )


@register.simple_tag
def chain_dot(chain: Any, short: bool = True) -> str:
    """A chain's dot in its own colour, with its name."""
    if chain is None:
        return format_html('<span class="chain"><i class="dot" aria-hidden="true"></i>{}</span>', gettext("未定产业链"))
    name = getattr(chain, "short_name", "") if short else ""
    return format_html(
        '<span class="chain"><i class="dot c{}" aria-hidden="true"></i>{}</span>', chain.colour % 7, name or chain.name
    )


@register.simple_tag
def stage_badge(project: Any) -> str:
    """A project's stage, with a mark where it is in doubt and its status where it does not simply go on."""
    doubt = gettext("环节待核") if getattr(project, "stage_in_doubt", False) else ""
    status = "" if getattr(project, "status", "active") == "active" else project.get_status_display()
    parts = [format_html('<span class="stage stage-{}">{}</span>', project.stage, project.get_stage_display())]
    parts += [format_html('<span class="tag tag-warn">{}</span>', word) for word in (doubt, status) if word]
    return mark_safe(" ".join(parts))  # noqa: S308 - joined from escaped parts


@register.simple_tag
def gesture() -> str:
    """The hidden key of one click, for forms written by hand."""
    return format_html('<input type="hidden" name="gesture" value="{}">', new_gesture())


@register.simple_tag
def version(record: Any) -> str:
    """The hidden version of the record a form was shown with, for forms written by hand."""
    return format_html('<input type="hidden" name="version" value="{}">', record.version)


# --- charts ------------------------------------------------------------------------------------------------------


class ExactEncoder(json.JSONEncoder):
    """Decimals as text, so that nothing is rounded on the way; the chart makes numbers of them."""

    def default(self, value: Any) -> Any:
        """Decimals and texts still to be translated."""
        return str(value) if isinstance(value, Decimal | Promise) else super().default(value)


# What may not stand inside a script element.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def chart_data(data: ChartData | Mapping[str, Any]) -> ChartData:
    """The same whether a view hands in the dataclass or a mapping of the same words."""
    if isinstance(data, ChartData):
        return data
    series = [line if isinstance(line, Series) else Series(**line) for line in data["series"]]
    return ChartData(**{**data, "series": series})


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(context: template.Context, kind: str, data: ChartData | Mapping[str, Any]) -> dict[str, Any]:
    """A chart (trend, bars, funnel) with its data as JSON and the same figures as a table below."""
    known = chart_data(data)
    number = int(context.render_context.get("charts") or 0) + 1
    context.render_context["charts"] = number
    drawn = {
        "unit": known.unit,
        "labels": list(known.labels),
        "urls": list(known.urls),
        "colours": list(known.colours),
        "series": [
            {"name": s.name, "values": list(s.values), "kind": s.kind, "dashed": s.dashed, "colour": s.colour}
            for s in known.series
        ],
    }
    text = json.dumps(drawn, cls=ExactEncoder, ensure_ascii=False).translate(ESCAPES)
    return {
        "kind": kind,
        "chart": known,
        "id": f"chart-{kind}-{number}",
        "json": SafeString(text),
        "first": number == 1,
    }


BULLET_WIDTH = Decimal(200)


@register.inclusion_tag("ui/bullet.html")
def bullet(
    value: Decimal | int | None,
    target: Decimal | int | None,
    schedule: Decimal | Fraction | int | None = None,
    word: str = "",
) -> dict[str, Any]:
    """A bullet bar: the value as a bar, the target at the end of the track, the schedule as a tick.

    *schedule* is the amount that should be there by now; a ``Fraction`` is the elapsed share of the target. Without a
    target there is nothing to measure by, and only a dash is drawn.
    """
    whole, now = Decimal(target or 0), Decimal(value or 0)
    if isinstance(schedule, Fraction):
        schedule = whole * schedule.numerator / schedule.denominator
    if not whole:
        return {"bar": None, "word": word or gettext("未下达目标")}
    scale = BULLET_WIDTH / max(whole, now)
    return {
        "bar": round(max(now, Decimal(0)) * scale, 1),
        "target": round(whole * scale, 1),
        "tick": None if schedule is None else round(Decimal(schedule) * scale + 1, 1),
        "word": word or gettext("完成目标的 %(share)s") % {"share": percent(Ratio(now, whole))},
    }


# --- forms -------------------------------------------------------------------------------------------------------


@register.filter
def stands_now(field: BoundField) -> str:
    """What the record holds now in this field, after somebody else overtook the form; empty otherwise."""
    return str(getattr(field.form, "stands", {}).get(field.name, ""))


@register.filter
def wrong_in(form: BaseForm, names: Collection[str]) -> bool:
    """Whether one of the named fields has a message, or something to compare after a conflict."""
    return any(name in names for name in (*form.errors, *getattr(form, "stands", ())))


TECHNICAL = frozenset({"csrfmiddlewaretoken", "gesture", "version", "password", "old_password", "new_password"})


@register.simple_tag
def typed_texts(typed: QueryDict | None) -> list[str]:
    """What a person had typed into a form that could not be shown again, so that it can be copied; never passwords."""
    names = [name for name in typed or () if name not in TECHNICAL and not re.match(r"version-|was-|.*password", name)]
    return [text for name in names for text in (typed or QueryDict()).getlist(name) if text.strip()]
