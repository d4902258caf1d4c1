from datetime import date
from decimal import Decimal

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Actor, Role
from yinfeng.core.errors import Conflict, DoubleSubmit, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger import actions
from yinfeng.ledger.enums import EntryState, FundKind, Verdict
from yinfeng.ledger.models import FundEntry, Verification, VoucherUse
from yinfeng.ledger.tests.factories import claim, make_entry, verified
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import ReportingMonth, Unit
from yinfeng.org.tests.factories import actor, make_unit
from yinfeng.projects.actions import create_project
from yinfeng.projects.models import Project
from yinfeng.projects.values import ProjectValues

pytestmark = pytest.mark.django_db
APRIL = date(2025, 4, 10)


@pytest.fixture(autouse=True)
def _in_april():
    with clock.at(APRIL):
        yield


@pytest.fixture
def unit() -> Unit:
    return make_unit("市能源局")


@pytest.fixture
def reporter(unit: Unit) -> Actor:
    return actor(Role.REPORTER, unit)


@pytest.fixture
def verifier() -> Actor:
    return actor(Role.VERIFIER)


@pytest.fixture
def project(unit: Unit, reporter: Actor) -> Project:
    return create_project(actor=reporter, values=ProjectValues(name="储能电站", lead_unit=unit))


def closed(period: str) -> None:
    ReportingMonth.objects.create(period=period, state=PeriodState.CLOSED)


def test_money_is_counted_in_the_month_it_arrived(project, reporter):
    assert make_entry(project, on=date(2025, 3, 26), actor=reporter).posted_period == "2025-03"


def test_money_found_after_closing_is_counted_in_the_next_open_month(project, reporter):
    closed("2025-03")
    entry = make_entry(project, on=date(2025, 3, 26), actor=reporter)
    assert (entry.arrived_on, entry.posted_period) == (date(2025, 3, 26), "2025-04")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": date(2025, 4, 11)}, "arrived_on"),
        ({"amount": "0"}, "amount_wan"),
        ({"origin": Origin.FOREIGN, "province_code": "33"}, "province_code"),
    ],
)
def test_what_cannot_be_money_is_refused_at_its_field(project, reporter, values, field):
    with pytest.raises(Invalid) as refused:
        make_entry(project, actor=reporter, **values)
    assert list(refused.value.fields) == [field]
    assert FundEntry.objects.count() == 0


def test_a_leader_does_not_enter_money(project, unit):
    with pytest.raises(Refused, match="由项目专员、联络员或办公室登记"):
        make_entry(project, actor=actor(Role.LEADER, unit))


def test_entering_is_audited_on_the_projects_page(project, reporter):
    entry = make_entry(project, "12.3456", actor=reporter)
    written = AuditEntry.objects.get(verb="fund.entered")
    assert (written.target_code, written.root_id, written.after["amount_wan"]) == (entry.code, project.pk, "12.3456")


def test_the_same_click_enters_money_once(project, unit):
    clicking = actor(Role.REPORTER, unit, gesture="one-click")
    make_entry(project, actor=clicking)
    with pytest.raises(DoubleSubmit) as again:
        make_entry(project, actor=clicking)
    assert again.value.target_code == FundEntry.objects.get().code


def test_a_verdict_posts_into_the_entrys_month_while_it_is_open(project, reporter, verifier):
    entry = verified(make_entry(project, "80", actor=reporter), actor=verifier)
    verdict = Verification.objects.get()
    assert (entry.state, entry.verified_wan) == (EntryState.VERIFIED, Decimal(80))
    assert (verdict.delta_wan, verdict.posted_period) == (Decimal(80), "2025-03")


def test_a_verdict_after_closing_posts_into_the_next_open_month(project, reporter, verifier):
    entry = make_entry(project, "80", actor=reporter)
    closed("2025-03")
    verified(entry, actor=verifier)
    assert Verification.objects.get().posted_period == "2025-04"


def test_a_later_cut_posts_only_the_difference(project, reporter, verifier):
    entry = verified(make_entry(project, "80", actor=reporter), actor=verifier)
    closed("2025-03")
    verified(entry, "50.5", actor=verifier)
    rows = list(Verification.objects.values_list("delta_wan", "posted_period"))
    assert rows == [(Decimal(80), "2025-03"), (Decimal("-29.5"), "2025-04")]


def test_nobody_verifies_what_they_entered(project, unit):
    both = actor(Role.VERIFIER, unit)
    from dataclasses import replace

    both = replace(both, roles=both.roles | {Role.REPORTER})
    entry = make_entry(project, actor=both)
    with pytest.raises(Refused, match="须由另一人核定"):
        verified(entry, actor=both)
    assert FundEntry.objects.get().state == EntryState.REPORTED


def test_a_reporter_does_not_verify(project, reporter, unit):
    entry = make_entry(project, actor=reporter)
    with pytest.raises(Refused, match="只有核定人员"):
        verified(entry, actor=actor(Role.REPORTER, unit))


@pytest.mark.parametrize(
    ("verdict", "amount", "reason", "field"),
    [
        (Verdict.CUT, "120", "多报", "verified_wan"),
        (Verdict.CUT, "100", "未减", "verified_wan"),
        (Verdict.CUT, None, "未填", "verified_wan"),
        (Verdict.CUT, "50", "", "reason"),
        (Verdict.RETURN, None, " ", "reason"),
    ],
)
def test_a_verdict_needs_an_amount_below_the_report_and_a_reason(
    project, reporter, verifier, verdict, amount, reason, field
):
    entry = make_entry(project, "100", actor=reporter)
    with pytest.raises(Invalid) as refused:
        actions.verify_funds(
            actor=verifier,
            entry_id=entry.pk,
            version=entry.version,
            verdict=verdict,
            verified_wan=None if amount is None else Decimal(amount),
            reason=reason,
        )
    assert list(refused.value.fields) == [field]


