from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Sum

from yinfeng.core.actor import Role, system
from yinfeng.core.errors import Invalid, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.ledger.models import FundEntry
from yinfeng.org.enums import PeriodState
from yinfeng.org.models import Place, Region, ReportingMonth, TaskForcePost, Unit
from yinfeng.org.tests.factories import actor
from yinfeng.place.actions import found_place, load_sample, remove_demo, simulate_year
from yinfeng.place.actions.removal import DEMO_FACTS
from yinfeng.place.samples import read_sample, sample_names
from yinfeng.place.simulation import Arrival, Signing, simulate
from yinfeng.projects.enums import COUNTED_KINDS, Stage
from yinfeng.projects.models import Agreement, Milestone, Opportunity, Project
from yinfeng.targets.models import Target

SYSTEM = system("示例")


def golmud(year: bool = True) -> Place:
    sample = read_sample("golmud")
    place = load_sample(actor=SYSTEM, sample=sample)
    if year:
        simulate_year(actor=SYSTEM, sample=sample, place=place)
    return place


def test_the_same_sample_always_tells_the_same_story():
    sample = read_sample("golmud")
    assert simulate(sample) == simulate(sample)


def test_the_story_signs_and_pays_exactly_what_its_frame_says():
    sample = read_sample("golmud")
    facts = simulate(sample)
    frame = sample.simulation.chains
    signed = sum(chain.signed_yi * frame[chain.name].signed for chain in sample.chains) * 10_000
    assert sum(fact.amount_wan for fact in facts if isinstance(fact, Signing)) == signed
    funds = sum(chain.funds_yi * frame[chain.name].funds for chain in sample.chains) * 10_000
    assert sum(fact.amount_wan for fact in facts if isinstance(fact, Arrival)) == funds
    assert max(fact.on for fact in facts) <= sample.simulation.today


def test_the_chain_targets_of_golmud_add_up_to_its_plan():
    sample = read_sample("golmud")
    assert sum(chain.signed_yi for chain in sample.chains) == 220
    assert sum(chain.funds_yi for chain in sample.chains) == 100


def test_a_sample_that_is_not_there_is_told():
    assert sample_names() == ["golmud"]
    with pytest.raises(KeyError):
        read_sample("../golmud")


@pytest.mark.django_db
def test_golmud_has_seven_task_forces_and_projects_at_the_stage_the_plan_states():
    golmud(year=False)
    assert Target.objects.filter(chain__isnull=True, metric="signed_amount").count() == 2
    assert Target.objects.filter(chain__isnull=False).count() == 21
    assert Project.objects.count() + Opportunity.objects.count() == 118
    plant = Project.objects.get(name__contains="500万吨工业盐")
    assert (plant.stage, plant.stage_on) == (Stage.CONSTRUCTION, None)
    assert plant.plan_lines.get().aimed_stage == Stage.PRODUCTION
    in_doubt = Project.objects.get(name__contains="高纯碳酸锂")
    assert (in_doubt.stage, in_doubt.stage_in_doubt) == (Stage.SIGNED, True)
    assert not Milestone.objects.filter(occurred_on__isnull=True, before_records=False).exists()
    assert not Agreement.objects.exists()


@pytest.mark.django_db
def test_task_forces_name_posts():
    golmud(year=False)
    posts = set(TaskForcePost.objects.values_list("post", flat=True))
    assert "市长" in posts
    assert all("市" in post or "管委会" in post for post in posts)


@pytest.mark.django_db
def test_removing_the_demo_leaves_the_plan_as_it_was_loaded():
    golmud(year=False)
    before = sorted(Project.objects.values_list("name", "stage", "stage_on"))
    place = Place.objects.get()
    simulate_year(actor=SYSTEM, sample=read_sample("golmud"), place=place)
    assert Place.objects.get().demo_today == date(2025, 10, 22)
    assert ReportingMonth.objects.filter(state=PeriodState.CLOSED).count() == 8
    removed = remove_demo(actor=actor(Role.ADMIN))
    assert removed["ledger.fundentry"] > 100
    assert [model for model in DEMO_FACTS if model._default_manager.filter(demo=True).exists()] == []
    assert sorted(Project.objects.values_list("name", "stage", "stage_on")) == before
    assert Place.objects.get().demo_today is None
    assert AuditEntry.objects.filter(verb="demo.removed").count() == 1


@pytest.mark.django_db
def test_only_the_administrator_removes_the_demo_and_entered_money_survives_it():
    from yinfeng.ledger.tests.factories import make_entry

    golmud()
    signed = Agreement.objects.filter(kind__in=COUNTED_KINDS).aggregate(total=Sum("amount_wan"))["total"]
    assert signed == sum(fact.amount_wan for fact in simulate(read_sample("golmud")) if isinstance(fact, Signing))
    mine = make_entry(Project.objects.order_by("id")[0], "12.5", date(2025, 10, 20))
    with pytest.raises(Refused, match="管理员"):
        remove_demo(actor=actor(Role.OFFICE))
    remove_demo(actor=actor(Role.ADMIN))
    assert list(FundEntry.objects.values_list("pk", "amount_wan")) == [(mine.pk, Decimal("12.5"))]


@pytest.mark.django_db
def test_a_sample_is_not_loaded_over_a_place():
    golmud(year=False)
    with pytest.raises(Invalid, match="空的系统"):
        golmud(year=False)


@pytest.mark.django_db
def test_a_new_place_starts_with_its_regions_and_its_office():
    place = found_place(
        actor=SYSTEM,
        name="德令哈市",
        short_name="德令哈",
        office_name="德令哈市招商局",
        region_code="632802",
        year=2026,
    )
    assert (place.region.code, place.has_demo, Unit.objects.get().name) == ("632802", False, "德令哈市招商局")
    assert Region.objects.filter(code="632801").exists()


@pytest.mark.django_db
def test_the_command_starts_a_place_from_options(capsys):
    call_command(
        "new_place",
        "--name=都兰县",
        "--short-name=都兰",
        "--office-name=都兰县招商局",
        "--region-code=632822",
        "--year=2026",
    )
    assert Place.objects.get().name == "都兰县"
    assert capsys.readouterr().out == "都兰县 已建立\n"
