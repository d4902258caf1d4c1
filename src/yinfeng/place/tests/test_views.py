import pytest
from django.urls import reverse

from yinfeng.core.actor import Role
from yinfeng.org.models import Place
from yinfeng.org.tests.factories import make_place, make_user

pytestmark = pytest.mark.django_db
FORM = {
    "name": "德令哈市",
    "short_name": "德令哈",
    "office_name": "德令哈市招商局",
    "region_code": "632802",
    "year": "2026",
    "report_day": "25",
}


def test_the_short_form_starts_a_place(client):
    client.force_login(make_user(Role.ADMIN))
    answer = client.post(reverse("place:new"), FORM)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert Place.objects.get().name == "德令哈市"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("region_code", "999999", "没有这个行政区划代码"), ("year", "99999", "2100"), ("name", "", "必填")],
)
def test_a_wrong_answer_is_told_beside_its_field(client, field, value, message):
    client.force_login(make_user(Role.ADMIN))
    answer = client.post(reverse("place:new"), FORM | {field: value})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Place.objects.exists()


def test_a_second_place_is_not_started(client):
    make_place()
    client.force_login(make_user(Role.ADMIN))
    assert client.get(reverse("place:new"))["Location"] == "/"


def test_removing_without_a_demo_is_answered_not_broken(client):
    make_place()
    client.force_login(make_user(Role.ADMIN))
    assert client.post(reverse("place:demo")).status_code == 422


@pytest.mark.parametrize("name", ["place:new", "place:demo"])
def test_only_the_administrator_comes_in(client, name):
    client.force_login(make_user(Role.OFFICE))
    assert client.get(reverse(name)).status_code == 403
