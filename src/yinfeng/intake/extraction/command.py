"""The command ``yinfeng extract FILE [--json]``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .reader import extract
from .text import LIMIT, load_text
from .unreadable import UnreadableDocument

FAILED = 1
LISTS = (
    ("projects", "项目"),
    ("project_groups", "打包项目"),
    ("targets", "目标"),
    ("results", "成果"),
    ("task_forces", "专班"),
    ("events", "活动"),
    ("orgs", "单位"),
    ("people", "人员"),
    ("mechanisms", "机制"),
    ("cadence", "调度节奏"),
    ("articles", "文章"),
)


def extract_file(path: Path) -> dict[str, Any]:
    """What the rules find in one file, as plain JSON values; raises ``UnreadableDocument`` or ``OSError``."""
    with path.open("rb") as handle:
        data = handle.read(LIMIT + 1)
    return {"file": path.name, **extract(load_text(data, path.name).text).as_json()}


def main(argv: Sequence[str] | None = None) -> int:
    """Print what was found: JSON alone on standard output with ``--json``, else a summary in Chinese."""
    parser = argparse.ArgumentParser(prog="yinfeng extract", description="从文件中提取项目、目标、专班")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--json", action="store_true", help="print JSON only")
    options = parser.parse_args(argv)
    try:
        found = extract_file(options.file)
    except UnreadableDocument as fault:
        return failed(fault.code, fault.message_zh, as_json=options.json)
    except OSError:
        return failed("missing", f"读不到文件：{options.file}", as_json=options.json)
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else summary(found))
    return 0


def failed(code: str, message: str, *, as_json: bool) -> int:
    """Report a failure: the message on standard error, and with ``--json`` an error object on standard output."""
    print(message, file=sys.stderr)
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False))
    return FAILED


def summary(found: dict[str, Any]) -> str:
    """A page to read: how many of each kind, then the projects, targets and task forces one by one."""
    lines = [found["file"], "  ".join(f"{label} {len(found[key])}" for key, label in LISTS)]
    for row in found["projects"]:
        size = row["capacity"]
        facts = [row["stage"], row["enterprise"], f"{size['value']}{size['unit']}" if size else None, row["amount_raw"]]
        lines.append(f"  项目  {row['name']}  " + "  ".join(fact for fact in facts if fact))
    for key, label in (("targets", "目标"), ("results", "成果")):
        lines += [
            f"  {label}  {row['scope'] or ''}  {row['metric']} {row['op']} {row['value']}{row['unit']}"
            for row in found[key]
        ]
    lines += [f"  专班  {row['name']}" for row in found["task_forces"]]
    return "\n".join(lines)
