"""Model fields for exact money and public codes."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from yinfeng.core.money import fen_from_wan, wan_from_fen
from yinfeng.core.publiccode import new_code

Set_contra = TypeVar("Set_contra", contravariant=True)
Get_co = TypeVar("Get_co", covariant=True)

if TYPE_CHECKING:

    class _MoneyBase(models.Field[Set_contra, Get_co]):
        _pyi_private_set_type: Decimal | int
        _pyi_private_get_type: Decimal
else:

    class _MoneyBase(models.BigIntegerField):
        def __class_getitem__(cls, _parameters: object) -> type:
            return cls


class MoneyField(_MoneyBase[Set_contra, Get_co]):
    """Exact money: a whole number of 分 in the database, a Decimal of 万元 (four places) in code.

    Sums made by the database stay exact on SQLite too, where a decimal column would be added up as floats.
    """

    description = "Money in 万元"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """分 from the database to 万元."""
        return None if value is None else wan_from_fen(int(value))

    def to_python(self, value: Any) -> Any:
        """万元 as a Decimal, whatever a fixture or a form hands in."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError("not an amount") from error

    def get_prep_value(self, value: Any) -> int | None:
        """万元 to 分, refusing what cannot be exact."""
        return None if value is None else fen_from_wan(Decimal(value))

    def value_to_string(self, obj: models.Model) -> str:
        """万元 as text for dumps, so that a dump reads back to the same amount."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)


def code_field(prefix: str) -> "models.CharField[str, str]":
    """The public code of a record: random, unique, never changed."""
    default: Callable[[], str] = partial(new_code, prefix)
    return models.CharField(max_length=16, unique=True, editable=False, default=default)
