"""Reads of the industry chains."""

import re
from collections.abc import Mapping, Sequence

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from yinfeng.chains.models import Chain, ChainMaster
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Hit
from yinfeng.core.text import clean_text, fold_width

_SUFFIX = re.compile(r"(?:产业链|工作专班|招商专班|专班|产业|链)+$")


def chain_named(text: str) -> Chain | None:
    """The chain that a document or ledger means: by name, short name or alias, with or without 产业链 or 专班."""
    key = chain_key(text)
    if not key:
        return None
    chain: Chain
    for chain in Chain.objects.prefetch_related("aliases"):
        names = (chain.name, chain.short_name, *(alias.name for alias in chain.aliases.all()))
        if key in {chain_key(name) for name in names}:
            return chain
    return None


def chain_key(text: str) -> str:
    """A chain's name for comparison.

    >>> chain_key(" 盐湖化工产业链专班 ") == chain_key("盐湖化工")
    True
    """
    bare = re.sub(r"\s+", "", fold_width(clean_text(text)))
    return _SUFFIX.sub("", bare) or bare


def chains(actor: Actor) -> QuerySet[Chain]:
    """Chains in the place's order, with task force, chain masters and other names loaded."""
    rows: QuerySet[Chain] = Chain.objects.visible_to(actor).select_related("task_force").order_by("position", "id")
    masters = ChainMaster.objects.select_related("enterprise").order_by("id")
    return rows.prefetch_related(Prefetch("masters", masters), "aliases")


def find_chains(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Chains for the search box, by a part of the name or an alias."""
    word = chain_key(text)
    if not word:
        return []
    found = [
        chain
        for chain in chains(actor)
        if any(word in name for name in (chain.name, chain.short_name, *(alias.name for alias in chain.aliases.all())))
    ]
    return [
        Hit(chain.name, reverse("chains:detail", args=[chain.code]), chain.get_group_display())
        for chain in found[:limit]
    ]


def force_panel(actor: Actor, ids: Sequence[int]) -> Mapping[int, Chain]:
    """The chain of a task force on the task force's page."""
    found = chains(actor).filter(task_force_id__in=ids)
    return {chain.task_force_id: chain for chain in found if chain.task_force_id is not None}
