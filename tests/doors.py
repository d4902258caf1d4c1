"""The list of doors of the running product: every named address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Door:
    """One address: its full name, its route, and the names of its arguments."""

    name: str
    route: str
    arguments: tuple[str, ...]


def doors() -> list[Door]:
    """Every door by name."""
    return sorted(walk(get_resolver().url_patterns), key=lambda door: door.name)


def walk(patterns: Any, prefix: str = "", space: str = "") -> Iterator[Door]:
    """The doors below some patterns."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or ""
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern), inner or space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            name = f"{space}:{pattern.name}" if space else pattern.name
            yield Door(name, prefix + str(pattern.pattern), tuple(pattern.pattern.converters))
