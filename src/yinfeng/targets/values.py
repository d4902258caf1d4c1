"""What a target says, as forms and documents hand it in."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from yinfeng.chains.models import Chain
from yinfeng.org.models import Region, Unit
from yinfeng.targets.enums import Operator, TargetLevel


@dataclass(frozen=True)
class TargetValues:
    """A target's content; exactly one of ``value_wan`` and ``value_number``, at most one of chain, unit, region."""

    metric: str
    period: str
    level: TargetLevel = TargetLevel.CITY
    chain: Chain | None = None
    unit: Unit | None = None
    region: Region | None = None
    operator: Operator = Operator.AT_LEAST
    value_wan: Decimal | None = None
    value_number: Decimal | None = None
    threshold_wan: Decimal | None = None
    wording: str = ""
    source_title: str = ""
    source_number: str = ""
    source_on: date | None = None
    main: bool = True

    def as_fields(self) -> dict[str, Any]:
        """The values by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}
