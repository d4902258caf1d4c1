"""Reads of the firm library."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Hit
from yinfeng.core.codes import region
from yinfeng.core.creditcode import check_credit_code, normalise_code
from yinfeng.core.names import normalise_company
from yinfeng.core.search import matching
from yinfeng.enterprises.models import Enterprise


def enterprise_like(name: str, credit_code: str = "") -> Enterprise | None:
    """The firm already on record under this credit code, or under this name or an alias of it.

    Two firms whose credit codes are both known and differ are never the same one. It looks past every scope,
    because the library is common.
    """
    code, key = normalise_code(credit_code), normalise_company(name)
    rows = Enterprise.objects.filter(withdrawn_at__isnull=True).order_by("id")
    if code:
        found = rows.filter(credit_code=code).first()
        if found is not None:
            return found
    if not key:
        return None
    same_name = rows.filter(Q(name_key=key) | Q(aliases__name_key=key)).distinct()
    if code:
        same_name = same_name.filter(credit_code="")
    return same_name.first()


@dataclass(frozen=True)
class EnterpriseFilter:
    """What the library is narrowed to; empty values do not filter."""

    text: str = ""
    kind: str = ""
    origin: str = ""


def enterprises(actor: Actor, wanted: EnterpriseFilter) -> QuerySet[Enterprise]:
    """Firms by the words, kind and origin asked for."""
    rows = Enterprise.objects.visible_to(actor)
    ids = matching("enterprise", wanted.text)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.origin:
        rows = rows.filter(origin=wanted.origin)
    return rows


def find_enterprises(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Firms for the search box."""
    if matching("enterprise", text) is None:
        return []
    rows = enterprises(actor, EnterpriseFilter(text=text)).order_by("name", "id")[:limit]
    return [Hit(firm.name, reverse("enterprises:detail", args=[firm.code]), firm.get_kind_display()) for firm in rows]


def code_warning(credit_code: str) -> str:
    """What is wrong with a credit code, or nothing; it never keeps a firm from being saved."""
    if not credit_code:
        return ""
    fault = check_credit_code(credit_code).fault
    return "" if fault is None else _(fault.template) % fault.params


def province_name(province_code: str) -> str:
    """The province of a code, or nothing."""
    found = region(province_code) if province_code else None
    return found.name if found else ""
