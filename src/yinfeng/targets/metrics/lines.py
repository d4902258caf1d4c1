"""The lines behind a figure: which facts they are, how they add up, and how one of them reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Protocol, cast

from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.functional import Promise

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.projects.models import Project
from yinfeng.targets.metrics.scopes import Dimension, Options, Scope, Window

Rows = models.QuerySet[Any]
Text = str | Promise


class Scoped(Protocol):
    """Rows that know who may see them."""

    def visible_to(self, actor: Actor) -> Rows:
        """Those that the actor may see."""


@dataclass(frozen=True)
class Line:
    """One line as a page or a file shows it; ``amount`` is 万元 of a money figure and 1 of a count."""

    on: date | None
    period: str
    project: str
    project_code: str
    text: str
    amount: Decimal
    note: str = ""
    target_type: str = ""
    target_code: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it is counted in another month than the one of its day."""
        return bool(self.on and self.period and self.period != f"{self.on:%Y-%m}")

    @property
    def project_url(self) -> str:
        """The project's page."""
        return assembled().link("projects.project", self.project_code)

    @property
    def url(self) -> str:
        """The page of the fact itself, with its vouchers, where it has one."""
        return assembled().link(self.target_type, self.target_code)


class Fact:
    """One kind of fact that a metric adds up; ``amount`` is the summed field, none where every line counts one."""

    title: ClassVar[Text] = ""
    project: ClassVar[str] = "project"
    amount: ClassVar[str] = ""
    period: ClassVar[str] = "posted_period"
    order: ClassVar[Sequence[str]] = ("pk",)

    def rows(self, window: Window, options: Options) -> Rows:
        """Every row that counts in these months, whoever it belongs to."""
        raise NotImplementedError

    def scoped(self, rows: Rows, scope: Scope) -> Rows:
        """The rows of a scope."""
        return rows.filter(scope.limits(self.project))

    def within(self, rows: Rows, window: Window) -> Rows:
        """The rows posted in the months; a fact without an axis stays as it is."""
        if not self.period:
            return rows
        if window.first == window.last:
            return rows.filter(**{self.period: window.first.code})
        return rows.filter(**{f"{self.period}__gte": window.first.code, f"{self.period}__lte": window.last.code})

    def detailed(self, rows: Rows) -> Rows:
        """The rows with what their lines show, in a lasting order."""
        path = self.project
        return (rows.select_related(path) if path else rows).order_by(*self.order)

    def line(self, row: Any) -> Line:
        """How one row reads."""
        raise NotImplementedError

    def foldable(self, dimension: Dimension) -> bool:
        """Whether each row belongs to one key of the dimension, so that one grouped query serves all scopes."""
        return True

    def sum(self) -> models.Aggregate:
        """How the rows add up, in the database and exactly."""
        return Sum(self.amount) if self.amount else Count("pk")

    def measured(self, rows: Rows) -> tuple[int, Decimal]:
        """How many rows there are and what they add up to, in one query."""
        found = rows.order_by().aggregate(lines=Count("pk"), total=self.sum())
        return found["lines"], Decimal(found["total"] or 0)

    def total(self, rows: Rows) -> Decimal:
        """The sum of the rows."""
        return self.measured(rows)[1]

    def cells(self, window: Window, options: Options, dimensions: Sequence[Dimension]) -> Iterator[Cell]:
        """Sums by the keys of the dimensions and by month, in one query."""
        prefix = f"{self.project}__" if self.project else ""
        keys = [f"{prefix}{dimension.value}" for dimension in dimensions]
        by_month = [self.period] if self.period else []
        rows = self.within(self.rows(window, options), window).order_by()
        if not keys and not by_month:
            yield Cell({}, "", self.total(rows))
            return
        for values in rows.values_list(*keys, *by_month).annotate(total=self.sum()):
            *found, total = values
            month = found.pop() if by_month else ""
            yield Cell(dict(zip(dimensions, found, strict=True)), month, Decimal(total or 0))


@dataclass(frozen=True)
class Cell:
    """A sum for one key of each dimension and one month."""

    keys: Mapping[Dimension, int | None]
    month: str
    total: Decimal


@dataclass(frozen=True)
class Lines:
    """The facts of one figure, kind by kind; a page of them is cut from all kinds one after the other."""

    parts: tuple[tuple[Fact, Rows], ...]

    def visible_to(self, actor: Actor) -> Lines:
        """The lines that this viewer may read."""
        return Lines(tuple((fact, cast(Scoped, rows).visible_to(actor)) for fact, rows in self.parts))

    @cached_property
    def sizes(self) -> list[tuple[int, Decimal]]:
        """Count and sum of each kind."""
        return [fact.measured(rows) for fact, rows in self.parts]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(count for count, _total in self.sizes)

    @property
    def total(self) -> Decimal:
        """What they add up to."""
        return sum((total for _count, total in self.sizes), Decimal(0))

    def slice(self, start: int, stop: int) -> list[Line]:
        """The lines from *start* up to *stop*."""
        found: list[Line] = []
        for (fact, rows), (size, _total) in zip(self.parts, self.sizes, strict=True):
            if start < size and stop > 0:
                found += [fact.line(row) for row in fact.detailed(rows)[max(start, 0) : min(stop, size)]]
            start, stop = start - size, stop - size
        return found

    def each(self) -> Iterator[Line]:
        """Every line, for files."""
        for fact, rows in self.parts:
            for row in fact.detailed(rows).iterator(chunk_size=500):
                yield fact.line(row)


@dataclass
class Sums:
    """Folded sums of one metric: ask for any scope of the loaded dimensions and any months of the loaded window."""

    by_key: dict[tuple[Dimension | None, int | None, str], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )

    def add(self, cell: Cell) -> None:
        """Fold one cell in."""
        self.by_key[None, None, cell.month] += cell.total
        for dimension, key in cell.keys.items():
            self.by_key[dimension, key, cell.month] += cell.total

    def of(self, scope: Scope, window: Window | None = None) -> Decimal:
        """The sum for a scope; without a window, of a fact that has no month."""
        months = [""] if window is None else window.codes()
        keys: frozenset[int | None] = scope.ids or frozenset([None])
        found = (self.by_key.get((scope.dimension, key, month)) for key in keys for month in months)
        return sum((value for value in found if value is not None), Decimal(0))


def counted(path: str) -> Q:
    """Facts of projects that may enter a figure: neither the project at *path* nor the one it is a phase of is
    withdrawn, merged away or waiting for a duplicate verdict."""
    condition = Q()
    for prefix in (f"{path}__" if path else "", f"{path}__parent__" if path else "parent__"):
        condition &= Q(**{f"{prefix}withdrawn_at__isnull": True, f"{prefix}merged_into__isnull": True})
        condition &= ~Q(**{f"{prefix}duplicate_state": "pending"})
    return condition


def of_undertaking(reference: Any) -> Rows:
    """The project and its phases, as a subquery, for the undertaking that *reference* names."""
    return Project.objects.filter(Q(pk=reference) | Q(parent_id=reference)).values("pk")
