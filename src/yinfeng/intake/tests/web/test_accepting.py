"""What accepting, merging, dropping and reopening do."""

from collections import Counter
from decimal import Decimal

import pytest

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.enterprises.models import Enterprise
from yinfeng.intake import actions
from yinfeng.intake.errors import AlreadyRead
from yinfeng.intake.models import Candidate, Provenance, SourceDocument
from yinfeng.intake.tests.factories import PLAN, candidate, read_plan
from yinfeng.org.models import TaskForce
from yinfeng.projects.actions import add_name, create_project
from yinfeng.projects.models import Milestone, Opportunity, Project
from yinfeng.projects.values import ProjectValues
from yinfeng.targets.models import Target


def test_reading_finds_candidates_with_their_place_in_the_text(office):
    document = read_plan(office.actor)
    assert Counter(row.kind for row in document.candidates.all()) == {"project": 3, "target": 2, "task_force": 1}
    for row in document.candidates.all():
        assert PLAN[row.start : row.end] == row.quotation
    force = candidate(document, "task_force")
    assert force.values["sponsors"] == ["市长"]
    assert "赵某" not in str(force.values)


def test_the_same_file_again_leads_to_the_first(office, person):
    document = read_plan(office.actor)
    with pytest.raises(AlreadyRead) as told:
        read_plan(office.actor)
    assert told.value.earlier_code == document.code
    again = actions.read_document(actor=office.actor, content=PLAN.encode(), filename="plan.txt", again=True)
    assert again.pk != document.pk
    assert read_plan(person(Role.OFFICER).actor).owner_id != document.owner_id


def test_accepting_a_task_force_makes_units_chain_masters_and_targets(office):
    document = read_plan(office.actor)
    actions.accept_candidate(actor=office.actor, candidate_id=candidate(document, "task_force").pk)
    force = TaskForce.objects.get()
    assert [(part.unit.name, part.role) for part in force.units.order_by("role", "position")] == [
        ("沙洲市能源局", "lead"),
        ("市自然资源局", "support"),
        ("市财政局", "support"),
    ]
    chain = Chain.objects.get()
    assert (chain.name, chain.task_force) == ("新能源产业链", force)
    assert [master.enterprise.name for master in chain.masters.all()] == ["沙洲绿电有限公司"]
    targets = [
        (row.metric, row.period, row.value_wan, row.value_number, row.threshold_wan, row.wording)
        for row in Target.objects.filter(chain=chain).order_by("metric")
    ]
    assert targets == [
        ("big_projects", "2025", None, Decimal(2), Decimal(100000), "其中10亿元以上项目不少于2个"),
        ("funds_reported", "2025", Decimal(200000), None, None, "到位资金20亿元"),
        ("signed_amount", "2025", Decimal(500000), None, None, "签约金额50亿元以上"),
    ]  # fmt: skip
    made = Counter(Provenance.objects.filter(made=True).values_list("target_type", flat=True))
    assert made == {
        "org.unit": 2,
        "org.taskforce": 1,
        "chains.chain": 1,
        "enterprises.enterprise": 1,
        "targets.target": 3,
    }


def test_accepting_a_project_enters_it_at_its_stage_with_its_source(office):
    document = read_plan(office.actor)
    actions.accept_candidates(
        actor=office.actor, document=document, candidate_ids=[candidate(document, "task_force").pk]
    )
    actions.accept_candidate(actor=office.actor, candidate_id=candidate(document, "project", "光伏").pk)
    project = Project.objects.get()
    assert (project.stage, project.stage_in_doubt, project.kind) == ("signed", True, "new_energy")
    assert (str(project.chain), str(project.lead_unit)) == ("新能源", "市能源局")
    assert [party.enterprise.name for party in project.parties.all()] == ["云杉能源"]
    milestone = Milestone.objects.get(project=project, before_records=True)
    assert milestone.occurred_on is None
    assert "《沙洲市2025年招商引资工作方案》（沙政办〔2025〕8号）" in milestone.basis
    source = Provenance.objects.get(target_type="projects.project", target_id=project.pk)
    assert (source.document, source.quotation, source.made) == (
        document,
        candidate(document, "project", "光伏").quotation,
        True,
    )


