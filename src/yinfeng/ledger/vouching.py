"""Rules of vouchers as pure functions: how much of a paper may still prove money."""

from collections.abc import Sequence
from decimal import Decimal

ZERO = Decimal(0)


def room_left(face_wan: Decimal, uses_wan: Sequence[Decimal]) -> Decimal:
    """What a voucher can still prove, in 万元, never below zero.

    >>> room_left(Decimal(500), [Decimal(200), Decimal(250)])
    Decimal('50')
    """
    return max(face_wan - sum(uses_wan, ZERO), ZERO)


def needs_split_certificate(uses_wan: Sequence[Decimal]) -> bool:
    """Whether a further use needs a 分割证明: yes, as soon as the paper was used once (DOMAIN §5.2).

    >>> needs_split_certificate([])
    False
    """
    return bool(uses_wan)


def verified_within(reported_wan: Decimal, verified_wan: Decimal) -> bool:
    """Whether a verified amount lies between nothing and what was reported, sign included.

    >>> verified_within(Decimal(-30), Decimal(-30)), verified_within(Decimal(100), Decimal(120))
    (True, False)
    """
    low, high = sorted((ZERO, reported_wan))
    return low <= verified_wan <= high
