"""The dictionaries the rules stand on, kept as text files beside the code; an office may add its own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

IN_NAMES: Final = (
    "places",
    "towns",
    "landforms",
    "firm_suffixes",
    "facilities",
    "qualifiers",
    "products",
    "industries",
)
NAMES: Final = (*IN_NAMES, "civic", "common")


def words_in(name: str) -> frozenset[str]:
    """The words of one dictionary file; lines that begin with # are notes."""
    text = (files(__package__) / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def lengths_by_first(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """For each first character, the lengths of the words that begin with it, longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Places, towns, landforms, endings of firms' names, facilities, qualifiers, products, trades, civic works, abstract nouns.

    >>> "青海" in Lexicon.standard().places
    True
    """

    places: frozenset[str]
    towns: frozenset[str]
    landforms: frozenset[str]
    firm_suffixes: frozenset[str]
    facilities: frozenset[str]
    qualifiers: frozenset[str]
    products: frozenset[str]
    industries: frozenset[str]
    civic: frozenset[str]
    common: frozenset[str]
    known: frozenset[str] = field(repr=False, compare=False)
    lengths: Mapping[str, tuple[int, ...]] = field(repr=False, compare=False)

    @classmethod
    def build(cls, more: Mapping[str, Iterable[str]] | None = None) -> "Lexicon":
        """The standard dictionaries with an office's own words added under the names of ``NAMES``."""
        unknown = set(more or {}) - set(NAMES)
        if unknown:
            raise ValueError(f"no such dictionary: {', '.join(sorted(unknown))}")
        sets = {name: words_in(name) | frozenset((more or {}).get(name, ())) for name in NAMES}
        known = frozenset().union(*(sets[name] for name in IN_NAMES))
        return cls(**sets, known=known, lengths=lengths_by_first(known))

    def with_places(self, names: Iterable[str]) -> "Lexicon":
        """The same dictionaries knowing some more places, as one document names them."""
        fresh = frozenset(names) - self.known
        if not fresh:
            return self
        known = self.known | fresh
        return replace(self, places=self.places | fresh, known=known, lengths=lengths_by_first(known))

    @staticmethod
    @lru_cache(maxsize=1)
    def standard() -> "Lexicon":
        """The dictionaries that come with the package."""
        return Lexicon.build()

    def words_at(self, text: str, at: int) -> list[str]:
        """The known words that begin at a place, longest first."""
        if at >= len(text):
            return []
        lengths = self.lengths.get(text[at], ())
        return [word for length in lengths if len(word := text[at : at + length]) == length and word in self.known]

    def longest(self, text: str, at: int) -> str | None:
        """The longest known word at a place, unless a shorter one lets the next word be known too.

        >>> Lexicon.standard().longest("冷链物流园", 0)
        '冷链'
        """
        words = self.words_at(text, at)
        for word in words:
            end = at + len(word)
            if end >= len(text) or not "\u4e00" <= text[end] <= "\u9fff" or self.words_at(text, end):
                return word
        return words[0] if words else None
