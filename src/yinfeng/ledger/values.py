"""Plain values that cross the edge of the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yinfeng.ledger.enums import VoucherKind


@dataclass(frozen=True)
class VoucherClaim:
    """A voucher and how much of it is claimed for one entry; both amounts in 万元.

    ``split_certificate`` is the number of the 分割证明 that a second use of the same voucher needs.
    """

    kind: VoucherKind
    number: str
    face_wan: Decimal
    amount_wan: Decimal
    issued_on: date | None = None
    issuer: str = ""
    split_certificate: str = ""
    file: tuple[bytes, str] | None = None
