"""The request as views know it: with the actor that the middleware found."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from yinfeng.core.actor import Actor


class ActorRequest(HttpRequest):
    """A request from somebody who is logged in."""

    actor: Actor
    htmx: HtmxDetails
    place: Any  # org.Place, or None before one was set up; core knows no room above it
