from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from yinfeng.core import clock
from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry, Evidence
from yinfeng.ledger.enums import EntryState
from yinfeng.ledger.models import FundEntry, VoucherUse
from yinfeng.ledger.tests.factories import claim, make_entry, verified
from yinfeng.org.tests.factories import SYSTEM, make_place, make_unit, make_user
from yinfeng.projects.actions import create_project
from yinfeng.projects.values import ProjectValues

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 voucher"


@pytest.fixture(autouse=True)
def _in_april():
    with clock.at(date(2025, 4, 10)):
        yield


@pytest.fixture
def unit():
    make_place()
    return make_unit("市能源局")


@pytest.fixture
def project(unit):
    return create_project(actor=SYSTEM, values=ProjectValues(name="储能电站", lead_unit=unit))


@pytest.fixture
def reporter(client, unit):
    client.force_login(make_user(Role.REPORTER, unit))
    return client


@pytest.fixture
def verifier(client):
    client.force_login(make_user(Role.VERIFIER))
    return client


def told(project, **more):
    return {
        "project": project.code,
        "arrived_on": "2025年3月5日",
        "amount_wan": "3亿5000万",
        "payer_name": "甲公司",
        "origin": "out_of_province",
        "province_code": "33",
        "kind": "capital",
        "currency": "CNY",
        "gesture": "g-1",
    } | more


def test_money_is_entered_with_its_voucher_in_one_step(reporter, project):
    voucher = {
        "voucher-kind": "bank_slip",
        "voucher-number": "Z-1",
        "voucher-face_wan": "35000",
        "voucher-file": SimpleUploadedFile("进账单.pdf", PDF),
    }
    answer = reporter.post(reverse("ledger:create"), told(project) | voucher)
    entry = FundEntry.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, reverse("ledger:detail", args=[entry.code]))
    assert (entry.amount_wan, entry.arrived_on, entry.province_name) == (Decimal(35000), date(2025, 3, 5), "浙江省")
    assert (VoucherUse.objects.get().amount_wan, Evidence.objects.get().title) == (Decimal(35000), "进账单.pdf")


def test_the_same_click_twice_leads_to_the_entry_it_made(reporter, project):
    reporter.post(reverse("ledger:create"), told(project))
    again = reporter.post(reverse("ledger:create"), told(project))
    assert FundEntry.objects.count() == 1
    assert (again.status_code, again["Location"]) == (
        303,
        reverse("ledger:detail", args=[FundEntry.objects.get().code]),
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"amount_wan": "约三亿"}, "金额"),
        ({"amount_wan": "9" * 40}, "金额"),
        ({"amount_wan": "0"}, "金额不能为 0"),
        ({"amount_wan": "-5"}, "不能是负数"),
        ({"arrived_on": "2025-02-30"}, "请填写正确的日期"),
        ({"arrived_on": "2031-01-01"}, "不能晚于今天"),
        ({"origin": "moon"}, "moon"),
        ({"project": "P-NOSUCH"}, "没有找到这个项目编号"),
        ({"currency": "USD"}, "外币资金要填写"),
        ({"payer_name": "x" * 200}, "160"),
    ],
)
def test_what_cannot_be_money_comes_back_with_its_message_and_what_was_typed(reporter, project, values, message):
    answer = reporter.post(reverse("ledger:create"), told(project, note="补充") | values)
    text = answer.content.decode()
    assert (answer.status_code, FundEntry.objects.count()) == (422, 0)
    assert message in text
    assert "补充" in text


def test_a_hostile_file_is_refused_beside_the_voucher(reporter, project):
    voucher = {
        "voucher-kind": "bank_slip",
        "voucher-number": "Z-1",
        "voucher-face_wan": "35000",
        "voucher-file": SimpleUploadedFile("x.pdf.exe", b"MZ\x00\x00"),
    }
    answer = reporter.post(reverse("ledger:create"), told(project) | voucher)
    assert (answer.status_code, FundEntry.objects.count()) == (422, 0)
    assert "不支持这种文件" in answer.content.decode()


