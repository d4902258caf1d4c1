"""Every write of the chain room."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from yinfeng.chains import policy
from yinfeng.chains.enums import ChainGroup, ChainVerb, Sector
from yinfeng.chains.models import Chain, ChainAlias, ChainMaster
from yinfeng.core.actions import action, record, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.models import snapshot
from yinfeng.core.text import clean_text
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import TaskForce

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
def add_chain_master(*, actor: Actor, chain: Chain, enterprise: Enterprise) -> ChainMaster:
    """Name a firm as chain master 链主 of a chain."""
    policy.can_organise(actor).require()
    master, new = ChainMaster.objects.get_or_create(chain=chain, enterprise=enterprise)
    if not new:
        unchanged()
        return master
    record(actor=actor, verb=ChainVerb.MASTER_ADDED, target=chain, after={"enterprise": enterprise.name})
    return master
