"""The words of a name: known ones by their dictionaries, quantities, and the stretches between that nobody knows."""

import re
from dataclasses import dataclass
from enum import Flag, auto

from .lexicon import Lexicon
from .quantities import Quantity, capacities

LEVELS = "省州市县区旗盟镇乡"
QUOTED = re.compile(r"[“《「‘][^”》」’]{1,40}[”》」’]")
BRACKETED = re.compile(r"（[^（）]{1,40}）")
ROUTE = re.compile(r"[A-Z]?\d{1,4}(?=国道|省道|线)|[A-Za-z0-9.+-]{1,16}")
LINKS = "和及与-—·+、"


class Kind(Flag):
    """What a piece of a name may be; one word may be several."""

    UNKNOWN = auto()
    PLACE = auto()
    FIRM = auto()
    FACILITY = auto()
    QUALIFIER = auto()
    PRODUCT = auto()
    QUANTITY = auto()
    QUOTED = auto()
    BRACKET = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a name."""

    text: str
    start: int
    kind: Kind

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def kinds_of(word: str, lexicon: Lexicon) -> Kind:
    """All that a known word may be."""
    kind = Kind(0)
    for found, words in (
        (Kind.PLACE, lexicon.places),
        (Kind.PLACE, lexicon.towns),
        (Kind.PLACE, lexicon.landforms),
        (Kind.FIRM, lexicon.firm_suffixes),
        (Kind.FACILITY, lexicon.facilities),
        (Kind.QUALIFIER, lexicon.qualifiers),
        (Kind.PRODUCT, lexicon.products),
        (Kind.PRODUCT, lexicon.industries),
    ):
        if word in words:
            kind |= found
    return kind


def tokens_of(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """Cut a name into known words, quantities and the unknown stretches between them."""
    measured = {quantity.start: quantity for quantity in capacities(text)}
    found: list[Token] = []
    at, unknown = 0, 0
    while at < len(text):
        token = token_at(text, at, measured, lexicon)
        if token is None:
            at += 1
            continue
        if unknown < at:
            found.append(Token(text[unknown:at], unknown, Kind.UNKNOWN))
        found.append(token)
        at = unknown = token.end
    if unknown < len(text):
        found.append(Token(text[unknown:], unknown, Kind.UNKNOWN))
    return tuple(without_chance_places(found))


def without_chance_places(found: list[Token]) -> list[Token]:
    """A two-character place right behind one unknown character stands there by chance: 黑 + 石山 is one name."""
    out: list[Token] = []
    for token in found:
        before = out[-1] if out else None
        chance = before is not None and before.kind is Kind.UNKNOWN and len(before.text) == 1
        grown = before is not None and before.kind is Kind.UNKNOWN and token.kind is Kind.UNKNOWN
        if before is not None and ((chance and token.kind & Kind.PLACE and len(token.text) == 2) or grown):
            out[-1] = Token(before.text + token.text, before.start, Kind.UNKNOWN)
        else:
            out.append(token)
    return out


def token_at(text: str, at: int, measured: dict[int, Quantity], lexicon: Lexicon) -> Token | None:
    """The token that begins at a place, or nothing where an unknown character stands."""
    if at in measured:
        end = measured[at].end + (
            1 if text[measured[at].end : measured[at].end + 1] == "级" and "级" not in measured[at].raw else 0
        )
        return Token(text[at:end], at, Kind.QUANTITY)
    for pattern, kind in ((QUOTED, Kind.QUOTED), (BRACKETED, Kind.BRACKET)):
        match = pattern.match(text, at)
        if match:
            return Token(match.group(), at, kind)
    if text[at] in LINKS:
        return Token(text[at], at, Kind.LINK)
    word = lexicon.longest(text, at)
    if word is not None:
        level = text[at + len(word) : at + len(word) + 1]
        if (
            (word in lexicon.places or word in lexicon.towns)
            and level
            and level in LEVELS
            and lexicon.longest(text, at + len(word)) is None
        ):
            return Token(word + level, at, Kind.PLACE)
        return Token(word, at, kinds_of(word, lexicon))
    route = ROUTE.match(text, at)
    return Token(route.group(), at, Kind.PRODUCT) if route else None
