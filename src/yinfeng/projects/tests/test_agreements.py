"""Agreements and opportunities: what they store, imply and refuse."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.org.models import ReportingMonth
from yinfeng.org.tests.factories import actor as make_actor
from yinfeng.org.tests.factories import make_unit
from yinfeng.projects import actions
from yinfeng.projects.actions.agreements import amount_of
from yinfeng.projects.enums import AgreementKind, MilestoneKind, OpportunityState, Stage
from yinfeng.projects.models import GateOutcome, Opportunity, SavedView
from yinfeng.projects.queries import candidates_like
from yinfeng.projects.tests.factories import (
    SYSTEM,
    make_agreement,
    make_enterprise,
    make_milestone,
    make_opportunity,
    make_project,
    make_view,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 18)


@pytest.fixture(autouse=True)
def _midsummer():
    with clock.at(TODAY):
        yield


def test_the_first_investment_contract_records_the_signing():
    project = make_project()
    make_agreement(project, Decimal(30_000), date(2025, 3, 5), number="合-1")
    project.refresh_from_db()
    assert (project.stage, project.stage_on) == (Stage.SIGNED, date(2025, 3, 5))
    make_agreement(project, Decimal(1), date(2025, 4, 5), number="合-2")
    make_milestone(project, MilestoneKind.CONTRACT_SIGNED, date(2025, 3, 5))
    assert project.milestones.filter(kind="contract_signed").count() == 1


def test_a_framework_signs_nothing_and_needs_no_amount():
    project = make_project()
    make_agreement(project, None, kind=AgreementKind.FRAMEWORK)
    project.refresh_from_db()
    assert project.stage == Stage.LEAD


def test_a_contract_settles_the_debt_of_a_signing_told_without_one():
    project = make_milestone(make_project(), MilestoneKind.CONTRACT_SIGNED, date(2025, 3, 5))
    row = GateOutcome.objects.get(project=project, requirement="contract")
    assert row.outcome == "owed"
    make_agreement(project)
    row.refresh_from_db()
    assert row.outcome == "met"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount_wan": None}, "amount_wan"),
        ({"amount_wan": Decimal(0)}, "amount_wan"),
        ({"amount_wan": Decimal(-5)}, "amount_wan"),
        ({"signed_on": date(2025, 6, 19)}, "signed_on"),
        ({"kind": "handshake"}, "kind"),
        ({"number": "合-1"}, "number"),
    ],
)
def test_agreements_refuse_what_cannot_be(change, field):
    project = make_project()
    make_agreement(project, number="合-1")
    good: dict[str, Any] = {
        "amount_wan": Decimal(5),
        "signed_on": TODAY,
        "kind": AgreementKind.INVESTMENT,
        "number": "合-2",
    }
    with pytest.raises(Invalid) as caught:
        actions.add_agreement(actor=SYSTEM, project=project, **(good | change))
    assert set(caught.value.fields) == {field}
    assert actions.add_agreement(actor=SYSTEM, project=project, **good).number == "合-2"


def test_a_change_is_a_dated_entry_that_never_goes_below_zero():
    agreement = make_agreement(make_project(), Decimal(100), date(2025, 3, 5))
    ReportingMonth.objects.create(period="2025-04", state="closed")
    change = actions.change_agreement(
        actor=SYSTEM,
        agreement_id=agreement.pk,
        version=agreement.version,
        delta_wan=Decimal("-40.5"),
        occurred_on=date(2025, 4, 2),
        reason="核减",
    )
    assert (change.posted_period, amount_of(agreement)) == ("2025-05", Decimal("59.5"))
    entry = AuditEntry.objects.get(verb="project.agreement_changed")
    assert (Decimal(entry.before["amount_wan"]), Decimal(entry.after["amount_wan"])) == (Decimal(100), Decimal("59.5"))
    for delta, field in ((Decimal(-60), "delta_wan"), (Decimal(0), "delta_wan")):
        with pytest.raises(Invalid) as caught:
            actions.change_agreement(
                actor=SYSTEM, agreement_id=agreement.pk, version=None, delta_wan=delta, occurred_on=TODAY, reason="改"
            )
        assert set(caught.value.fields) == {field}
    with pytest.raises(Conflict):
        actions.change_agreement(
            actor=SYSTEM, agreement_id=agreement.pk, version=1, delta_wan=Decimal(1), occurred_on=TODAY, reason="改"
        )


def test_an_agreement_of_a_closed_month_is_not_taken_back():
    agreement = make_agreement(make_project(), signed_on=date(2025, 3, 5))
    month = ReportingMonth.objects.create(period="2025-03", state="closed")
    with pytest.raises(Refused):
        actions.withdraw_agreement(actor=SYSTEM, agreement=agreement, reason="误登")
    month.delete()
    assert actions.withdraw_agreement(actor=SYSTEM, agreement=agreement, reason="误登").withdrawn_at is not None


def test_agreements_out_of_scope_are_not_found():
    agreement = make_agreement(make_project(unit=make_unit()))
    stranger = make_actor(Role.OFFICER, make_unit())
    with pytest.raises(NotVisible):
        actions.withdraw_agreement(actor=stranger, agreement=agreement, reason="误登")


def test_an_opportunity_is_taken_up_once_and_becomes_a_project():
    opportunity = make_opportunity("高纯氧化镁推介项目", product="氧化镁", total_wan=Decimal(80_000))
    firm = make_enterprise()
    project = actions.take_up_opportunity(actor=SYSTEM, opportunity=opportunity, investor=firm, version=1)
    opportunity.refresh_from_db()
    assert (opportunity.state, opportunity.taken_by) == (OpportunityState.TAKEN_UP, project)
    assert (project.product, project.total_wan, project.parties.get().enterprise) == ("氧化镁", Decimal(80_000), firm)
    with pytest.raises(Refused):
        actions.take_up_opportunity(actor=SYSTEM, opportunity=opportunity, investor=firm)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": ""}, "name"), ({"total_wan": Decimal(-1)}, "total_wan"), ({"state": "taken_up"}, "state")],
)
def test_opportunities_refuse_what_cannot_be(values, field):
    opportunity = make_opportunity()
    with pytest.raises(Invalid) as caught:
        actions.update_opportunity(actor=SYSTEM, opportunity_id=opportunity.pk, version=1, values=values)
    assert set(caught.value.fields) == {field}
    changed = actions.update_opportunity(
        actor=SYSTEM, opportunity_id=opportunity.pk, version=1, values={"product": "氧化镁"}
    )
    assert (changed.product, changed.version) == ("氧化镁", 2)


def test_a_withdrawn_opportunity_is_gone():
    opportunity = make_opportunity()
    actions.withdraw_opportunity(actor=SYSTEM, opportunity=opportunity, reason="重复")
    assert not Opportunity.objects.visible_to(SYSTEM).exists()


def test_views_are_saved_replaced_and_deleted_by_their_owner():
    owner, other = make_actor(Role.OFFICE), make_actor(Role.REPORTER, make_unit())
    view = make_view(owner, "在建", "stage=construction")
    again = actions.save_view(actor=owner, page="projects", title="在建", query="stage=land", shared=True)
    assert (again.pk, again.query) == (view.pk, "stage=land")
    with pytest.raises(Refused):
        actions.save_view(actor=other, page="projects", title="我的", query="", shared=True)
    with pytest.raises(Refused):
        actions.delete_view(actor=other, view=again)
    actions.delete_view(actor=owner, view=again)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("name", "firm", "found"),
    [
        ("年产2万吨碳酸锂项目", "", [("碳酸锂项目", "same_name")]),
        ("电池级碳酸锂项目", "甲锂业股份有限公司", [("碳酸锂项目", "same_investor")]),
        ("碳酸锂项目", "乙锂业有限公司", []),
        ("文旅综合体", "", []),
        ("高纯氧化镁", "", [("高纯氧化镁推介项目", "similar")]),
    ],
)
def test_candidates_name_what_is_on_record_and_why(name, firm, found):
    make_project("碳酸锂项目", investor=make_enterprise("甲锂业有限公司"))
    make_enterprise("乙锂业有限公司")
    make_opportunity("高纯氧化镁推介项目")
    assert [(match.label, match.reason) for match in candidates_like(name, firm)] == found
