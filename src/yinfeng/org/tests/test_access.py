"""Who may open a page: nobody without a login, and only the roles it is for."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yinfeng.core.actor import Role
from yinfeng.core.errors import Refused
from yinfeng.org.access import role_required, signed_in
from yinfeng.org.middleware import NOBODY
from yinfeng.org.tests import factories as make

pytestmark = pytest.mark.django_db


def ask(view, actor, **headers):
    """Open a view as this actor."""
    request = RequestFactory().get("/settings/?tab=1", headers=headers)
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware does
    return view(request)


@signed_in
def for_everybody(request):
    """A page for whoever is logged in."""
    return HttpResponse("ok")


@role_required(Role.ADMIN, Role.OFFICE)
def for_the_office(request):
    """A page for two roles."""
    return HttpResponse("ok")


@pytest.mark.parametrize("view", [for_everybody, for_the_office])
def test_a_visitor_is_led_to_the_login_page_and_back(view):
    answer = ask(view, NOBODY)
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=/settings/%3Ftab%3D1")


def test_an_htmx_visitor_leaves_the_page_for_the_login_page():
    answer = ask(for_everybody, NOBODY, hx_request="true")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login/")


@pytest.mark.parametrize("role", list(Role))
def test_only_the_named_roles_pass_and_the_others_are_told_whom_the_page_is_for(role):
    person = make.actor(role, make.make_unit())
    assert ask(for_everybody, person).status_code == 200
    if role in {Role.ADMIN, Role.OFFICE}:
        assert ask(for_the_office, person).status_code == 200
        return
    with pytest.raises(Refused) as refused:
        ask(for_the_office, person)
    assert str(refused.value.message) == "此页面只对管理员、办公室开放，如需使用请联系管理员。"


def test_a_guarded_view_says_whom_it_is_for():
    assert vars(for_everybody)["roles"] == frozenset()
    assert vars(for_the_office)["roles"] == {Role.ADMIN, Role.OFFICE}
