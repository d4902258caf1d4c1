"""What ``prove`` holds of figures and targets."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from yinfeng.chains.models import Chain
from yinfeng.core.assembly import Finding
from yinfeng.core.period import Period
from yinfeng.targets.metrics import (
    BASES,
    METRICS,
    Options,
    Scope,
    Window,
)
from yinfeng.targets.models import Target
from yinfeng.targets.queries.addresses import working_month

ADDITIVE = ("signed_amount", "signed_count", "funds_reported", "funds_verified", "started", "completed", "big_projects")


def sums_findings() -> list[Finding]:
    """Chains and the unclaimed rest add up to the place, and the lines to each figure, for the working year."""
    window = Window.of(Period.of_year(working_month().year))
    chains = [Scope.chain(chain) for chain in Chain.objects.all()]
    findings = []
    for metric in (METRICS[name] for name in ADDITIVE):
        found = metric.figures([Scope.place(), *chains, Scope.unchained()], window, Options())
        place = found.pop(Scope.place()).value or Decimal(0)
        parts = sum((figure.value or Decimal(0) for figure in found.values()), Decimal(0))
        if parts != place:
            findings.append(
                Finding(
                    "chain_sums",
                    metric.name,
                    _("各链与未归链合计 %(parts)s，全市 %(place)s") % {"parts": parts, "place": place},
                )
            )
        lines = metric.lines(Scope.place(), window).total
        if lines != place:
            findings.append(
                Finding(
                    "figure_lines",
                    metric.name,
                    _("明细合计 %(lines)s，数字为 %(place)s") % {"lines": lines, "place": place},
                )
            )
    return findings


def target_findings() -> list[Finding]:
    """At most one main target a figure, and every target measures a known metric."""
    findings = []
    mains: dict[tuple[str, str, tuple[str, str]], int] = defaultdict(int)
    rows = Target.objects.filter(withdrawn_at__isnull=True).select_related("chain", "unit", "region")
    for row in rows:
        if row.metric not in BASES:
            findings.append(Finding("targets", row.code, _("指标 %(name)s 不存在") % {"name": row.metric}))
        if row.main:
            mains[row.metric, row.period, row.scope_key] += 1
    for (metric, period, scope), number in mains.items():
        if number > 1:
            message = _("%(period)s %(scope)s 有 %(number)s 个主目标") % {
                "period": period,
                "scope": ":".join(scope),
                "number": number,
            }
            findings.append(Finding("targets", metric, message))
    return findings
