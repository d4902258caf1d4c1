"""The office, a reporter, a stranger, and the place they work for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from yinfeng.core.actor import Actor, Role
from yinfeng.org.models import Unit, User
from yinfeng.org.scope import actor_for
from yinfeng.org.tests.factories import make_place, make_unit, make_user


@dataclass
class Person:
    """Somebody with a login."""

    user: User
    actor: Actor
    client: Client


@pytest.fixture
def energy(db: None) -> Unit:
    """A unit that answers for projects."""
    make_place(name="沙洲市", short_name="沙洲", office_name="沙洲市招商办")
    return make_unit("沙洲市能源局", short_name="市能源局")


@pytest.fixture
def person(energy: Unit) -> Callable[[Role, Unit | None], Person]:
    """Makes people."""

    def make(role: Role, unit: Unit | None = None) -> Person:
        user = make_user(role, unit or energy)
        client = Client()
        client.force_login(user)
        return Person(user, actor_for(user), client)

    return make


@pytest.fixture
def office(person: Callable[..., Person]) -> Person:
    """The office of the leading group."""
    return person(Role.OFFICE)
