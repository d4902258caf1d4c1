"""A stored report as a page reads it: its text with figures that open, and one figure with its frozen lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from yinfeng.core.actor import Actor
from yinfeng.core.assembly import assembled
from yinfeng.projects.models import Project
from yinfeng.reports.models import Report, ReportFigure
from yinfeng.reports.queries.documents import all_notes
from yinfeng.ui.figures import Shown

Piece = str | Shown


@dataclass(frozen=True)
class Reading:
    """A report's text, sentence by sentence, each a list of words and figures."""

    sentence: Sequence[Piece]
    sections: Sequence[tuple[str, Sequence[Sequence[Piece]]]]
    rows: Sequence[dict[str, Piece]]
    changes: Sequence[tuple[str, Piece, Sequence[str]]]
    idle: Sequence[tuple[str, Piece, Sequence[str]]]
    notes: Sequence[str]
    definitions: Sequence[str]
    earlier: dict[str, str] | None


def shown_figures(report: Report) -> dict[str, Shown]:
    """The report's figures by key, each opening its own frozen lines."""
    rows = report.figures.defer("lines", "definition")
    return {
        row.key: Shown(
            None, row.shown, row.value, row.unit, reverse("reports:figure", args=[report.code, row.key]), row.title
        )
        for row in rows
    }


def read_report(report: Report) -> Reading:
    """The stored text with its figures put in."""
    shown, content = shown_figures(report), report.content

    def pieces(stored: Any) -> list[Piece]:
        return [part if isinstance(part, str) else shown[part["figure"]] for part in stored]

    return Reading(
        sentence=pieces(content["sentence"]),
        sections=[
            (section["heading"], [pieces(paragraph) for paragraph in section["paragraphs"]])
            for section in content["sections"]
        ],
        rows=[{name: pieces([value])[0] for name, value in row.items()} for row in content["chain_rows"]],
        changes=[(group["kind"], pieces([group["figure"]])[0], group["lines"]) for group in content["changes"]],
        idle=[(kind["title"], pieces([kind["figure"]])[0], kind["names"]) for kind in content["idle"]],
        notes=all_notes(report),
        definitions=content["definitions"],
        earlier=content.get("earlier"),
    )


@dataclass(frozen=True)
class FrozenLine:
    """A frozen line as a viewer may read it."""

    stored: dict[str, str]
    project_url: str
    url: str

    @property
    def amount(self) -> Decimal:
        """The amount it had."""
        return Decimal(self.stored["amount"])


@dataclass(frozen=True)
class OpenedFigure:
    """A frozen figure with the lines that this viewer may read, part by part, and what lies out of sight."""

    figure: ReportFigure
    parts: Sequence[tuple[str, Sequence[FrozenLine], Decimal]]
    hidden: int
    hidden_total: Decimal


def opened_figure(actor: Actor, report: Report, key: str) -> OpenedFigure | None:
    """A figure of a report; lines of projects that the viewer may not see are counted, not shown."""
    figure = report.figures.filter(key=key).first()
    if figure is None:
        return None
    codes = {line["code"] for line in figure.lines if line["code"]}
    seen = (
        codes
        if actor.sees_all
        else set(Project.objects.visible_to(actor).filter(code__in=codes).values_list("code", flat=True))
    )
    link = assembled().link
    parts: dict[str, list[FrozenLine]] = {}
    totals: dict[str, Decimal] = {}
    hidden, hidden_total = 0, Decimal(0)
    for line in figure.lines:
        name = line["part"]
        rows = parts.setdefault(name, [])
        totals[name] = totals.get(name, Decimal(0)) + Decimal(line["amount"])
        if line["code"] and line["code"] not in seen:
            hidden, hidden_total = hidden + 1, hidden_total + Decimal(line["amount"])
            continue
        rows.append(FrozenLine(line, link("projects.project", line["code"]), link(line["type"], line["fact"])))
    found = [(name, rows, totals[name]) for name, rows in parts.items()]
    return OpenedFigure(figure, found, hidden, hidden_total)
