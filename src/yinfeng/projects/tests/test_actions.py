"""Registering, milestones, gates, status: what each action stores, and what it refuses."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from yinfeng.core import clock, search
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, DomainError, DoubleSubmit, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.org.enums import UnitKind
from yinfeng.org.models import ReportingMonth
from yinfeng.org.tests.factories import actor as make_actor
from yinfeng.org.tests.factories import make_task_force, make_unit
from yinfeng.projects import actions
from yinfeng.projects.enums import (
    DateKind,
    DuplicateState,
    MilestoneKind,
    Outcome,
    PartyRole,
    Stage,
    Status,
)
from yinfeng.projects.errors import RedLineTouched
from yinfeng.projects.models import GateOutcome, Milestone, Party, Placement, Project, ProjectName
from yinfeng.projects.tests.factories import (
    SYSTEM,
    make_agreement,
    make_chain,
    make_enterprise,
    make_milestone,
    make_project,
    make_under_way,
)
from yinfeng.projects.values import ProjectValues

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 18)


@pytest.fixture(autouse=True)
def _midsummer():
    with clock.at(TODAY):
        yield


def owed(project):
    rows = GateOutcome.objects.filter(project=project, outcome=Outcome.OWED)
    return {f"{row.milestone}.{row.requirement}" for row in rows}


def searched(words):
    found = search.matching("project", words)
    return None if found is None else list(found)


def test_create_registers_with_milestone_nodes_placement_search_and_audit():
    unit, firm = make_unit(), make_enterprise("测试锂业有限公司")
    reporter = make_actor(Role.REPORTER, unit)
    project = actions.create_project(
        actor=reporter, values=ProjectValues(name="电池级碳酸锂项目", product="碳酸锂"), investor=firm
    )
    assert (project.stage, project.stage_on, project.lead_unit) == (Stage.LEAD, TODAY, unit)
    assert list(project.milestones.values_list("kind", "occurred_on", "posted_period")) == [
        ("registered", TODAY, "2025-06")
    ]
    assert list(Project.objects.visible_to(reporter)) == [project]
    assert list(Project.objects.visible_to(make_actor(Role.REPORTER, make_unit()))) == []
    assert Placement.objects.get(project=project).lead_unit == unit
    assert Party.objects.get(project=project).enterprise == firm
    for words in ("碳酸锂", "tsl", "tansuanli", "测试锂业"):
        assert searched(words) == [project.pk]
    entry = AuditEntry.objects.get(verb="project.created")
    assert (entry.root_id, entry.after["name"], entry.after["investor"]) == (project.pk, "电池级碳酸锂项目", str(firm))


def test_create_owes_what_registering_asks_and_settles_it_when_it_is_told():
    project = make_project(product="碳酸锂")
    assert owed(project) == {"registered.source", "registered.officer"}
    assert GateOutcome.objects.get(project=project, requirement="source").due_on == date(2025, 6, 19)
    project = actions.update_project(
        actor=SYSTEM, project_id=project.pk, version=project.version, values={"source": "青洽会"}
    )
    row = GateOutcome.objects.get(project=project, requirement="source")
    assert (row.outcome, row.settled_on, row.note) == (Outcome.MET, TODAY, "青洽会")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "长" * 201}, "name"),
        ({"total_wan": Decimal(-1)}, "total_wan"),
        ({"total_wan": Decimal(10) ** 12}, "total_wan"),
        ({"kind": "castle"}, "kind"),
        ({"industry_code": "9999"}, "industry_code"),
    ],
)
def test_create_refuses_values_that_cannot_be(changes, field):
    values: dict[str, Any] = {"name": "硫酸钾项目", "total_wan": Decimal(5000), "industry_code": "2613"}
    with pytest.raises(Invalid) as caught:
        actions.create_project(actor=SYSTEM, values=ProjectValues(**(values | changes)))
    assert set(caught.value.fields) == {field}
    assert actions.create_project(actor=SYSTEM, values=ProjectValues(**values)).name == "硫酸钾项目"


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.VERIFIER, Role.DEPARTMENT, Role.REVIEWER])
def test_create_is_refused_to_those_who_only_read(role):
    with pytest.raises(Refused):
        actions.create_project(actor=make_actor(role, make_unit()), values=ProjectValues(name="甲"))
    assert not Project.objects.exists()


def test_create_refuses_what_its_editor_would_not_see():
    # A system process has no unit of its own; a reporter's own unit is always the first reporter and sees it.
    stranger = make_actor(Role.REPORTER, make_unit())
    project = actions.create_project(actor=stranger, values=ProjectValues(name="甲", lead_unit=make_unit()))
    assert list(Project.objects.visible_to(stranger)) == [project]


def test_lead_units_of_the_chains_task_force_see_the_project():
    lead = make_unit()
    chain = make_chain(task_force=make_task_force(lead_units=(lead,)))
    project = make_project(chain=chain)
    assert list(Project.objects.visible_to(make_actor(Role.REPORTER, lead))) == [project]


def test_the_same_click_twice_registers_once():
    reporter = make_actor(Role.REPORTER, make_unit(), gesture="click-1")
    first = actions.create_project(actor=reporter, values=ProjectValues(name="甲"))
    with pytest.raises(DoubleSubmit) as caught:
        actions.create_project(actor=reporter, values=ProjectValues(name="甲"))
    assert caught.value.target_code == first.code
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "firm", "state"),
    [
        ("格尔木市年产2万吨电池级碳酸锂建设项目", "甲锂业有限公司", DuplicateState.PENDING),
        ("电池级碳酸锂项目", "", DuplicateState.PENDING),
        ("电池级碳酸锂项目", "乙锂业有限公司", DuplicateState.NONE),
        ("电池级碳酸锂项目二期", "甲锂业有限公司", DuplicateState.NONE),
        ("电池级碳酸锂深加工", "甲锂业有限公司", DuplicateState.NONE),
    ],
)
def test_a_possible_duplicate_is_saved_and_waits(name, firm, state):
    first_firm = make_enterprise("甲锂业有限公司")
    make_project("电池级碳酸锂项目一期", investor=first_firm)
    investor = first_firm if firm == first_firm.name else make_enterprise(firm) if firm else None
    project = make_project(name, investor=investor)
    assert project.duplicate_state == state
    assert Project.objects.counted().filter(pk=project.pk).exists() == (state == DuplicateState.NONE)


def test_judging_ends_the_wait_by_difference_or_merging_and_merging_can_be_undone():
    office = make_actor(Role.OFFICE)
    kept, other, third = make_project("碳酸锂项目"), make_project("碳酸锂建设项目"), make_project("碳酸锂项目")
    different = actions.judge_duplicate(actor=office, project=other, reason="厂址不同")
    assert different.duplicate_state == DuplicateState.DIFFERENT
    merged = actions.judge_duplicate(actor=office, project=third, reason="同一项目", same_as=kept)
    assert (merged.merged_into, merged.duplicate_state) == (kept, DuplicateState.MERGED)
    assert set(Project.objects.visible_to(office)) == {kept, other}
    apart = actions.separate_project(actor=office, project=third, reason="判错了")
    assert (apart.merged_into, apart.duplicate_state) == (None, DuplicateState.DIFFERENT)
    with pytest.raises(Refused):
        actions.judge_duplicate(actor=office, project=apart, reason="再判")


def test_merging_refuses_a_project_that_carries_facts():
    kept, other = make_project("碳酸锂项目"), make_project("碳酸锂建设项目")
    make_agreement(other)
    with pytest.raises(Invalid) as caught:
        actions.judge_duplicate(actor=SYSTEM, project=other, reason="同一项目", same_as=kept)
    assert set(caught.value.fields) == {"same_as"}


def test_update_stores_only_what_changed_and_shows_before_and_after():
    project = make_project("硫酸钾项目", product="硫酸钾")
    actions.update_project(
        actor=SYSTEM,
        project_id=project.pk,
        version=project.version,
        values={"product": "硫酸钾", "total_wan": Decimal("12345.6789")},
    )
    entry = AuditEntry.objects.get(verb="project.changed")
    assert (entry.before, entry.after) == ({"total_wan": None}, {"total_wan": "12345.6789"})
    project.refresh_from_db()
    assert project.total_wan == Decimal("12345.6789")


def test_update_with_a_stale_version_conflicts_and_changes_nothing():
    project = make_project("硫酸钾项目")
    actions.update_project(actor=SYSTEM, project_id=project.pk, version=project.version, values={"site": "东台"})
    with pytest.raises(Conflict) as caught:
        actions.update_project(actor=SYSTEM, project_id=project.pk, version=project.version, values={"site": "西台"})
    assert caught.value.current.site == "东台"


def test_update_out_of_scope_is_not_found():
    project = make_project(unit=make_unit())
    with pytest.raises(NotVisible):
        actions.update_project(
            actor=make_actor(Role.REPORTER, make_unit()), project_id=project.pk, version=None, values={"site": "甲"}
        )


def test_handing_over_is_the_offices_and_moves_who_sees_it():
    old, new = make_unit(), make_unit()
    project = make_project(unit=old)
    with pytest.raises(Refused):
        actions.place_project(
            actor=make_actor(Role.REPORTER, old), project=project, chain=None, lead_unit=new, region=None
        )
    actions.place_project(
        actor=make_actor(Role.OFFICE),
        project=project,
        chain=None,
        lead_unit=new,
        region=None,
        from_on=date(2025, 6, 19),
    )
    assert list(Project.objects.visible_to(make_actor(Role.REPORTER, new))) == [project]
    assert list(Project.objects.visible_to(make_actor(Role.REPORTER, old))) == []
    assert [(row.lead_unit, row.to_on) for row in Placement.objects.filter(project=project)] == [
        (old, date(2025, 6, 19)),
        (new, None),
    ]


def test_a_milestone_moves_the_stage_and_leaves_owed_what_nobody_has_shown():
    park = make_unit(kind=UnitKind.PARK)
    project = make_project("硫酸钾项目", unit=park, product="硫酸钾", source="来访")
    project = make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 5, 6), basis="现场核实")
    assert (project.stage, project.stage_on) == (Stage.CONSTRUCTION, date(2025, 5, 6))
    assert owed(project) == {
        "registered.officer",
        "talks_held.record",
        "put_to_appraisal.record",
        "contract_signed.record",
        "land_secured.record",
        "works_begun.filing",
        "works_begun.energy_review",
        "works_begun.environment_review",
        "works_begun.building_permit",
    }
    contract = GateOutcome.objects.get(project=project, milestone="contract_signed")
    assert (contract.owner, contract.due_on) == (park, date(2025, 5, 20))


def test_a_milestone_recorded_later_settles_its_debt_and_keeps_the_stage():
    project = make_milestone(make_project(), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    project = make_milestone(project, MilestoneKind.TALKS_HELD, date(2025, 1, 6))
    row = GateOutcome.objects.get(project=project, milestone="talks_held", requirement="record")
    assert (row.outcome, project.stage) == (Outcome.MET, Stage.CONSTRUCTION)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"occurred_on": date(2025, 6, 19)}, "occurred_on"),
        ({"occurred_on": None}, "occurred_on"),
        ({"occurred_on": date(1900, 1, 1)}, "occurred_on"),
        ({"kind": "wedding"}, "kind"),
        ({"date_kind": "guess"}, "date_kind"),
    ],
)
def test_milestones_refuse_days_and_kinds_that_cannot_be(change, field):
    project = make_project()
    good: dict[str, Any] = {"kind": MilestoneKind.TALKS_HELD, "occurred_on": TODAY, "date_kind": DateKind.ACTUAL}
    with pytest.raises(Invalid) as caught:
        actions.record_milestone(actor=SYSTEM, project=project, **(good | change))
    assert set(caught.value.fields) == {field}
    assert actions.record_milestone(actor=SYSTEM, project=project, **good).stage == Stage.NEGOTIATION


def test_the_same_milestone_twice_changes_nothing_and_another_day_is_refused():
    project = make_milestone(make_project(), MilestoneKind.TALKS_HELD, date(2025, 3, 5))
    entries = AuditEntry.objects.count()
    make_milestone(project, MilestoneKind.TALKS_HELD, date(2025, 3, 5))
    assert (AuditEntry.objects.count(), project.milestones.count()) == (entries, 2)
    with pytest.raises(Invalid):
        make_milestone(project, MilestoneKind.TALKS_HELD, date(2025, 3, 6))
    make_milestone(project, MilestoneKind.TALKS_HELD, date(2025, 3, 6), date_kind=DateKind.CEREMONY)


def test_a_milestone_with_a_stale_version_conflicts():
    project = make_project()
    with pytest.raises(Conflict):
        make_milestone(project, MilestoneKind.TALKS_HELD, TODAY, version=project.version + 1)


def test_a_red_line_refuses_the_signing_until_the_office_judged_it():
    project = make_project("隔膜法烧碱项目")
    with pytest.raises(RedLineTouched):
        make_milestone(project, MilestoneKind.CONTRACT_SIGNED, TODAY)
    assert Project.objects.get(pk=project.pk).stage == Stage.LEAD
    actions.set_outcome(
        actor=SYSTEM,
        project=project,
        milestone="contract_signed",
        requirement="red_line_list",
        outcome=Outcome.NOT_APPLICABLE,
        note="废盐综合利用，属目录除外情形",
    )
    assert make_milestone(project, MilestoneKind.CONTRACT_SIGNED, TODAY).stage == Stage.SIGNED


def test_under_way_enters_at_its_stage_without_inventing_a_date():
    project = make_under_way(Stage.CONSTRUCTION, product="硫酸钾", source="方案")
    milestone = Milestone.objects.get(project=project, kind="works_begun")
    assert (project.stage, project.stage_on) == (Stage.CONSTRUCTION, None)
    assert (milestone.occurred_on, milestone.before_records, milestone.posted_period) == (None, True, "")
    before = GateOutcome.objects.filter(project=project, outcome=Outcome.BEFORE_RECORDS)
    assert {f"{row.milestone}.{row.requirement}" for row in before} == {
        "registered.officer",
        "talks_held.record",
        "put_to_appraisal.record",
        "contract_signed.record",
        "land_secured.record",
    }
    assert owed(project) == {
        "works_begun.filing",
        "works_begun.energy_review",
        "works_begun.environment_review",
        "works_begun.building_permit",
    }


def test_under_way_in_doubt_is_marked_until_somebody_confirms():
    project = actions.enter_under_way(
        actor=SYSTEM, project=make_project(), stage=Stage.LEAD, basis="方案：推进中", in_doubt=True
    )
    assert (project.stage, project.stage_in_doubt) == (Stage.LEAD, True)
    with pytest.raises(Invalid):
        actions.confirm_stage(actor=SYSTEM, project=project, basis=" ")
    assert actions.confirm_stage(actor=SYSTEM, project=project, basis="电话核实").stage_in_doubt is False


def test_a_step_forward_ends_the_doubt_and_a_step_on_the_spot_does_not():
    project = actions.enter_under_way(
        actor=SYSTEM, project=make_project(), stage=Stage.SIGNED, basis="方案：落地推进", in_doubt=True
    )
    project = make_milestone(project, MilestoneKind.CONTRACT_SIGNED, date(2025, 3, 5))
    assert project.stage_in_doubt is True
    assert make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 5, 6)).stage_in_doubt is False


def test_a_dated_milestone_may_follow_an_undated_one():
    project = make_milestone(make_under_way(Stage.CONSTRUCTION), MilestoneKind.WORKS_BEGUN, date(2025, 4, 1))
    assert (project.stage, project.stage_on) == (Stage.CONSTRUCTION, date(2025, 4, 1))


def test_a_phase_lifts_its_project_and_takes_its_place():
    unit, chain = make_unit(), make_chain()
    project = make_milestone(make_project(unit=unit, chain=chain), MilestoneKind.CONTRACT_SIGNED, date(2025, 3, 5))
    phase = make_project("一期", parent=project, phase_label="一期")
    assert (phase.chain, phase.lead_unit) == (chain, unit)
    make_milestone(phase, MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    project.refresh_from_db()
    assert (project.stage, project.stage_on) == (Stage.CONSTRUCTION, date(2025, 5, 6))
    with pytest.raises(Invalid):
        make_project("一期之一", parent=phase)


def test_withdrawing_a_milestone_derives_the_stage_anew_and_drops_its_debts():
    project = make_milestone(make_project(), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    milestone = Milestone.objects.get(project=project, kind="works_begun")
    project = actions.withdraw_milestone(
        actor=SYSTEM, milestone_id=milestone.pk, version=milestone.version, reason="记错项目"
    )
    assert (project.stage, project.stage_on) == (Stage.LEAD, TODAY)
    assert not any(key.startswith(("works_begun", "land_secured")) for key in owed(project))


@pytest.mark.parametrize("why", ["closed", "registered", "no reason", "stale"])
def test_withdrawing_a_milestone_is_refused(why):
    project = make_milestone(make_project(), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    kind = "registered" if why == "registered" else "works_begun"
    milestone = Milestone.objects.get(project=project, kind=kind)
    if why == "closed":
        ReportingMonth.objects.create(period="2025-05", state="closed")
    refusals: dict[str, type[DomainError]] = {"closed": Refused, "stale": Conflict}
    with pytest.raises(refusals.get(why, Invalid)):
        actions.withdraw_milestone(
            actor=SYSTEM,
            milestone_id=milestone.pk,
            version=milestone.version + (why == "stale"),
            reason="" if why == "no reason" else "记错",
        )


def test_a_late_milestone_is_posted_in_the_next_open_month():
    ReportingMonth.objects.create(period="2025-03", state="closed")
    project = make_milestone(make_project(), MilestoneKind.TALKS_HELD, date(2025, 3, 5))
    milestone = Milestone.objects.get(project=project, kind="talks_held")
    assert (milestone.occurred_on, milestone.posted_period) == (date(2025, 3, 5), "2025-04")


def test_status_changes_with_a_reason_and_never_the_stage():
    project = make_milestone(make_project(), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    with pytest.raises(Invalid):
        actions.set_status(actor=SYSTEM, project=project, status=Status.HALTED, occurred_on=TODAY, reason=" ")
    project = actions.set_status(
        actor=SYSTEM, project=project, status=Status.HALTED, occurred_on=TODAY, reason="资金未到"
    )
    assert (project.status, project.status_on, project.stage) == (Status.HALTED, TODAY, Stage.CONSTRUCTION)


def test_an_ended_project_takes_no_more_milestones_until_it_is_resumed():
    project = make_project()
    project = actions.set_status(
        actor=SYSTEM, project=project, status=Status.TERMINATED, occurred_on=TODAY, reason="投资方退出"
    )
    with pytest.raises(Refused):
        make_milestone(project, MilestoneKind.TALKS_HELD, TODAY)
    with clock.at(date(2025, 6, 19)):
        project = actions.set_status(
            actor=SYSTEM, project=project, status=Status.ACTIVE, occurred_on=date(2025, 6, 19), reason="重新启动"
        )
    assert make_milestone(project, MilestoneKind.TALKS_HELD, TODAY).stage == Stage.NEGOTIATION


@pytest.mark.parametrize(
    ("requirement", "outcome", "note", "field"),
    [
        ("environment_review", Outcome.MET, "", "note"),
        ("environment_review", Outcome.DECIDED, "常务会同意", "outcome"),
        ("record", Outcome.MET, "有合同", "requirement"),
        ("nonsense", Outcome.MET, "有", "requirement"),
        ("environment_review", "blessed", "有", "outcome"),
    ],
)
def test_outcomes_that_a_requirement_does_not_allow_are_refused(requirement, outcome, note, field):
    project = make_milestone(make_project(), MilestoneKind.ACCEPTED, date(2025, 5, 6))
    project = make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 4, 6))
    milestone = "accepted" if requirement == "record" else "works_begun"
    with pytest.raises(Invalid) as caught:
        actions.set_outcome(
            actor=SYSTEM, project=project, milestone=milestone, requirement=requirement, outcome=outcome, note=note
        )
    assert set(caught.value.fields) == {field}


def test_an_outcome_settles_its_debt_with_basis_and_decision():
    project = make_milestone(make_project(), MilestoneKind.PUT_TO_APPRAISAL, date(2025, 5, 6))
    row = actions.set_outcome(
        actor=SYSTEM,
        project=project,
        milestone="put_to_appraisal",
        requirement="water_need",
        outcome=Outcome.NOT_APPLICABLE,
        note="不用水",
    )
    assert (row.outcome, row.settled_on, row.note) == (Outcome.NOT_APPLICABLE, TODAY, "不用水")
    decision = actions.add_decision(
        actor=SYSTEM, project=project, body="市政府常务会", decided_on=TODAY, matter="同意缓报能耗", number="2025-7"
    )
    row = actions.set_outcome(
        actor=SYSTEM,
        project=project,
        milestone="put_to_appraisal",
        requirement="energy_need",
        outcome=Outcome.DECIDED,
        note="",
        decision=decision,
    )
    assert (row.outcome, row.decision) == (Outcome.DECIDED, decision)


def test_withdrawing_a_project_takes_it_out_of_lists_and_search_but_not_out_of_a_closed_month():
    project = make_project("硫酸钾项目", registered_on=date(2025, 5, 6))
    ReportingMonth.objects.create(period="2025-05", state="closed")
    with pytest.raises(Refused):
        actions.withdraw_project(actor=SYSTEM, project=project, reason="重复录入")
    ReportingMonth.objects.all().delete()
    actions.withdraw_project(actor=SYSTEM, project=project, reason="重复录入")
    assert not Project.objects.visible_to(SYSTEM).exists()
    assert searched("硫酸钾") == []


def test_names_are_kept_once_and_searchable():
    project = make_project("硫酸钾项目")
    actions.add_name(actor=SYSTEM, project=project, name="钾肥二号")
    actions.add_name(actor=SYSTEM, project=project, name="钾肥二号")
    assert ProjectName.objects.count() == 1
    assert searched("钾肥") == [project.pk]


def test_parties_join_once_within_a_hundred_percent_and_leave_with_a_day():
    project, first, second = make_project(), make_enterprise(), make_enterprise()
    party = actions.add_party(actor=SYSTEM, project=project, enterprise=first, share_percent=Decimal(60))
    assert actions.add_party(actor=SYSTEM, project=project, enterprise=first) == party
    with pytest.raises(Invalid) as caught:
        actions.add_party(actor=SYSTEM, project=project, enterprise=second, share_percent=Decimal("40.01"))
    assert set(caught.value.fields) == {"share_percent"}
    actions.add_party(actor=SYSTEM, project=project, enterprise=second, role=PartyRole.PAYER)
    assert actions.end_party(actor=SYSTEM, party_id=party.pk, to_on=TODAY).to_on == TODAY
    with pytest.raises(NotVisible):
        actions.end_party(actor=make_actor(Role.OFFICER, make_unit()), party_id=party.pk, to_on=TODAY)


def test_a_plan_line_is_one_a_year_and_counts_its_versions():
    project = make_project()
    line = actions.set_plan_line(actor=SYSTEM, project=project, year=2025, aimed_stage=Stage.CONSTRUCTION)
    again = actions.set_plan_line(
        actor=SYSTEM, project=project, year=2025, invest_wan=Decimal(5000), version=line.version
    )
    assert (again.pk, again.version, again.aimed_stage) == (line.pk, 2, "")
    with pytest.raises(Conflict):
        actions.set_plan_line(actor=SYSTEM, project=project, year=2025, version=1)