def test_money_of_a_closed_month_cannot_be_returned(project, reporter, verifier):
    entry = make_entry(project, actor=reporter)
    closed("2025-03")
    with pytest.raises(Invalid, match="已关账，不能退回"):
        actions.verify_funds(actor=verifier, entry_id=entry.pk, version=1, verdict=Verdict.RETURN, reason="缺凭证")


def test_a_verdict_on_a_changed_entry_is_a_conflict(project, reporter, verifier):
    entry = make_entry(project, actor=reporter)
    actions.change_funds(actor=reporter, entry_id=entry.pk, version=1, values={"note": "补充说明"})
    with pytest.raises(Conflict):
        actions.verify_funds(actor=verifier, entry_id=entry.pk, version=1, verdict=Verdict.VERIFY)


def test_another_units_money_is_not_found(project, reporter):
    entry = make_entry(project, actor=reporter)
    stranger = actor(Role.REPORTER, make_unit("市农牧局"))
    with pytest.raises(NotVisible):
        actions.change_funds(actor=stranger, entry_id=entry.pk, version=1, values={"note": "x"})


def test_a_correction_is_a_further_entry_in_the_open_month(project, reporter):
    entry = make_entry(project, "100", actor=reporter)
    closed("2025-03")
    correction = actions.correct_funds(actor=reporter, entry=entry, amount_wan=Decimal(-30), reason="重复计入")
    assert (correction.posted_period, correction.corrects, correction.amount_wan) == ("2025-04", entry, Decimal(-30))
    entry.refresh_from_db()
    assert entry.amount_wan == Decimal(100)


def test_corrections_never_take_an_entry_below_nothing(project, reporter):
    entry = make_entry(project, "100", actor=reporter)
    actions.correct_funds(actor=reporter, entry=entry, amount_wan=Decimal(-70), reason="多报")
    with pytest.raises(Invalid, match="不能小于 0"):
        actions.correct_funds(actor=reporter, entry=entry, amount_wan=Decimal("-30.0001"), reason="多报")


def test_a_verified_entry_is_corrected_not_changed(project, reporter, verifier):
    entry = verified(make_entry(project, actor=reporter), actor=verifier)
    with pytest.raises(Refused, match="请登记一笔更正"):
        actions.change_funds(
            actor=reporter, entry_id=entry.pk, version=entry.version, values={"amount_wan": Decimal(1)}
        )
    with pytest.raises(Refused, match="请登记一笔更正"):
        actions.withdraw_funds(actor=reporter, entry_id=entry.pk, version=entry.version, reason="错")


def test_a_withdrawn_entry_is_gone_from_lists_and_frees_its_voucher(project, reporter):
    entry = make_entry(project, actor=reporter, vouchers=[claim("Z1", "100")])
    actions.withdraw_funds(actor=reporter, entry_id=entry.pk, version=1, reason="重复登记")
    assert not FundEntry.objects.visible_to(reporter).exists()
    again = make_entry(project, actor=reporter, vouchers=[claim("Z1", "100")])
    assert again.voucher_uses.get().amount_wan == Decimal(100)


def test_uses_of_a_voucher_never_exceed_its_face(project, reporter):
    make_entry(project, "60", actor=reporter, vouchers=[claim("Z1", "100", "60")])
    with pytest.raises(Invalid, match="最多还可使用 40 万元"):
        make_entry(project, "41", actor=reporter, vouchers=[claim("Z1", "100", "41", "分割-1")])
    assert FundEntry.objects.count() == 1
    make_entry(project, "40", actor=reporter, vouchers=[claim("Z1", "100", "40", "分割-1")])
    assert sum(VoucherUse.objects.values_list("amount_wan", flat=True)) == Decimal(100)


def test_a_second_use_needs_a_split_certificate(project, reporter):
    make_entry(project, "60", actor=reporter, vouchers=[claim("Z1", "100", "60")])
    with pytest.raises(Invalid) as refused:
        make_entry(project, "40", actor=reporter, vouchers=[claim("Z1", "100", "40")])
    assert list(refused.value.fields) == ["split_certificate"]


def test_a_known_voucher_keeps_its_face(project, reporter):
    make_entry(project, "60", actor=reporter, vouchers=[claim("Z1", "100", "60")])
    with pytest.raises(Invalid) as refused:
        make_entry(project, "40", actor=reporter, vouchers=[claim("Z1", "200", "40", "分割-1")])
    assert list(refused.value.fields) == ["face_wan"]


def test_vouchers_do_not_prove_more_than_the_entry(project, reporter):
    with pytest.raises(Invalid, match="合计超过了本笔到位金额"):
        make_entry(project, "50", actor=reporter, vouchers=[claim("Z1", "100", "60")])


def test_foreign_money_keeps_its_currency_and_dated_rate(project, reporter):
    entry = actions.enter_funds(
        actor=reporter,
        project=project,
        arrived_on=date(2025, 3, 5),
        amount_wan=Decimal("717.23"),
        payer_name="外方",
        origin=Origin.FOREIGN,
        kind=FundKind.CAPITAL,
        foreign=actions.ForeignAmount("USD", Decimal(100), Decimal("7.1723"), date(2025, 3, 5)),
    )
    kept = FundEntry.objects.get(pk=entry.pk)
    assert (kept.currency, kept.foreign_amount, kept.rate, kept.amount_wan) == (
        "USD",
        Decimal(100),
        Decimal("7.1723"),
        Decimal("717.23"),
    )
