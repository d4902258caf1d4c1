"""Coming in: wrong passwords, the lock after too many, the first password, going out."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from yinfeng.core.models import AuditEntry
from yinfeng.org import actions
from yinfeng.org.models import User
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


def enter(client, user, password=make.PASSWORD, **more):
    """Send the login form."""
    return client.post(LOGIN, {"username": user.username, "password": password, **more})


def test_a_right_password_lets_in_to_where_one_wanted_to_go_and_is_written_down(client):
    user = make.make_user(unit=make.make_unit())
    answer = enter(client, user, next="/people/")
    assert (answer.status_code, answer["Location"]) == (302, "/people/")
    entry = AuditEntry.objects.get(verb="user.login")
    assert (entry.actor_id, entry.address, entry.target_code) == (user.pk, "127.0.0.1", user.code)


def test_a_foreign_address_to_go_to_is_not_followed(client):
    answer = enter(client, make.make_user(), next="https://example.com/")
    assert answer["Location"] == reverse("home")


def test_a_wrong_password_shows_the_form_again_with_the_name_kept(client):
    user = make.make_user()
    answer = enter(client, user, "wrong")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "登录名或密码不对，请重试。" in text
    assert user.username in text
    assert "wrong" not in text


@pytest.mark.parametrize(("name", "password"), [("长" * 300, "x"), ("a\0", "x"), ("someone", "x" * 300)])
def test_what_is_no_name_or_password_is_refused_beside_its_field(client, name, password):
    answer = client.post(LOGIN, {"username": name, "password": password})
    assert (answer.status_code, len(answer.context["form"].errors)) == (422, 1)


def test_a_closed_login_does_not_let_in(client):
    user = make.make_user()
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert enter(client, user).status_code == 422


def test_too_many_wrong_passwords_lock_the_name_until_the_administrator_resets_it(client, settings):
    settings.AXES_FAILURE_LIMIT = 3
    user = make.make_user()
    answers = [enter(client, user, "wrong").status_code for _number in range(3)]
    assert answers == [422, 422, 429]
    locked = enter(client, user)
    assert locked.status_code == 429
    assert "连续输错 3 次" in locked.content.decode()
    assert enter(client, make.make_user()).status_code == 302
    client.logout()
    _user, secret = actions.reset_password(actor=make.SYSTEM, user_id=user.pk)
    assert enter(client, user, secret).status_code == 302


@pytest.fixture
def newcomer(client):
    """A person with a one-time password, logged in."""
    user, secret = actions.create_user(actor=make.SYSTEM, username="xinren", post="专员", unit=None, role="office")
    enter(client, user, secret)
    return user, secret


def test_a_first_password_leads_every_page_to_its_change(client, newcomer):
    assert client.get("/settings/")["Location"] == "/password/"
    assert client.get("/settings/", headers={"hx-request": "true"})["HX-Redirect"] == "/password/"
    page = client.get("/password/")
    assert page.status_code == 200
    assert "您用的是一次性密码" in page.content.decode()


def test_a_changed_first_password_opens_the_house_and_keeps_the_session(client, newcomer):
    user, secret = newcomer
    new = "昆仑山下2025年"
    answer = client.post("/password/", {"current": secret, "new": new, "again": new})
    assert (answer.status_code, answer["Location"]) == (303, reverse("home"))
    assert client.get("/settings/").status_code == 200
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(new)) == (False, True)
    assert AuditEntry.objects.filter(verb="user.password").get().after == {"one_time": False}


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"current": "wrong"}, "current", "现在的密码不对。"),
        ({"again": "Something-else-9"}, "again", "两次输入的新密码不一样。"),
        ({"new": "12345678", "again": "12345678"}, "new", None),
        ({"new": "xinren", "again": "xinren"}, "new", None),
        ({"new": ""}, "new", None),
    ],
)
def test_a_password_that_will_not_do_says_why_beside_the_field(client, newcomer, typed, field, message):
    _user, secret = newcomer
    good = {"current": secret, "new": "Kunlun-2025-xx", "again": "Kunlun-2025-xx"}
    answer = client.post("/password/", good | typed)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    if message:
        assert errors[field] == [message]


def test_a_first_password_is_not_taken_as_the_new_one(client, newcomer):
    _user, secret = newcomer
    answer = client.post("/password/", {"current": secret, "new": secret, "again": secret})
    assert answer.context["form"].errors == {"new": ["新密码不能和现在的相同。"]}


def test_going_out_is_a_post(client):
    client.force_login(make.make_user())
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == LOGIN
    assert client.get("/settings/").status_code == 302


def told(*words):
    """What first-admin prints as JSON."""
    out = io.StringIO()
    call_command("first_admin", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_first_administrator_is_made_once_and_must_change_the_password(client):
    made = told()
    assert (made["created"], made["username"]) == (True, "admin")
    user = User.objects.get(username="admin")
    assert user.check_password(made["password"])
    assert user.must_change_password
    assert told("--username", "second") == {"created": False}
    assert User.objects.count() == 1
    assert enter(client, user, made["password"]).status_code == 302


def test_one_time_passwords_differ_and_are_easy_to_read_out():
    secrets = {actions.people.one_time_password() for _number in range(50)}
    assert len(secrets) == 50
    assert all(set(secret) <= set("23456789abcdefghjklmnpqrstuvwxyz-") and len(secret) == 14 for secret in secrets)
