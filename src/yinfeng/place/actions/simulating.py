"""Carrying out a simulated year through the ordinary actions; every fact is marked 演示数据."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from yinfeng.core import clock
from yinfeng.core.actions import action, record
from yinfeng.core.actor import Actor
from yinfeng.core.period import Period
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger.actions import enter_funds, verify_funds
from yinfeng.ledger.enums import FundKind, Verdict, VoucherKind
from yinfeng.ledger.models import FundEntry
from yinfeng.ledger.values import VoucherClaim
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import Place, Unit
from yinfeng.outreach.actions import log_activity
from yinfeng.outreach.enums import ActivityKind
from yinfeng.place.enums import PlaceVerb
from yinfeng.place.samples import Sample
from yinfeng.place.simulation import Arrival, Fact, Meeting, Progress, Reporting, Signing, Step, simulate
from yinfeng.projects.actions import add_agreement, record_milestone
from yinfeng.projects.enums import AgreementKind, MilestoneKind
from yinfeng.projects.models import Project
from yinfeng.submissions.actions import accept_submission, move_month, report_month, return_submission, write_note

Told = Callable[[int, int], None]


@action
def simulate_year(*, actor: Actor, sample: Sample, place: Place, told: Told | None = None) -> int:
    """Let a year happen: contracts, works, money with its vouchers and verdicts, visits, progress, reports, closings.

    Verification comes from another actor than the entry, as in life. Returns how many facts were told.
    """
    teller = Teller(actor, sample)
    facts = simulate(sample)
    for number, fact in enumerate(facts):
        teller.close_months_before(fact.on)
        with clock.at(fact.on):
            teller.tell(fact)
        teller.settle(fact.on)
        if told and number % 50 == 0:
            told(number, len(facts))
    teller.settle(sample.simulation.today)
    teller.close_months_before(sample.simulation.today)
    place.has_demo, place.demo_today = True, sample.simulation.today
    place.save(update_fields=["has_demo", "demo_today"])
    record(actor=actor, verb=PlaceVerb.DEMO_SIMULATED, target=place, after={"facts": len(facts)})
    return len(facts)


class Teller:
    """Turns facts of a simulated year into actions."""

    def __init__(self, actor: Actor, sample: Sample) -> None:
        self.actor = actor
        self.sample = sample
        self.projects = {project.name: project for project in Project.objects.select_related("lead_unit", "chain")}
        self.units = {unit.name: unit for unit in Unit.objects.all()}
        self.later: list[tuple[date, Callable[[], Any]]] = []
        self.next_month = Period.parse(f"{sample.year}-01")

    def tell(self, fact: Fact) -> None:
        """Carry out one fact."""
        match fact:
            case Signing():
                self._sign(fact)
            case Step():
                self._step(fact)
            case Arrival():
                self._pay(fact)
            case Meeting():
                self._meet(fact)
            case Progress():
                self._write(fact)
            case Reporting():
                self._report(fact)

    def settle(self, today: date) -> None:
        """Carry out verdicts and acceptances whose day has come."""
        due = [entry for entry in self.later if entry[0] <= today]
        self.later = [entry for entry in self.later if entry[0] > today]
        for day, act in sorted(due, key=lambda entry: entry[0]):
            with clock.at(day):
                act()

    def close_months_before(self, today: date) -> None:
        """预报 after the report day, 定稿 and 关账 in the following month, as far as the frame says."""
        frame = self.sample.simulation
        while self.next_month.last + timedelta(days=12) < today:
            month = self.next_month.code
            self.next_month = self.next_month.next()
            states = [PeriodState.ESTIMATE, PeriodState.FINAL]
            if month <= frame.closed_until:
                states.append(PeriodState.CLOSED)
            with clock.at(today):
                for state in states:
                    move_month(actor=self.actor, period=month, to=state)

    def _project(self, name: str) -> Project:
        """A project of the sample, fresh from the database."""
        return Project.objects.get(pk=self.projects[name].pk)

    def _sign(self, fact: Signing) -> None:
        add_agreement(
            actor=self.actor,
            project=self._project(fact.project),
            kind=AgreementKind.INVESTMENT,
            signed_on=fact.on,
            amount_wan=fact.amount_wan,
            event=fact.event,
            demo=True,
        )

    def _step(self, fact: Step) -> None:
        record_milestone(
            actor=self.actor,
            project=self._project(fact.project),
            kind=MilestoneKind(fact.milestone),
            occurred_on=fact.on,
            basis=fact.basis,
            recognised_by="市住建部门（演示）",
            demo=True,
        )

    def _pay(self, fact: Arrival) -> None:
        own = self.sample.region_code[:2]
        vouchers = []
        if fact.voucher:
            vouchers.append(
                VoucherClaim(VoucherKind.BANK_SLIP, fact.voucher, fact.amount_wan, fact.amount_wan, issued_on=fact.on)
            )
        entry = enter_funds(
            actor=self.actor,
            project=self._project(fact.project),
            arrived_on=fact.on,
            amount_wan=fact.amount_wan,
            payer_name=fact.payer,
            origin=Origin.IN_PROVINCE if fact.province == own else Origin.OUT_OF_PROVINCE,
            province_code=fact.province,
            kind=FundKind(fact.kind),
            vouchers=vouchers,
            demo=True,
        )
        if fact.verified_on is not None:
            self.later.append((fact.verified_on, lambda: self._decide(entry.pk, fact)))

    def _decide(self, entry_id: int, fact: Arrival) -> None:
        entry = FundEntry.objects.get(pk=entry_id)
        verdict = Verdict(fact.verdict)
        if verdict is Verdict.RETURN and entry.posted_period <= self.sample.simulation.closed_until:
            verdict = Verdict.VERIFY
        if verdict is Verdict.CUT and fact.cut_to >= entry.amount_wan:
            verdict = Verdict.VERIFY
        reasons = {Verdict.CUT: "部分凭证不属于本期到位", Verdict.RETURN: "缺少银行进账单", Verdict.VERIFY: ""}
        verify_funds(
            actor=self.actor,
            entry_id=entry.pk,
            version=entry.version,
            verdict=verdict,
            verified_wan=fact.cut_to,
            reason=reasons[verdict],
        )

    def _meet(self, fact: Meeting) -> None:
        log_activity(
            actor=self.actor,
            kind=ActivityKind(fact.kind),
            occurred_on=fact.on,
            unit=self.units[fact.unit],
            project=self._project(fact.project),
            summary=fact.summary,
            next_step=fact.next_step,
            next_due_on=fact.on + timedelta(days=14) if fact.next_step else None,
            place=fact.place,
            demo=True,
        )

    def _write(self, fact: Progress) -> None:
        if fact.period <= self.sample.simulation.closed_until and self.next_month.code > fact.period:
            return
        write_note(
            actor=self.actor,
            project=self._project(fact.project),
            period=fact.period,
            text=fact.text,
            problem=fact.problem,
            next_step=fact.next_step,
            demo=True,
        )

    def _report(self, fact: Reporting) -> None:
        sent = report_month(actor=self.actor, unit=self.units[fact.unit], period=fact.period, demo=True)
        if fact.returned:
            back = return_submission(
                actor=self.actor, submission_id=sent.pk, version=sent.version, reason="到位资金与凭证合计不一致"
            )
            sent = report_month(
                actor=self.actor, unit=self.units[fact.unit], period=fact.period, version=back.version, demo=True
            )
        if fact.accepted_on is not None:
            final = sent
            self.later.append(
                (
                    fact.accepted_on,
                    lambda: accept_submission(actor=self.actor, submission_id=final.pk, version=final.version),
                )
            )
