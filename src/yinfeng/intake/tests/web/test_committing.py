"""What mapping, settling, committing and withdrawing a workbook do."""

from collections import Counter
from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from yinfeng.chains.actions import create_chain
from yinfeng.core.actor import Role
from yinfeng.core.errors import Conflict, Invalid, Refused
from yinfeng.intake import actions
from yinfeng.intake.errors import AlreadyRead
from yinfeng.intake.models import Batch, BatchRow, Provenance, RememberedMapping
from yinfeng.intake.tests.factories import HEAD, ROWS, read_ledger, row, workbook
from yinfeng.ledger.models import FundEntry
from yinfeng.org.models import ReportingMonth
from yinfeng.org.tests.factories import make_unit
from yinfeng.outreach.models import Activity
from yinfeng.projects.actions import add_name, create_project
from yinfeng.projects.models import Agreement, Milestone, Project
from yinfeng.projects.values import ProjectValues


def settled(actor, batch: Batch, number: int, **values) -> BatchRow:
    record = row(batch, number)
    return actions.settle_row(actor=actor, row_id=record.pk, version=record.version, values=values)


def committed(actor, batch: Batch) -> Batch:
    batch.refresh_from_db()
    return actions.commit_batch(actor=actor, batch_id=batch.pk, version=batch.version)


def test_a_workbook_is_read_with_its_doubts(office):
    batch = read_ledger(office.actor)
    assert (batch.kind, batch.state) == ("projects", "uploaded")
    assert [(r.row, r.state) for r in batch.rows.all()] == [(4, "ready"), (5, "doubtful"), (6, "ready")]
    assert [problem["code"] for problem in row(batch, 5).problems] == ["ambiguous_amount", "chain_not_found"]
    assert row(batch, 5).raw["amount_wan"] == {"text": "5亿-6亿", "col": "F"}


def test_the_same_workbook_again_leads_to_the_first_until_it_is_withdrawn(office):
    content = workbook()
    batch = read_ledger(office.actor, content)
    with pytest.raises(AlreadyRead) as told:
        read_ledger(office.actor, content)
    assert told.value.earlier_code == batch.code
    actions.skip_rows(actor=office.actor, batch_id=batch.pk)
    batch = committed(office.actor, batch)
    actions.withdraw_batch(actor=office.actor, batch_id=batch.pk, version=batch.version, reason="重报")
    assert read_ledger(office.actor, content).pk != batch.pk


def test_nothing_is_committed_while_a_row_is_doubtful(office):
    batch = read_ledger(office.actor)
    with pytest.raises(Invalid) as told:
        committed(office.actor, batch)
    assert "1 行有疑问" in str(told.value.message)
    assert not Project.objects.exists()


def test_committing_makes_projects_with_agreement_stage_and_money(office):
    create_chain(actor=office.actor, name="新能源产业链", short_name="新能源")
    batch = read_ledger(office.actor)
    settled(office.actor, batch, 5, amount_wan="55000")
    batch = committed(office.actor, batch)
    assert batch.state == "committed"
    first = Project.objects.get(name="云杉50万千瓦光伏项目")
    assert (first.stage, str(first.chain), str(first.lead_unit)) == ("construction", "新能源", "市能源局")
    agreement = Agreement.objects.get()
    assert (agreement.project, agreement.kind, agreement.signed_on) == (first, "investment", date(2025, 1, 10))
    assert agreement.amount_wan == Decimal(150000)
    assert list(Milestone.objects.filter(project=first, before_records=True).values_list("kind", "occurred_on")) == [("works_begun", None)]  # fmt: skip
    entry = FundEntry.objects.get()
    assert (entry.project, entry.amount_wan, entry.arrived_on) == (first, Decimal(3000), date(2025, 2, 25))
    assert "台账只到月份" in entry.note
    assert Project.objects.get(name="百灵储能电池项目").total_wan == Decimal(55000)
    source = Provenance.objects.get(target_type="projects.project", target_id=first.pk)
    assert (source.workbook, source.sheet, source.row) == (batch, "台账", 4)


def test_a_row_left_out_makes_nothing(office):
    batch = read_ledger(office.actor)
    assert actions.skip_rows(actor=office.actor, batch_id=batch.pk) == 1
    committed(office.actor, batch)
    assert sorted(Project.objects.values_list("name", flat=True)) == ["云杉50万千瓦光伏项目", "戈壁枸杞加工项目"]


