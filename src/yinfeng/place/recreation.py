"""Re-creating a sample's project table from the plan it was read from: the extractor's findings plus a list of corrections.

``corrections.csv`` has the columns of ``projects.csv`` and ``found``, the name under which the extractor found the
project. An empty cell keeps what was found, ``-`` empties it; a line without ``found`` adds a project that the
extractor missed; a finding without a line is no project of the sample.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from yinfeng.intake.extraction import extract
from yinfeng.intake.extraction.text import load_text
from yinfeng.place.samples import DATA

COLUMNS = (
    "name",
    "kind",
    "chain",
    "unit",
    "enterprise",
    "province",
    "product",
    "capacity",
    "stage",
    "aim",
    "site",
    "aliases",
    "source",
)
EMPTY = "-"
Row = dict[str, str]


def found_in(path: Path) -> dict[str, Row]:
    """What the extractor finds in a plan, by name, in the columns of the project table."""
    text = load_text(path.read_bytes(), path.name).text
    return {project["name"]: as_row(project) for project in extract(text).as_json()["projects"]}


def as_row(project: Mapping[str, Any]) -> Row:
    """One finding in the columns of the table."""
    capacity = project.get("capacity")
    row = dict.fromkeys(COLUMNS, "")
    row["name"] = project["name"]
    row["enterprise"] = project.get("enterprise") or ""
    row["product"] = project.get("product") or ""
    row["capacity"] = f"{capacity['value']}{capacity['unit']}" if capacity else ""
    row["stage"] = project["stage"]
    row["aliases"] = "、".join(project.get("aliases") or [])
    return row


def recreate(found: Mapping[str, Row], corrections: Iterable[Row]) -> list[Row]:
    """The project table: findings with their corrections, in the order of the corrections.

    >>> recreate({"甲": {"name": "甲", "stage": "意向"}}, [{"found": "甲", "name": "甲项目", "stage": ""}])
    [{'name': '甲项目', 'stage': '意向'}]
    """
    table = []
    for correction in corrections:
        row = {"name": correction["found"]} | found.get(correction["found"], {})
        for column, value in correction.items():
            if column != "found" and value:
                row[column] = "" if value == EMPTY else value
        table.append(row)
    return table


def read_rows(name: str, file: str) -> list[Row]:
    """One table of a sample."""
    with (DATA / name / file).open(encoding="utf-8") as stream:
        return [dict(row) for row in csv.DictReader(stream)]


def differences(table: Iterable[Row], kept: Iterable[Row]) -> list[str]:
    """Where a re-created table differs from the packaged one, a line each."""
    made, known = {row["name"]: row for row in table}, {row["name"]: row for row in kept}
    told = [f"{name}：方案中没有重新得到" for name in known if name not in made]
    told += [f"{name}：示例中没有" for name in made if name not in known]
    for name in known:
        told += [
            f"{name} {column}：{made[name].get(column, '')!r} ≠ {known[name][column]!r}"
            for column in COLUMNS
            if name in made and made[name].get(column, "") != known[name][column]
        ]
    return told


def as_csv(table: Iterable[Row]) -> str:
    """The table as it is packaged."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return stream.getvalue()
