"""The search finds names by part and by sound, and forgets what it is told to forget."""

from __future__ import annotations

import pytest

from yinfeng.core import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed() -> None:
    search.index("firm", [(1, "青海盐湖工业（2GW）基地"), (2, "昆仑云杉新材料"), (3, "盐池风电")])
    search.index("place", [(1, "盐湖镇")])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("盐湖", {1}),
        ("盐", {1, 3}),
        ("地", {1}),
        ("yanh", {1}),
        ("ksyc", set()),
        ("klys", {2}),
        ("云杉 xcl", {2}),
        ("2gw", {1}),
        ("湖盐", set()),
        ('盐" OR "池', set()),
    ],
)
def test_records_of_one_kind_are_found(indexed: None, text: str, ids: set[int]) -> None:
    found = search.matching("firm", text)
    assert found is not None
    assert set(found) == ids


def test_nothing_searchable_is_no_filter() -> None:
    assert search.matching("firm", "（）") is None


def test_a_changed_name_replaces_the_old_one_and_a_forgotten_one_is_gone(indexed: None) -> None:
    search.index("firm", [(1, "昆仑玉")])
    search.forget("firm", [2])
    before, after = search.matching("firm", "盐湖"), search.matching("firm", "昆仑")
    assert before is not None
    assert after is not None
    assert (set(before), set(after)) == (set(), {1})
