"""Status lights: each has a shape and a word, so that none of them speaks by its colour alone."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from yinfeng.core.errors import Text


@dataclass(frozen=True, slots=True)
class LightLook:
    """How a light is drawn and what it says unless told otherwise."""

    shape: str
    word: Text


LIGHTS = {
    "green": LightLook("green", _("正常")),
    "yellow": LightLook("amber", _("临近")),
    "amber": LightLook("amber", _("临近")),
    "red": LightLook("red", _("超期")),
    "done": LightLook("done", _("已办结")),
    "paused": LightLook("paused", _("暂停")),
}
UNKNOWN = LightLook("grey", _("未定"))


def light_named(name: str) -> LightLook:
    """The light of that name; any other is grey and says so."""
    return LIGHTS.get(name, UNKNOWN)
