"""Each metric on a ledger small enough to add up by hand."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yinfeng.core.period import Period
from yinfeng.core.ratio import Ratio
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger.enums import EntryState
from yinfeng.outreach.enums import ActivityKind
from yinfeng.projects.enums import AgreementKind, MilestoneKind, Stage, Status
from yinfeng.targets.metrics import METRICS, Scope, Window, figures
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db
PLACE = Scope.place()
YEAR = Window.of(Period.of_year(2025))
HALF = Window.year_to(Period.month(2025, 6))
JULY = Window.of(Period.month(2025, 7))


def value(name, scope=PLACE, window=YEAR, **options):
    """The figure, after checking that its lines add up to it."""
    figure = METRICS[name].figure(scope, window, **options)
    assert METRICS[name].lines(scope, window, **options).total == figure.value
    return figure.value


def test_signed_amount_adds_counted_papers_and_their_changes():
    project = f.make_project()
    contract = f.make_agreement(project, "10000.0001")
    f.make_agreement(project, "500", kind=AgreementKind.SUPPLEMENT)
    f.make_agreement(project, "2000", kind=AgreementKind.INCREASE)
    framework = f.make_agreement(project, "90000", kind=AgreementKind.FRAMEWORK)
    f.make_agreement(project, None)
    f.make_change(contract, "-1000")
    f.make_change(framework, "-7")
    assert value("signed_amount") == Decimal("11500.0001")


def test_signed_amount_leaves_out_withdrawn_pending_and_merged():
    kept = f.make_project()
    f.make_agreement(kept, "100")
    f.make_agreement(kept, "1", withdrawn=True)
    gone = f.make_agreement(f.make_project(withdrawn=True), "2")
    f.make_change(gone, "5")
    pending = f.make_project(duplicate_state="pending")
    f.make_agreement(pending, "4")
    f.make_agreement(f.make_project(parent=pending), "8")
    merged = f.make_project()
    merged.merged_into = kept
    merged.save()
    f.make_agreement(merged, "16")
    withdrawn_paper = f.make_agreement(kept, "32", withdrawn=True)
    f.make_change(withdrawn_paper, "64")
    assert value("signed_amount") == Decimal(100)
    assert value("signed_count") == 1


def test_a_late_fact_counts_in_the_month_it_was_posted_in():
    project = f.make_project()
    f.make_agreement(project, "100", date(2025, 5, 20), posted="2025-07")
    f.make_funds(project, "30", date(2025, 5, 20), posted="2025-07")
    assert value("signed_amount", window=HALF) == 0
    assert value("signed_amount", window=JULY) == 100
    assert value("funds_reported", window=HALF) == 0
    assert value("funds_reported", window=JULY) == 30


def test_signed_count_takes_each_undertaking_once_by_its_first_contract():
    project = f.make_project()
    f.make_agreement(project, "1", date(2025, 3, 1))
    f.make_agreement(project, "1", date(2025, 6, 1))
    f.make_agreement(f.make_project(parent=project), "1", date(2025, 7, 1))
    f.make_agreement(f.make_project(), "1", kind=AgreementKind.FRAMEWORK)
    second_phase_first = f.make_project()
    f.make_agreement(f.make_project(parent=second_phase_first), None, date(2025, 6, 2))
    assert value("signed_count") == 2
    assert value("signed_count", window=HALF) == 2
    assert value("signed_count", window=JULY) == 0


def test_a_contract_found_late_does_not_move_a_closed_figure():
    project = f.make_project()
    f.make_agreement(project, "1", date(2025, 2, 1))
    f.make_agreement(project, "1", date(2024, 11, 1), posted="2025-07")
    assert value("signed_count", window=HALF) == 1
    assert value("signed_count", window=JULY) == 0


def test_two_contracts_of_one_day_count_once():
    project = f.make_project()
    f.make_agreement(project)
    f.make_agreement(project)
    assert value("signed_count") == 1


def test_funds_reported_adds_corrections_and_leaves_out_returned_and_withdrawn():
    project = f.make_project()
    entry = f.make_funds(project, "1000.000001")
    f.make_funds(project, "-100", date(2025, 7, 3), corrects=entry)
    f.make_funds(project, "7", state=EntryState.RETURNED)
    f.make_funds(project, "9", withdrawn=True)
    f.make_funds(f.make_project(duplicate_state="pending"), "11")
    f.make_funds(project, "50", origin=Origin.IN_PROVINCE)
    assert value("funds_reported") == Decimal("950.000001")
    assert value("funds_reported", window=JULY) == -100
    assert value("funds_reported", origin=Origin.IN_PROVINCE) == 50


def test_funds_verified_posts_verdicts_and_cuts_in_their_own_month():
    entry = f.make_funds(f.make_project(), "1000", state=EntryState.CUT)
    f.make_verification(entry, "1000")
    f.make_verification(entry, "-200", posted="2025-07")
    gone = f.make_funds(f.make_project(), "5", withdrawn=True)
    f.make_verification(gone, "5")
    assert value("funds_verified", window=HALF) == 1000
    assert value("funds_verified", window=JULY) == -200
    assert value("funds_verified") == 800


def test_big_projects_take_phases_and_changes_together():
    whole = f.make_project()
    f.make_agreement(whole, "40000")
    phase = f.make_agreement(f.make_project(parent=whole), "70000")
    cut = f.make_project()
    f.make_change(f.make_agreement(cut, "100000"), "-1")
    f.make_agreement(f.make_project(), "100000", kind=AgreementKind.FRAMEWORK)
    assert value("big_projects", threshold_wan=Decimal(100_000)) == 1
    assert value("big_projects") == 2
    f.make_change(phase, "-20000", date(2025, 7, 1))
    assert value("big_projects", threshold_wan=Decimal(100_000)) == 0
    assert value("big_projects", window=HALF, threshold_wan=Decimal(100_000)) == 1


def test_started_and_completed_count_an_undertaking_once():
    project = f.make_project()
    phase = f.make_project(parent=project)
    f.make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 4, 1))
    f.make_milestone(phase, MilestoneKind.WORKS_BEGUN, date(2025, 7, 1))
    f.make_milestone(project, MilestoneKind.ACCEPTED, date(2025, 6, 1))
    f.make_milestone(project, MilestoneKind.PRODUCTION_BEGUN, date(2025, 7, 1))
    f.make_milestone(f.make_project(), MilestoneKind.WORKS_BEGUN, withdrawn=True)
    assert value("started") == 1
    assert value("started", window=JULY) == 0
    assert value("completed") == 1
    assert value("completed", window=JULY) == 0


def test_what_began_before_our_records_began_in_no_month_of_ours():
    project = f.make_project()
    f.make_milestone(project, MilestoneKind.WORKS_BEGUN, None)
    f.make_milestone(f.make_project(parent=project), MilestoneKind.WORKS_BEGUN, date(2025, 7, 1))
    assert value("started") == 0


def test_projects_by_stage_and_pool_count_living_undertakings():
    project = f.make_project(stage=Stage.CONSTRUCTION)
    f.make_project(parent=project, stage=Stage.CONSTRUCTION)
    f.make_project(stage=Stage.LAND)
    f.make_project(stage=Stage.LAND, status=Status.TERMINATED)
    f.make_project(stage=Stage.LAND, duplicate_state="pending")
    assert value("projects_by_stage") == 2
    assert value("projects_by_stage", stage=Stage.LAND) == 1
    assert value("projects_in_pool", pool="started") == 1
    assert value("projects_in_pool", pool="signed") == 1
    assert value("projects_in_pool", pool="signed", planned=True) == 0


def test_rates_follow_the_undertakings_signed_in_the_months():
    chain = f.make_chain()
    for kind in (MilestoneKind.WORKS_BEGUN, MilestoneKind.FILED, None, None):
        project = f.make_project(chain=chain)
        f.make_agreement(project, "1000")
        f.make_funds(project, "250")
        if kind:
            f.make_milestone(project, kind)
    older = f.make_project()
    f.make_agreement(older, "1000", date(2024, 6, 1))
    f.make_funds(older, "999")
    f.make_milestone(older, MilestoneKind.WORKS_BEGUN)
    ratios = {
        name: METRICS[name].figure(PLACE, YEAR).ratio for name in ("performance_rate", "start_rate", "funds_rate")
    }
    assert ratios == {
        "performance_rate": Ratio.of_counts(2, 4),
        "start_rate": Ratio.of_counts(1, 4),
        "funds_rate": Ratio(Decimal(1000), Decimal(4000)),
    }
    for name in ratios:
        figure = METRICS[name].figure(PLACE, YEAR)
        totals = [part.lines(PLACE, YEAR).total for part in METRICS[name].parts(figure.options)]
        assert Ratio(*totals) == figure.ratio
    assert METRICS["start_rate"].figure(Scope.unchained(), YEAR).text == "—"


def test_completion_and_schedule_gap_measure_against_the_main_target():
    f.make_target("funds_reported", "30000")
    f.make_target("funds_reported", "20000", main=False, source="政府工作报告")
    f.make_funds(f.make_project(), "12000", date(2025, 3, 1))
    window = Window.year_to(Period.month(2025, 3))
    rate = METRICS["completion_rate"].figure(PLACE, window, of="funds_reported")
    gap = METRICS["schedule_gap"].figure(PLACE, window, of="funds_reported")
    assert (rate.text, gap.text) == ("40.00", "+15.00")
    upper, lower = METRICS["completion_rate"].parts(rate.options)
    assert upper.lines(PLACE, window).total == 12000
    assert lower.lines(PLACE, window, of="funds_reported").total == 30000


def test_without_a_target_there_is_no_rate():
    f.make_funds(f.make_project(), "12000")
    assert METRICS["completion_rate"].figure(PLACE, YEAR, of="funds_reported").text == "—"
    assert METRICS["schedule_gap"].figure(PLACE, YEAR, of="funds_reported").text == "—"


@pytest.mark.parametrize(
    ("done", "target", "mode", "printed"),
    [
        ("2079600", "1950000", "truncate", "106.64"),
        ("2079600", "1950000", "round", "106.65"),
        ("1210400", "1400000", "round", "86.46"),
        ("1210400", "1400000", "truncate", "86.45"),
    ],
)
def test_published_completion_rates_come_out_in_their_own_mode(done, target, mode, printed):
    f.make_target("funds_reported", target)
    f.make_funds(f.make_project(), done)
    assert METRICS["completion_rate"].figure(PLACE, YEAR, of="funds_reported", mode=mode).text == printed


@pytest.mark.parametrize(
    ("done", "gap"), [("125.64", "+42.31"), ("165.07", "+81.74"), ("70.41", "-12.92"), ("495.69", "+412.36")]
)
def test_published_schedule_gaps_come_out(done, gap):
    f.make_target("signed_amount", "100")
    f.make_agreement(f.make_project(), done, date(2025, 10, 1))
    window = Window.year_to(Period.month(2025, 10))
    assert METRICS["schedule_gap"].figure(PLACE, window, of="signed_amount").text == gap


def test_trips_of_a_chain_are_its_projects_and_its_lead_units():
    unit, other = f.make_unit(), f.make_unit()
    chain = f.make_chain()
    f.make_activity(unit)
    f.make_activity(other, project=f.make_project(chain=chain))
    f.make_activity(unit, ActivityKind.VISIT)
    assert value("trips") == 2
    assert value("visits") == 1
    assert value("trips", Scope.unit(unit)) == 1
    assert value("trips", Scope.chain(chain)) == 1


def test_chains_and_the_unclaimed_rest_add_up_to_the_place():
    chains = [f.make_chain() for _ in range(3)]
    for number, chain in enumerate([*chains, None], start=1):
        project = f.make_project(chain=chain)
        f.make_agreement(project, str(10**number))
        f.make_funds(project, str(number))
    scopes = [*map(Scope.chain, chains), Scope.unchained()]
    got = figures([METRICS["signed_amount"], METRICS["funds_reported"]], [PLACE, *scopes], YEAR)
    for name in ("signed_amount", "funds_reported"):
        assert sum(got[name, scope].value or 0 for scope in scopes) == got[name, PLACE].value
    assert [got["signed_amount", scope].value for scope in scopes] == [10, 100, 1000, 10000]


@pytest.mark.parametrize("rows", [1, 7])
def test_seven_chains_cost_no_more_queries_than_one(rows):
    scopes = [PLACE]
    for _ in range(rows):
        chain = f.make_chain()
        f.make_agreement(f.make_project(chain=chain), "1")
        scopes.append(Scope.chain(chain))
    wanted = [METRICS[name] for name in ("signed_amount", "signed_count", "funds_reported", "completion_rate")]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        figures(wanted, scopes, YEAR)
    assert len(queries) == 2 + 1 + 1 + 3


def test_units_below_count_for_the_unit_above():
    office = f.make_unit()
    below = f.make_unit(parent=office)
    f.make_agreement(f.make_project(unit=below), "5")
    f.make_agreement(f.make_project(unit=office), "7")
    assert value("signed_amount", Scope.unit(office, frozenset([below.pk]))) == 12
    assert value("signed_amount", Scope.unit(office)) == 7
