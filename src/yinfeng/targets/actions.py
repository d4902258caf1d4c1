"""Setting, changing and withdrawing targets."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid, Text
from yinfeng.core.models import snapshot
from yinfeng.core.period import BadPeriod, Period
from yinfeng.org.models import Region, Unit
from yinfeng.targets import policy
from yinfeng.targets.enums import Operator, TargetLevel, TargetVerb
from yinfeng.targets.metrics import BASES, Measure
from yinfeng.targets.models import Target
from yinfeng.targets.values import TargetValues

FIELDS = tuple(TargetValues.__dataclass_fields__)


@action
def set_target(
    *,
    actor: Actor,
    metric: str,
    period: str,
    level: TargetLevel = TargetLevel.CITY,
    chain: Chain | None = None,
    unit: Unit | None = None,
    region: Region | None = None,
    operator: Operator = Operator.AT_LEAST,
    value_wan: Decimal | None = None,
    value_number: Decimal | None = None,
    threshold_wan: Decimal | None = None,
    wording: str = "",
    source_title: str = "",
    source_number: str = "",
    source_on: date | None = None,
    main: bool = True,
) -> Target:
    """Set a target with the document it comes from; another one for the same figure may stand beside it.

    A new main target takes that mark from the one before, which stays and is named on the page.
    """
    policy.can_set(actor).require()
    values = TargetValues(
        metric,
        period,
        level,
        chain,
        unit,
        region,
        operator,
        value_wan,
        value_number,
        threshold_wan,
        wording.strip(),
        source_title.strip(),
        source_number.strip(),
        source_on,
        main,
    )
    check(values)
    target = Target.objects.create(created_at=clock.now(), **values.as_fields())
    record(
        actor=actor,
        verb=TargetVerb.SET,
        target=target,
        before={"main": give_way(target)},
        after=snapshot(target, FIELDS),
    )
    return target


@action
def change_target(*, actor: Actor, target_id: int, version: int, values: TargetValues) -> Target:
    """Put right what a target says; its former content stays in the log."""
    policy.can_set(actor).require()
    target = lock(Target.objects.visible_to(actor), pk=target_id, version=version)
    check(values)
    before = snapshot(target, FIELDS)
    for name, value in values.as_fields().items():
        setattr(target, name, value)
    store(target, *FIELDS)
    gave_way = give_way(target)
    record(
        actor=actor,
        verb=TargetVerb.CHANGED,
        target=target,
        before=before | ({"gave_way": gave_way} if gave_way else {}),
        after=snapshot(target, FIELDS),
    )
    return target


@action
def withdraw_target(*, actor: Actor, target_id: int, version: int | None = None, reason: str) -> Target:
    """Take a target back, with the reason; it leaves every page and figure and stays in the log."""
    policy.can_set(actor).require()
    target = lock(Target.objects.visible_to(actor), pk=target_id, version=version)
    if not reason.strip():
        raise Invalid({"reason": _("请写明撤销的原因。")})
    target.withdrawn_at = clock.now()
    store(target, "withdrawn_at")
    record(actor=actor, verb=TargetVerb.WITHDRAWN, target=target, before=snapshot(target, FIELDS), note=reason.strip())
    return target


def check(values: TargetValues) -> None:
    """Refuse a target that no figure could be measured against."""
    errors: dict[str, Text] = {}
    metric = BASES.get(values.metric)
    if metric is None:
        raise Invalid({"metric": _("请选择可以下达目标的指标。")})
    try:
        Period.parse(values.period)
    except BadPeriod:
        errors["period"] = _("请填写年度，如 2025。")
    money = metric.measure is Measure.MONEY
    wanted, other = (values.value_wan, values.value_number) if money else (values.value_number, values.value_wan)
    if wanted is None or other is not None:
        name = "value_wan" if money else "value_number"
        errors[name] = _("请填写金额。") if money else _("请填写个数。")
    elif wanted <= 0:
        errors["value_wan" if money else "value_number"] = _("目标须大于零。")
    if not money and wanted is not None and wanted != wanted.to_integral_value():
        errors["value_number"] = _("个数须为整数。")
    if sum(1 for part in (values.chain, values.unit, values.region) if part is not None) > 1:
        errors["chain"] = _("产业链、单位、行政区只能选一个。")
    if not values.source_title:
        errors["source_title"] = _("请写明目标出自哪份文件。")
    if errors:
        raise Invalid(errors)


def give_way(target: Target) -> Any:
    """Take the main mark from the other main targets of the same figure; gives their codes."""
    if not target.main:
        return []
    same = Target.objects.filter(
        metric=target.metric,
        period=target.period,
        chain=target.chain,
        unit=target.unit,
        region=target.region,
        main=True,
        withdrawn_at__isnull=True,
    ).exclude(pk=target.pk)
    codes = list(same.values_list("code", flat=True))
    same.update(main=False, version=F("version") + 1)
    return codes
