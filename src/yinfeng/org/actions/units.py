"""Units: set up, rename, put to rest."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.models import snapshot
from yinfeng.core.search import index
from yinfeng.core.text import clean_text
from yinfeng.org import policy
from yinfeng.org.enums import NodeKind, OrgVerb, UnitKind
from yinfeng.org.models import Region, ScopeNode, Unit

UNIT_FIELDS = ("name", "short_name", "kind", "region", "reports", "position", "active")


@action
def create_unit(
    *,
    actor: Actor,
    name: str,
    short_name: str,
    kind: UnitKind | str = UnitKind.DEPARTMENT,
    parent: Unit | None = None,
    region: Region | None = None,
    reports: bool = True,
    position: int = 100,
) -> Unit:
    """Set up a unit at its place in the tree; where it stands is fixed, since records are listed from there."""
    policy.can_organise(actor).require()
    name, short_name = clean_text(name)[:120], clean_text(short_name)[:40]
    _check_names(name, short_name)
    unit = Unit.objects.create(
        name=name,
        short_name=short_name,
        kind=UnitKind(kind),
        parent=parent,
        region=region,
        reports=reports,
        position=position,
        node=ScopeNode.objects.create(kind=NodeKind.UNIT, label=name),
    )
    index("unit", [(unit.pk, f"{name} {short_name}")])
    after = snapshot(unit, UNIT_FIELDS) | {"parent": str(parent) if parent else None}
    record(actor=actor, verb=OrgVerb.UNIT_CREATED, target=unit, after=after)
    return unit


def _check_names(name: str, short_name: str, but: int | None = None) -> None:
    """A unit needs both names, and the full one belongs to one unit."""
    wrong = {}
    if not name:
        wrong["name"] = _("请填写单位全称。")
    elif Unit.objects.filter(name=name).exclude(pk=but).exists():
        wrong["name"] = _("已有同名单位，请核对。")
    if not short_name:
        wrong["short_name"] = _("请填写单位简称。")
    if wrong:
        raise Invalid(wrong)


@action
def update_unit(*, actor: Actor, unit_id: int, version: int, values: Mapping[str, Any]) -> Unit:
    """Change what is said of a unit; putting it to rest keeps its past and takes it out of new forms."""
    policy.can_organise(actor).require()
    unit: Unit = lock(Unit.objects.visible_to(actor), pk=unit_id, version=version)
    wanted = {field: values[field] for field in UNIT_FIELDS if field in values}
    for field in ("name", "short_name"):
        if field in wanted:
            wanted[field] = clean_text(wanted[field])
    _check_names(wanted.get("name", unit.name), wanted.get("short_name", unit.short_name), but=unit.pk)
    changed = [field for field, value in wanted.items() if getattr(unit, field) != value]
    if not changed:
        unchanged()
        return unit
    before = snapshot(unit, tuple(changed))
    for field in changed:
        setattr(unit, field, wanted[field])
    store(unit, *changed)
    if "name" in changed:
        ScopeNode.objects.filter(pk=unit.node_id).update(label=unit.name)
    index("unit", [(unit.pk, f"{unit.name} {unit.short_name}")])
    record(actor=actor, verb=OrgVerb.UNIT_CHANGED, target=unit, before=before, after=snapshot(unit, tuple(changed)))
    return unit
