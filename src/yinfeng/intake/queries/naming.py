"""What the words of a document or ledger mean among the units, regions, firms and projects on record."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from yinfeng.core.codes import regions as known_regions
from yinfeng.core.names import normalise_project
from yinfeng.core.text import clean_text, fold_width
from yinfeng.org.models import Place, Region, Unit
from yinfeng.org.periods import the_place
from yinfeng.projects.models import Project

SHORT_FORMS = (
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("工业和信息化", "工信"),
    ("工业信息化", "工信"),
    ("和科技局", "局"),
    ("委员会", "委"),
    ("管理委员会", "管委会"),
    ("工作委员会", "工委"),
    ("行政委员会", "行委"),
    ("(集团)", "集团"),
)
RANK = re.compile(r"^(?:市|州|县|省)")


@dataclass
class Names:
    """Units, regions and the place, loaded once for a whole document or workbook."""

    place: Place | None
    units: dict[str, Unit] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)

    def unit(self, text: str) -> Unit | None:
        """The unit that a text names; the first of several; ``None`` rather than a guess."""
        for part in parts_of(text):
            found = self.units.get(unit_key(part, self.place))
            if found is not None:
                return found
        return None

    def region(self, text: str) -> Region | None:
        """The region or park that a text names, within the place's prefecture."""
        name = "".join(fold_width(clean_text(text)).split())
        return self.regions.get(name) or self.regions.get(re.sub(r"[市县区镇乡]$", "", name)) if name else None


def load_names() -> Names:
    """Everything a text may name; four queries."""
    place = the_place()
    names = Names(place)
    for unit in Unit.objects.filter(active=True).order_by("-position", "-id"):
        names.units[unit_key(unit.short_name, place)] = unit
        names.units[unit_key(unit.name, place)] = unit
    names.units.pop("", None)
    near = Region.objects.none()
    if place is not None:
        near = Region.objects.filter(code__startswith=place.region.code[:4])
    for region in near.order_by("-code"):
        names.regions[re.sub(r"[市县区镇乡]$", "", region.name)] = region
        names.regions[region.name] = region
    return names


def parts_of(text: str) -> list[str]:
    """The items of a list in one cell or note.

    >>> parts_of("市能源局、市数据局")
    ['市能源局', '市数据局']
    """
    return [part for part in re.split(r"[、，,；;/\n]", clean_text(text, multiline=True)) if part.strip()]


def unit_key(name: str, place: Place | None) -> str:
    """A unit's name for comparison: without width, spaces, the place's own name, and with usual short forms."""
    key = "".join(fold_width(clean_text(name)).split())
    for own in (place.name, place.short_name) if place is not None else ():
        key = key.removeprefix(own)
    key = RANK.sub("", key)
    for long, short in SHORT_FORMS:
        key = key.replace(long, short)
    return key


def province_of(text: str) -> str:
    """The two-digit code of a province named in full or in short, empty for anything else.

    >>> province_of("浙江"), province_of("内蒙古自治区"), province_of("某地")
    ('33', '15', '')
    """
    name = clean_text(text)
    if len(name) < 2:
        return ""
    return next((row.code for row in known_regions() if len(row.code) == 2 and row.name.startswith(name)), "")


def projects_named(names: Iterable[str]) -> dict[str, list[Project]]:
    """Projects on record by comparable name; sees everything, because a duplicate is one whoever looks."""
    keys = {normalise_project(name) for name in names} - {""}
    found: dict[str, list[Project]] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        rows = Project.objects.filter(
            name_key__in=wanted[start : start + 500], withdrawn_at__isnull=True, merged_into__isnull=True
        )
        for project in rows.select_related("chain", "lead_unit"):
            found.setdefault(project.name_key, []).append(project)
    return found
