"""Every write of the firm library."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock, codes
from yinfeng.core.actions import action, lock, record, store, unchanged
from yinfeng.core.actor import Actor
from yinfeng.core.creditcode import normalise_code
from yinfeng.core.errors import Invalid
from yinfeng.core.models import snapshot
from yinfeng.core.names import normalise_company
from yinfeng.core.search import index
from yinfeng.core.text import clean_text
from yinfeng.enterprises import policy
from yinfeng.enterprises.enums import EnterpriseKind, EnterpriseVerb, Origin
from yinfeng.enterprises.models import Enterprise, EnterpriseAlias
from yinfeng.enterprises.queries import enterprise_like
from yinfeng.org.periods import the_place

FIELDS = ("name", "credit_code", "kind", "origin", "province_code", "group_name", "note")
GAPS = {"credit_code": "", "origin": Origin.UNKNOWN, "province_code": ""}
SEARCH_KIND = "enterprise"
OVERSEAS_CHINA = frozenset({"71", "81", "82"})


@action
def register_enterprise(
    *,
    actor: Actor,
    name: str,
    kind: EnterpriseKind | str = EnterpriseKind.INVESTOR,
    origin: Origin | str = Origin.UNKNOWN,
    province_code: str = "",
    credit_code: str = "",
    group_name: str = "",
    note: str = "",
    demo: bool = False,
) -> Enterprise:
    """The firm of this name: the one on record, whose gaps are filled, or a new one.

    A credit code that fails its check is kept as given; the page warns (pilot codes of 2015 fail it).
    """
    policy.can_write(actor).require()
    values = _clean(
        {
            "name": name,
            "credit_code": credit_code,
            "kind": EnterpriseKind(kind),
            "origin": Origin(origin),
            "province_code": province_code,
            "group_name": group_name,
            "note": note,
        }
    )
    known = enterprise_like(values["name"], values["credit_code"])
    if known is not None:
        return _fill_gaps(actor, known, values, demo=demo)
    firm = Enterprise.objects.create(
        **values, name_key=normalise_company(values["name"]), demo=demo, created_at=clock.now()
    )
    index(SEARCH_KIND, [(firm.pk, _searchable(firm, []))])
    record(actor=actor, verb=EnterpriseVerb.CREATED, target=firm, after=snapshot(firm, FIELDS))
    return firm


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are stored; a firm needs a name."""
    cleaned = {key: clean_text(value) if isinstance(value, str) else value for key, value in values.items()}
    wrong = {}
    if cleaned.get("province_code") and codes.region(cleaned["province_code"]) is None:
        wrong["province_code"] = _("没有这个省份代码。")
    if "credit_code" in cleaned:
        cleaned["credit_code"] = normalise_code(cleaned["credit_code"])
        if len(cleaned["credit_code"]) > 18:
            wrong["credit_code"] = _("统一社会信用代码最多 18 位，请核对。")
    if cleaned.get("origin") == Origin.UNKNOWN and cleaned.get("province_code"):
        cleaned["origin"] = origin_of(cleaned["province_code"])
    if "name" in cleaned and not normalise_company(cleaned["name"]):
        wrong["name"] = _("请填写企业名称。")
    elif len(cleaned.get("name", "")) > 160:
        wrong["name"] = _("企业名称最多 160 个字。")
    if wrong:
        raise Invalid(wrong)
    return cleaned


def origin_of(province_code: str) -> Origin:
    """Where a firm of this province comes from, seen from the place; unknown before there is a place."""
    if province_code in OVERSEAS_CHINA:
        return Origin.HK_MO_TW
    here = the_place()
    if here is None:
        return Origin.UNKNOWN
    return Origin.IN_PROVINCE if here.region.code[:2] == province_code else Origin.OUT_OF_PROVINCE


def _fill_gaps(actor: Actor, firm: Enterprise, values: Mapping[str, Any], *, demo: bool) -> Enterprise:
    """Add what the record did not know yet; simulated facts never change a real record."""
    news = {field: values[field] for field, gap in GAPS.items() if getattr(firm, field) == gap != values[field]}
    if not news or (demo and not firm.demo):
        unchanged()
        return firm
    firm = lock(Enterprise.objects.visible_to(actor), pk=firm.pk)
    before = snapshot(firm, tuple(news))
    for field, value in news.items():
        setattr(firm, field, value)
    store(firm, *news)
    record(actor=actor, verb=EnterpriseVerb.CHANGED, target=firm, before=before, after=snapshot(firm, tuple(news)))
    return firm


def _searchable(firm: Enterprise, aliases: list[str]) -> str:
    """What a firm is found by."""
    return " ".join([firm.name, *aliases, firm.group_name, firm.credit_code, firm.code])


@action
def add_alias(*, actor: Actor, enterprise: Enterprise, name: str) -> EnterpriseAlias:
    """Note another name of a firm; a name that another firm bears is refused."""
    policy.can_write(actor).require()
    firm = lock(Enterprise.objects.visible_to(actor), pk=enterprise.pk)
    name = clean_text(name)[:160]
    if not normalise_company(name):
        raise Invalid({"name": _("请填写别名。")})
    other = enterprise_like(name)
    if other is not None and other.pk != firm.pk:
        raise Invalid({"name": _("这个名称已登记为另一家企业：%(name)s。") % {"name": other.name}})
    alias, new = EnterpriseAlias.objects.get_or_create(
        enterprise=firm, name=name, defaults={"name_key": normalise_company(name)}
    )
    if not new:
        unchanged()
        return alias
    index(SEARCH_KIND, [(firm.pk, _searchable(firm, list(firm.aliases.values_list("name", flat=True))))])
    record(actor=actor, verb=EnterpriseVerb.ALIAS_ADDED, target=firm, after={"alias": name})
    return alias


@action
def update_enterprise(*, actor: Actor, enterprise_id: int, version: int, values: Mapping[str, Any]) -> Enterprise:
    """Change what is said of a firm; a new name leaves the old one behind as an alias."""
    policy.can_write(actor).require()
    firm = lock(Enterprise.objects.visible_to(actor), pk=enterprise_id, version=version)
    wanted = _clean({field: values[field] for field in FIELDS if field in values})
    changed = [field for field, value in wanted.items() if getattr(firm, field) != value]
    if not changed:
        unchanged()
        return firm
    _refuse_taken(firm, wanted)
    before = snapshot(firm, tuple(changed))
    old_name = firm.name
    for field in changed:
        setattr(firm, field, wanted[field])
    firm.name_key = normalise_company(firm.name)
    store(firm, *changed, "name_key")
    if "name" in changed:
        EnterpriseAlias.objects.get_or_create(
            enterprise=firm, name=old_name, defaults={"name_key": normalise_company(old_name)}
        )
    index(SEARCH_KIND, [(firm.pk, _searchable(firm, list(firm.aliases.values_list("name", flat=True))))])
    record(actor=actor, verb=EnterpriseVerb.CHANGED, target=firm, before=before, after=snapshot(firm, tuple(changed)))
    return firm


def _refuse_taken(firm: Enterprise, wanted: Mapping[str, Any]) -> None:
    """A credit code belongs to one firm."""
    code = wanted.get("credit_code", "")
    if code and code != firm.credit_code:
        other = Enterprise.objects.filter(credit_code=code, withdrawn_at__isnull=True).exclude(pk=firm.pk).first()
        if other is not None:
            raise Invalid({"credit_code": _("这个代码已登记给另一家企业：%(name)s。") % {"name": other.name}})
