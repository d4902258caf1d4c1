"""What an address asks for: months, scope and choices, each checked and never guessed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.errors import Invalid, NotVisible
from yinfeng.core.period import BadPeriod, Period, PeriodKind
from yinfeng.core.ratio import RatioMode
from yinfeng.enterprises.enums import Origin
from yinfeng.org.models import Place, Region, Unit
from yinfeng.org.periods import the_place
from yinfeng.projects.enums import Pool, Stage
from yinfeng.targets.metrics import (
    BASES,
    Metric,
    Options,
    Scope,
    Window,
)
from yinfeng.targets.metrics.idle import KINDS
from yinfeng.targets.metrics.scopes import UNCHAINED


def working_month(place: Place | None = None) -> Period:
    """The month that pages open with: this one, or the nearest in the year that the place works on."""
    today = Period.month_of(clock.today())
    place = place or the_place()
    if place is None or place.year == today.year:
        return today
    return Period.month(place.year, 12 if place.year < today.year else 1)


def month_named(text: str, place: Place | None = None) -> Period:
    """The month a text names, the working month for an empty one; ``Invalid`` for anything else."""
    if not text:
        return working_month(place)
    period = period_named(text)
    if period.kind is not PeriodKind.MONTH:
        raise Invalid({"period": _("请填写月份，如 2025-03。")})
    return period


def period_named(text: str) -> Period:
    """The period a text names."""
    try:
        return Period.parse(text)
    except BadPeriod as fault:
        raise Invalid({"period": _(fault.template) % fault.params}) from fault


def window_named(period: str, first: str, last: str) -> Window:
    """The months an address asks for: a period, or from one month to another; this year's so far when it is silent."""
    if period:
        return Window.of(period_named(period))
    if not first and not last:
        return Window.year_to(working_month())
    end = month_named(last or first)
    start = month_named(first) if first else end.year_to_date()[0]
    if end < start:
        raise Invalid({"from": _("起始月份不能晚于截止月份。")})
    if (end.year - start.year) > 10:
        raise Invalid({"from": _("期间不能超过十年。")})
    return Window(start, end)


def scope_named(text: str) -> Scope:
    """The scope an address names; what is not there answers as if it were out of sight."""
    kind, _colon, code = text.partition(":")
    if kind in {"", "place"} and not code:
        return Scope.place()
    if kind == "chain" and code == UNCHAINED:
        return Scope.unchained()
    if kind == "chain":
        chain = Chain.objects.filter(code=code).first()
        return Scope.chain(chain) if chain else _missing()
    if kind == "unit":
        unit = Unit.objects.filter(code=code).first()
        return Scope.unit(unit, below(Unit, unit.pk)) if unit else _missing()
    if kind == "region":
        region = Region.objects.filter(code=code).first()
        return Scope.region(region, below(Region, region.pk)) if region else _missing()
    raise Invalid({"scope": _("不认识的统计范围：%(text)s") % {"text": text[:40]}})


def _missing() -> Scope:
    raise NotVisible(_("没有找到这个统计范围。"))


def below(model: type[Unit] | type[Region], key: int) -> frozenset[int]:
    """The ids of everything below a unit or region, one query a level."""
    found: set[int] = set()
    level = [key]
    while level:
        level = [pk for pk in model.objects.filter(parent_id__in=level).values_list("pk", flat=True) if pk not in found]
        found.update(level)
    return frozenset(found)


def options_named(metric: Metric, asked: Mapping[str, str]) -> Options:
    """The choices an address makes, each checked; a choice that the metric does not know is ignored."""
    taken = {name: asked.get(name, "") for name in metric.takes}
    known: Mapping[str, Iterable[str]] = {
        "stage": Stage.values,
        "pool": Pool.values,
        "origin": Origin.values,
        "of": KINDS if metric.name.startswith("idle_") else BASES,
    }
    for name, value in taken.items():
        if value and name in known and value not in known[name]:
            raise Invalid({name: _("不认识的选项：%(value)s") % {"value": value[:40]}})
    mode = asked.get("mode", "")
    if mode and mode not in set(RatioMode):
        raise Invalid({"mode": _("比率显示方式只能是 round（四舍五入）或 truncate（截断）。")})
    return Options(
        threshold_wan=_threshold(taken.get("threshold_wan", "")),
        stage=taken.get("stage", ""),
        pool=taken.get("pool", ""),
        planned=taken.get("planned", "") == "1",
        origin=taken.get("origin", ""),
        of=taken.get("of", ""),
        mode=mode,
    )


def _threshold(text: str) -> Decimal | None:
    """A threshold in 万元."""
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not (amount.is_finite() and 0 < amount <= 10**12 and amount == round(amount, 4)):
        raise Invalid({"threshold_wan": _("门槛须为大于零的万元数。")})
    return amount
