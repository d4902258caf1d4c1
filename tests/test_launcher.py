"""What ./yf does before anything else: set up once, and only what changed."""

import importlib.util
import json
import socket
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

from yinfeng.server import serve

ROOT = Path(__file__).resolve().parent.parent
INPUTS = ["requirements-setup.lock", "requirements.lock", "requirements-dev.lock", "package.json", "package-lock.json"]


@pytest.fixture
def yf(tmp_path, monkeypatch) -> ModuleType:
    """The launcher in a clone of its own, whose steps only write down that they ran."""
    loader = SourceFileLoader("yf", str(ROOT / "yf"))
    spec = importlib.util.spec_from_loader("yf", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    for name in INPUTS:
        (tmp_path / name).write_text(name)
    (tmp_path / "frontend").mkdir()
    environment = tmp_path / ".venv"
    places = {"ROOT": tmp_path, "VENV": environment, "STAMP": environment / "stamp.json", "SOURCE": tmp_path / "src"}
    for name, value in {**places, "PYTHON": environment / "python", "ran": []}.items():
        monkeypatch.setattr(module, name, value, raising=False)

    def make_environment() -> None:
        environment.mkdir(exist_ok=True)
        module.PYTHON.touch()
        module.ran.append("environment")

    steps = {name: (lambda name=name: module.ran.append(name)) for name in module.STEPS}
    monkeypatch.setattr(module, "STEPS", {**steps, "environment": make_environment})
    return module


def prepared(yf: ModuleType, *, develop: bool = False, pages: bool = True) -> list[str]:
    yf.ran.clear()
    yf.prepare(develop=develop, pages=pages)
    return list(yf.ran)


def test_the_first_start_does_every_step_and_the_second_none(yf):
    assert prepared(yf) == ["environment", "packages", "messages", "assets", "bundle"]
    assert prepared(yf) == []


def test_a_command_without_pages_needs_no_node(yf):
    assert prepared(yf, pages=False) == ["environment", "packages", "messages"]


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        ("requirements.lock", ["packages"]),
        ("requirements-dev.lock", []),
        ("package-lock.json", ["assets", "bundle"]),
        ("frontend/app.js", ["bundle"]),
    ],
)
def test_a_changed_input_repeats_the_steps_that_read_it(yf, changed, steps):
    prepared(yf)
    (yf.ROOT / changed).write_text("changed")
    assert prepared(yf) == steps


def test_what_testing_needs_is_kept_by_a_later_run(yf):
    assert prepared(yf, develop=True) == ["environment", "develop", "messages", "assets", "bundle"]
    (yf.ROOT / "requirements-dev.lock").write_text("changed")
    assert prepared(yf) == ["develop"]


def test_an_interrupted_set_up_is_taken_up_where_it_stopped(yf, monkeypatch, capsys):
    def no_network() -> None:
        raise OSError("no network")

    with monkeypatch.context() as patch:
        patch.setitem(yf.STEPS, "assets", no_network)
        with pytest.raises(SystemExit) as refused:
            prepared(yf)
    assert refused.value.code == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "yf: set-up failed at “assets”: no network\n")
    assert prepared(yf) == ["assets", "bundle"]


def test_a_broken_stamp_is_a_missing_one(yf):
    prepared(yf)
    yf.STAMP.write_text("{half")
    assert prepared(yf) == ["environment", "packages", "messages", "assets", "bundle"]
    assert sorted(json.loads(yf.STAMP.read_text())) == ["assets", "bundle", "environment", "messages", "packages"]


def test_help_needs_no_set_up():
    done = subprocess.run([sys.executable, ROOT / "yf", "--help"], capture_output=True, text=True, check=True)
    assert "./yf run" in done.stdout


def test_serving_takes_the_first_free_port_and_refuses_a_taken_one():
    first = serve.listen("127.0.0.1", None)
    assert first is not None
    taken = first.getsockname()[1]
    with first:
        assert serve.listen("127.0.0.1", taken) is None
        second = serve.listen("127.0.0.1", None)
        assert second is not None
        with second:
            assert second.getsockname()[1] > taken
            assert serve.address("127.0.0.1", second) == f"http://127.0.0.1:{second.getsockname()[1]}/"


@pytest.mark.parametrize(("host", "shown"), [("0.0.0.0", "127.0.0.1"), ("::1", "[::1]"), ("10.0.0.4", "10.0.0.4")])
def test_the_address_is_one_a_browser_takes(host, shown):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        assert serve.address(host, listener) == f"http://{shown}:{listener.getsockname()[1]}/"
