"""What the frame of every page needs: place, navigation, person, and the frame itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from yinfeng.config.assembly import NAVIGATION
from yinfeng.core.actor import Actor, Role
from yinfeng.core.assembly import NavItem
from yinfeng.core.errors import Text
from yinfeng.org.models import Place
from yinfeng.ui.rendering import layout_of
from yinfeng.ui.texts import SCRIPT_TEXTS

# What belongs to the person and the installation stands in the person's menu.
PERSON_LINKS = (
    NavItem("password", _("修改密码"), "org:password"),
    NavItem("settings", _("设置"), "org:settings"),
    NavItem("months", _("月份与关账"), "submissions:months", frozenset({Role.OFFICE, Role.ADMIN})),
    NavItem("audit", _("操作日志"), "org:audit", frozenset({Role.ADMIN, Role.AUDITOR, Role.OFFICE})),
    NavItem("styleguide", _("界面样式"), "ui:styleguide", frozenset({Role.ADMIN})),
)

# The navigation's entries on a phone.
ICONS = {"today": "home", "progress": "chart-bar", "projects": "building-factory-2", "grid": "table", "funds": "coin"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the frame; ``current`` marks where the person is."""

    title: Text
    url: str
    current: bool = False
    icon: str = ""


def address(name: str) -> str:
    """The address of a named page, or nothing while this installation has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def permitted(items: Sequence[NavItem], actor: Actor) -> Iterator[tuple[NavItem, str]]:
    """The entries this person may use, with their addresses."""
    for item in items:
        url = address(item.url_name)
        if url and (not item.roles or actor.has(*item.roles)):
            yield item, url


def current_of(urls: list[str], path: str) -> str:
    """The entry a page belongs to: the longest address that the page's own begins with.

    >>> current_of(["/", "/projects/"], "/projects/P-1/"), current_of(["/"], "/")
    ('/projects/', '/')
    """
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Frame and actor for everybody; place, navigation and menu only for a person who is logged in.

    What only the frame reads stands in one ``shell``, so that no page's own words can get in its way.
    """
    actor: Actor | None = getattr(request, "actor", None)
    frame: dict[str, Any] = {"script_texts": SCRIPT_TEXTS}
    common = {"actor": actor, "layout": layout_of(request), "shell": frame}
    if actor is None or actor.user_id is None:
        return common
    found = list(permitted(NAVIGATION, actor))
    current = current_of([url for _item, url in found], request.path)
    place: Place | None = getattr(request, "place", None)
    frame |= {
        "place": place,
        "entries": [Entry(item.title, url, url == current, ICONS.get(item.key, "list")) for item, url in found],
        "person_links": [Entry(item.title, url) for item, url in permitted(PERSON_LINKS, actor)],
        "logout_url": address("org:logout"),
        "demo_url": address("place:demo") if actor.has(Role.ADMIN) else "",
    }
    return {**common, "place": place}
