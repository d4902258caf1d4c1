"""Dated parameters: what a rule's number was on a given day."""

import csv
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, record, unchanged
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


@dataclass(frozen=True)
class DefaultParameter:
    """A parameter as it ships: what applies until a place sets a version of its own."""

    key: str
    title: str
    value: str
    unit: str
    source: str
    clause: str
    confidence: str
    effective_from: date
    note: str


@cache
def defaults() -> Mapping[str, DefaultParameter]:
    """The parameters that ship with the product, by key (``core/data/parameters.csv``)."""
    with (files("yinfeng.core") / "data" / "parameters.csv").open(encoding="utf-8") as stream:
        rows = [
            DefaultParameter(effective_from=date.fromisoformat(row.pop("effective_from")), **row)
            for row in csv.DictReader(stream)
        ]
    return {row.key: row for row in rows}


def number(key: str, on: date | None = None) -> Decimal:
    """A parameter's value as an exact number: the place's version of that day, else the one that ships.

    Raises ``ParameterMissing`` for a key that neither knows.
    """
    try:
        return Decimal(parameter(key, on).value)
    except ParameterMissing:
        if key not in defaults():
            raise
        return Decimal(defaults()[key].value)


def numbers(*keys: str) -> dict[str, Decimal]:
    """Several parameters of today in one query, each as ``number`` gives it."""
    rows = Parameter.objects.in_force(clock.today()).filter(key__in=keys).order_by("effective_from")
    own = {row.key: Decimal(row.value) for row in rows}
    return {key: own[key] if key in own else Decimal(defaults()[key].value) for key in keys}


@action
def load_parameters(*, actor: Actor) -> int:
    """Put the shipped parameters into the settings, where they can be read and changed; says how many were new."""
    known = set(Parameter.objects.values_list("key", flat=True))
    new = [Parameter(**asdict(row)) for row in defaults().values() if row.key not in known]
    Parameter.objects.bulk_create(new)
    if not new:
        unchanged()
    for version in new:
        record(
            actor=actor, verb=CoreVerb.PARAMETER_SET, target=version, after={"key": version.key, "value": version.value}
        )
    return len(new)


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
