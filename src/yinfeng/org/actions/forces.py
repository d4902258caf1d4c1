"""Task forces with their posts and units."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.text import clean_text
from yinfeng.org import policy
from yinfeng.org.enums import ForceRole, ForceUnitRole, NodeKind, OrgVerb, TaskForceKind
from yinfeng.org.models import ScopeNode, TaskForce, TaskForcePost, TaskForceUnit, Unit

Posts = Sequence[tuple[ForceRole | str, str]]


@action
def create_task_force(
    *,
    actor: Actor,
    name: str,
    short_name: str,
    kind: TaskForceKind | str = TaskForceKind.CHAIN,
    position: int = 100,
    posts: Posts = (),
    lead_units: Sequence[Unit] = (),
    support_units: Sequence[Unit] = (),
    duties: str = "",
) -> TaskForce:
    """Set up a task force: posts of its sponsors, leaders and officers, its lead and its support units."""
    policy.can_organise(actor).require()
    name, short_name = clean_text(name)[:120], clean_text(short_name)[:40]
    _check_names(name, short_name)
    force = TaskForce.objects.create(
        name=name,
        short_name=short_name,
        kind=TaskForceKind(kind),
        position=position,
        duties=clean_text(duties, multiline=True),
        node=ScopeNode.objects.create(kind=NodeKind.TASK_FORCE, label=name),
    )
    _fill(force, posts, lead_units, support_units)
    record(actor=actor, verb=OrgVerb.FORCE_CREATED, target=force, after=_told(force))
    return force


def _check_names(name: str, short_name: str, but: int | None = None) -> None:
    """A task force needs both names, and the full one belongs to one."""
    wrong = {}
    if not name:
        wrong["name"] = _("请填写专班名称。")
    elif TaskForce.objects.filter(name=name).exclude(pk=but).exists():
        wrong["name"] = _("已有同名专班，请核对。")
    if not short_name:
        wrong["short_name"] = _("请填写专班简称。")
    if wrong:
        raise Invalid(wrong)


def _fill(
    force: TaskForce,
    posts: Posts,
    lead_units: Sequence[Unit],
    support_units: Sequence[Unit],
    people: Mapping[tuple[str, str], int | None] | None = None,
) -> None:
    """Write down the posts and units of a task force in the order given, each once; known posts keep their *people*."""
    known = people or {}
    named = dict.fromkeys((ForceRole(role), clean_text(post)[:80]) for role, post in posts)
    TaskForcePost.objects.bulk_create(
        TaskForcePost(task_force=force, role=role, post=post, position=number, user_id=known.get((role.value, post)))
        for number, (role, post) in enumerate(named)
        if post
    )
    lead = dict.fromkeys(lead_units)
    support = [unit for unit in dict.fromkeys(support_units) if unit not in lead]
    parts = [(unit, ForceUnitRole.LEAD) for unit in lead] + [(unit, ForceUnitRole.SUPPORT) for unit in support]
    TaskForceUnit.objects.bulk_create(
        TaskForceUnit(task_force=force, unit=unit, role=role, position=number)
        for number, (unit, role) in enumerate(parts)
    )


def _told(force: TaskForce) -> dict[str, object]:
    """A task force as the log tells it."""
    units = list(force.units.select_related("unit").order_by("role", "position"))
    posts = list(force.posts.order_by("role", "position"))
    return {
        "name": force.name,
        "short_name": force.short_name,
        "kind": force.kind,
        "position": force.position,
        "active": force.active,
        "duties": force.duties,
        "sponsors": [post.post for post in posts if post.role == ForceRole.SPONSOR],
        "leaders": [post.post for post in posts if post.role == ForceRole.LEADER],
        "officers": [post.post for post in posts if post.role == ForceRole.OFFICER],
        "lead_units": [str(part.unit) for part in units if part.role == ForceUnitRole.LEAD],
        "support_units": [str(part.unit) for part in units if part.role == ForceUnitRole.SUPPORT],
    }


@action
def update_task_force(
    *,
    actor: Actor,
    task_force_id: int,
    version: int,
    name: str,
    short_name: str,
    posts: Posts,
    lead_units: Sequence[Unit],
    support_units: Sequence[Unit],
    duties: str = "",
    position: int = 100,
    active: bool = True,
) -> TaskForce:
    """Say anew who and which units make up a task force; a new lead unit sees its projects at once."""
    policy.can_organise(actor).require()
    force: TaskForce = lock(TaskForce.objects.visible_to(actor), pk=task_force_id, version=version)
    before = _told(force)
    force.name, force.short_name = clean_text(name), clean_text(short_name)
    force.duties, force.position, force.active = clean_text(duties, multiline=True), position, active
    _check_names(force.name, force.short_name, but=force.pk)
    people = {(post.role, post.post): post.user_id for post in force.posts.all()}
    TaskForcePost.objects.filter(task_force=force).delete()
    TaskForceUnit.objects.filter(task_force=force).delete()
    _fill(force, posts, lead_units, support_units, people)
    after = _told(force)
    changed = [key for key, value in after.items() if before[key] != value]
    if not changed:
        unchanged()
        return force
    store(force, "name", "short_name", "duties", "position", "active")
    ScopeNode.objects.filter(pk=force.node_id).update(label=force.name)
    record(
        actor=actor,
        verb=OrgVerb.FORCE_CHANGED,
        target=force,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return force
