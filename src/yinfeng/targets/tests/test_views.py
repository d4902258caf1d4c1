"""Pages where targets are set, changed and withdrawn; files of a figure's lines."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry
from yinfeng.org.tests.factories import make_user
from yinfeng.targets.models import Target
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db
FORM = {
    "metric": "signed_amount",
    "year": "2025",
    "operator": "at_least",
    "value_wan": "220",
    "source_title": "招商方案",
    "source_on": "2025年2月20日",
    "level": "city",
    "main": "on",
    "gesture": "g1",
}


def client_of(role: Role = Role.OFFICE) -> Client:
    f.make_place()
    client = Client()
    client.force_login(make_user(role))
    return client


def test_a_target_is_set_from_its_form_once():
    client = client_of()
    assert client.get("/targets/new").status_code == 200
    answer = client.post("/targets/new", FORM)
    target = Target.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/targets/{target.code}/")
    assert (target.value_wan, target.source_on) == (Decimal(2_200_000), date(2025, 2, 20))
    assert client.post("/targets/new", FORM)["Location"] == f"/targets/{target.code}/"
    assert Target.objects.count() == 1
    assert client.get(f"/targets/{target.code}/").status_code == 200


def test_an_unusable_target_comes_back_with_what_was_typed():
    answer = client_of().post("/targets/new", FORM | {"value_wan": "约两百亿", "source_title": "某文件"})
    assert answer.status_code == 422
    assert "某文件" in answer.content.decode()
    assert set(answer.context["form"].errors) == {"value_wan"}


def test_a_stale_edit_shows_what_stands_now():
    client = client_of()
    target = f.make_target()
    url = f"/targets/{target.code}/edit"
    assert client.get(url).status_code == 200
    form = FORM | {"version": "1", "gesture": "g2"}
    assert client.post(url, form).status_code == 303
    answer = client.post(url, form | {"gesture": "g3", "value_wan": "9"})
    assert answer.status_code == 409
    assert answer.context["form"].stands["value_wan"] == "220"


def test_withdrawing_asks_for_a_reason():
    client = client_of()
    target = f.make_target()
    url = f"/targets/{target.code}/withdraw"
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": "1", "reason": ""}).status_code == 422
    assert client.post(url, {"version": "9", "reason": "作废"}).status_code == 409
    assert client.post(url, {"version": "1", "reason": "作废"}).status_code == 303
    assert client.get(f"/targets/{target.code}/").status_code == 404


@pytest.mark.parametrize("path", ["new", "edit", "withdraw"])
def test_others_read_targets_and_are_told_why_they_may_not_change_them(path):
    client = client_of(Role.REPORTER)
    target = f.make_target()
    url = "/targets/new" if path == "new" else f"/targets/{target.code}/{path}"
    assert client.get("/targets/?period=2025-06").status_code == 200
    assert client.get(f"/targets/{target.code}/").status_code == 200
    assert client.get(url).status_code == 403
    assert client.post(url, FORM).status_code == 403


def test_the_page_names_what_the_chains_lack_of_the_place():
    client = client_of()
    f.make_target(value_wan="2200000")
    f.make_target(value_wan="1400000", chain=f.make_chain())
    f.make_target(value_wan="700000", chain=f.make_chain())
    text = client.get("/targets/?period=2025-06").content.decode()
    assert "各链主目标之和 210.00 亿元，全市 220.00 亿元，相差 -10.00 亿元" in text


def test_exported_lines_are_the_figure_and_leave_a_trace():
    client = client_of()
    project = f.make_project("=HYPERLINK(1)")
    f.make_funds(project, "1000.000001")
    f.make_funds(project, "-0.000001")
    answer = client.get("/figures/funds_reported/?period=2025&format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    amounts: list[Any] = [row[6] for row in rows]
    assert sorted(amounts) == [pytest.approx(-0.000001), pytest.approx(1000.000001)]
    assert AuditEntry.objects.filter(verb="export.made").count() == 1
    answer = client.get("/figures/funds_reported/?period=2025&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(text.strip().splitlines()) == 3
    assert "'=HYPERLINK(1)" in text
    assert "1000.000001" in text


def test_visitors_are_led_to_the_login():
    for url in ("/targets/", "/figures/signed_amount/", "/changes/", "/progress/", "/reports/", "/ledger.xlsx"):
        answer = Client().get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")
