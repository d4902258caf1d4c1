"""招商引资项目台账: one row a project in the office's layout, for the projects a list shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from yinfeng.core.actor import Actor
from yinfeng.core.codes import region
from yinfeng.core.documents.cells import CellValue
from yinfeng.core.money import in_yi
from yinfeng.core.period import Period
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger.enums import EntryState
from yinfeng.ledger.models import FundEntry
from yinfeng.org.enums import ForceRole
from yinfeng.org.models import TaskForcePost
from yinfeng.projects.enums import COUNTED_KINDS, PartyRole
from yinfeng.projects.models import Agreement, AnnualPlanLine, Party, Project
from yinfeng.projects.queries.listing import ProjectFilter, projects_matching
from yinfeng.submissions.models import ProgressNote

BATCH = 500


def ledger_projects(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Project]:
    """The projects of the list with these filters, in the office's order: by chain, then by name."""
    rows = projects_matching(actor, ProjectFilter.read(asked))
    return rows.select_related("chain__task_force", "lead_unit", "region", "officer").order_by(
        F("chain__position").asc(nulls_last=True), "name", "id"
    )


@dataclass
class Extras:
    """What other tables say about a batch of projects, by project id."""

    investors: dict[int, list[Any]] = field(default_factory=dict)
    contracts: dict[int, Any] = field(default_factory=dict)
    plans: dict[int, Any] = field(default_factory=dict)
    notes: dict[int, Any] = field(default_factory=dict)
    funds: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    sponsors: dict[int, str] = field(default_factory=dict)


def ledger_rows(projects: QuerySet[Project], month: Period) -> Iterator[Sequence[CellValue]]:
    """The rows of the ledger, a batch at a time, so that memory stays small."""
    stream = projects.iterator(chunk_size=BATCH)
    sponsors = chain_sponsors()
    while batch := list(islice(stream, BATCH)):
        extras = extras_of([project.pk for project in batch], month)
        extras.sponsors = sponsors
        for project in batch:
            yield ledger_row(project, extras)


def chain_sponsors() -> dict[int, str]:
    """包联领导 of each task force, by post."""
    found: dict[int, str] = {}
    for force, post in TaskForcePost.objects.filter(role=ForceRole.SPONSOR).values_list("task_force_id", "post"):
        found[force] = "、".join(filter(None, [found.get(force, ""), post]))
    return found


def extras_of(ids: Sequence[int], month: Period) -> Extras:
    """Investors, first contract, plan line, note and money of a batch, one query each."""
    found = Extras()
    parties = Party.objects.filter(project__in=ids, role=PartyRole.INVESTOR, to_on__isnull=True)
    for party in parties.select_related("enterprise"):
        found.investors.setdefault(party.project_id, []).append(party.enterprise)
    papers = Agreement.objects.filter(project__in=ids, withdrawn_at__isnull=True).order_by("-signed_on", "-id")
    for paper in papers:
        known = found.contracts.get(paper.project_id)
        if known is None or paper.kind in COUNTED_KINDS or known.kind not in COUNTED_KINDS:
            found.contracts[paper.project_id] = paper
    found.plans = {line.project_id: line for line in AnnualPlanLine.objects.filter(project__in=ids, year=month.year)}
    notes = ProgressNote.objects.filter(project__in=ids, period=month.code)
    found.notes = {note.project_id: note for note in notes}
    found.funds = {row.pop("undertaking"): row for row in money_of(ids, month)}
    return found


def money_of(ids: Sequence[int], month: Period) -> QuerySet[Any, Any]:
    """Funds in place of each project: this month, this year, of it from outside the province, and ever; phases included."""
    this_year = Q(posted_period__gte=f"{month.year}-01", posted_period__lte=month.code)
    own = Q(project__in=ids) | Q(project__parent__in=ids)
    entries = FundEntry.objects.filter(own, withdrawn_at__isnull=True, posted_period__lte=month.code)
    return (
        entries.exclude(state=EntryState.RETURNED)
        .order_by()
        .values(undertaking=Coalesce("project__parent_id", "project_id"))
        .annotate(
            month=Sum("amount_wan", filter=Q(posted_period=month.code)),
            year=Sum("amount_wan", filter=this_year),
            outside=Sum("amount_wan", filter=this_year & Q(origin=Origin.OUT_OF_PROVINCE)),
            ever=Sum("amount_wan"),
        )
    )


def ledger_row(project: Project, extras: Extras) -> list[CellValue]:
    """One project's row; what is not known is an empty cell, never a 0."""
    key = project.pk
    investors = extras.investors.get(key, [])
    contract, plan, note = extras.contracts.get(key), extras.plans.get(key), extras.notes.get(key)
    money: Mapping[str, Decimal | None] = extras.funds.get(key, {})
    force = project.chain.task_force_id if project.chain else None
    return [
        str(project),
        "；".join(filter(None, [project.content, project.product, project.capacity])),
        project.get_nature_display(),
        "".join(filter(None, [str(project.region) if project.region else "", project.site])),
        str(project.chain) if project.chain else "",
        "、".join(firm.name for firm in investors),
        "、".join(dict.fromkeys(province_of(firm) for firm in investors if province_of(firm))),
        "、".join(firm.credit_code for firm in investors if firm.credit_code),
        in_yi(project.total_wan) if project.total_wan is not None else None,
        in_yi(project.fixed_wan) if project.fixed_wan is not None else None,
        contract.get_kind_display() if contract else "",
        contract.signed_on if contract else None,
        contract.event if contract else "",
        years_of(plan),
        project.get_stage_display(),
        note.text if note else "",
        plan.funds_wan if plan else None,
        money.get("month"),
        money.get("year"),
        money.get("outside"),
        money.get("ever"),
        note.problem if note else "",
        note.help_needed if note else "",
        extras.sponsors.get(force, "") if force else "",
        str(project.lead_unit) if project.lead_unit else "",
        str(project.officer) if project.officer else "",
        remark_of(project),
    ]


def province_of(firm: Any) -> str:
    """Where a firm comes from."""
    found = region(firm.province_code) if firm.province_code else None
    return found.name if found else ("" if firm.origin == Origin.UNKNOWN else str(firm.get_origin_display()))


def years_of(plan: Any) -> str:
    """From when to when it is built, as the plan says."""
    days = [f"{day:%Y-%m}" if day else "" for day in (plan.start_on, plan.finish_on)] if plan else ["", ""]
    return "—".join(days) if any(days) else ""


def remark_of(project: Project) -> str:
    """What else a reader must know: a status that is not plain progress, demonstration data."""
    return "；".join(
        filter(
            None,
            [
                "" if project.status == "active" else f"{project.get_status_display()} {project.status_reason}".strip(),
                _("演示数据") if project.demo else "",
            ],
        )
    )
