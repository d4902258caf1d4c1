from datetime import date
from decimal import Decimal

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.period import Period
from yinfeng.ledger import actions, queries
from yinfeng.ledger.enums import Verdict
from yinfeng.ledger.models import FundEntry, VoucherUse
from yinfeng.ledger.tests.factories import claim, make_entry, verified
from yinfeng.org.tests.factories import SYSTEM, actor, make_unit
from yinfeng.projects.actions import add_agreement, change_agreement, create_project
from yinfeng.projects.enums import AgreementKind
from yinfeng.projects.values import ProjectValues

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_april():
    with clock.at(date(2025, 4, 10)):
        yield


@pytest.fixture
def project():
    return create_project(actor=SYSTEM, values=ProjectValues(name="储能电站", lead_unit=make_unit("市能源局")))


def test_money_of_a_project_is_exact_for_the_month_and_the_year(project):
    make_entry(project, "0.1", date(2024, 12, 30))
    make_entry(project, "0.2", date(2025, 2, 3))
    entry = make_entry(project, "100.0001", date(2025, 3, 5))
    make_entry(project, "7", date(2025, 4, 1))
    verified(entry, "90")
    money = queries.money_in(SYSTEM, [project.pk], Period.parse("2025-03"))[project.pk]
    assert (money.month_wan, money.year_wan) == (Decimal("100.0001"), Decimal("100.2001"))
    assert (money.reported_wan, money.verified_wan, money.waiting) == (Decimal("107.3001"), Decimal(90), 3)


def test_the_contract_counts_formal_agreements_and_their_changes(project):
    add_agreement(
        actor=SYSTEM, project=project, kind=AgreementKind.FRAMEWORK, signed_on=date(2025, 1, 5), amount_wan=Decimal(9)
    )
    contract = add_agreement(
        actor=SYSTEM,
        project=project,
        kind=AgreementKind.INVESTMENT,
        signed_on=date(2025, 2, 5),
        amount_wan=Decimal(500),
    )
    change_agreement(
        actor=SYSTEM,
        agreement_id=contract.pk,
        version=contract.version,
        delta_wan=Decimal("-120.5"),
        occurred_on=date(2025, 3, 5),
        reason="调减规模",
    )
    assert queries.money_of(SYSTEM, [project.pk])[project.pk].contract_wan == Decimal("379.5")


def test_totals_of_a_searched_list_count_an_entry_once(project):
    make_entry(project, "60", vouchers=[claim("ZA1", "30"), claim("ZA2", "30")])
    rows = queries.entries(SYSTEM, queries.EntryFilter(text="ZA"))
    assert queries.totals(rows) == queries.EntryTotals(1, Decimal(60), Decimal(0))


def test_the_queue_leaves_out_what_the_verifier_entered(project):
    verifier = actor(Role.VERIFIER)
    mine = make_entry(project)
    FundEntry.objects.filter(pk=mine.pk).update(recorded_by_id=verifier.user_id)
    other = make_entry(project)
    FundEntry.objects.filter(pk=other.pk).update(recorded_by_id=999_999)
    assert [entry.pk for entry in queries.waiting(verifier)] == [other.pk]


def test_a_vouchers_use_out_of_scope_is_counted_and_not_named(project):
    entry = make_entry(project, "60", vouchers=[claim("Z1", "100", "60")])
    foreign = create_project(actor=SYSTEM, values=ProjectValues(name="牧场", lead_unit=make_unit("市农牧局")))
    make_entry(foreign, "40", vouchers=[claim("Z1", "100", "40", "分割-1")])
    mine = actor(Role.REPORTER, project.lead_unit)
    share = queries.shares(mine, entry)[0]
    assert (share.elsewhere, share.elsewhere_hidden) == ((), 1)
    assert len(queries.shares(SYSTEM, entry)[0].elsewhere) == 1


def test_the_same_money_twice_is_shown_to_the_verifier(project):
    first = make_entry(project, "60", payer_name="甲公司")
    second = make_entry(project, "60", payer_name="甲公司")
    assert [double.entry for double in queries.likely_doubles(SYSTEM, first)] == [second]


def test_proof_names_a_voucher_used_beyond_its_face_and_an_entry_with_a_false_amount(project):
    entry = verified(make_entry(project, "60", vouchers=[claim("Z1", "100", "60")]))
    assert (queries.voucher_findings(), queries.verification_findings()) == ([], [])
    VoucherUse.objects.update(amount_wan=Decimal(101))
    FundEntry.objects.filter(pk=entry.pk).update(verified_wan=Decimal(61))
    assert [found.subject for found in queries.verification_findings()] == [entry.code]
    assert [found.message for found in queries.voucher_findings()] == ["票面 100 万元，已使用 101 万元"]


def test_a_returned_entry_counts_nowhere(project):
    entry = make_entry(project, "60")
    actions.verify_funds(actor=SYSTEM, entry_id=entry.pk, version=1, verdict=Verdict.RETURN, reason="缺凭证")
    assert queries.money_of(SYSTEM, [project.pk])[project.pk].reported_wan == 0


def test_every_figure_of_the_project_panel_opens_lines_that_add_up_to_it(project, client):
    from django.urls import reverse

    from yinfeng.org.tests.factories import make_place, make_user

    make_place()
    make_entry(project, "40", date(2024, 11, 3))
    verified(make_entry(project, "100.5", date(2025, 3, 5)), "90")
    client.force_login(make_user(Role.OFFICE))
    money = queries.project_panel(SYSTEM, [project.pk])[project.pk]

    def opened(**query: object) -> queries.EntryTotals:
        answer = client.get(reverse("ledger:list"), {"project": project.code, **query})
        found: queries.EntryTotals = answer.context["totals"]
        return found

    assert (opened().reported_wan, opened().verified_wan) == (money.reported_wan, money.verified_wan)
    assert opened(year=money.year).reported_wan == money.year_wan == Decimal("100.5")
