"""People: logins, passwords, the roles they hold and what else they were granted to see."""

import re
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yinfeng.core import clock
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Invalid, NotVisible, Refused
from yinfeng.core.models import snapshot
from yinfeng.core.publiccode import ALPHABET
from yinfeng.core.text import clean_text
from yinfeng.org import policy
from yinfeng.org.enums import Breadth, OrgVerb
from yinfeng.org.models import Grant, Membership, ScopeNode, Unit, User

USERNAME = re.compile(r"[A-Za-z0-9_.\-\u4e00-\u9fff]{2,40}")
USER_FIELDS = ("post", "unit", "is_active")
MEMBERSHIP_FIELDS = ("role", "node", "breadth", "from_on", "to_on")
GRANT_FIELDS = ("node", "reason", "from_on", "to_on")


def one_time_password() -> str:
    """A password to be read out or copied once: three groups of four letters without 0/O and 1/I."""
    letters = "".join(secrets.choice(ALPHABET) for _number in range(12)).lower()
    return "-".join((letters[:4], letters[4:8], letters[8:]))


@action
def create_user(
    *,
    actor: Actor,
    username: str,
    post: str,
    unit: Unit | None,
    role: Role | str,
    node: ScopeNode | None = None,
    breadth: Breadth | str = Breadth.BELOW,
    password: str | None = None,
) -> tuple[User, str]:
    """Give a person a login with one role; returns the password, which nobody can read again.

    Without a *password* one is made for a single use: it must be changed at the first login.
    """
    policy.can_administer(actor).require()
    username, post = clean_text(username), clean_text(post)[:80]
    wrong = {}
    if not USERNAME.fullmatch(username):
        wrong["username"] = _("登录名由 2 到 40 个字母、数字、汉字、点、横线组成。")
    elif User.objects.filter(username__iexact=username).exists():
        wrong["username"] = _("这个登录名已有人使用，请换一个。")
    if not post:
        wrong["post"] = _("请填写职务或岗位。")
    if wrong:
        raise Invalid(wrong)
    secret = password or one_time_password()
    user = User(username=username, post=post, unit=unit, must_change_password=password is None)
    user.set_password(secret)
    user.save()
    held = Membership.objects.create(
        user=user,
        role=Role(role),
        node=node or (unit.node if unit else None),
        breadth=Breadth(breadth),
        from_on=clock.today(),
    )
    record(
        actor=actor,
        verb=OrgVerb.USER_CREATED,
        target=user,
        after={"username": username, "post": post, "unit": unit} | snapshot(held, MEMBERSHIP_FIELDS),
    )
    return user, secret


@action
def update_user(*, actor: Actor, user_id: int, version: int, values: Mapping[str, Any]) -> User:
    """Change a person's post or unit, or close the login; the last administrator stays."""
    policy.can_administer(actor).require()
    user = lock(User.objects.visible_to(actor), pk=user_id, version=version)
    changed = [field for field in USER_FIELDS if field in values and getattr(user, field) != values[field]]
    if not changed:
        unchanged()
        return user
    if "post" in changed and not clean_text(values["post"]):
        raise Invalid({"post": _("请填写职务或岗位。")})
    if values.get("is_active") is False and user.pk == actor.user_id:
        raise Invalid({"is_active": _("不能停用自己的账号。")})
    before = snapshot(user, tuple(changed))
    for field in changed:
        setattr(user, field, clean_text(values[field])[:80] if field == "post" else values[field])
    store(user, *changed)
    record(actor=actor, verb=OrgVerb.USER_CHANGED, target=user, before=before, after=snapshot(user, tuple(changed)))
    return user


@action
def reset_password(*, actor: Actor, user_id: int) -> tuple[User, str]:
    """Give a person a new one-time password; open sessions of that person end, and a lock after wrong tries too."""
    policy.can_administer(actor).require()
    user = lock(User.objects.visible_to(actor), pk=user_id)
    secret = one_time_password()
    user.set_password(secret)
    user.must_change_password = True
    store(user, "password", "must_change_password")
    reset(username=user.username)
    record(actor=actor, verb=OrgVerb.PASSWORD_SET, target=user, after={"one_time": True})
    return user, secret


