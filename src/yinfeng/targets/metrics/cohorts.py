"""Facts about the undertakings first signed in the months asked for: what became of them by the end of those months."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from yinfeng.projects.enums import MilestoneKind
from yinfeng.projects.models import Milestone, Project
from yinfeng.targets.metrics.facts import AgreementChanges, CountedAgreements, FirstContracts, Funds
from yinfeng.targets.metrics.lines import Rows, of_undertaking
from yinfeng.targets.metrics.scopes import Options, Window
from yinfeng.targets.metrics.stocks import BUILDING, PREPARATION


def signed_undertakings(window: Window) -> Rows:
    """The undertakings whose first contract was posted in the months, as a subquery."""
    contracts = FirstContracts()
    return contracts.within(contracts.rows(window, Options()), window).order_by().values("undertaking")


class ContractsReaching(FirstContracts):
    """First contracts whose undertaking has reached one of some milestones by the end of the months."""

    kinds: ClassVar[tuple[MilestoneKind, ...]] = ()

    def rows(self, window: Window, options: Options) -> Rows:
        """First contracts with such a milestone on record, dated or before our records."""
        reached = Milestone.objects.filter(
            kind__in=self.kinds,
            withdrawn_at__isnull=True,
            posted_period__lte=window.last.code,
            project_id__in=of_undertaking(OuterRef(OuterRef("undertaking"))),
        )
        return super().rows(window, options).filter(Exists(reached))


class Performing(ContractsReaching):
    """Signed and since then started or in preparation."""

    title = gettext_lazy("履约项目")
    kinds = PREPARATION + BUILDING


class Building(ContractsReaching):
    """Signed and since then started."""

    title = gettext_lazy("开工项目")
    kinds = BUILDING


def of_cohort(rows: Rows, window: Window, project: str = "project") -> Rows:
    """Rows up to the end of the months that belong to undertakings signed in them, phases included."""
    signed = signed_undertakings(window)
    members = Project.objects.filter(Q(pk__in=signed) | Q(parent_id__in=signed)).values("pk")
    return rows.filter(**{"posted_period__lte": window.last.code, f"{project}_id__in": members})


class CohortFunds(Funds):
    """Money that arrived, up to the end of the months, for undertakings signed in them."""

    period = ""

    def rows(self, window: Window, options: Options) -> Rows:
        """Entries of those undertakings."""
        return of_cohort(super().rows(window, options), window)


class CohortPapers(CountedAgreements):
    """Counted agreements, up to the end of the months, of undertakings signed in them."""

    period = ""

    def rows(self, window: Window, options: Options) -> Rows:
        """Agreements of those undertakings."""
        return of_cohort(super().rows(window, options), window)


class CohortChanges(AgreementChanges):
    """Changes of those agreements."""

    period = ""

    def rows(self, window: Window, options: Options) -> Rows:
        """Changes of agreements of those undertakings."""
        return of_cohort(super().rows(window, options), window, "agreement__project")