def test_a_planned_project_without_investor_becomes_an_opportunity(office):
    document = read_plan(office.actor)
    actions.accept_candidate(actor=office.actor, candidate_id=candidate(document, "project", "营地").pk)
    assert [row.name for row in Opportunity.objects.all()] == ["戈壁生态旅游营地项目"]
    assert not Project.objects.exists()


def test_targets_of_two_documents_stand_beside_each_other(office):
    first = read_plan(office.actor)
    second = read_plan(office.actor, PLAN.replace("80亿元", "100亿元").replace("招商引资工作方案", "政府工作报告"))
    for document in (first, second):
        actions.accept_candidate(actor=office.actor, candidate_id=candidate(document, "target", "签约").pk)
    rows = Target.objects.order_by("id").values_list("value_wan", "source_title", "main")
    assert list(rows) == [
        (Decimal(800000), "沙洲市2025年招商引资工作方案", True),
        (Decimal(1000000), "沙洲市2025年政府工作报告", False),
    ]


def test_sums_and_results_stay_facts_of_the_document(office):
    text = "2024年，全市招商引资完成签约金额60亿元，到位资金30亿元。"
    document = read_plan(office.actor, text, "总结")
    result = candidate(document, "result", "签约")
    actions.accept_candidate(actor=office.actor, candidate_id=result.pk)
    result.refresh_from_db()
    assert (result.state, result.result_type) == ("accepted", "")
    assert not Target.objects.exists()


def test_one_that_cannot_be_accepted_stops_no_other(office):
    document = read_plan(office.actor)
    wrong = candidate(document, "target", "到位")
    actions.edit_candidate(actor=office.actor, candidate_id=wrong.pk, version=1, values={"scope": "不存在的产业链"})
    outcome = actions.accept_candidates(
        actor=office.actor, document=document, candidate_ids=list(document.candidates.values_list("pk", flat=True))
    )
    assert len(outcome.done) == 5
    assert [row.pk for row, _reason in outcome.refused] == [wrong.pk]
    assert "不存在的产业链" in outcome.refused[0][1]


def test_merging_adds_names_and_a_source_and_overwrites_nothing(office):
    document = read_plan(office.actor)
    known = create_project(actor=office.actor, values=ProjectValues(name="云杉光伏一期", product="电力"))
    found = candidate(document, "project", "光伏")
    actions.merge_candidate(
        actor=office.actor, candidate_id=found.pk, target_type="projects.project", target_code=known.code
    )
    known.refresh_from_db()
    assert (known.name, known.product, known.stage) == ("云杉光伏一期", "电力", "lead")
    assert [name.name for name in known.names.all()] == ["云杉能源50万千瓦光伏项目"]
    assert Provenance.objects.get(target_id=known.pk, target_type="projects.project").made is False
    assert Project.objects.count() == 1


def test_merging_into_another_kind_or_a_foreign_record_is_refused(office):
    document = read_plan(office.actor)
    found = candidate(document, "project", "光伏")
    with pytest.raises(Invalid):
        actions.merge_candidate(
            actor=office.actor, candidate_id=found.pk, target_type="org.taskforce", target_code="T-1"
        )
    with pytest.raises(NotVisible):
        actions.merge_candidate(
            actor=office.actor, candidate_id=found.pk, target_type="projects.project", target_code="P-0"
        )


def test_reopening_withdraws_what_accepting_made(office):
    document = read_plan(office.actor)
    keys = list(document.candidates.values_list("pk", flat=True))
    accepted = actions.accept_candidates(actor=office.actor, document=document, candidate_ids=keys)
    assert len(accepted.done) == 6
    outcome = actions.reopen_candidates(actor=office.actor, document=document, candidate_ids=keys)
    assert (len(outcome.done), outcome.refused) == (6, [])
    assert not Project.objects.filter(withdrawn_at__isnull=True).exists()
    assert not Opportunity.objects.filter(withdrawn_at__isnull=True).exists()
    assert not Target.objects.filter(withdrawn_at__isnull=True).exists()
    assert not TaskForce.objects.filter(active=True).exists()
    assert set(Candidate.objects.values_list("state", flat=True)) == {"pending"}
    again = actions.accept_candidates(actor=office.actor, document=document, candidate_ids=keys)
    assert (len(again.done), again.refused) == (6, [])
    assert set(Project.objects.filter(withdrawn_at__isnull=True).values_list("duplicate_state", flat=True)) == {"none"}


