"""招商引资项目台账 as a workbook."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yinfeng.core.actor import Role
from yinfeng.core.models import AuditEntry
from yinfeng.core.period import Period
from yinfeng.enterprises.enums import Origin
from yinfeng.org.tests.factories import actor
from yinfeng.projects.models import AnnualPlanLine
from yinfeng.reports.queries.ledger import ledger_projects, ledger_rows
from yinfeng.reports.tests.factories import client_of, make_year
from yinfeng.submissions.models import ProgressNote
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db
JUNE = Period.parse("2025-06")


def sheet_of(client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content)).active


def test_a_row_tells_a_project_as_the_office_keeps_it():
    year = make_year(chains=1, projects=1)
    project = year.projects[0]
    project.total_wan, project.content = Decimal(150000), "年产一万吨"
    project.save()
    f.make_funds(
        f.make_project(parent=project, chain=year.chains[0]), "500", date(2025, 6, 1), origin=Origin.IN_PROVINCE
    )
    AnnualPlanLine.objects.create(project=project, year=2025, funds_wan=Decimal(40000), start_on=date(2025, 3, 1))
    ProgressNote.objects.create(
        project=project, period="2025-06", text="主体完工", problem="缺水", changed_at=f.MOMENT, changed_by="测试"
    )
    rows = {row[0]: row for row in ledger_rows(ledger_projects(actor(Role.OFFICE), {}), JUNE)}
    assert rows[project.name] == [
        project.name,
        "年产一万吨",
        "新建",
        "",
        "第1链",
        "",
        "",
        "",
        Decimal("15.0000"),
        None,
        "投资合同",
        date(2025, 2, 10),
        "",
        "2025-03—",
        "项目签约",
        "主体完工",
        Decimal(40000),
        Decimal(500),
        Decimal(30500),
        Decimal(30000),
        Decimal(34500),
        "缺水",
        "",
        "",
        "第1局",
        "",
        "",
    ]


def test_the_workbook_has_merged_headings_formats_and_a_page_set_up():
    make_year(chains=2)
    sheet = sheet_of(client_of(), "/ledger.xlsx?period=2025-06")
    assert sheet["A1"].value == "2025年6月招商引资项目台账"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert any(area.startswith("A1:") for area in merged)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    headings = [cell.value for row in sheet.iter_rows(min_row=3, max_row=5) for cell in row]
    for word in (
        "序号",
        "项目名称",
        "投资方",
        "统一社会信用代码",
        "本年累计",
        "其中省外",
        "开工以来累计",
        "包联领导",
        "备注",
    ):
        assert word in headings
    assert sum(isinstance(row[0], int) for row in sheet.iter_rows(values_only=True)) == 5
    assert AuditEntry.objects.get(verb="export.made").after["rows"] == 5


def test_the_ledger_follows_the_filters_and_the_scope():
    year = make_year(chains=2)
    sheet = sheet_of(client_of(), f"/ledger.xlsx?period=2025-06&chain={year.chains[0].code}")
    assert sum(isinstance(row[0], int) for row in sheet.iter_rows(values_only=True)) == 2
    sheet = sheet_of(client_of(Role.REPORTER, year.units[1]), "/ledger.xlsx?period=2025-06")
    names = [row[1] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert sorted(names) == sorted(project.name for project in year.projects[2:])


@pytest.mark.parametrize("projects", [1, 20])
def test_the_ledger_costs_the_same_for_one_project_and_many(projects):
    make_year(chains=1, projects=projects)
    rows = ledger_projects(actor(Role.OFFICE), {})
    with CaptureQueriesContext(connection) as queries:
        assert len(list(ledger_rows(rows, JUNE))) == projects + 1
    assert len(queries) == 7
