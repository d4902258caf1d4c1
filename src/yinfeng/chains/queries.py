"""Reads of the industry chains."""

import re

from yinfeng.chains.models import Chain
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
