"""月报: its text and every figure in it, drafted from the ledger with the lines as they stand at that moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from yinfeng.chains.models import Chain
from yinfeng.core.money import format_wan, format_yi
from yinfeng.core.period import Period
from yinfeng.core.ratio import percent_of
from yinfeng.reports.queries.progress import Progress, Row, Standing, progress
from yinfeng.targets.metrics import METRICS, SCHEME, Figure, Line, Measure, Scope, Window
from yinfeng.targets.queries import ChangeGroup, Idle, change_list, units_with_nothing

Pieces = list[str | dict[str, str]]
"""A sentence: texts, and figures by key."""


@dataclass(frozen=True)
class Frozen:
    """One figure as it goes into a report."""

    key: str
    title: str
    definition: str
    scheme: str
    value: str
    unit: str
    shown: str
    lines: list[dict[str, str]]


@dataclass
class Draft:
    """A report in the making: its text, and the figures it mentions by key."""

    month: Period
    content: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Frozen] = field(default_factory=dict)

    def piece(self, figure: Figure) -> dict[str, str]:
        """A figure for a sentence; the first mention freezes it."""
        key = key_of(figure)
        if key not in self.figures:
            self.figures[key] = frozen(figure, key)
        return {"figure": key}


def key_of(figure: Figure) -> str:
    """A name for a figure inside its report: what, whose, when, with which choices."""
    first, last = figure.window.first.code, figure.window.last.code
    months = last if first == last else f"{first}_{last}"
    choices = [f"{name}={value}" for name, value in sorted(figure.options.params().items())]
    return ".".join([figure.metric.name, figure.scope.param.replace(":", "-"), months, *choices])[:120]


def frozen(figure: Figure, key: str) -> Frozen:
    """A figure with its lines, as plain text that no later change can touch."""
    parts = figure.metric.parts(figure.options)
    options = figure.options.__dict__
    lines: list[dict[str, str]] = []
    for metric in parts or (figure.metric,):
        part = str(metric.titled(figure.options)) if parts else ""
        lines += [frozen_line(line, part) for line in metric.lines(figure.scope, figure.window, **options).each()]
    return Frozen(
        key=key,
        title=figure.title,
        definition=str(figure.metric.definition),
        scheme=str(SCHEME.name),
        value=figure.exact,
        unit=figure.unit,
        shown=figure.text,
        lines=lines,
    )


def frozen_line(line: Line, part: str) -> dict[str, str]:
    """A line as text; the codes lead back to the project and the fact."""
    return {
        "part": part,
        "on": line.on.isoformat() if line.on else "",
        "period": line.period,
        "project": line.project,
        "code": line.project_code,
        "text": line.text,
        "amount": str(line.amount),
        "note": line.note,
        "type": line.target_type,
        "fact": line.target_code,
    }


@override(settings.LANGUAGE_CODE)
def draft_monthly(month: Period, chains: Sequence[Chain]) -> Draft:
    """The monthly report of the whole place; a Chinese paper, in whatever language its drafter reads."""
    draft = Draft(month)
    found = progress(month, Scope.place(), chains)
    changes = change_list(Window.of(month))
    idle = units_with_nothing(Window.year_to(month))
    whole = Row(found.scope, None, found.signed, found.funds, found.big, found.big_target)
    draft.content = {
        "sentence": opening(draft, found),
        "sections": [
            {"heading": _("一、总体进度"), "paragraphs": overall(draft, found)},
            {"heading": _("二、各产业链进度"), "paragraphs": [behind(found)]},
            {"heading": _("三、本月变动"), "paragraphs": [changed(draft, changes)]},
        ],
        "chain_rows": [chain_row(draft, row) for row in [*found.rows, whole]],
        "changes": [change(draft, group) for group in changes if group.lines.count],
        "idle": [idle_line(draft, kind) for kind in idle],
        "notes": notes(draft, found),
        "definitions": definitions(draft),
    }
    return draft


def opening(draft: Draft, found: Progress) -> Pieces:
    """The sentence a leader came for."""
    pieces: Pieces = [
        _("截至%(month)s，全市签约") % {"month": found.month.label},
        draft.piece(found.signed.done),
        _("亿元"),
    ]
    pieces += against(draft, found.signed)
    pieces += [_("；到位资金"), draft.piece(found.funds.done), _("亿元")]
    pieces += against(draft, found.funds)
    pieces += [_("。")]
    return pieces


def against(draft: Draft, standing: Standing) -> Pieces:
    """How a metric stands against its target and time; nothing without a target."""
    if standing.target is None:
        return []
    return [
        _("，完成年度目标%(target)s亿元的") % {"target": format_yi(standing.target_value)},
        draft.piece(standing.rate),
        _("%，序时差"),
        draft.piece(standing.gap),
        _("个百分点"),
    ]


def overall(draft: Draft, found: Progress) -> list[Pieces]:
    """This month, last year, verified money, numbers of projects, rates."""
    rates = {
        name: METRICS[name].figure(found.scope, found.signed.done.window)
        for name in ("performance_rate", "start_rate", "funds_rate")
    }
    return [
        [
            _("本月新增签约"),
            draft.piece(found.signed.month),
            _("亿元、到位资金"),
            draft.piece(found.funds.month),
            *last_year(draft, found),
            _("亿元。到位资金中已核定"),
            draft.piece(found.verified),
            _("亿元。"),
        ],
        [
            _("本年签约项目"),
            draft.piece(found.counted),
            _("个，其中"),
            str(found.big.label).removesuffix(_("项目数")),
            _("项目"),
            draft.piece(found.big),
            _("个；开工"),
            draft.piece(found.started),
            _("个，竣工投产"),
            draft.piece(found.completed),
            _("个。履约率"),
            draft.piece(rates["performance_rate"]),
            _("%，开工率"),
            draft.piece(rates["start_rate"]),
            _("%，资金到位率"),
            draft.piece(rates["funds_rate"]),
            _("%。"),
        ],
    ]


def last_year(draft: Draft, found: Progress) -> Pieces:
    """The same months a year earlier, where there are records of them."""
    if not (found.signed.last_year.value or found.funds.last_year.value):
        return []
    return [
        _("亿元；上年同期累计签约"),
        draft.piece(found.signed.last_year),
        _("亿元、到位资金"),
        draft.piece(found.funds.last_year),
    ]


def behind(found: Progress) -> Pieces:
    """Which chains are behind the schedule."""
    names = "、".join(str(row.scope.label) for row in found.behind)
    if not names:
        return [_("各产业链签约、到位均不低于序时进度，明细见表。")]
    text = _("%(count)s条产业链的签约或到位低于序时进度：%(names)s。明细见表。")
    return [text % {"count": len(found.behind), "names": names}]


def changed(draft: Draft, groups: Sequence[ChangeGroup]) -> Pieces:
    """The month's changes in one sentence."""
    pieces: Pieces = []
    for group in groups:
        pieces += ["，" if pieces else "", group.title, draft.piece(group.figure), group.figure.unit]
    return [*pieces, _("。")]


