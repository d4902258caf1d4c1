"""The place this installation works for, its administrative divisions and its parks."""

import re

from django.utils.translation import gettext as _

from yinfeng.core import codes
from yinfeng.core.actions import action, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Conflict, Invalid
from yinfeng.core.models import snapshot
from yinfeng.core.text import clean_text
from yinfeng.org import policy
from yinfeng.org.enums import NodeKind, OrgVerb, RegionLevel
from yinfeng.org.models import Place, Region, ScopeNode

LEVELS = {
    codes.RegionLevel.PROVINCE: RegionLevel.PROVINCE,
    codes.RegionLevel.PREFECTURE: RegionLevel.PREFECTURE,
    codes.RegionLevel.COUNTY: RegionLevel.COUNTY,
    codes.RegionLevel.TOWNSHIP: RegionLevel.STREET,
}
PLACE_FIELDS = ("name", "short_name", "office_name", "region", "year", "report_day", "final_day")
PARK_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{1,15}")


@action
def set_place(
    *,
    actor: Actor,
    name: str,
    short_name: str,
    office_name: str,
    region_code: str,
    year: int,
    report_day: int = 25,
    final_day: int = 5,
    version: int | None = None,
) -> Place:
    """Say which city, prefecture or park this installation works for; calling it again changes that one row.

    Its region and everything below it get scope nodes, so that people can be given part of the place.
    """
    policy.can_administer(actor).require()
    _check_days(year, report_day, final_day)
    region = _region_with_path(region_code)
    place = Place.objects.select_for_update().first()
    if place is not None and version is not None and place.version != version:
        raise Conflict(place)
    before = snapshot(place, PLACE_FIELDS) if place else {}
    if place is None:
        node = region.node or ScopeNode.objects.create(kind=NodeKind.PLACE, label=name)
        place = Place(node=node, region=region)
    place.name, place.short_name, place.office_name = clean_text(name), clean_text(short_name), clean_text(office_name)
    place.region, place.year, place.report_day, place.final_day = region, year, report_day, final_day
    if place.pk is None:
        place.save()
    else:
        store(place, *PLACE_FIELDS)
    if region.node_id is None:
        Region.objects.filter(pk=region.pk).update(node=place.node)
    ScopeNode.objects.filter(pk=place.node_id).update(kind=NodeKind.PLACE, label=place.name)
    give_nodes(place)
    record(actor=actor, verb=OrgVerb.PLACE_SET, target=place, before=before, after=snapshot(place, PLACE_FIELDS))
    return place


def _check_days(year: int, report_day: int, final_day: int) -> None:
    """Refuse days that some month does not have and years nobody plans for."""
    wrong = {}
    if not 2000 <= year <= 2100:
        wrong["year"] = _("年度应在 2000 到 2100 之间。")
    for field, day in (("report_day", report_day), ("final_day", final_day)):
        if not 1 <= day <= 28:
            wrong[field] = _("日期应在 1 到 28 之间。")
    if wrong:
        raise Invalid(wrong)


def _region_with_path(code: str) -> Region:
    """The region of a national code; it and those above it are written down if they are not there yet."""
    path = codes.region_path(code)
    if not path:
        raise Invalid({"region_code": _("没有这个行政区划代码：%(code)s。") % {"code": code}})
    parent: Region | None = None
    for step in path:
        parent, _created = Region.objects.get_or_create(
            code=step.code, defaults={"name": step.name, "level": LEVELS[step.level], "parent": parent}
        )
    assert parent is not None
    return parent


@action
def load_regions(*, actor: Actor) -> int:
    """Write down the administrative divisions of the whole country; says how many were new, and is safe to repeat."""
    policy.can_administer(actor).require()
    known: dict[str, int] = dict(Region.objects.values_list("code", "id"))
    added = 0
    for level in codes.RegionLevel:
        rows = [row for row in codes.regions() if row.level is level and row.code not in known]
        Region.objects.bulk_create(
            [
                Region(code=row.code, name=row.name, level=LEVELS[level], parent_id=known.get(row.parent_code))
                for row in rows
            ],
            batch_size=1000,
        )
        known = dict(Region.objects.values_list("code", "id"))
        added += len(rows)
    place = Place.objects.first()
    if place is not None:
        give_nodes(place)
    if not added:
        unchanged()
        return 0
    record(actor=actor, verb=OrgVerb.REGIONS_LOADED, target=Region.objects.order_by("id")[0], after={"added": added})
    return added


def give_nodes(place: Place) -> None:
    """Give every region below the place's own a scope node, a level at a time."""
    parents = [place.region_id]
    while parents:
        children = list(Region.objects.filter(parent_id__in=parents).order_by("code"))
        bare = [child for child in children if child.node_id is None]
        for child in bare:
            child.node = ScopeNode(kind=NodeKind.REGION, label=child.name)
        ScopeNode.objects.bulk_create([child.node for child in bare if child.node], batch_size=500)
        for child in bare:
            child.node_id = child.node.pk if child.node else None
        Region.objects.bulk_update(bare, ["node"], batch_size=500)
        parents = [child.pk for child in children]


@action
def create_park(*, actor: Actor, code: str, name: str, parent_code: str) -> Region:
    """Set up a park under a region, with a code of its own (parks have none in the national table)."""
    policy.can_organise(actor).require()
    code, name = clean_text(code).upper(), clean_text(name)
    parent = Region.objects.filter(code=parent_code).first()
    wrong = {}
    if not PARK_CODE.fullmatch(code):
        wrong["code"] = _("园区代码由 2 到 16 个字母、数字或短横线组成。")
    elif Region.objects.filter(code=code).exists():
        wrong["code"] = _("这个代码已经有了，请换一个。")
    if not name:
        wrong["name"] = _("请填写园区名称。")
    if parent is None:
        wrong["parent_code"] = _("没有找到上级行政区。")
    if wrong:
        raise Invalid(wrong)
    park = Region.objects.create(
        code=code,
        name=name[:80],
        level=RegionLevel.PARK,
        parent=parent,
        node=ScopeNode.objects.create(kind=NodeKind.REGION, label=name[:120]),
    )
    record(
        actor=actor,
        verb=OrgVerb.PARK_CREATED,
        target=park,
        after={"code": code, "name": name, "parent": str(parent)},
    )
    return park
