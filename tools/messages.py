"""The catalogue's keeper: `python -m tools.messages` brings the English catalogue up to what the source says.

Needs no gettext programs. New texts arrive untranslated, texts no longer used leave; tests/test_catalogue.py
fails while one is missing, left over or empty.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "yinfeng"
CATALOGUE = PACKAGE / "ui" / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {
    "_": ("msgid",),
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
    "npgettext_lazy": ("context", "msgid", "plural"),
}
IN_TEMPLATE = re.compile(r"(?<!\w)(_|n?p?gettext)\(")


@dataclass(frozen=True, order=True)
class Message:
    """One text as gettext looks it up."""

    msgid: str
    context: str = ""
    plural: str = ""


def messages() -> dict[Message, set[str]]:
    """Every text marked for translation and the files it stands in."""
    found: dict[Message, set[str]] = {}
    for path in sources():
        for message in in_file(path):
            found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return merged(found)


def merged(found: dict[Message, set[str]]) -> dict[Message, set[str]]:
    """One entry where the same text is used with and without a plural, as gettext has it."""
    plurals = {(message.msgid, message.context): message for message in found if message.plural}
    result: dict[Message, set[str]] = {}
    for message, files in found.items():
        result.setdefault(plurals.get((message.msgid, message.context), message), set()).update(files)
    return result


def sources() -> Iterator[Path]:
    """Our Python and our templates, tests and migrations apart."""
    for path in sorted(PACKAGE.rglob("*")):
        is_source = path.suffix == ".py" or ("templates" in path.parts and path.suffix in {".html", ".txt"})
        if is_source and not {"tests", "migrations", "locale"} & set(path.parts):
            yield path


def in_file(path: Path) -> Iterator[Message]:
    """The texts of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from in_template(text)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            message = in_call(node)
            if message is not None:
                yield message


def in_template(text: str) -> Iterator[Message]:
    """The texts of a template, through Django's own translation of tags into calls."""
    calls = templatize(text)
    for match in IN_TEMPLATE.finditer(calls):
        message = in_call(call_at(calls, match.start()))
        if message is not None:
            yield message


def call_at(text: str, start: int) -> ast.Call:
    """The shortest piece of *text* from *start* that is a whole call."""
    end = start
    while True:
        end = text.index(")", end) + 1
        try:
            tree = ast.parse(text[start:end].replace("\n", "\\n"), mode="eval")
        except SyntaxError:
            continue
        if isinstance(tree.body, ast.Call):
            return tree.body


def in_call(node: ast.Call) -> Message | None:
    """The message of a gettext call; nothing for any other call."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    wanted = CALLS.get(name)
    if wanted is None:
        return None
    values = [
        arg.value for arg in node.args[: len(wanted)] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    ]
    if len(values) < len(wanted):
        return None
    return Message(**dict(zip(wanted, values, strict=True)))


def key(entry: polib.POEntry) -> Message:
    """A catalogue entry as a message."""
    return Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def main() -> None:
    """Bring the catalogue up to date and say what is left to translate."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    old = {key(entry): entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Project-Id-Version": "yinfeng",
        "Language": "en",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, files in sorted(messages().items(), key=lambda pair: (min(pair[1]), pair[0])):
        fresh.append(entry_for(message, files, old.get(message)))
    fresh.save(str(CATALOGUE))
    empty = [entry.msgid for entry in fresh if not entry.translated()]
    print(f"{len(fresh)} texts, {len(empty)} without English")


def entry_for(message: Message, files: set[str], old: polib.POEntry | None) -> polib.POEntry:
    """The catalogue's entry, with the translation it had."""
    entry = polib.POEntry(msgid=message.msgid, msgctxt=message.context or None, msgid_plural=message.plural)
    entry.occurrences = [(name, "") for name in sorted(files)]
    if "%(" in message.msgid:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgstr_plural = old.msgstr_plural if old else {0: "", 1: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


if __name__ == "__main__":
    main()