def test_the_project_of_another_unit_cannot_be_named(reporter):
    foreign = create_project(actor=SYSTEM, values=ProjectValues(name="牧场", lead_unit=make_unit("市农牧局")))
    answer = reporter.post(reverse("ledger:create"), told(foreign))
    assert (answer.status_code, FundEntry.objects.count()) == (422, 0)


def test_another_units_entry_is_not_found_on_any_of_its_pages(reporter):
    foreign = create_project(actor=SYSTEM, values=ProjectValues(name="牧场", lead_unit=make_unit("市农牧局")))
    code = make_entry(foreign).code
    for name in ("detail", "edit", "correct", "withdraw", "add_voucher"):
        assert reporter.get(reverse(f"ledger:{name}", args=[code])).status_code == 404, name


def test_an_edit_shown_with_an_older_version_shows_both_and_keeps_what_was_typed(reporter, project):
    entry = make_entry(project, "100", payer_name="甲公司")
    FundEntry.objects.filter(pk=entry.pk).update(payer_name="乙公司", version=2)
    answer = reporter.post(
        reverse("ledger:edit", args=[entry.code]), told(project, version="1", payer_name="丙公司", amount_wan="100")
    )
    text = answer.content.decode()
    assert answer.status_code in {409, 422}
    assert "乙公司" in text
    assert "丙公司" in text
    assert FundEntry.objects.get().payer_name == "乙公司"


def test_the_verifier_verifies_from_the_queue_and_goes_on(verifier, project):
    entry = make_entry(project, "100", vouchers=[claim("Z1")])
    page = verifier.get(reverse("ledger:queue"))
    assert page.context["entry"] == entry
    answer = verifier.post(
        reverse("ledger:verify", args=[entry.code]), {"verdict": "verify", "version": entry.version, "gesture": "g"}
    )
    assert (answer.status_code, answer["Location"]) == (303, reverse("ledger:queue"))
    entry.refresh_from_db()
    assert (entry.state, entry.verified_wan) == (EntryState.VERIFIED, Decimal(100))
    assert "没有待核定的资金" in verifier.get(reverse("ledger:queue")).content.decode()


def test_a_cut_without_reason_comes_back_beside_the_voucher(verifier, project):
    entry = make_entry(project, "100")
    answer = verifier.post(
        reverse("ledger:verify", args=[entry.code]), {"verdict": "cut", "verified_wan": "40", "version": 1}
    )
    assert answer.status_code == 422
    assert "核减或退回要写明原因" in answer.content.decode()


def test_a_reporter_is_told_why_the_queue_is_not_for_him(reporter):
    answer = reporter.get(reverse("ledger:queue"))
    assert answer.status_code == 403
    assert "核定" in answer.content.decode()


def test_the_export_holds_every_row_and_adds_up(reporter, project, tmp_path):
    make_entry(project, "12.3456")
    verified(make_entry(project, "100"))
    answer = reporter.get(reverse("ledger:list"), {"format": "xlsx"})
    (tmp_path / "funds.xlsx").write_bytes(answer.content)
    rows = list(load_workbook(tmp_path / "funds.xlsx").worksheets[0].iter_rows(values_only=True))
    assert [row[8] for row in rows[3:]] == [100, 12.3456, "=SUM(I4:I5)"]
    assert AuditEntry.objects.get(verb="export.made").after["rows"] == 2


@pytest.mark.parametrize("rows", [1, 40])
def test_the_list_asks_the_same_queries_for_one_row_and_forty(reporter, project, rows, django_assert_num_queries):
    for _row in range(rows):
        make_entry(project, vouchers=[claim()])
    reporter.get(reverse("ledger:list"))
    with django_assert_num_queries(9):
        answer = reporter.get(reverse("ledger:list"))
    assert len(answer.context["slice"].rows) == rows


@pytest.mark.parametrize(
    "query", ["state=nonsense", "period=<script>", "page=999999", "sort=--x", "q=%27%3B--", "cols=,,", "chain=0"]
)
def test_a_senseless_address_is_answered_calmly(reporter, project, query):
    make_entry(project)
    answer = reporter.get(f"{reverse('ledger:list')}?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("</head>")[1].replace('<script type="application/json"', "")
