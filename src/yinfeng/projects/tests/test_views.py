"""The pages: what they answer to whom, what a bad or a second submit does, and how many queries they take."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry, Evidence
from yinfeng.org.tests.factories import make_place, make_unit, make_user
from yinfeng.projects.actions import set_status
from yinfeng.projects.enums import MilestoneKind, Outcome, Stage, Status
from yinfeng.projects.models import Agreement, GateOutcome, Milestone, Opportunity, Project, SavedView
from yinfeng.projects.tests.factories import (
    SYSTEM,
    make_agreement,
    make_chain,
    make_enterprise,
    make_milestone,
    make_opportunity,
    make_party,
    make_project,
    make_under_way,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 18)


@pytest.fixture(autouse=True)
def _midsummer():
    with clock.at(TODAY):
        yield


@pytest.fixture
def unit():
    make_place()
    return make_unit("测试工信局")


@pytest.fixture
def reporter(client, unit):
    client.force_login(make_user(Role.REPORTER, unit), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def office(client, unit):
    client.force_login(make_user(Role.OFFICE, unit), backend="django.contrib.auth.backends.ModelBackend")
    return client


def listed(response):
    return [row.project.name for row in response.context["slice"]]


def test_strangers_are_led_to_the_login(client, unit):
    response = client.get(reverse("projects:list"))
    assert (response.status_code, response["Location"]) == (302, f"{reverse('org:login')}?next=/projects/")


def test_the_list_shows_only_what_is_in_scope(reporter, unit):
    make_project("本单位项目", unit=unit)
    make_project("别处项目", unit=make_unit())
    assert listed(reporter.get(reverse("projects:list"))) == ["本单位项目"]


FOREIGN = [
    ("projects:detail", ()),
    ("projects:edit", ()),
    ("projects:place", ()),
    ("projects:status", ()),
    ("projects:withdraw", ()),
    ("projects:judge", ()),
    ("projects:add_phase", ()),
    ("projects:milestone", ()),
    ("projects:move", ()),
    ("projects:confirm_stage", ()),
    ("projects:outcome", ("contract_signed", "decision")),
    ("projects:add_party", ()),
    ("projects:add_agreement", ()),
    ("projects:add_file", ()),
    ("projects:add_decision", ()),
    ("projects:add_name", ()),
    ("projects:plan", ()),
]


@pytest.mark.parametrize(("name", "more"), FOREIGN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_projects_out_of_scope_are_not_found(reporter, name, more, method):
    project = make_project(unit=make_unit())
    assert getattr(reporter, method)(reverse(name, args=[project.code, *more])).status_code == 404


@pytest.mark.parametrize(("name", "more"), FOREIGN)
def test_pages_of_ones_own_projects_open(office, unit, name, more):
    make_project("碳酸锂项目", unit=unit)
    project = make_project("碳酸锂项目", unit=unit)
    assert office.get(reverse(name, args=[project.code, *more])).status_code == 200


@pytest.mark.parametrize("tab", ["", "papers", "log"])
def test_every_tab_of_a_full_project_opens(office, unit, tab):
    project = full_project(unit)
    response = office.get(reverse("projects:detail", args=[project.code]), {"tab": tab})
    assert response.status_code == 200


def full_project(unit):
    project = make_project(
        "熔盐储能项目", unit=unit, chain=make_chain(), investor=make_enterprise(), total_wan=Decimal(90_000)
    )
    make_agreement(project, Decimal(80_000), number="合-1", event="第26届青洽会")
    make_party(project)
    make_project("熔盐储能项目", parent=project, phase_label="一期")
    return make_milestone(project, MilestoneKind.WORKS_BEGUN, date(2025, 5, 6), basis="现场核实")


@pytest.mark.parametrize("name", ["projects:edit", "projects:milestone", "projects:add_agreement", "projects:status"])
def test_those_who_only_read_are_refused_with_the_reason(client, unit, name):
    client.force_login(make_user(Role.LEADER, unit), backend="django.contrib.auth.backends.ModelBackend")
    project = make_project(unit=unit)
    assert client.get(reverse("projects:detail", args=[project.code])).status_code == 200
    response = client.get(reverse(name, args=[project.code]))
    assert response.status_code == 403
    assert "您的岗位只能查看" in response.content.decode()


def test_creating_takes_three_fields_and_leads_to_the_page(reporter, unit):
    response = reporter.post(
        reverse("projects:create"),
        {"name": "氢氧化镁项目", "investor_name": "测试镁业有限公司", "total_wan": "3.5", "gesture": "g1", **DEFAULTS},
    )
    project = Project.objects.get()
    assert (response.status_code, response["Location"]) == (303, reverse("projects:detail", args=[project.code]))
    assert (project.total_wan, project.lead_unit, project.parties.get().enterprise.name) == (
        Decimal(35_000),
        unit,
        "测试镁业有限公司",
    )


DEFAULTS = {"kind": "new_industry", "nature": "new", "grade": "ordinary"}


def test_a_second_click_creates_nothing_and_leads_to_the_first(reporter):
    values = {"name": "氢氧化镁项目", "gesture": "g1", **DEFAULTS}
    reporter.post(reverse("projects:create"), values)
    response = reporter.post(reverse("projects:create"), values)
    assert Project.objects.count() == 1
    assert response["Location"] == reverse("projects:detail", args=[Project.objects.get().code])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"total_wan": "很多"}, "total_wan"),
        ({"total_wan": "-3"}, "total_wan"),
        ({"kind": "castle"}, "kind"),
        ({"chain": "L-NOTHING"}, "chain"),
        ({"land_mu": "abc"}, "land_mu"),
        ({"industry_code": "9999"}, "industry_code"),
    ],
)
def test_bad_values_come_back_with_the_message_beside_the_field(reporter, change, field):
    values = {"name": "氢氧化镁项目", "site": "察尔汗", **DEFAULTS} | change
    response = reporter.post(reverse("projects:create"), values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "察尔汗" in response.content.decode()
    assert not Project.objects.exists()


def edited(project, **change):
    return {"name": project.name, "version": project.version, **DEFAULTS} | change


def test_editing_with_a_stale_version_shows_both_and_keeps_what_was_typed(reporter, unit):
    project = make_project("硫酸钾项目", unit=unit)
    address = reverse("projects:edit", args=[project.code])
    assert reporter.post(address, edited(project, site="东台")).status_code == 303
    response = reporter.post(address, edited(project, site="西台"))
    assert response.status_code == 409
    assert "西台" in response.content.decode()
    assert response.context["form"].stands["site"] == "东台"
    project.refresh_from_db()
    assert project.site == "东台"
    assert reporter.post(address, edited(project, site="西台")).status_code == 303


def test_a_missing_version_is_a_conflict_and_never_an_overwrite(reporter, unit):
    project = make_project("硫酸钾项目", unit=unit)
    response = reporter.post(reverse("projects:edit", args=[project.code]), {"name": "改名", **DEFAULTS})
    assert response.status_code == 409


def test_recording_a_milestone_moves_the_card(reporter, unit):
    project = make_project(unit=unit)
    address = reverse("projects:milestone", args=[project.code])
    form = reporter.get(address, {"to": "signed"}).context["form"]
    assert form.initial["kind"] == "contract_signed"
    values = {"kind": "contract_signed", "occurred_on": "2025年6月1日", "basis": "合同", "date_kind": "actual"}
    assert reporter.post(address, values | {"version": project.version}).status_code == 303
    project.refresh_from_db()
    assert (project.stage, project.stage_on) == (Stage.SIGNED, date(2025, 6, 1))


def test_dropping_backwards_explains_that_milestones_decide(reporter, unit):
    project = make_milestone(make_project(unit=unit), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    response = reporter.get(reverse("projects:move", args=[project.code]), {"to": "signed"})
    assert response.status_code == 200
    assert "环节由里程碑决定" in response.content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"occurred_on": "2025-06-19"}, "occurred_on"),
        ({"occurred_on": ""}, "occurred_on"),
        ({"occurred_on": "昨天"}, "occurred_on"),
        ({"basis": ""}, "basis"),
        ({"kind": "registered"}, "kind"),
    ],
)
def test_bad_milestones_come_back(reporter, unit, change, field):
    project = make_project(unit=unit)
    values = {"kind": "talks_held", "occurred_on": "2025-06-01", "basis": "来访", "date_kind": "actual"}
    response = reporter.post(
        reverse("projects:milestone", args=[project.code]), values | {"version": project.version} | change
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_debt_is_settled_from_its_dialog(reporter, unit):
    project = make_milestone(make_project(unit=unit), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    row = GateOutcome.objects.get(project=project, requirement="environment_review")
    address = reverse("projects:outcome", args=[project.code, row.milestone, row.requirement])
    assert "decision" not in reporter.get(address).context["form"].fields
    assert reporter.post(address, {"outcome": "met", "note": "", "version": row.version}).status_code == 422
    assert (
        reporter.post(address, {"outcome": "met", "note": "环评批复 1 号", "version": row.version}).status_code == 303
    )
    row.refresh_from_db()
    assert (row.outcome, row.note) == (Outcome.MET, "环评批复 1 号")
    assert reporter.post(address, {"outcome": "owed", "note": "再看", "version": 1}).status_code == 409
    nothing = reverse("projects:outcome", args=[project.code, row.milestone, "nonsense"])
    assert reporter.get(nothing).status_code == 404


def test_status_agreement_party_phase_file_name_plan_and_decision_are_entered_from_their_forms(reporter, unit):
    project = make_project("硫酸钾项目", unit=unit)

    def post(name, values, **files):
        project.refresh_from_db()
        address = reverse(f"projects:{name}", args=[project.code])
        response = reporter.post(address, values | {"version": project.version} | files)
        assert response.status_code == 303, response.context["form"].errors

    post("status", {"status": "suspended", "occurred_on": "2025-06-10", "reason": "等指标"})
    post("status", {"status": "active", "occurred_on": "2025-06-11", "reason": "指标已下"})
    post("add_agreement", {"kind": "investment", "signed_on": "2025-06-12", "amount_wan": "2.5", "number": "合-9"})
    post("add_party", {"enterprise_name": "测试钾肥有限公司", "role": "project_company", "share_percent": "60"})
    post("add_phase", {"phase_label": "二期", "name": "硫酸钾项目", "total_wan": "1"})
    post("add_file", {"purpose": "合同"}, file=SimpleUploadedFile("合同.pdf", b"%PDF-1.4 test"))
    post("add_name", {"name": "钾肥项目", "kind": "alias"})
    post("plan", {"year": "2025", "aimed_stage": "construction", "invest_wan": "1.2"})
    post("add_decision", {"body": "市政府常务会", "decided_on": "2025-06-13", "matter": "同意"})
    assert (project.status, project.stage) == (Status.ACTIVE, Stage.SIGNED)
    assert project.agreements.get().amount_wan == Decimal(25_000)
    assert project.phases.get().phase_label == "二期"
    assert Evidence.objects.get().title == "合同.pdf"
    assert project.plan_lines.get().invest_wan == Decimal(12_000)
    assert [project.names.count(), project.decisions.count(), project.parties.count()] == [1, 1, 1]


def test_agreements_milestones_and_parties_are_changed_and_taken_back(reporter, unit):
    project = make_project(unit=unit)
    agreement = make_agreement(project, Decimal(10_000), date(2025, 6, 1))
    party = make_party(project)
    change = reverse("projects:change_agreement", args=[agreement.code])
    values = {"delta_wan": "-0.4", "occurred_on": "2025-06-02", "reason": "核减"}
    assert reporter.post(change, values | {"version": 1}).status_code == 303
    assert reporter.post(change, values | {"version": 1}).status_code == 409
    assert reporter.get(change).status_code == 200
    withdraw = reverse("projects:withdraw_agreement", args=[agreement.code])
    assert reporter.post(withdraw, {"reason": "误登", "version": 2}).status_code == 303
    milestone = Milestone.objects.get(project=project, kind="contract_signed")
    address = reverse("projects:withdraw_milestone", args=[milestone.code])
    assert reporter.post(address, {"reason": "误登", "version": milestone.version}).status_code == 303
    end = reverse("projects:end_party", args=[project.code, party.enterprise.code])
    assert reporter.post(end, {"to_on": "2025-06-03"}).status_code == 303
    project.refresh_from_db()
    assert project.stage == Stage.LEAD
    for gone in (withdraw, change, address, end):
        assert reporter.get(gone).status_code == 404


def test_facts_of_projects_out_of_scope_are_not_found(reporter, unit):
    project = make_project(unit=make_unit())
    agreement, party = make_agreement(project), make_party(project)
    milestone = Milestone.objects.get(project=project, kind="contract_signed")
    for address in (
        reverse("projects:change_agreement", args=[agreement.code]),
        reverse("projects:withdraw_agreement", args=[agreement.code]),
        reverse("projects:withdraw_milestone", args=[milestone.code]),
        reverse("projects:end_party", args=[project.code, party.enterprise.code]),
    ):
        assert [reporter.get(address).status_code, reporter.post(address).status_code] == [404, 404]
    assert Agreement.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_judging_merges_into_the_one_on_record(office, unit):
    kept, other = make_project("碳酸锂项目", unit=unit), make_project("碳酸锂建设项目", unit=unit)
    address = reverse("projects:judge", args=[other.code])
    assert [match.code for match in office.get(address).context["matches"]] == [kept.code]
    assert office.post(address, {"same_as": "P-NOTHING", "reason": "同", "version": other.version}).status_code == 422
    response = office.post(address, {"same_as": kept.code, "reason": "同一项目", "version": other.version})
    assert response["Location"] == reverse("projects:detail", args=[kept.code])
    assert office.get(reverse("projects:detail", args=[other.code])).status_code == 404


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"stage": "construction"}, ["开工的"]),
        ({"pool": "started"}, ["开工的"]),
        ({"size": "5"}, ["大项目"]),
        ({"status": "halted"}, ["停工的"]),
        ({"chain": "none"}, ["停工的", "开工的", "大项目"]),
        ({"q": "大项"}, ["大项目"]),
        ({"q": "dxm"}, ["大项目"]),
        ({"owed": "late"}, ["停工的", "开工的", "大项目"]),
        ({"officer": "me"}, []),
        ({"mark": "doubt"}, []),
        ({"stage": "nonsense", "size": "x", "page": "x", "sort": "x"}, ["停工的", "开工的", "大项目"]),
        ({"sort": "-total"}, ["大项目", "停工的", "开工的"]),
    ],
)
def test_the_list_is_filtered_and_sorted(office, unit, query, names):
    with clock.at(date(2025, 6, 10)):
        make_project("大项目", unit=unit, total_wan=Decimal(60_000))
    with clock.at(date(2025, 6, 11)):
        make_milestone(make_project("开工的", unit=unit), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    with clock.at(date(2025, 6, 12)):
        halted = make_project("停工的", unit=unit, total_wan=Decimal(100))
        set_status(actor=SYSTEM, project=halted, status=Status.HALTED, occurred_on=date(2025, 6, 12), reason="冬")
    assert listed(office.get(reverse("projects:list"), query)) == names


def test_chosen_columns_are_shown_and_exported(office, unit):
    make_project("熔盐项目", unit=unit, total_wan=Decimal("12345.6789"), product="熔盐")
    query = {"cols": ["name", "product", "total"]}
    response = office.get(reverse("projects:list"), query)
    assert [column.key for column in response.context["state"].columns] == ["name", "product", "total"]
    book = load_workbook(BytesIO(office.get(reverse("projects:list"), query | {"format": "xlsx"}).content))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell is not None]
    assert {"项目名称", "产品", "总投资（万元）", "熔盐项目", "熔盐", 12345.6789} <= set(cells)
    text = office.get(reverse("projects:list"), query | {"format": "csv"}).content.decode("utf-8-sig")
    assert text.splitlines() == ["项目名称,产品,总投资（万元）", "熔盐项目,熔盐,12345.678900"]
    assert AuditEntry.objects.filter(verb="export.made").count() == 2


def test_views_are_saved_opened_and_deleted(reporter):
    address = reverse("projects:save_view")
    assert "shared" not in reporter.get(address, {"stage": "land"}).context["form"].fields
    response = reporter.post(address, {"title": "供地的", "query": "stage=land"})
    assert response["Location"] == f"{reverse('projects:list')}?stage=land"
    view = SavedView.objects.get()
    assert [choice.label for choice in reporter.get(reverse("projects:list")).context["views"]] == ["供地的"]
    assert reporter.post(reverse("projects:delete_view", args=[view.code])).status_code == 303
    assert reporter.get(reverse("projects:delete_view", args=[view.code])).status_code == 405


def test_the_board_counts_sums_and_pages_each_lane(office, unit):
    for number in range(14):
        make_project(f"线索{number}", unit=unit, total_wan=Decimal(10_000))
    make_under_way(Stage.CONSTRUCTION, unit=unit, total_wan=Decimal(20_000))
    lanes = {lane.stage: lane for lane in office.get(reverse("projects:board")).context["lanes"]}
    assert [
        (lanes[stage].count, lanes[stage].total_wan, len(lanes[stage].cards)) for stage in ("lead", "construction")
    ] == [
        (14, Decimal(140_000), 12),
        (1, Decimal(20_000), 1),
    ]
    more = office.get(reverse("projects:board"), {"lane": "lead", "page": "2"})
    assert (len(more.context["lane"].cards), more.context["lane"].left) == (2, 0)
    assert office.get(reverse("projects:board"), {"lane": "nonsense"}).status_code == 404


def test_opportunities_are_registered_edited_taken_up_and_withdrawn(reporter):
    response = reporter.post(
        reverse("projects:create_opportunity"), {"name": "高纯氧化镁", "state": "offered", "total_wan": "8"}
    )
    opportunity = Opportunity.objects.get()
    address = reverse("projects:opportunity", args=[opportunity.code])
    assert response["Location"] == address
    edit = reverse("projects:edit_opportunity", args=[opportunity.code])
    values = {"name": "高纯氧化镁", "state": "offered", "product": "氧化镁", "version": 1}
    assert [reporter.post(edit, values).status_code, reporter.post(edit, values).status_code] == [303, 409]
    assert [reporter.get(address).status_code, reporter.get(edit).status_code] == [200, 200]
    listing = reporter.get(reverse("projects:opportunities"), {"q": "gcyhm", "state": "offered"})
    assert [row.name for row in listing.context["slice"]] == ["高纯氧化镁"]
    take_up = reverse("projects:take_up", args=[opportunity.code])
    assert reporter.post(take_up, {"investor_name": "", "kind": "new_industry", "version": 2}).status_code == 422
    values = {"investor_name": "测试镁业有限公司", "kind": "new_industry", "version": 2}
    assert reporter.post(take_up, values)["Location"] == reverse("projects:detail", args=[Project.objects.get().code])
    assert reporter.get(edit).status_code == 403
    other = make_opportunity()
    gone = reverse("projects:withdraw_opportunity", args=[other.code])
    assert reporter.post(gone, {"reason": "重复", "version": 1}).status_code == 303
    assert reporter.get(gone).status_code == 404


@pytest.mark.parametrize(
    ("name", "query", "most"),
    [
        ("projects:list", {}, 12),
        ("projects:list", {"chain": "none", "q": "项目", "owed": "open", "size": "0.5"}, 12),
        ("projects:board", {}, 12),
        ("projects:opportunities", {}, 12),
    ],
)
@pytest.mark.parametrize("role", [Role.OFFICE, Role.REPORTER])
def test_lists_take_as_many_queries_for_one_row_as_for_fifty(
    client, unit, django_assert_max_num_queries, django_assert_num_queries, name, query, most, role
):
    client.force_login(make_user(role, unit), backend="django.contrib.auth.backends.ModelBackend")
    add_rows(unit, 1)
    client.get(reverse(name), query)
    with django_assert_max_num_queries(most) as captured:
        client.get(reverse(name), query)
    add_rows(unit, 8)
    with django_assert_num_queries(len(captured)):
        client.get(reverse(name), query)


def add_rows(unit, count):
    for number in range(count):
        project = make_project(f"项目{number}号", unit=unit, investor=make_enterprise(), total_wan=Decimal(60_000))
        make_agreement(project)
        make_under_way(Stage.LAND, unit=unit, total_wan=Decimal(60_000))
        make_opportunity(lead_unit=unit)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.REPORTER])
@pytest.mark.parametrize("tab", ["", "papers", "log"])
def test_a_project_page_takes_at_most_twenty_queries(client, unit, django_assert_max_num_queries, role, tab):
    client.force_login(make_user(role, unit), backend="django.contrib.auth.backends.ModelBackend")
    project = full_project(unit)
    client.get(reverse("projects:detail", args=[project.code]), {"tab": tab})
    with django_assert_max_num_queries(20):
        client.get(reverse("projects:detail", args=[project.code]), {"tab": tab})


def test_the_log_tells_before_and_after_in_words(office, unit):
    project = make_milestone(make_project("熔盐项目", unit=unit), MilestoneKind.WORKS_BEGUN, date(2025, 5, 6))
    response = office.get(reverse("projects:detail", args=[project.code]), {"tab": "log", "topic": "life"})
    [entry] = response.context["slice"].rows
    told = {change.label: (change.before, change.after) for change in entry.changes}
    assert entry.title == "记录里程碑"
    assert told["环节"] == ("信息收集", "项目开工")
    assert told["发生日期"] == ("", "2025-05-06")
    everything = office.get(reverse("projects:detail", args=[project.code]), {"tab": "log"})
    assert [entry.title for entry in everything.context["slice"]] == ["记录里程碑", "登记项目"]
