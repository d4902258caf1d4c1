"""`./yf test` and `./yf check`: every part is run, the summary names those that failed."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tools.postgres import private_server, server_programs

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
NOTHING_COLLECTED = 5
WORKERS = str(min(4, os.cpu_count() or 2))
PATHS = ["src", "tests", "tools", "conftest.py", "yf"]


@dataclass
class Summary:
    """What was run, how long it took and what failed."""

    lines: list[tuple[str, str, float]] = field(default_factory=list)

    def part(self, name: str, work: Callable[[], str]) -> None:
        """Run one part; *work* gives an empty text, or says what is wrong."""
        print(f"\n== {name}", flush=True)
        started = time.monotonic()
        try:
            outcome = work()
        except (OSError, RuntimeError, subprocess.CalledProcessError) as problem:
            outcome = str(problem)
        self.lines.append((name, outcome, time.monotonic() - started))

    def close(self) -> int:
        """Print the parts, and give the exit code."""
        print("\n== summary")
        for name, outcome, seconds in self.lines:
            print(f"{'FAILED' if outcome else 'ok':>6}  {seconds:6.1f} s  {name}{': ' + outcome if outcome else ''}")
        return int(any(outcome for _, outcome, _ in self.lines))


def call(*command: str, **env: str) -> str:
    """Run a command with its output where ours goes; pytest that finds nothing of a kind has not failed."""
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=False).returncode
    return "" if code in ((0, NOTHING_COLLECTED) if "pytest" in command else (0,)) else f"exit code {code}"


def main(words: list[str]) -> int:
    """Run what was asked for."""
    options = argparse.ArgumentParser(prog="./yf")
    options.add_argument("word", choices=["test", "check"])
    options.add_argument("--fast", action="store_true", help="SQLite only, no browser, without the tables of all doors")
    options.add_argument("--slow", action="store_true", help="also fuzzing and long stress runs")
    asked, pytest_words = options.parse_known_args(words)
    if asked.word == "check" and pytest_words:
        options.error(f"./yf check takes no {' '.join(pytest_words)}")
    summary = Summary()
    with tempfile.TemporaryDirectory(prefix="yinfeng-check-") as scratch:
        os.environ["YINFENG_VAR"] = scratch
        if asked.word == "check":
            static_checks(summary)
        tests(summary, pytest_words, fast=asked.fast, slow=asked.slow)
    return summary.close()


def static_checks(summary: Summary) -> None:
    """Everything that reads the code without running a test."""
    memory = {"DATABASE_URL": "sqlite:///:memory:"}
    production = {
        "DATABASE_URL": "postgres://yinfeng@127.0.0.1/never-asked",
        "YINFENG_PRODUCTION": "1",
        "YINFENG_HOSTS": "invest.example.org",
        "YINFENG_SECRET_KEY": "a-long-key-for-this-check-only-0123456789-abcdefghijklmnopqrstuvwxyz",
    }
    ruff, mypy, contracts = str(BIN / "ruff"), str(BIN / "mypy"), str(BIN / "lint-imports")
    summary.part("format", lambda: call(ruff, "format", "--check", "-q", *PATHS))
    summary.part("lint", lambda: call(ruff, "check", "-q", *PATHS))
    summary.part("types", lambda: call(mypy, **memory))
    summary.part("import contracts", lambda: call(contracts, "--no-logo"))
    migrations = [PYTHON, "-m", "yinfeng", "makemigrations", "--check", "--dry-run"]
    summary.part("migrations", lambda: call(*migrations, **memory))
    deploy = [PYTHON, "-m", "yinfeng", "check", "--deploy", "--fail-level", "WARNING"]
    summary.part("production settings", lambda: call(*deploy, **production))


def tests(summary: Summary, words: list[str], *, fast: bool, slow: bool) -> None:
    """The suite on SQLite, again on PostgreSQL, then what needs a browser."""
    plain = "not browser" if slow else "not browser and not slow"
    if fast:
        plain += " and not thorough"
    if slow:
        os.environ["YINFENG_SEARCHING"] = "1"
    sqlite = {"DATABASE_URL": "sqlite:///:memory:"}
    summary.part("tests on SQLite", lambda: pytest("-m", plain, *words, **sqlite))
    if fast:
        return
    with ExitStack() as stack:
        summary.part("tests on PostgreSQL", lambda: pytest("-m", plain, *words, DATABASE_URL=postgresql(stack)))
    served = "browser" if slow else "browser and not slow"
    summary.part("tests in Chromium", lambda: browser_is_there() or pytest("-m", served, *words, **sqlite))


def pytest(*words: str, **env: str) -> str:
    """One pytest run on as many processes as there are cores."""
    return call(PYTHON, "-m", "pytest", "-q", "-n", WORKERS, *words, **env)


def postgresql(stack: ExitStack) -> str:
    """The URL of a PostgreSQL: the one we were given, else a private one, installed first if need be."""
    given = os.environ.get("YINFENG_TEST_POSTGRES")
    if given:
        return given
    if server_programs() is None:
        keep_debian_from_making_a_cluster()
        install("postgresql")
    programs = server_programs()
    if programs is None:
        raise RuntimeError("no PostgreSQL server here; install one, or name one in YINFENG_TEST_POSTGRES")
    return stack.enter_context(private_server(programs))


def browser_is_there() -> str:
    """Chromium and a font with Chinese characters, installed first if need be."""
    missing = [] if os.environ.get("YINFENG_CHROMIUM") or shutil.which("chromium") else ["chromium"]
    fonts = (
        subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
        if shutil.which("fc-list")
        else None
    )
    if fonts is None or not fonts.stdout.strip():
        missing.append("fonts-noto-cjk")
    if missing:
        install(*missing)
    return ""


def keep_debian_from_making_a_cluster() -> None:
    """Debian's package would start a server for the whole machine; we only want its programs."""
    if os.geteuid() == 0 and not Path("/etc/postgresql").exists():
        folder = Path("/etc/postgresql-common/createcluster.d")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "yinfeng.conf").write_text("create_main_cluster = false\n")


def install(*packages: str) -> None:
    """Install Debian packages as root, saying so; otherwise say what to install."""
    wanted = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise RuntimeError(f"missing here: {wanted}.  sudo apt-get install {wanted}")
    print(f"checks: installing Debian packages: {wanted} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=quiet, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
