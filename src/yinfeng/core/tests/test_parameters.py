"""Dated parameters: every number of a rule has a version for every day."""

from datetime import date
from decimal import Decimal

import pytest

from yinfeng.core.actor import Actor, Role, system
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import AuditEntry, Confidence, Parameter
from yinfeng.core.parameters import ParameterMissing, defaults, load_parameters, number, parameter, set_parameter

pytestmark = pytest.mark.django_db
OFFICE = Actor(label="办公室", user_id=1, roles=frozenset({Role.OFFICE}))


def put(value: str, on: date, actor: Actor = OFFICE) -> Parameter:
    """One version of the threshold for exemption from energy review."""
    return set_parameter(
        actor=actor, key="energy.tce", title="节能审查免审上限", value=value, unit="tce", effective_from=on
    )


def test_each_day_has_the_version_in_force_on_it():
    put("1000", date(2025, 9, 1))
    put("5000", date(2023, 6, 1))
    put("2000", date(2024, 1, 1))
    read = {day: parameter("energy.tce", day).value for day in (date(2023, 6, 1), date(2024, 1, 1), date(2026, 1, 1))}
    assert read == {date(2023, 6, 1): "5000", date(2024, 1, 1): "2000", date(2026, 1, 1): "1000"}
    assert [(row.effective_from, row.effective_to) for row in Parameter.objects.order_by("effective_from")] == [
        (date(2023, 6, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2025, 8, 31)),
        (date(2025, 9, 1), None),
    ]


def test_before_the_first_version_there_is_none():
    put("1000", date(2025, 9, 1))
    for read in (parameter, number):
        with pytest.raises(ParameterMissing):
            read("energy.tce", date(2025, 8, 31))
    assert number("energy.tce", date(2025, 9, 1)) == Decimal(1000)


def test_what_ships_applies_until_the_place_sets_its_own():
    assert number("follow_up.key") == Decimal(14)
    assert load_parameters(actor=system("测试")) == len(defaults())
    assert load_parameters(actor=system("测试")) == 0
    Parameter.objects.filter(key="follow_up.key").update(value="10")
    assert number("follow_up.key") == Decimal(10)


def test_what_ships_names_its_source_and_whether_it_was_verified():
    assert all(row.source and row.confidence in Confidence.values for row in defaults().values())


def test_a_new_version_is_unverified_unless_said_and_is_written_down_with_the_one_before():
    put("5000", date(2023, 6, 1))
    version = put("1000", date(2025, 9, 1))
    assert version.confidence == Confidence.UNVERIFIED
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.before, entry.after) == (
        "parameter.set",
        {"value": "5000"},
        {"key": "energy.tce", "value": "1000", "effective_from": "2025-09-01"},
    )


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [({Role.OFFICE}, True), ({Role.ADMIN}, True), ({Role.OFFICER}, False), ({Role.AUDITOR, Role.LEADER}, False)],
)
def test_only_the_office_and_the_administrator_set_parameters(roles, allowed):
    person = Actor(label="甲", user_id=3, roles=frozenset(roles))
    if allowed:
        put("1000", date(2025, 9, 1), person)
    else:
        with pytest.raises(Refused):
            put("1000", date(2025, 9, 1), person)
    assert Parameter.objects.count() == int(allowed)


def test_a_day_has_one_version():
    put("1000", date(2025, 9, 1))
    with pytest.raises(Invalid) as refused:
        put("2000", date(2025, 9, 1), system("任务"))
    assert list(refused.value.fields) == ["effective_from"]
    assert Parameter.objects.get().value == "1000"
