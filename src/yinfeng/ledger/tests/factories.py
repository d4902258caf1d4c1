"""Money for tests; everything goes through the ledger's own actions."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from yinfeng.core.actor import Actor
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger import actions
from yinfeng.ledger.enums import FundKind, Verdict, VoucherKind
from yinfeng.ledger.models import FundEntry
from yinfeng.ledger.values import VoucherClaim
from yinfeng.org.tests.factories import SYSTEM
from yinfeng.projects.models import Project

_numbers = count(1)


def make_entry(
    project: Project, amount: str = "100", on: date = date(2025, 3, 5), *, actor: Actor = SYSTEM, **more: Any
) -> FundEntry:
    """An entry of *amount* 万元."""
    values: dict[str, Any] = {
        "payer_name": f"出资方{next(_numbers)}",
        "origin": Origin.OUT_OF_PROVINCE,
        "kind": FundKind.CAPITAL,
    } | more
    return actions.enter_funds(actor=actor, project=project, arrived_on=on, amount_wan=Decimal(amount), **values)


def verified(entry: FundEntry, amount: str | None = None, *, actor: Actor = SYSTEM, reason: str = "") -> FundEntry:
    """The entry after a verdict: verified as reported, or cut to *amount* 万元."""
    return actions.verify_funds(
        actor=actor,
        entry_id=entry.pk,
        version=FundEntry.objects.get(pk=entry.pk).version,
        verdict=Verdict.VERIFY if amount is None else Verdict.CUT,
        verified_wan=None if amount is None else Decimal(amount),
        reason=reason or ("" if amount is None else "凭证不足"),
    )


def claim(number: str = "", face: str = "100", use: str = "", split: str = "") -> VoucherClaim:
    """A bank slip with a face and a use in 万元."""
    return VoucherClaim(
        kind=VoucherKind.BANK_SLIP,
        number=number or f"B{next(_numbers):06d}",
        face_wan=Decimal(face),
        amount_wan=Decimal(use or face),
        split_certificate=split,
    )