def test_one_refused_row_keeps_the_whole_batch_out(office):
    rows = (*ROWS[:1], (2, "长" * 210, "", "", "", "100", "", "", "在谈", "", ""))
    batch = read_ledger(office.actor, workbook(rows))
    with pytest.raises(Invalid) as told:
        committed(office.actor, batch)
    assert "台账 第 5 行没有入库" in str(told.value.message)
    assert not Project.objects.exists()
    assert set(batch.rows.values_list("state", flat=True)) == {"ready"}


def test_withdrawing_takes_everything_back(office):
    batch = read_ledger(office.actor)
    actions.skip_rows(actor=office.actor, batch_id=batch.pk)
    batch = committed(office.actor, batch)
    batch = actions.withdraw_batch(actor=office.actor, batch_id=batch.pk, version=batch.version, reason="重报")
    assert batch.state == "withdrawn"
    assert not Project.objects.filter(withdrawn_at__isnull=True).exists()
    assert not FundEntry.objects.filter(withdrawn_at__isnull=True).exists()
    assert Counter(batch.rows.values_list("state", flat=True)) == {"withdrawn": 2, "skipped": 1}
    assert not Provenance.objects.filter(workbook=batch, withdrawn_at__isnull=True).exists()


def test_withdrawing_is_refused_once_something_was_built_on_it(office):
    batch = read_ledger(office.actor)
    actions.skip_rows(actor=office.actor, batch_id=batch.pk)
    batch = committed(office.actor, batch)
    add_name(actor=office.actor, project=Project.objects.all()[0], name="另名")
    with pytest.raises(Refused):
        actions.withdraw_batch(actor=office.actor, batch_id=batch.pk, version=batch.version, reason="重报")
    assert Project.objects.filter(withdrawn_at__isnull=True).count() == 2


def test_withdrawing_is_refused_once_a_month_is_closed(office):
    batch = read_ledger(office.actor)
    actions.skip_rows(actor=office.actor, batch_id=batch.pk)
    batch = committed(office.actor, batch)
    ReportingMonth.objects.create(period="2025-02", state="closed")
    with pytest.raises(Refused):
        actions.withdraw_batch(actor=office.actor, batch_id=batch.pk, version=batch.version, reason="重报")
    assert FundEntry.objects.get().withdrawn_at is None


def test_a_corrected_column_is_read_anew_and_remembered(office):
    head = tuple("大概投资" if name == "总投资" else name for name in HEAD)
    batch = read_ledger(office.actor, workbook(head=head))
    plan = deepcopy(batch.mapping)
    column = next(column for column in plan["sheets"][0]["columns"] if column["header"] == "大概投资")
    assert column["field"] == ""
    column["field"], column["unit"] = "amount_wan", "亿元"
    plan["sheets"][0]["asked"] = True
    batch = actions.set_mapping(actor=office.actor, batch_id=batch.pk, version=batch.version, plan=plan)
    assert row(batch, 4).values["amount_wan"] == "1500000000"
    assert list(RememberedMapping.objects.values_list("kind", "header", "field", "unit")) == [
        ("projects", "大概投资", "amount_wan", "亿元")
    ]
    second = read_ledger(office.actor, workbook(ROWS[:1], head=head))
    assert row(second, 4).values["amount_wan"] == "1500000000"


def test_a_stale_mapping_or_row_is_a_conflict(office):
    batch = read_ledger(office.actor)
    actions.set_mapping(actor=office.actor, batch_id=batch.pk, version=1, plan=batch.mapping)
    with pytest.raises(Conflict):
        actions.set_mapping(actor=office.actor, batch_id=batch.pk, version=1, plan=batch.mapping)
    settled(office.actor, batch, 5)
    with pytest.raises(Conflict):
        actions.settle_row(actor=office.actor, row_id=row(batch, 5).pk, version=1, values={})


def test_a_project_on_record_makes_its_row_doubtful(office):
    create_project(actor=office.actor, values=ProjectValues(name="云杉50万千瓦光伏项目"))
    batch = read_ledger(office.actor)
    first = row(batch, 4)
    assert first.state == "doubtful"
    assert "on_record" in [problem["code"] for problem in first.problems]
    assert first.match_label == "云杉50万千瓦光伏项目"
    assert settled(office.actor, batch, 4).state == "ready"


def test_a_missing_name_cannot_be_stood_by(office):
    batch = read_ledger(
        office.actor, workbook(((1, "", "内容", "", "甲有限公司", "100", "", "", "在谈", "", ""), *ROWS[:1]))
    )
    record = row(batch, 4)
    assert "missing_name" in [problem["code"] for problem in record.problems]
    assert settled(office.actor, batch, record.row).state == "doubtful"
    assert settled(office.actor, batch, record.row, name="甲项目").state == "ready"


