"""The tables of a project's life."""

from datetime import date

import pytest

from yinfeng.projects import lifecycle
from yinfeng.projects.enums import STAGE_RANK, MilestoneKind, Pool, ProjectKind, Stage, Status

LIFE = {
    ProjectKind.NEW_INDUSTRY: """
        registered:lead talks_held:negotiation put_to_appraisal:appraisal contract_signed:signed company_registered:
        filed: land_secured:land works_begun:construction accepted:production production_begun:production
        ramped_up:ramped_up""",
    ProjectKind.NEW_ENERGY: """
        registered:lead talks_held:negotiation put_to_appraisal:appraisal planned_in:appraisal quota_granted:appraisal
        contract_signed:signed company_registered: filed:land grid_approved:land land_secured:land
        works_begun:construction grid_connected:production production_begun:production ramped_up:ramped_up""",
    ProjectKind.MINING: """
        registered:lead talks_held:negotiation mining_right:negotiation put_to_appraisal:appraisal
        contract_signed:signed company_registered: filed: land_secured:land works_begun:construction
        accepted:production production_begun:production ramped_up:ramped_up""",
    ProjectKind.UPGRADE: """
        registered:lead talks_held:negotiation put_to_appraisal:appraisal contract_signed:signed filed:
        land_secured:land works_begun:construction accepted:production production_begun:production
        ramped_up:ramped_up""",
}
LIFE |= dict.fromkeys(
    (ProjectKind.LOGISTICS, ProjectKind.TOURISM, ProjectKind.FARMING, ProjectKind.COMPUTING, ProjectKind.PILOT),
    LIFE[ProjectKind.NEW_INDUSTRY],
)


@pytest.mark.parametrize("kind", ProjectKind)
def test_each_milestone_enters_its_stage(kind):
    assert [f"{gate.milestone}:{gate.stage or ''}" for gate in lifecycle.gates()[kind]] == LIFE[kind].split()


@pytest.mark.parametrize("kind", ProjectKind)
def test_stages_never_go_back_along_a_life(kind):
    ranks = [STAGE_RANK[gate.stage] for gate in lifecycle.gates()[kind] if gate.stage]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("kind", ProjectKind)
@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_milestone_that_enters_it(kind, stage):
    assert lifecycle.stage_entered(kind, lifecycle.milestone_entering(kind, stage)) is stage


@pytest.mark.parametrize("kind", ProjectKind)
def test_every_requirement_says_its_source_and_asks_once_a_gate(kind):
    for gate in lifecycle.gates()[kind]:
        keys = [asked.key for asked in gate.asks]
        assert len(keys) == len(set(keys))
        assert all(asked.source and asked.title for asked in gate.asks)


def test_upgrades_owe_neither_contract_nor_land():
    asked = lifecycle.asked_of("upgrade", {"registered": date(2025, 1, 2), "works_begun": date(2025, 5, 6)})
    missing = [due.asked.milestone for due in asked if due.asked.key == lifecycle.RECORD]
    assert missing == [MilestoneKind.PUT_TO_APPRAISAL]


def test_new_industry_past_its_contract_owes_the_milestones_between():
    asked = lifecycle.asked_of("new_industry", {"registered": date(2025, 1, 2), "works_begun": date(2025, 5, 6)})
    missing = {due.asked.milestone: due.since for due in asked if due.asked.key == lifecycle.RECORD}
    assert missing == dict.fromkeys(
        ("talks_held", "put_to_appraisal", "contract_signed", "land_secured"), date(2025, 5, 6)
    )


def test_what_lies_before_an_undated_milestone_has_no_day():
    asked = lifecycle.asked_of("new_industry", {"registered": date(2025, 1, 2), "works_begun": None})
    assert {due.since for due in asked if due.asked.key == lifecycle.RECORD} == {None}


def test_later_milestones_of_the_same_stage_are_not_owed_yet():
    asked = lifecycle.asked_of("new_energy", {"registered": date(2025, 1, 2), "planned_in": date(2025, 2, 3)})
    missing = [due.asked.milestone for due in asked if due.asked.key == lifecycle.RECORD]
    assert missing == [MilestoneKind.TALKS_HELD]


