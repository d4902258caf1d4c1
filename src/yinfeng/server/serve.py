"""`yinfeng serve`: the pages and the jobs, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import waitress.server
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

FIRST_PORT = 8000
PORTS_TRIED = 100


def main(words: Sequence[str]) -> int:
    """Serve on loopback unless told otherwise."""
    asked = parser().parse_args(words)
    return serve(host=asked.host, port=asked.port, threads=asked.threads, with_jobs=not asked.no_jobs)


def parser() -> argparse.ArgumentParser:
    """The options that `run` shares."""
    options = argparse.ArgumentParser(prog="yinfeng serve", description="Serve the pages and run the jobs.")
    options.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    options.add_argument("--port", type=int, help=f"port (default: the first free one from {FIRST_PORT})")
    options.add_argument("--threads", type=int, default=8, help="requests answered at once (default: 8)")
    options.add_argument("--no-jobs", action="store_true", help="leave jobs to another process")
    return options


def serve(*, host: str, port: int | None, threads: int, with_jobs: bool, welcome: str = "") -> int:
    """Listen, say where, work until told to stop, then leave no thread behind."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    application = get_wsgi_application()
    if not safe():
        return 1
    listener = listen(host, port)
    if listener is None:
        print(f"yinfeng: port {port} on {host} is taken; choose another with --port.", file=sys.stderr)
        return 1
    server = waitress.server.create_server(
        application, sockets=[listener], threads=threads, ident=None, **proxy_options(settings.TRUSTED_PROXY)
    )
    stop = threading.Event()
    jobs = start_jobs(stop) if with_jobs else None
    signal.signal(signal.SIGTERM, end)
    lines = [f"引凤 Yinfeng   {address(host, listener)}", welcome, "Ctrl-C 停止 stops it."]
    print("\n  " + "\n  ".join(filter(None, lines)) + "\n", flush=True)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stop.set()
        server.close()
        if jobs is not None:
            jobs.join(timeout=10)
    return 0


def proxy_options(trusted: str) -> dict[str, Any]:
    """What tells the server whose word to take for a visitor's address and https; nobody's without a proxy."""
    if not trusted:
        return {}
    return {"trusted_proxy": trusted, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}


def safe() -> bool:
    """Whether the system checks allow a start; what they refuse is told on stderr."""
    try:
        call_command("check", deploy=settings.PRODUCTION, fail_level="ERROR", stdout=StringIO())
    except SystemCheckError as refused:
        print(f"yinfeng: {refused}", file=sys.stderr)
        return False
    return True


def listen(host: str, port: int | None) -> socket.socket | None:
    """A listening socket on the port asked for, or on the first free one; nothing when there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(1024)
        except OSError:
            listener.close()
        else:
            return listener
    return None


def address(host: str, listener: socket.socket) -> str:
    """What to type into a browser."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - shown
    return f"http://{name}:{listener.getsockname()[1]}/"


def start_jobs(stop: threading.Event) -> threading.Thread:
    """The worker, on a thread of its own."""
    from yinfeng.core.jobs import work_forever

    worker = threading.Thread(target=work_forever, args=(stop,), name="jobs", daemon=True)
    worker.start()
    return worker


def end(_signal: int, _frame: FrameType | None) -> None:
    """Treat a polite kill like Ctrl-C."""
    raise KeyboardInterrupt