FUNDS = ("项目名称", "投资方", "本月到位资金", "其中：省外", "资金类型", "凭证类型及编号")


def funds_ledger(actor, *rows) -> Batch:
    content = workbook(rows, FUNDS, title="2025年2月到位资金月报")
    return read_ledger(actor, content, "2025年2月到位资金月报.xlsx")


def test_money_goes_to_the_project_of_that_name_and_a_stranger_is_doubtful(office):
    known = create_project(actor=office.actor, values=ProjectValues(name="云杉50万千瓦光伏项目"))
    batch = funds_ledger(
        office.actor,
        ("云杉50万千瓦光伏项目", "云杉能源有限公司", "1200", "1200", "银行贷款", "回单1"),
        ("没有登记的项目", "", "30", "", "", ""),
    )
    assert batch.kind == "funds"
    assert [(r.state, r.match_code) for r in batch.rows.all()] == [("ready", known.code), ("doubtful", "")]
    stranger = row(batch, 5)
    still = actions.settle_row(actor=office.actor, row_id=stranger.pk, version=stranger.version, values={})
    assert still.state == "doubtful"
    named = actions.settle_row(
        actor=office.actor, row_id=stranger.pk, version=still.version, values={}, project_code=known.code
    )
    assert named.state == "ready"
    committed(office.actor, batch)
    entries = FundEntry.objects.order_by("id").values_list("project", "amount_wan", "kind", "origin")
    assert list(entries) == [
        (known.pk, Decimal(1200), "bank_loan", "out_of_province"),
        (known.pk, Decimal(30), "capital", "unknown"),
    ]


def test_trips_become_activities_of_the_unit(office, energy):
    head = ("序号", "组别", "外出时间", "目的地", "拜访企业", "洽谈内容", "人数")
    batch = read_ledger(office.actor, workbook([(1, "市能源局", "2025.2.10-2.14", "苏州", "百灵科技", "储能电池落户条件", "5")], head), "外出招商台账.xlsx")  # fmt: skip
    assert batch.kind == "trips"
    committed(office.actor, batch)
    trip = Activity.objects.get()
    assert (trip.kind, trip.unit, trip.occurred_on, trip.ended_on, trip.place, trip.headcount) == (
        "trip", energy, date(2025, 2, 10), date(2025, 2, 14), "苏州", 5,
    )  # fmt: skip


def test_a_kind_without_a_register_is_shown_but_not_committed(office):
    head = ("序号", "线索来源", "企业名称", "拟投项目", "拟投内容", "首报单位", "首报时间", "联系人")
    batch = read_ledger(office.actor, workbook([(1, "节会", "百灵科技", "电池厂", "储能电池", "市能源局", "2025-02-01", "")], head), "线索登记表.xlsx")  # fmt: skip
    assert batch.kind == "leads"
    with pytest.raises(Invalid) as told:
        committed(office.actor, batch)
    assert "暂不能入库" in str(told.value.message)


def test_a_reporter_commits_its_own_unit_only(person, energy):
    reporter = person(Role.REPORTER)
    batch = read_ledger(reporter.actor, workbook(ROWS[:1]))
    committed(reporter.actor, batch)
    assert Project.objects.get().lead_unit == energy
    make_unit("沙洲市水利局", short_name="市水利局")
    foreign = (9, "引水工程项目", "", "", "甲水务有限公司", "900", "", "", "在谈", "", "市水利局")
    other = read_ledger(reporter.actor, workbook((foreign,)))
    assert "out_of_scope" in [problem["code"] for problem in row(other, 4).problems]
    assert settled(reporter.actor, other, 4).state == "doubtful"


def test_an_officer_may_check_but_not_commit(person):
    officer = person(Role.OFFICER)
    batch = read_ledger(officer.actor, workbook(ROWS[:1]))
    with pytest.raises(Refused):
        committed(officer.actor, batch)


@pytest.mark.parametrize(
    ("content", "filename", "words"),
    [
        (b"PK\x03\x04rubbish", "a.xlsx", "损坏"),
        (b"", "a.xlsx", "损坏"),
        (b"%PDF-1.4", "a.xlsx", "不支持"),
    ],
)
def test_what_is_no_workbook_is_said_at_the_file(office, content, filename, words):
    with pytest.raises(Invalid) as told:
        actions.read_batch(actor=office.actor, content=content, filename=filename)
    assert words in str(told.value.fields["file"])
    assert not Batch.objects.exists()
