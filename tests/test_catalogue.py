"""Every text on every screen has its English."""

import re

import polib
import pytest

from tools import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w*)\}")


@pytest.fixture(scope="module")
def catalogue() -> dict[messages.Message, polib.POEntry]:
    if not messages.CATALOGUE.exists():
        return {}
    return {messages.key(entry): entry for entry in polib.pofile(str(messages.CATALOGUE)) if not entry.obsolete}


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(text)}


def test_the_catalogue_holds_exactly_the_texts_of_the_source(catalogue):
    source = set(messages.messages())
    missing, left_over = sorted(source - set(catalogue)), sorted(set(catalogue) - source)
    assert (len(missing), len(left_over)) == (0, 0), (
        f"run: .venv/bin/python -m tools.messages  {missing[:5]} {left_over[:5]}"
    )


def test_every_text_is_translated_and_none_is_a_guess(catalogue):
    untranslated = [entry.msgid for entry in catalogue.values() if entry.fuzzy or not all(translations(entry))]
    assert (len(untranslated), untranslated[:10]) == (0, [])


def test_a_translation_names_the_placeholders_of_its_text(catalogue):
    wrong = [
        entry.msgid
        for entry in catalogue.values()
        for text in translations(entry)
        if text and not placeholders(text) <= placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    ]
    assert wrong == []


def test_texts_are_found_in_calls_and_in_template_tags(tmp_path):
    python = tmp_path / "page.py"
    python.write_text('_("项目")\ngettext(name)\nngettext("%(n)s 家", "%(n)s 家企业", n)\npgettext("阶段", "签约")\n')
    template = '{% translate "看板 (全部)" %}{% blocktranslate count n=n %}{{ n }} 条{% plural %}{{ n }} 条记录{% endblocktranslate %}'
    assert list(messages.in_file(python)) == [
        messages.Message("项目"),
        messages.Message("%(n)s 家", plural="%(n)s 家企业"),
        messages.Message("签约", context="阶段"),
    ]
    assert list(messages.in_template(template)) == [
        messages.Message("看板 (全部)"),
        messages.Message("%(n)s 条", plural="%(n)s 条记录"),
    ]
