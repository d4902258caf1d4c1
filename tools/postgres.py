"""A PostgreSQL server of our own for a test run: private folder, loopback, a free port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}
"""A test's data need not survive a power cut."""


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl, newest server first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    elsewhere = shutil.which("initdb")
    return Path(elsewhere).parent if elsewhere else None


def unprivileged() -> pwd.struct_passwd | None:
    """The server refuses to run as root: who it runs as then; nobody in particular otherwise."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL cannot run as root and there is no other user to run it as.")


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """Start a server for the length of the block; gives the URL of its one empty database."""
    user = unprivileged()

    def call(*command: str | Path) -> None:
        who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        env = {**os.environ, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=env, cwd=home, stdout=log, stderr=log, check=False, **who)  # type: ignore[call-overload] # the three belong together
        if done.returncode:
            raise RuntimeError(f"{Path(command[0]).name} failed:\n{log_path.read_text()[-2000:]}")

    home = Path(tempfile.mkdtemp(prefix="yinfeng-postgres-"))
    log_path = home / "setup.log"
    if user is not None:
        os.chown(home, user.pw_uid, user.pw_gid)
    cluster, port = home / "data", free_port()
    try:
        with log_path.open("w") as log:
            call(
                programs / "initdb",
                "-D",
                cluster,
                "-U",
                "yinfeng",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            )
            settings = "".join(f"{name} = '{value}'\n" for name, value in FAST.items())
            with (cluster / "postgresql.conf").open("a") as conf:
                conf.write(f"{settings}port = {port}\nunix_socket_directories = '{home}'\n")
            call(programs / "pg_ctl", "-D", cluster, "-w", "-l", home / "server.log", "start")
            try:
                yield f"postgres://yinfeng@127.0.0.1:{port}/postgres"
            finally:
                call(programs / "pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