def chain_row(draft: Draft, row: Row) -> dict[str, Any]:
    """A chain's line of the table."""
    return {
        "name": str(row.scope.label),
        "signed_target": format_yi(row.signed.target_value),
        "signed": draft.piece(row.signed.done),
        "signed_rate": draft.piece(row.signed.rate),
        "funds_target": format_yi(row.funds.target_value),
        "funds": draft.piece(row.funds.done),
        "funds_rate": draft.piece(row.funds.rate),
        "gap": draft.piece(row.funds.gap),
    }


def change(draft: Draft, group: ChangeGroup) -> dict[str, Any]:
    """One kind of change with its lines as sentences."""
    lines = [
        "，".join(filter(None, [line.project, line.text, amount_of(group, line), line.note]))
        for line in group.lines.each()
    ]
    return {"kind": group.title, "figure": draft.piece(group.figure), "lines": lines}


def amount_of(group: ChangeGroup, line: Line) -> str:
    """The amount of a change of money."""
    if group.figure.metric.measure is not Measure.MONEY:
        return ""
    return _("%(amount)s万元") % {"amount": format_wan(line.amount)}


def idle_line(draft: Draft, kind: Idle) -> dict[str, Any]:
    """Who has nothing of one kind."""
    return {"title": kind.figure.label, "figure": draft.piece(kind.figure), "names": list(kind.names)}


def notes(draft: Draft, found: Progress) -> list[str]:
    """What a reader must know about the figures as a whole."""
    told = [
        _("本期为%(month)s%(state)s数，单位亿元；序时进度按月份÷12计，本期为%(share)s。")
        % {"month": found.month.label, "state": found.state.label, "share": share_text(found)}
    ]
    if found.unclaimed is not None:
        told.append(
            _("各链合计与全市相差签约%(signed)s亿元、到位%(funds)s亿元，为未归链项目。")
            % {
                "signed": format_yi(found.unclaimed.signed.done.value),
                "funds": format_yi(found.unclaimed.funds.done.value),
            }
        )
    return told


def share_text(found: Progress) -> str:
    """The elapsed share of the year as a percentage."""
    return f"{percent_of(found.elapsed)}%"


def definitions(draft: Draft) -> list[str]:
    """The definition of every metric that the report mentions, once each."""
    names = dict.fromkeys(key.partition(".")[0] for key in draft.figures)
    return [f"{METRICS[name].title}：{METRICS[name].definition}" for name in names]


@override(settings.LANGUAGE_CODE)
def differences(now: Mapping[str, Frozen], before: Mapping[str, Frozen]) -> list[str]:
    """How a report differs from an earlier one of the same month, figure by figure, with the lines that make it."""
    told = []
    for key, figure in now.items():
        earlier = before.get(key)
        if earlier is None or earlier.value == figure.value:
            continue
        facts = {(line["type"], line["fact"], line["amount"]) for line in figure.lines}
        known = {(line["type"], line["fact"], line["amount"]) for line in earlier.lines}
        told.append(
            _(
                "%(title)s：上一份 %(before)s%(unit)s，本份 %(now)s%(unit)s%(gap)s；新增明细%(added)s条，减少%(removed)s条。"
            )
            % {
                "title": figure.title,
                "before": earlier.shown,
                "now": figure.shown,
                "gap": gap_text(figure, earlier),
                "unit": figure.unit,
                "added": len(facts - known),
                "removed": len(known - facts),
            }
        )
    return told


def gap_text(figure: Frozen, earlier: Frozen) -> str:
    """The difference of two printed figures, as a reader would take it off the paper."""
    try:
        gap = Decimal(figure.shown.replace(",", "")) - Decimal(earlier.shown.replace(",", ""))
    except InvalidOperation:
        return ""
    unit = _("个百分点") if figure.unit == "%" else figure.unit
    return _("，差异 %(gap)s%(unit)s") % {"gap": f"{gap:+,f}", "unit": unit}
