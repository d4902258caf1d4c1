"""Every write of the chain room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.chains import policy
from yinfeng.chains.enums import ChainGroup, ChainVerb, Sector
from yinfeng.chains.models import Chain, ChainAlias, ChainMaster
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.models import snapshot
from yinfeng.core.text import clean_text
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import EnterpriseKind
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import TaskForce

CHANGEABLE = ("name", "short_name", "group", "sector", "position", "colour", "active")
FIELDS = ("name", "short_name", "group", "sector", "position", "colour", "task_force")


@action
def create_chain(
    *,
    actor: Actor,
    name: str,
    short_name: str,
    group: ChainGroup | str = ChainGroup.LEADING,
    sector: Sector | str = Sector.MANUFACTURING,
    position: int = 100,
    colour: int = 0,
    task_force: TaskForce | None = None,
    aliases: Sequence[str] = (),
) -> Chain:
    """Set up an industry chain with its task force and the other names that documents use for it."""
    policy.can_organise(actor).require()
    name, short_name = clean_text(name)[:60], clean_text(short_name)[:20]
    wrong = {}
    if not name:
        wrong["name"] = _("请填写产业链名称。")
    elif Chain.objects.filter(name=name).exists():
        wrong["name"] = _("已有同名产业链，请核对。")
    if not 0 <= colour <= 6:
        wrong["colour"] = _("颜色序号应在 0 到 6 之间。")
    if wrong:
        raise Invalid(wrong)
    chain = Chain.objects.create(
        name=name,
        short_name=short_name or name[:20],
        group=ChainGroup(group),
        sector=Sector(sector),
        position=position,
        colour=colour,
        task_force=task_force,
    )
    others = [alias for alias in dict.fromkeys(clean_text(alias)[:60] for alias in aliases) if alias and alias != name]
    taken = set(ChainAlias.objects.filter(name__in=others).values_list("name", flat=True))
    ChainAlias.objects.bulk_create(ChainAlias(chain=chain, name=alias) for alias in others if alias not in taken)
    record(actor=actor, verb=ChainVerb.CREATED, target=chain, after=snapshot(chain, FIELDS) | {"aliases": others})
    return chain


@action
def update_chain(*, actor: Actor, chain_id: int, version: int, values: Mapping[str, Any]) -> Chain:
    """Change what is said of a chain; its task force stays, since its projects are listed from there."""
    policy.can_organise(actor).require()
    chain: Chain = lock(Chain.objects.visible_to(actor), pk=chain_id, version=version)
    wanted = {field: values[field] for field in CHANGEABLE if field in values}
    for field in ("name", "short_name"):
        if field in wanted:
            wanted[field] = clean_text(wanted[field])
    if not wanted.get("name", chain.name):
        raise Invalid({"name": _("请填写产业链名称。")})
    if Chain.objects.filter(name=wanted.get("name", chain.name)).exclude(pk=chain.pk).exists():
        raise Invalid({"name": _("已有同名产业链，请核对。")})
    changed = [field for field, value in wanted.items() if getattr(chain, field) != value]
    if not changed:
        unchanged()
        return chain
    before = snapshot(chain, tuple(changed))
    for field in changed:
        setattr(chain, field, wanted[field])
    store(chain, *changed)
    record(actor=actor, verb=ChainVerb.CHANGED, target=chain, before=before, after=snapshot(chain, tuple(changed)))
    return chain


@action
def remove_chain_master(*, actor: Actor, chain: Chain, enterprise: Enterprise) -> None:
    """A firm no longer leads the chain."""
    policy.can_organise(actor).require()
    gone, _models = ChainMaster.objects.filter(chain=chain, enterprise=enterprise).delete()
    if not gone:
        unchanged()
        return
    record(actor=actor, verb=ChainVerb.MASTER_REMOVED, target=chain, before={"enterprise": enterprise.name})


@action
def add_chain_master(*, actor: Actor, chain: Chain, enterprise: Enterprise) -> ChainMaster:
    """Name a firm as chain master 链主 of a chain."""
    policy.can_organise(actor).require()
    master, new = ChainMaster.objects.get_or_create(chain=chain, enterprise=enterprise)
    if not new:
        unchanged()
        return master
    record(actor=actor, verb=ChainVerb.MASTER_ADDED, target=chain, after={"enterprise": enterprise.name})
    return master


@action
def name_chain_master(*, actor: Actor, chain: Chain, name: str) -> ChainMaster:
    """Name as chain master the firm of this code or name; a firm not on record is registered as a local one."""
    policy.can_organise(actor).require()
    firm = Enterprise.objects.visible_to(actor).filter(code=clean_text(name).upper()).first()
    if firm is None:
        firm = register_enterprise(actor=actor, name=name, kind=EnterpriseKind.LOCAL)
    return add_chain_master(actor=actor, chain=chain, enterprise=firm)
