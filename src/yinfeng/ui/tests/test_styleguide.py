"""The page of all parts."""

import pytest
from django.test import Client

from yinfeng.org.models import User


@pytest.fixture
def person(db):
    return User.objects.create(username="guide", post="办公室主任")


def test_the_style_guide_opens_for_anybody_signed_in(client: Client, person):
    client.force_login(person)
    assert client.get("/ui/").status_code == 200