def test_reopening_is_refused_once_something_was_built_on_it(office):
    document = read_plan(office.actor)
    found = candidate(document, "project", "电池")
    actions.accept_candidate(actor=office.actor, candidate_id=found.pk)
    add_name(actor=office.actor, project=Project.objects.get(), name="百灵电池厂")
    outcome = actions.reopen_candidates(actor=office.actor, document=document, candidate_ids=[found.pk])
    assert [row.pk for row, _reason in outcome.refused] == [found.pk]
    assert Project.objects.get().withdrawn_at is None


def test_dropping_and_reopening_leave_no_record(office):
    document = read_plan(office.actor)
    keys = [candidate(document, "project", "电池").pk]
    actions.drop_candidates(actor=office.actor, document=document, candidate_ids=keys)
    assert Candidate.objects.get(pk=keys[0]).state == "dropped"
    actions.reopen_candidates(actor=office.actor, document=document, candidate_ids=keys)
    assert Candidate.objects.get(pk=keys[0]).state == "pending"
    assert not Project.objects.exists()


def test_editing_clears_its_own_doubt_and_is_told_in_the_log(office):
    document = read_plan(office.actor)
    found = candidate(document, "project", "光伏")
    assert found.doubts == ["stage"]
    actions.edit_candidate(actor=office.actor, candidate_id=found.pk, version=1, values={"stage": "签约"})
    found.refresh_from_db()
    assert (found.doubts, found.version) == ([], 2)
    entry = AuditEntry.objects.get(verb="candidate.edited")
    assert (entry.before, entry.after) == ({"stage": "落地推进"}, {"stage": "签约"})
    with pytest.raises(Conflict):
        actions.edit_candidate(actor=office.actor, candidate_id=found.pk, version=1, values={"stage": "签约"})


def test_only_the_office_decides_and_nobody_decides_twice(office, person):
    officer = person(Role.OFFICER)
    own = read_plan(officer.actor)
    found = candidate(own, "project", "电池")
    with pytest.raises(Refused):
        actions.accept_candidate(actor=officer.actor, candidate_id=found.pk)
    actions.accept_candidate(actor=office.actor, candidate_id=found.pk)
    with pytest.raises(Invalid):
        actions.accept_candidate(actor=office.actor, candidate_id=found.pk)
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"", "a.txt", "空"),
        (b"\x00\x01\x02" * 400, "a.txt", "不是文本"),
        (b"%PDF-1.4 broken", "a.pdf", "损坏"),
        (b"PK\x03\x04rubbish", "a.docx", "损坏"),
        (b"MZ\x90 program", "a.exe", "不支持"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_file(office, content, filename, words):
    with pytest.raises(Invalid) as told:
        actions.read_document(actor=office.actor, content=content, filename=filename)
    assert words in str(told.value.fields["file"])
    assert not SourceDocument.objects.exists()


def test_an_auditor_brings_nothing_in(person):
    with pytest.raises(Refused):
        read_plan(person(Role.AUDITOR).actor)


def test_a_firm_already_known_is_confirmed_not_made_again(office):
    document = read_plan(office.actor)
    actions.accept_candidate(actor=office.actor, candidate_id=candidate(document, "project", "电池").pk)
    second = read_plan(office.actor, PLAN.replace("储能电池制造", "电解液制造"), "另一份")
    actions.accept_candidate(actor=office.actor, candidate_id=candidate(second, "project", "电解液").pk)
    assert Enterprise.objects.filter(name="百灵科技").count() == 1
    made = Provenance.objects.filter(target_type="enterprises.enterprise").order_by("id").values_list("made", flat=True)
    assert list(made) == [True, False]


def test_text_in_utf_16_is_read_and_told_again(office):
    content = PLAN.encode("utf-16")
    document = actions.read_document(actor=office.actor, content=content, filename="plan.txt")
    assert document.text == PLAN
    with pytest.raises(AlreadyRead):
        actions.read_document(actor=office.actor, content=content, filename="plan.txt")
