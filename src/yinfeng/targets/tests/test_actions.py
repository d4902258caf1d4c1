"""Setting, changing and withdrawing targets."""

from decimal import Decimal
from typing import Any

import pytest

from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.core.period import Period
from yinfeng.org.tests.factories import actor
from yinfeng.targets import actions, policy
from yinfeng.targets.models import Target
from yinfeng.targets.queries import target_groups
from yinfeng.targets.tests import factories as f
from yinfeng.targets.values import TargetValues

pytestmark = pytest.mark.django_db
GOOD: dict[str, Any] = {
    "metric": "signed_amount",
    "period": "2025",
    "value_wan": Decimal(2_200_000),
    "source_title": "招商方案",
}


def office():
    return actor(Role.OFFICE)


@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.OFFICE, True), (Role.ADMIN, True), (Role.REPORTER, False), (Role.LEADER, False)]
)
def test_only_the_office_sets_targets(role, allowed):
    who = actor(role)
    assert bool(policy.can_set(who)) is allowed
    if allowed:
        assert actions.set_target(actor=who, **GOOD).main is True
    else:
        with pytest.raises(Refused):
            actions.set_target(actor=who, **GOOD)
    assert Target.objects.count() == (1 if allowed else 0)


def test_the_report_and_the_plan_stand_side_by_side():
    who = office()
    report = actions.set_target(
        actor=who, **GOOD | {"value_wan": Decimal(2_000_000), "source_title": "政府工作报告"}, main=False
    )
    plan = actions.set_target(actor=who, **GOOD)
    f.make_place()
    (group,) = target_groups(who, Period.parse("2025-06"))
    assert [(line.target.pk, line.target.main) for line in group.lines] == [(report.pk, False), (plan.pk, True)]
    assert group.place_total == 2_200_000


def test_a_new_main_target_takes_the_mark_and_keeps_the_old_one():
    who = office()
    first = actions.set_target(actor=who, **GOOD)
    second = actions.set_target(actor=who, **GOOD)
    other = actions.set_target(actor=who, **GOOD | {"metric": "funds_reported"})
    assert set(Target.objects.filter(main=True).values_list("pk", flat=True)) == {second.pk, other.pk}
    assert AuditEntry.objects.filter(verb="target.set").order_by("id")[1].before == {"main": [first.code]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"metric": "nonsense"}, "metric"),
        ({"metric": "performance_rate"}, "metric"),
        ({"period": "25年"}, "period"),
        ({"value_wan": None}, "value_wan"),
        ({"value_wan": Decimal(0)}, "value_wan"),
        ({"value_wan": None, "value_number": Decimal(3)}, "value_wan"),
        ({"metric": "started"}, "value_number"),
        ({"metric": "started", "value_wan": None, "value_number": Decimal("1.5")}, "value_number"),
        ({"source_title": "  "}, "source_title"),
    ],
)
def test_a_target_that_measures_nothing_is_refused_beside_its_field(change, field):
    with pytest.raises(Invalid) as refused:
        actions.set_target(actor=office(), **GOOD | change)
    assert field in refused.value.fields
    assert Target.objects.count() == 0


def test_a_target_has_one_scope():
    with pytest.raises(Invalid) as refused:
        actions.set_target(actor=office(), **GOOD, chain=f.make_chain(), unit=f.make_unit())
    assert set(refused.value.fields) == {"chain"}


def test_changing_needs_the_version_one_has_seen():
    who = office()
    target = actions.set_target(actor=who, **GOOD)
    values = TargetValues(**GOOD | {"value_wan": Decimal(1)})
    assert actions.change_target(actor=who, target_id=target.pk, version=1, values=values).version == 2
    with pytest.raises(Conflict):
        actions.change_target(actor=who, target_id=target.pk, version=1, values=values)


def test_a_withdrawn_target_leaves_the_figures_with_a_reason():
    who = office()
    target = actions.set_target(actor=who, **GOOD)
    with pytest.raises(Invalid):
        actions.withdraw_target(actor=who, target_id=target.pk, version=1, reason=" ")
    actions.withdraw_target(actor=who, target_id=target.pk, version=1, reason="文件作废")
    assert list(Target.objects.visible_to(who)) == []
    with pytest.raises(NotVisible):
        actions.withdraw_target(actor=who, target_id=target.pk, version=2, reason="再撤一次")
