"""People: the list, one person, roles, grants and one-time passwords."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org import actions, policy, queries
from yinfeng.org.access import role_required, signed_in
from yinfeng.org.forms import GrantForm, MembershipForm, NewUserForm, PeopleFilterForm, UserForm
from yinfeng.org.models import Grant, Membership, User
from yinfeng.org.views.settings import page_number
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page


def user_with(request: ActorRequest, code: str) -> User:
    """The person of this code."""
    found = User.objects.visible_to(request.actor).filter(code=code).select_related("unit").first()
    if found is None:
        raise NotVisible
    return found


@signed_in
def people(request: ActorRequest) -> HttpResponse:
    """The people with their posts and roles."""
    form = PeopleFilterForm(request.GET or None, actor=request.actor)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = queries.PeopleFilter(
        unit=asked["unit"].code if asked.get("unit") else "",
        role=asked.get("role", ""),
        text=asked.get("text", "").strip(),
        closed=asked.get("closed", False),
    )
    rows = queries.people(request.actor, wanted).order_by("unit__position", "unit_id", "username")
    context = {
        "tab": "people",
        "form": form,
        "slice": paginate(rows, page_number(request)),
        "may_administer": policy.can_administer(request.actor),
    }
    return page(request, "org/people.html", context, fragment="rows")


@signed_in
def user(request: ActorRequest, code: str) -> HttpResponse:
    """One person: post, unit, roles; roles and grants are listed for the person and the administrator."""
    found = user_with(request, code)
    actor = request.actor
    may_administer = policy.can_administer(actor)
    may_look = bool(may_administer) or actor.user_id == found.pk
    context = {
        "person": found,
        "may_administer": may_administer,
        "may_look": may_look,
        "roles": queries.roles_of(found),
        "grants": queries.grants_of(found) if may_look else [],
    }
    return page(request, "org/user.html", context)


@role_required(Role.ADMIN)
def user_create(request: ActorRequest) -> HttpResponse:
    """Give a person a login; the one-time password is shown on the answer and nowhere else."""
    form = NewUserForm(request.POST or None, actor=request.actor, initial={"unit": request.GET.get("unit", "")})
    context = {"form": form}
    if request.method != "POST":
        return page(request, "org/user_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/user_form.html", context)
    try:
        made, secret = actions.create_user(actor=request.actor, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/user_form.html", context)
    return _shown_once(request, made, secret)


def _shown_once(request: ActorRequest, person: User, secret: str) -> HttpResponse:
    """The page with a one-time password; no browser keeps it."""
    answer = page(request, "org/one_time_password.html", {"person": person, "secret": secret})
    add_never_cache_headers(answer)
    return answer


@role_required(Role.ADMIN)
def user_edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change a person's post or unit, or close the login."""
    found = user_with(request, code)
    form = UserForm(request.POST or None, actor=request.actor, initial=_told(found))
    context = {"form": form, "person": found}
    if request.method != "POST":
        return page(request, "org/user_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/user_form.html", context)
    try:
        actions.update_user(
            actor=request.actor, user_id=found.pk, version=form.cleaned_data["version"] or 0, values=form.values()
        )
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/user_form.html", context)
    except Conflict as conflict:
        form.overtaken(conflict, _told(conflict.current))
        return page(request, "org/user_form.html", context, status=409)
    return done(request, reverse("org:user", args=[found.code]), _("人员信息已保存。"))


def _told(person: User) -> dict[str, Any]:
    """A person as the form shows it."""
    return {
        "post": person.post,
        "unit": person.unit.code if person.unit else "",
        "is_active": person.is_active,
        "version": person.version,
    }


@require_POST
@role_required(Role.ADMIN)
def user_password(request: ActorRequest, code: str) -> HttpResponse:
    """Give a person a new one-time password."""
    person, secret = actions.reset_password(actor=request.actor, user_id=user_with(request, code).pk)
    return _shown_once(request, person, secret)


@role_required(Role.ADMIN)
def membership_create(request: ActorRequest, code: str) -> HttpResponse:
    """Let a person hold one more role."""
    person = user_with(request, code)
    form = MembershipForm(request.POST or None)
    context = {"form": form, "person": person}
    if request.method != "POST":
        return page(request, "org/membership_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/membership_form.html", context)
    values = form.values()
    values["node"] = values["node"] or (person.unit.node if person.unit else None)
    try:
        actions.set_membership(actor=request.actor, user=person, **values)
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/membership_form.html", context)
    return done(request, reverse("org:user", args=[person.code]), _("岗位已登记。"))


@role_required(Role.ADMIN)
def grant_create(request: ActorRequest, code: str) -> HttpResponse:
    """Let a person see one more unit, task force or region for a time."""
    person = user_with(request, code)
    form = GrantForm(request.POST or None)
    context = {"form": form, "person": person}
    if request.method != "POST":
        return page(request, "org/grant_form.html", context)
    if not form.is_valid():
        return invalid(request, "org/grant_form.html", context)
    try:
        actions.grant(actor=request.actor, user=person, **form.values())
    except Invalid as errors:
        form.apply(errors)
        return invalid(request, "org/grant_form.html", context)
    return done(request, reverse("org:user", args=[person.code]), _("授权已登记。"))


@require_POST
@role_required(Role.ADMIN)
def membership_end(request: ActorRequest, code: str) -> HttpResponse:
    """Let a role of this person end now."""
    person = user_with(request, code)
    held = Membership.objects.visible_to(request.actor).filter(user=person, pk=_held(request)).first()
    if held is None:
        raise NotVisible
    actions.end_membership(actor=request.actor, membership_id=held.pk)
    return done(request, reverse("org:user", args=[person.code]), _("岗位已收回。"))


@require_POST
@role_required(Role.ADMIN)
def grant_end(request: ActorRequest, code: str) -> HttpResponse:
    """Let a grant of this person end now."""
    person = user_with(request, code)
    given = Grant.objects.visible_to(request.actor).filter(user=person, pk=_held(request)).first()
    if given is None:
        raise NotVisible
    actions.end_grant(actor=request.actor, grant_id=given.pk)
    return done(request, reverse("org:user", args=[person.code]), _("授权已收回。"))


def _held(request: ActorRequest) -> int:
    """Which role or grant of the person is meant; 0, which none has, when the form says nonsense."""
    text = request.POST.get("held", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
