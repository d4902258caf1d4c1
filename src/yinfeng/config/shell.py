"""What the frame of every page needs: place, navigation, person."""

from typing import Any

from django.http import HttpRequest

from yinfeng.config.assembly import NAVIGATION
from yinfeng.core.actor import Actor
from yinfeng.org.periods import the_place


def shell(request: HttpRequest) -> dict[str, Any]:
    """Place, navigation entries this person may use, and the actor; nothing for visitors who are not logged in."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {"actor": actor}
    return {
        "actor": actor,
        "place": the_place(),
        "navigation": [item for item in NAVIGATION if not item.roles or actor.has(*item.roles)],
    }