@action
def change_own_password(*, actor: Actor, current: str, new: str) -> User:
    """Set one's own password, knowing the one that holds now."""
    if actor.user_id is None:
        raise Refused(_("请先登录。"))
    user = lock(User.objects.visible_to(actor), pk=actor.user_id)
    if not user.check_password(current):
        raise Invalid({"current": _("现在的密码不对。")})
    if user.check_password(new):
        raise Invalid({"new": _("新密码不能和现在的相同。")})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise Invalid({"new": " ".join(error.messages)}) from error
    user.set_password(new)
    user.must_change_password = False
    store(user, "password", "must_change_password")
    record(actor=actor, verb=OrgVerb.PASSWORD_SET, target=user, after={"one_time": False})
    return user


@action
def record_login(*, actor: Actor, user: User) -> None:
    """Write down that a person logged in, and from where."""
    record(actor=actor, verb=OrgVerb.LOGGED_IN, target=user)


@action
def set_membership(
    *,
    actor: Actor,
    user: User,
    role: Role | str,
    node: ScopeNode | None = None,
    breadth: Breadth | str = Breadth.BELOW,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Membership:
    """Let a person hold a role in a unit, a task force or a region, from a day and, if said, to a day."""
    policy.can_administer(actor).require()
    start = from_on or clock.today()
    _check_days(start, to_on)
    held = Membership.objects.create(
        user=user, role=Role(role), node=node, breadth=Breadth(breadth), from_on=start, to_on=to_on
    )
    record(
        actor=actor,
        verb=OrgVerb.MEMBERSHIP_CHANGED,
        target=user,
        after=snapshot(held, MEMBERSHIP_FIELDS),
    )
    return held


def _check_days(from_on: date, to_on: date | None) -> None:
    """An end cannot lie before its beginning."""
    if to_on is not None and to_on < from_on:
        raise Invalid({"to_on": _("截止日期不能早于开始日期。")})


@action
def end_membership(*, actor: Actor, membership_id: int, to_on: date | None = None) -> Membership:
    """Let a role end on a day, yesterday unless said, so that it no longer holds; it stays in the person's past."""
    policy.can_administer(actor).require()
    held: Membership | None = Membership.objects.select_for_update().filter(pk=membership_id).first()
    if held is None:
        raise NotVisible
    end = to_on or yesterday()
    if held.user_id == actor.user_id and held.role == Role.ADMIN and end < clock.today():
        raise Invalid({"__all__": _("不能收回自己的管理员岗位，请由另一位管理员办理。")})
    before = snapshot(held, MEMBERSHIP_FIELDS)
    _end(held, end)
    record(
        actor=actor,
        verb=OrgVerb.MEMBERSHIP_CHANGED,
        target=held.user,
        before=before,
        after=snapshot(held, MEMBERSHIP_FIELDS),
    )
    return held


def yesterday() -> date:
    """The last day of something that must stop now."""
    return clock.today() - timedelta(days=1)


def _end(held: Membership | Grant, end: date) -> None:
    """Store the last day of something held; what has not begun by then never holds."""
    held.to_on = end
    held.save(update_fields=["to_on"])


@action
def grant(
    *,
    actor: Actor,
    user: User,
    node: ScopeNode,
    reason: str,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Grant:
    """Let a person see one more unit, region or task force with all below it, for a reason and a time."""
    policy.can_administer(actor).require()
    start = from_on or clock.today()
    _check_days(start, to_on)
    if not clean_text(reason):
        raise Invalid({"reason": _("请写明授权原因。")})
    given = Grant.objects.create(user=user, node=node, reason=clean_text(reason)[:200], from_on=start, to_on=to_on)
    record(actor=actor, verb=OrgVerb.GRANT_CHANGED, target=user, after=snapshot(given, GRANT_FIELDS))
    return given


@action
def end_grant(*, actor: Actor, grant_id: int, to_on: date | None = None) -> Grant:
    """Let a grant end on a day, yesterday unless said, so that it no longer holds."""
    policy.can_administer(actor).require()
    given: Grant | None = Grant.objects.select_for_update().filter(pk=grant_id).first()
    if given is None:
        raise NotVisible
    before = snapshot(given, GRANT_FIELDS)
    _end(given, to_on or yesterday())
    record(
        actor=actor, verb=OrgVerb.GRANT_CHANGED, target=given.user, before=before, after=snapshot(given, GRANT_FIELDS)
    )
    return given