@pytest.mark.parametrize(
    ("recorded", "stage", "day"),
    [
        ([], Stage.LEAD, None),
        ([("registered", date(2025, 1, 2))], Stage.LEAD, date(2025, 1, 2)),
        (
            [("works_begun", date(2025, 5, 6)), ("contract_signed", date(2025, 3, 5))],
            Stage.CONSTRUCTION,
            date(2025, 5, 6),
        ),
        ([("works_begun", None), ("registered", date(2025, 1, 2))], Stage.CONSTRUCTION, None),
        ([("works_begun", date(2025, 5, 6)), ("works_begun", date(2025, 4, 1))], Stage.CONSTRUCTION, date(2025, 4, 1)),
        ([("company_registered", date(2025, 4, 1))], Stage.LEAD, None),
    ],
)
def test_the_stage_is_that_of_the_furthest_milestone(recorded, stage, day):
    assert lifecycle.standing("new_industry", recorded) == (stage, day)


@pytest.mark.parametrize(
    ("word", "stage", "status", "doubt"),
    [
        ("储备", Stage.LEAD, None, False),
        ("谋划", Stage.LEAD, None, False),
        ("对接洽谈", Stage.NEGOTIATION, None, False),
        ("在谈", Stage.NEGOTIATION, None, False),
        ("意向", Stage.NEGOTIATION, None, False),
        ("拟签约", Stage.APPRAISAL, None, False),
        ("会商", Stage.APPRAISAL, None, False),
        ("签约", Stage.SIGNED, None, False),
        ("落地推进", Stage.SIGNED, None, True),
        ("前期手续", Stage.LAND, None, False),
        ("供地", Stage.LAND, None, False),
        ("开工建设", Stage.CONSTRUCTION, None, False),
        ("在建", Stage.CONSTRUCTION, None, False),
        ("复工", Stage.CONSTRUCTION, None, False),
        ("续建", Stage.CONSTRUCTION, None, False),
        ("建成投产", Stage.PRODUCTION, None, False),
        ("达产", Stage.RAMPED_UP, None, False),
        ("达效", Stage.RAMPED_UP, None, False),
        ("推进中（未明）", Stage.LEAD, None, True),
        ("暂缓", None, Status.SUSPENDED, False),
        ("终止", None, Status.TERMINATED, False),
        ("已签约", Stage.SIGNED, None, False),
        ("construction", Stage.CONSTRUCTION, None, False),
        ("项目供地", Stage.LAND, None, False),
        ("天气晴", None, None, False),
        ("", None, None, False),
    ],
)
def test_words_of_documents_map_to_stage_or_status(word, stage, status, doubt):
    assert lifecycle.stage_word(word) == (stage, status, doubt)


@pytest.mark.parametrize(
    ("pool", "stages"),
    [
        (Pool.PLANNED, ()),
        (Pool.RESERVED, (Stage.LEAD, Stage.NEGOTIATION, Stage.APPRAISAL)),
        (Pool.SIGNED, (Stage.SIGNED, Stage.LAND)),
        (Pool.STARTED, (Stage.CONSTRUCTION,)),
        (Pool.COMPLETED, (Stage.PRODUCTION, Stage.RAMPED_UP)),
    ],
)
def test_pools_follow_from_stages(pool, stages):
    assert lifecycle.stages_of(pool) == stages


def test_waits_count_working_days_and_follow_up_goes_by_grade():
    officer = next(asked for asked in lifecycle.gate_of("new_industry", "registered").asks if asked.key == "officer")
    follow = next(a for a in lifecycle.gate_of("new_industry", "talks_held").asks if a.key == "worth_following")
    assert officer.due_on(date(2025, 9, 30), 14) == date(2025, 10, 9)
    assert [follow.due_on(date(2025, 3, 1), days) for days in (14, 30, 90)] == [
        date(2025, 3, 15),
        date(2025, 3, 31),
        date(2025, 5, 30),
    ]


def test_a_red_line_is_found_by_its_phrase_only():
    assert lifecycle.red_line_in("隔膜法烧碱生产线").phrase == "隔膜法烧碱"  # type: ignore[union-attr]  # found or fails
    assert lifecycle.red_line_in("离子膜烧碱") is None


def test_a_milestone_unknown_to_a_kind_enters_and_asks_nothing():
    gate = lifecycle.gate_of("tourism", "grid_connected")
    assert (gate.stage, gate.expected, gate.asks) == (None, False, ())


def test_what_lies_behind_an_undated_stage_is_before_our_records():
    recorded = {"registered": date(2025, 1, 2), "contract_signed": None, "works_begun": date(2025, 5, 6)}
    before = {
        f"{due.asked.milestone}.{due.asked.key}" for due in lifecycle.asked_of("new_industry", recorded) if due.before
    }
    assert before == {
        "registered.source",
        "registered.investor_or_product",
        "registered.first_reporter",
        "registered.duplicate",
        "registered.officer",
        "talks_held.record",
        "put_to_appraisal.record",
    }
