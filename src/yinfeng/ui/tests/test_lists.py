"""Lists with server paging."""

import pytest
from django.test import RequestFactory

from yinfeng.org.models import ScopeNode
from yinfeng.ui.lists import Column, ListState, paginate

COLUMNS = (
    Column("name", "名称", sort="name"),
    Column("total", "总投资", sort="total", numeric=True),
    Column("note", "备注", default=False),
)
SORTS = {"name": "name", "total": ("total_wan", "-id")}


def state(query=""):
    return ListState.from_request(RequestFactory().get(f"/projects/?{query}"), COLUMNS, SORTS, "-total")


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["-total_wan", "id"]),
        ("sort=total", ["total_wan", "-id"]),
        ("sort=-name", ["-name"]),
        ("sort=password", ["-total_wan", "id"]),
        ("sort=--name", ["-total_wan", "id"]),
    ],
)
def test_the_order_is_one_of_those_offered(query, order):
    assert state(query).order_by == order


@pytest.mark.parametrize(
    ("query", "page"),
    [("", 1), ("page=3", 3), ("page=0", 1), ("page=-1", 1), ("page=x", 1), ("page=²", 1), ("page=9999999999", 1)],
)
def test_a_page_that_is_no_number_is_the_first(query, page):
    assert state(query).page == page


@pytest.mark.parametrize(
    ("query", "keys"),
    [("", ["name", "total"]), ("cols=note,name", ["name", "note"]), ("cols=nothing", ["name", "total"])],
)
def test_columns_are_chosen_in_the_address(query, keys):
    assert [column.key for column in state(query).columns] == keys


def test_a_heading_turns_its_own_order_round_and_keeps_the_filters():
    name, total = state("chain=2&page=4").headings
    assert (name.url, name.order) == ("?chain=2&sort=name", "none")
    assert (total.url, total.order) == ("?chain=2&sort=total", "descending")


@pytest.mark.parametrize(("page", "first", "last", "following"), [(1, 1, 2, True), (3, 5, 5, False), (99, 5, 5, False)])
def test_a_page_knows_where_it_stands(db, page, first, last, following):
    ScopeNode.objects.bulk_create(ScopeNode(kind="unit", label=str(number)) for number in range(5))
    found = paginate(ScopeNode.objects.order_by("id"), page, 2)
    assert (found.first, found.last, found.has_next, found.total, found.pages) == (first, last, following, 5, 3)


def test_a_page_takes_the_same_queries_for_one_row_and_for_fifty(db, django_assert_num_queries):
    for rows in (1, 50):
        ScopeNode.objects.bulk_create(ScopeNode(kind="unit", label=str(number)) for number in range(rows))
        with django_assert_num_queries(2):
            paginate(ScopeNode.objects.order_by("id"), 1)
        with django_assert_num_queries(1):
            paginate(ScopeNode.objects.order_by("id"), 1, counted=False)
