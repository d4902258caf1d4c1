"""The three doors stay shut: rows come through ``visible_to``, writes through actions, the time through the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from yinfeng.config import assembly

SOURCE = Path(__file__).resolve().parent.parent / "src" / "yinfeng"
EDGES = {"views", "forms", "exports", "api", "tasks"}
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "select_for_update",
}
# What writes by its nature: the doors themselves, and the machinery below every action.
WRITERS = {
    "core/actions.py": "the door itself",
    "core/audit.py": "seals the log",
    "core/calendars.py": "its actions",
    "core/evidence.py": "keeps files inside actions",
    "core/jobs.py": "workers' leases",
    "core/parameters.py": "its actions",
    "core/search.py": "kept inside actions",
}
READS_THE_TIME = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("timezone", "now"),
    ("time", "time"),
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product without tests and migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "/tests/" not in name and "/migrations/" not in name:
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def is_edge(name: str) -> bool:
    """Whether a module stands at the edge of a room: ``views.py`` or something in ``views/``."""
    return bool(EDGES & {Path(part).stem for part in Path(name).parts[1:]})


def is_action(name: str) -> bool:
    """Whether a module holds a room's actions."""
    return "actions" in {Path(part).stem for part in Path(name).parts[1:]}


def managers(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """(line, model, method) of every ``Model.objects.method`` and ``_default_manager.method``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            inner = node.value
            if inner.attr in {"objects", "_default_manager"}:
                yield node.lineno, ast.unparse(inner.value), node.attr


def writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, method) of calls that write rows: through a manager or queryset, or saving a record by its fields."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        method, receiver = node.func.attr, ast.unparse(node.func.value)
        through_manager = method in WRITES and (".objects" in receiver or "_default_manager" in receiver)
        saving = method == "save" and any(word.arg == "update_fields" for word in node.keywords)
        if through_manager or saving:
            yield node.lineno, method


def clock_readers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, call) of calls that read the machine's time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (name, node.func.attr) in READS_THE_TIME:
                yield node.lineno, f"{name}.{node.func.attr}"


def test_edges_obtain_rows_only_through_visible_to():
    found = [
        f"{name}:{line} {model}.objects.{method}"
        for name, tree in modules()
        if is_edge(name)
        for line, model, method in managers(tree)
        if method not in {"visible_to", "published", "none"}
    ]
    assert found == []


def test_rows_are_written_only_in_actions():
    found = [
        f"{name}:{line} .{method}("
        for name, tree in modules()
        if not is_action(name) and name not in WRITERS
        for line, method in writes(tree)
    ]
    assert found == []


def test_only_the_clock_reads_the_time():
    found = [
        f"{name}:{line} {call}"
        for name, tree in modules()
        if name != "core/clock.py"
        for line, call in clock_readers(tree)
    ]
    assert found == []


def test_every_action_takes_its_actor_by_name():
    found = []
    for name, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef):
                continue
            if "action" in {ast.unparse(decorator) for decorator in node.decorator_list}:
                named = {argument.arg for argument in node.args.kwonlyargs}
                if "actor" not in named or not ast.get_docstring(node):
                    found.append(f"{name}:{node.lineno} {node.name}")
    assert found == []


def test_every_verb_has_its_label_in_the_log():
    declared = {
        f"{name}:{node.name}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith("Verb")
    }
    known = {
        f"{verbs.__module__.removeprefix('yinfeng.').replace('.', '/')}.py:{verbs.__name__}" for verbs in assembly.VERBS
    }
    assert declared == known
    values = [member.value for verbs in assembly.VERBS for member in verbs]
    assert len(values) == len(set(values))


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("yinfeng.")])
def test_every_model_says_what_it_is(model: type[models.Model]):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


def test_the_guards_see_what_they_guard_against():
    tree = ast.parse(
        "Project.objects.filter(pk=1)\nProject.objects.create(name='x')\nrecord.save(update_fields=['a'])\n"
        "datetime.now()\ndatetime.date.today()\n"
    )
    assert [method for _line, _model, method in managers(tree)] == ["filter", "create"]
    assert [method for _line, method in writes(tree)] == ["create", "save"]
    assert [call for _line, call in clock_readers(tree)] == ["datetime.now", "date.today"]
