"""Reads of the firm library."""

from django.db.models import Q

from yinfeng.core.creditcode import normalise_code
from yinfeng.core.names import normalise_company
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
