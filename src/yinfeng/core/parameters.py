"""Dated parameters: what a rule's number was on a given day."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, record
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import Confidence, Parameter
from yinfeng.core.verbs import CoreVerb


class ParameterMissing(LookupError):
    """No version of a parameter is in force on the day asked for."""


def parameter(key: str, on: date | None = None) -> Parameter:
    """The version of *key* in force on a day (today unless said); raises ``ParameterMissing``."""
    found = Parameter.objects.in_force(on or clock.today()).filter(key=key).order_by("-effective_from").first()
    if found is None:
        raise ParameterMissing(key)
    return found


def number(key: str, default: Decimal, on: date | None = None) -> Decimal:
    """A parameter's value as an exact number, or *default* where the place has set none."""
    try:
        return Decimal(parameter(key, on).value)
    except ParameterMissing:
        return default


@action
def set_parameter(
    *,
    actor: Actor,
    key: str,
    title: str,
    value: str,
    unit: str,
    effective_from: date,
    source: str = "",
    clause: str = "",
    confidence: Confidence = Confidence.UNVERIFIED,
    note: str = "",
) -> Parameter:
    """Put a new version of a parameter in force from a day on; the version before it ends the day before."""
    if not actor.has(Role.ADMIN, Role.OFFICE):
        raise Refused(_("只有办公室或管理员可以修改参数。"))
    if Parameter.objects.filter(key=key, effective_from=effective_from).exists():
        raise Invalid({"effective_from": _("这一天已有一个版本，请换一个生效日期。")})
    earlier = Parameter.objects.filter(key=key, effective_from__lt=effective_from).order_by("-effective_from").first()
    later = Parameter.objects.filter(key=key, effective_from__gt=effective_from).order_by("effective_from").first()
    if earlier is not None:
        earlier.effective_to = date.fromordinal(effective_from.toordinal() - 1)
        earlier.save(update_fields=["effective_to"])
    version = Parameter.objects.create(
        key=key,
        title=title,
        value=value,
        unit=unit,
        source=source,
        clause=clause,
        confidence=confidence,
        note=note,
        effective_from=effective_from,
        effective_to=date.fromordinal(later.effective_from.toordinal() - 1) if later else None,
    )
    record(
        actor=actor,
        verb=CoreVerb.PARAMETER_SET,
        target=version,
        before={"value": earlier.value if earlier else None},
        after={"key": key, "value": value, "effective_from": effective_from},
        note=note,
    )
    return version
