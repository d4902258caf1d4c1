"""Chinese text: what is cleaned, how it sounds, and that what is indexed is found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinfeng.core import text
from yinfeng.core.text import asks_prefix, clean_text, query_tokens, search_tokens

names = st.text("格尔木盐湖化工青海新能源锂电池项目abcXYZ019（）·- ", max_size=40)


def found(query: str, indexed: str) -> bool:
    """Whether an index asked as the search asks it would find the text."""
    tokens = search_tokens(indexed).split()
    asked = query_tokens(query)
    return bool(asked) and all(
        any(token.startswith(part) if asks_prefix(part) else token == part for token in tokens) for part in asked
    )


def test_width_is_folded_and_nothing_else() -> None:
    assert text.fold_width("Ａ１（％）～　５²①") == "A1(%)~ 5²①"


@pytest.mark.parametrize(
    ("raw", "multiline", "clean"),
    [
        ("  a \t b\u00a0c　d ", False, "a b c d"),
        ("a\x00\x07\u200b\ufeffb\u202ec", False, "abc"),
        ("a\r\nb\rc\u2028d", False, "a b c d"),
        ("a \r\n\r\n\r\n\r\n b\tc", True, "a\n\nb c"),
        ("\n\n", True, ""),
        ("䶮𠮷", False, "䶮𠮷"),
    ],
)
def test_control_and_invisible_characters_go(raw: str, multiline: bool, clean: str) -> None:
    assert clean_text(raw, multiline=multiline) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    for multiline in (False, True):
        once = clean_text(raw, multiline=multiline)
        assert clean_text(once, multiline=multiline) == once


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("格尔木", "gem", "geermu"),
        ("都兰县", "dlx", "dulanxian"),
        ("藏格钾肥", "zgjf", "zanggejiafei"),
        ("重庆", "cq", "chongqing"),
        ("大柴旦", "dcd", "dachaidan"),
        ("ＣＡＴＬ 2期", "catl2q", "catl2qi"),
        ("", "", ""),
    ],
)
def test_pinyin(name: str, initials: str, full: str) -> None:
    assert (text.pinyin_initials(name), text.pinyin_full(name)) == (initials, full)


@pytest.mark.parametrize(
    "query",
    [
        "青",
        "业",
        "盐湖",
        "湖工业",
        "青海盐湖工业",
        "qhyh",
        "yhgy",
        "qinghai",
        "yanhu",
        "2GW",
        "２ｇｗ",
        "盐湖 2gw",
        "yh 工业",
    ],
)
def test_a_name_is_found_by_part_by_sound_and_by_both(query: str) -> None:
    assert found(query, "青海盐湖工业（2GW）基地")


@pytest.mark.parametrize("query", ["湖盐", "海湖", "镁", "hyg x", "", "（）", "  "])
def test_what_is_not_in_the_name_is_not_found(query: str) -> None:
    assert not found(query, "青海盐湖工业（2GW）基地")


def test_long_texts_get_no_pinyin_when_told_so() -> None:
    assert search_tokens("盐湖镁业", spoken=False) == "盐湖 湖镁 镁业 业"


@given(names)
def test_every_text_is_found_by_itself(name: str) -> None:
    assert found(name, name) or not query_tokens(name)


@given(names, st.integers(0, 39), st.integers(1, 10))
def test_every_piece_of_chinese_is_found(name: str, start: int, length: int) -> None:
    piece = "".join(char for char in name[start : start + length] if "\u4e00" <= char <= "\u9fff")
    if piece and piece in name:
        assert found(piece, name)


@given(st.text(max_size=60))
def test_tokens_hold_nothing_an_index_would_stumble_over(raw: str) -> None:
    for token in search_tokens(raw).split(" "):
        assert token == "" or token.isalnum()
        assert len(token) <= text.LONGEST_TOKEN
