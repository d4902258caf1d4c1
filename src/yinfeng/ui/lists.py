"""Lists with server paging: which page, which order, which columns, all in the address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest, QueryDict

from yinfeng.core.errors import Text

Row = TypeVar("Row")
PAGE_SIZE = 50
LAST_PAGE = 100_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; ``sort`` names its order, ``default`` says whether it is shown unasked."""

    key: str
    title: Text
    sort: str = ""
    numeric: bool = False
    default: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading with the address that sorts by it; ``order`` is ``ascending``, ``descending`` or ``none``."""

    column: Column
    url: str
    order: str


@dataclass(frozen=True)
class ListState:
    """What a list's address asks for. Unknown words in the address are ignored, never an error."""

    every: Sequence[Column]
    sorts: Mapping[str, str | Sequence[str]]
    sort: str
    page: int
    chosen: frozenset[str]
    query: QueryDict = field(repr=False)

    @classmethod
    def from_request(
        cls,
        request: HttpRequest,
        columns: Sequence[Column],
        sorts: Mapping[str, str | Sequence[str]],
        default_sort: str,
    ) -> "ListState":
        """Read ``?sort=-total&page=2&cols=name,total``; *sorts* maps a sort's name to the fields it orders by."""
        query = request.GET
        wanted = query.get("sort", "")
        sort = wanted if wanted.removeprefix("-") in sorts else default_sort
        number = query.get("page", "1")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1
        keys = {column.key for column in columns}
        asked = {key for part in query.getlist("cols") for key in part.split(",")} & keys
        chosen = frozenset(asked or {column.key for column in columns if column.default})
        return cls(columns, sorts, sort, max(1, min(page, LAST_PAGE)), chosen, query)

    @property
    def columns(self) -> list[Column]:
        """The columns that are shown, in their order."""
        return [column for column in self.every if column.key in self.chosen]

    @property
    def order_by(self) -> list[str]:
        """The fields for ``order_by``, turned round where the address asks for it."""
        fields = self.sorts[self.sort.removeprefix("-")]
        names = [fields] if isinstance(fields, str) else list(fields)
        return [_turned(name) for name in names] if self.sort.startswith("-") else names

    def address(self, **changes: str | None) -> str:
        """This list's query string with some words changed; a change of order or filter starts at page one."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def headings(self) -> list[Heading]:
        """The headings of the shown columns."""
        return [self._heading(column) for column in self.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.sort or column.sort not in self.sorts:
            return Heading(column, "", "none")
        current = self.sort.removeprefix("-") == column.sort
        descending = self.sort.startswith("-")
        if current:
            order, following = ("descending", column.sort) if descending else ("ascending", f"-{column.sort}")
        else:
            order, following = "none", f"-{column.sort}" if column.numeric else column.sort
        return Heading(column, self.address(sort=following), order)


def _turned(name: str) -> str:
    """The opposite order of one field."""
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


@dataclass(frozen=True)
class PageSlice(Generic[Row]):
    """One page of a list; ``total`` is ``None`` where it was not counted."""

    rows: list[Row]
    number: int
    has_next: bool
    has_previous: bool
    total: int | None
    size: int = PAGE_SIZE

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def previous_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after."""
        return self.number + 1

    @property
    def first(self) -> int:
        """The running number of its first row, 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The running number of its last row."""
        return (self.number - 1) * self.size + len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one; 0 when nothing was counted."""
        return 0 if self.total is None else max(1, -(-self.total // self.size))


def paginate(
    queryset: "models.QuerySet[Any, Row]", page: int, size: int = PAGE_SIZE, *, counted: bool = True
) -> PageSlice[Row]:
    """One page of rows and whether there is more: two queries, or one with ``counted=False``.

    A page beyond the end is the last one.
    """
    total = queryset.count() if counted else None
    if total is not None:
        page = min(page, max(1, -(-total // size)))
    start = (max(1, page) - 1) * size
    rows = list(queryset[start : start + size + 1])
    return PageSlice(rows[:size], max(1, page), len(rows) > size, page > 1, total, size)
