"""Monthly reports: drafted from the ledger, frozen with their lines, issued once, printed as Word."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from yinfeng.core.actor import Role
from yinfeng.core.documents.bulletin import default_bulletin_template
from yinfeng.core.errors import Conflict, Invalid, Refused
from yinfeng.core.models import AuditEntry
from yinfeng.core.period import Period
from yinfeng.ledger.models import FundEntry
from yinfeng.org.models import DocumentTemplate
from yinfeng.org.tests.factories import actor
from yinfeng.reports import actions
from yinfeng.reports.models import Report
from yinfeng.reports.queries.documents import bulletin_bytes
from yinfeng.reports.tests.factories import client_of, make_year, set_month
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db
JUNE = Period.parse("2025-06")


def office():
    return actor(Role.OFFICE)


def text_of(content: bytes) -> str:
    """Everything that is written in a Word document."""
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def drafted(**kwargs) -> Report:
    return actions.draft_report(actor=office(), period=kwargs.get("period", JUNE))


def test_a_draft_says_where_the_month_stands_in_figures_from_the_ledger():
    make_year(chains=2)
    report = drafted()
    text = text_of(bulletin_bytes(report))
    assert (
        "截至2025年6月，全市签约40.50亿元，完成年度目标80.00亿元的50.62%，序时差+0.62个百分点；到位资金12.01亿元"
        in text
    )
    assert "第1链" in text
    assert "零外出单位：清闲2局" in text
    assert "各链合计与全市相差签约0.50亿元、到位0.01亿元，为未归链项目。" in text


def test_every_figure_of_the_report_page_opens_to_its_frozen_lines():
    make_year(chains=2)
    report = drafted()
    client = client_of()
    page = client.get(f"/reports/{report.code}/")
    assert page.status_code == 200
    figures = list(report.figures.all())
    assert len(figures) > 25
    text = page.content.decode()
    for figure in figures:
        url = f"/reports/{report.code}/figures/{figure.key}/"
        assert url in text.replace("%3D", "=") or "definition" in figure.key, url
        answer = client.get(url)
        assert answer.status_code == 200
        parts = {name: total for name, _rows, total in answer.context["opened"].parts}
        if figure.unit in {"%", "个百分点"}:
            continue
        assert Decimal(figure.value.removesuffix(" 万元").replace(",", "")) == parts.get("", Decimal(0)), figure.key


def test_a_figure_of_a_report_stays_when_the_ledger_moves_on():
    year = make_year(chains=1)
    report = drafted()
    f.make_funds(year.projects[0], "5000", date(2025, 6, 30))
    FundEntry.objects.filter(amount_wan=Decimal(30000)).update(payer_name="改过的名字")
    figure = report.figures.get(key="funds_reported.place.2025-01_2025-06")
    assert figure.value == "60,077.000001 万元"
    assert sum(Decimal(line["amount"]) for line in figure.lines) == Decimal("60077.000001")
    assert "改过的名字" not in str(figure.lines)
    again = actions.redraft_report(actor=office(), report_id=report.pk, version=1)
    assert again.figures.get(key=figure.key).value == "65,077.000001 万元"


def test_a_report_is_issued_only_from_a_month_that_is_estimated():
    make_year(chains=1)
    report = drafted()
    with pytest.raises(Refused):
        actions.issue_report(actor=office(), report_id=report.pk, version=1)
    set_month("2025-06", "estimate")
    with pytest.raises(Refused, match="填报中"):
        actions.issue_report(actor=office(), report_id=report.pk, version=1)
    report = actions.redraft_report(actor=office(), report_id=report.pk, version=1)
    report = actions.issue_report(actor=office(), report_id=report.pk, version=2)
    assert (report.state, report.month_state) == ("issued", "estimate")
    assert report.document is not None
    assert AuditEntry.objects.filter(verb="report.issued").count() == 1


def test_an_issued_report_never_changes():
    make_year(chains=1)
    set_month("2025-06", "estimate")
    report = drafted()
    actions.issue_report(actor=office(), report_id=report.pk, version=1)
    before = bulletin_bytes(Report.objects.get())
    for change in (
        lambda: actions.redraft_report(actor=office(), report_id=report.pk, version=2),
        lambda: actions.change_report(actor=office(), report_id=report.pk, version=2, values={"title": "新标题"}),
        lambda: actions.issue_report(actor=office(), report_id=report.pk, version=2),
    ):
        with pytest.raises(Refused):
            change()
    assert bulletin_bytes(Report.objects.get()) == before


def test_the_next_report_of_a_month_explains_what_differs():
    year = make_year(chains=1)
    set_month("2025-06", "estimate")
    first = drafted()
    actions.issue_report(actor=office(), report_id=first.pk, version=1)
    f.make_funds(year.projects[0], "5000", date(2025, 6, 30))
    second = drafted()
    told = second.content["differences"]
    assert (
        "全市 2025年1—6月 到位资金（上报）：上一份 6.01亿元，本份 6.51亿元，差异 +0.50亿元；新增明细1条，减少0条。"
        in told
    )
    assert second.content["earlier"]["code"] == first.code
    assert client_of().get(f"/reports/{second.code}/").status_code == 200


def test_the_title_may_be_changed_and_needs_the_version_one_has_seen():
    make_year(chains=1)
    report = drafted()
    values = {"title": "关于6月招商引资工作情况的通报", "number": "招商办〔2025〕6号", "addressee": "各单位："}
    actions.change_report(actor=office(), report_id=report.pk, version=1, values=values)
    with pytest.raises(Conflict):
        actions.change_report(actor=office(), report_id=report.pk, version=1, values=values)
    with pytest.raises(Invalid):
        actions.change_report(actor=office(), report_id=report.pk, version=2, values={"title": " "})
    assert "招商办〔2025〕6号" in text_of(bulletin_bytes(Report.objects.get()))


@pytest.mark.parametrize(("role", "allowed"), [(Role.OFFICE, True), (Role.REPORTER, False), (Role.LEADER, False)])
def test_the_office_writes_reports_and_others_read_issued_ones(role, allowed):
    year = make_year(chains=1)
    set_month("2025-06", "estimate")
    report = drafted()
    client = client_of(role, year.units[0])
    assert client.get(f"/reports/{report.code}/").status_code == (200 if allowed else 404)
    answer = client.post("/reports/new", {"period": "2025-06", "gesture": "g"})
    assert answer.status_code == (303 if allowed else 403)
    actions.issue_report(actor=office(), report_id=report.pk, version=1)
    assert client.get(f"/reports/{report.code}/").status_code == 200
    assert client.get(f"/reports/{report.code}/document").status_code == 200


def test_a_reporter_opens_a_frozen_figure_without_the_lines_of_others():
    year = make_year(chains=2)
    set_month("2025-06", "estimate")
    report = drafted()
    actions.issue_report(actor=office(), report_id=report.pk, version=1)
    client = client_of(Role.REPORTER, year.units[0])
    answer = client.get(f"/reports/{report.code}/figures/funds_reported.place.2025-01_2025-06/")
    opened = answer.context["opened"]
    assert (opened.hidden, opened.hidden_total) == (3, Decimal("60077.000001"))
    text = answer.content.decode()
    assert year.projects[0].name in text
    assert year.projects[2].name not in text


def test_the_pages_of_a_report_work_from_draft_to_issue():
    make_year(chains=1)
    set_month("2025-06", "final")
    client = client_of()
    assert client.get("/reports/").status_code == 200
    assert client.get("/reports/new").status_code == 200
    assert client.post("/reports/new", {"period": "2025", "gesture": "a"}).status_code == 422
    answer = client.post("/reports/new", {"period": "2025-06", "gesture": "b"})
    report = Report.objects.get()
    assert answer["Location"] == f"/reports/{report.code}/"
    url = f"/reports/{report.code}"
    assert client.get(f"{url}/edit").status_code == 200
    assert client.post(f"{url}/edit", {"title": "", "version": "1", "gesture": "c"}).status_code == 422
    form = {"title": "月报", "number": "1号", "addressee": "", "version": "1", "gesture": "d"}
    assert client.post(f"{url}/edit", form).status_code == 303
    assert client.post(f"{url}/edit", form | {"gesture": "e"}).status_code == 409
    assert client.post(f"{url}/redraft", {"version": "x", "gesture": "f"}).status_code == 409
    assert client.post(f"{url}/redraft", {"version": "2", "gesture": "g"}).status_code == 303
    assert client.post(f"{url}/issue", {"version": "3", "gesture": "h"}).status_code == 303
    assert client.post(f"{url}/issue", {"version": "4", "gesture": "i"}).status_code == 403
    assert "月报" in text_of(client.get(f"{url}/document").content)
    assert AuditEntry.objects.filter(verb="export.made").count() == 1


def test_the_office_uses_its_own_template():
    make_year(chains=1)
    client = client_of()
    assert client.get("/reports/template").status_code == 200
    content = client.get("/reports/template/file").content
    document = Document(BytesIO(content))
    document.add_paragraph("本单位自加的一行")
    changed = BytesIO()
    document.save(changed)
    upload = SimpleUploadedFile("我的模板.docx", changed.getvalue())
    assert client.post("/reports/template", {"file": upload, "gesture": "a"}).status_code == 303
    assert "本单位自加的一行" in text_of(bulletin_bytes(drafted()))
    assert client.get("/reports/template").status_code == 200
    assert client.post("/reports/template/restore", {"gesture": "b"}).status_code == 303
    assert "本单位自加的一行" not in text_of(bulletin_bytes(drafted()))
    assert DocumentTemplate.objects.count() == 1


@pytest.mark.parametrize("broken", [b"not a document", b""])
def test_a_template_that_cannot_be_filled_is_refused(broken):
    f.make_place()
    client = client_of()
    upload = SimpleUploadedFile("模板.docx", broken)
    assert client.post("/reports/template", {"file": upload, "gesture": "a"}).status_code == 422
    document = Document(BytesIO(default_bulletin_template()))
    document.add_paragraph("{{ no_such_field }}")
    changed = BytesIO()
    document.save(changed)
    answer = client.post(
        "/reports/template", {"file": SimpleUploadedFile("模板.docx", changed.getvalue()), "gesture": "b"}
    )
    assert answer.status_code == 422
    assert "no_such_field" in answer.content.decode()


def test_demonstration_data_is_named_in_the_report():
    place = f.make_place()
    place.has_demo = True
    place.save()
    assert "本报告含演示数据" in text_of(bulletin_bytes(drafted()))
