"""`yinfeng run` as a newcomer meets it: one word, an address, a password, and the same place the next day."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
SECOND_START_SECONDS = 10


class Running:
    """A started product: what it has said so far, and where it listens."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / f"run-{time.monotonic_ns()}.log"
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTEST_CURRENT_TEST"}}
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "yinfeng", "run"],
                env={**env, "YINFENG_VAR": str(folder)},
                stdout=out,
                stderr=out,
            )

    def address(self, within: float) -> str:
        """Where it serves, once it says so."""
        until = time.monotonic() + within
        while time.monotonic() < until and self.process.poll() is None:
            found = ADDRESS.search(self.log.read_text())
            if found:
                return found[0]
            time.sleep(0.05)
        pytest.fail(f"no address within {within} s:\n{self.log.read_text()}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    started = Running(folder)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()


def rows(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "yinfeng.sqlite3") as database:
        count: int = database.execute(f"select count(*) from {table}").fetchone()[0]
    return count


def test_run_fills_an_empty_place_once_and_keeps_it(tmp_path):
    with running(tmp_path) as first:
        address = first.address(within=300)
        assert "password" in urlopen(address).read().decode()
        assert first.stop() == 0
    said = first.log.read_text()
    assert said.count("one-time password") == 1
    projects, users = rows(tmp_path, "projects_project"), rows(tmp_path, "org_user")
    assert projects > 50
    with running(tmp_path) as second:
        second.address(within=SECOND_START_SECONDS)
        assert second.stop() == 0
    assert (rows(tmp_path, "projects_project"), rows(tmp_path, "org_user")) == (projects, users)
    assert "password" not in second.log.read_text()
