"""Units and chains with nothing: 零签约, 零到位, 零外出."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy

from yinfeng.chains.models import Chain
from yinfeng.org.enums import ForceUnitRole
from yinfeng.org.models import TaskForceUnit, Unit
from yinfeng.targets.metrics.facts import ONE, CountedAgreements, Funds, Trips
from yinfeng.targets.metrics.lines import Fact, Line, Rows
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window

SIGNED, FUNDS, TRIPS = "signed_amount", "funds_reported", "trips"
KINDS = (SIGNED, FUNDS, TRIPS)


def busy(of: str, dimension: Dimension, window: Window) -> Rows:
    """The keys of a dimension that do have something of the kind in the months, as a subquery without nulls."""
    key = f"project__{dimension.value}"
    if of == FUNDS:
        funds = Funds()
        rows = funds.within(funds.rows(window, Options()), window).order_by().filter(**{f"{key}__isnull": False})
        positive: Rows = rows.values(key).annotate(total=Sum("amount_wan")).filter(total__gt=0).values(key)
        return positive
    fact: Fact = Trips() if of == TRIPS else CountedAgreements()
    if of == TRIPS and dimension is Dimension.UNIT:
        key = "unit_id"
    rows = fact.within(fact.rows(window, Options()), window).order_by()
    return rows.filter(**{f"{key}__isnull": False}).values(key)


class UnitsWithNothing(Fact):
    """Reporting units with nothing of a kind in the months, their subordinate units included."""

    title = gettext_lazy("单位")
    project = ""
    period = ""
    order = ("position", "pk")

    def rows(self, window: Window, options: Options) -> Rows:
        """The units without."""
        keys = busy(options.of or SIGNED, Dimension.UNIT, window)
        above = Unit.objects.filter(pk__in=keys, parent__isnull=False).values("parent_id")
        rows: Rows = Unit.objects.filter(reports=True, active=True)
        return rows.exclude(pk__in=keys).exclude(pk__in=above)

    def scoped(self, rows: Rows, scope: Scope) -> Rows:
        """Units of a unit's scope; other scopes have no units of their own."""
        return rows.filter(pk__in=scope.ids) if scope.dimension is Dimension.UNIT else rows

    def foldable(self, dimension: Dimension) -> bool:
        """Never: a unit is no project."""
        return False

    def line(self, row: Unit) -> Line:
        """A unit's name."""
        return Line(None, "", "", "", row.name, ONE, target_type="org.unit", target_code=row.code)


class ChainsWithNothing(UnitsWithNothing):
    """Chains with nothing of a kind in the months."""

    title = gettext_lazy("产业链")

    def rows(self, window: Window, options: Options) -> Rows:
        """The chains without; a trip of a unit that leads a chain's task force is a trip for the chain."""
        of = options.of or SIGNED
        at_work = Q(pk__in=busy(of, Dimension.CHAIN, window))
        if of == TRIPS:
            leads = TaskForceUnit.objects.filter(
                role=ForceUnitRole.LEAD, unit_id__in=busy(of, Dimension.UNIT, window).filter(project__isnull=True)
            )
            at_work |= Q(task_force_id__in=leads.values("task_force_id"))
        rows: Rows = Chain.objects.filter(active=True)
        return rows.exclude(at_work)

    def scoped(self, rows: Rows, scope: Scope) -> Rows:
        """One chain, or all."""
        return rows.filter(pk__in=[key for key in scope.ids if key]) if scope.dimension is Dimension.CHAIN else rows

    def line(self, row: Any) -> Line:
        """A chain's name."""
        return Line(None, "", "", "", row.name, ONE, target_type="chains.chain", target_code=row.code)
