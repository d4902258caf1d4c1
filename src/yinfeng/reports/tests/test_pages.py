"""今日 and 进度: what they say, what every figure on them opens, what they cost."""

import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Role, system
from yinfeng.core.period import Period
from yinfeng.reports.queries.progress import chains_of, progress, sentence
from yinfeng.reports.tests.factories import client_of, make_year
from yinfeng.targets.metrics import METRICS, Scope
from yinfeng.targets.queries import options_named, scope_named, window_named
from yinfeng.targets.tests import factories as f

pytestmark = pytest.mark.django_db
JUNE = "2025-06"


def figure_links(text: str) -> list[tuple[str, str]]:
    """The address and the text of every figure of a page."""
    found = re.findall(r'<a class="figure num" href="([^"]+)"[^>]*>([^<]*)</a>', text)
    return [(html.unescape(url), shown) for url, shown in found]


def assert_every_figure_opens(client, text: str) -> int:
    """Each figure's page shows the same figure, and its lines add up to it."""
    links = dict.fromkeys(figure_links(text))
    for url, shown in links:
        answer = client.get(url)
        assert answer.status_code == 200, url
        figure = answer.context["figure"]
        assert figure.text in {shown, f"-{shown}", f"+{shown}"}, url
        for part, _slice in answer.context["parts"]:
            assert part.difference == 0, url
            assert part.total == sum((line.amount for line in part.rows), Decimal(0)), url
    return len(links)


def test_every_figure_of_the_progress_page_opens_to_lines_that_add_up():
    make_year()
    client = client_of()
    text = client.get(f"/progress/?period={JUNE}").content.decode()
    assert assert_every_figure_opens(client, text) > 40


def test_every_figure_of_the_other_pages_opens_to_lines_that_add_up():
    make_year()
    client = client_of()
    code = Chain.objects.values_list("code", flat=True)[0]
    for url in ("/", f"/chains/{code}/", f"/changes/?period={JUNE}", f"/targets/?period={JUNE}"):
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert assert_every_figure_opens(client, answer.content.decode()) > 2, url


def test_progress_says_where_the_year_stands():
    make_year(chains=2)
    found = progress(Period.parse(JUNE), Scope.place(), chains_of(system("测试")))
    # Signed: 4 × (120000 − 20000.25) + 5000.5 = 404999.5 of 800000; funds: 4 × 30000 + 77.000001 of 200000.
    assert found.signed.done.value == Decimal("404999.5")
    assert (found.signed.rate.text, found.signed.gap.text) == ("50.62", "+0.62")
    assert found.funds.done.value == Decimal("120077.000001")
    assert found.funds.last_year.value == 16000
    assert [row.signed.gap.text for row in found.rows] == ["0.00", "0.00"]
    assert (
        sentence(found)
        == "签约完成50.62%，超序时进度0.62个百分点；到位12.01亿元，完成60.04%，超序时进度10.04个百分点。"
    )
    assert found.unclaimed is not None
    assert found.unclaimed.signed.done.value == Decimal("5000.5")


def test_chains_and_the_unclaimed_line_make_up_the_place():
    make_year()
    found = progress(Period.parse(JUNE), Scope.place(), chains_of(system("测试")))
    assert found.unclaimed is not None
    for name in ("signed", "funds"):
        parts = [getattr(row, name).done.value for row in [*found.rows, found.unclaimed]]
        assert sum(parts) == getattr(found, name).done.value


@pytest.mark.parametrize(("chains", "projects"), [(1, 1), (7, 7)])
def test_progress_costs_the_same_for_one_project_and_many(chains, projects):
    make_year(chains, projects)
    client = client_of()
    client.get(f"/progress/?period={JUNE}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/progress/?period={JUNE}").status_code == 200
    assert len(queries) == 18


def test_today_costs_the_same_for_one_project_and_many():
    client = client_of()
    counts = []
    for chains, projects in ((1, 1), (5, 6)):
        make_year(chains, projects)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 22


def test_today_counts_down_to_the_report_day_and_names_who_is_missing():
    make_year(chains=1)
    with clock.at(Period.parse(JUNE).first.replace(day=21)):
        answer = client_of().get("/")
    today = answer.context["today"]
    assert (today.days_left, today.days_late, today.light) == (4, 0, "paused")
    assert [str(unit) for unit in today.missing] == ["第1局", "清闲1局"]
    assert "距 2025年6月25日报送日还有" in answer.content.decode()


def test_a_new_place_is_told_where_to_begin():
    f.make_place()
    answer = client_of(Role.ADMIN).get("/")
    assert answer.status_code == 200
    assert "从这里开始" in answer.content.decode()
    assert "还没有可以算进度的数" in client_of().get("/progress/").content.decode()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/progress/?period=2025-13", 422),
        ("/progress/?period=2025", 422),
        ("/progress/?scope=chain:L-NOTHING", 404),
        ("/progress/?scope=galaxy:1", 422),
        ("/figures/no_such_metric/", 404),
        ("/figures/signed_amount/?from=2025-06&to=2025-01", 422),
        ("/figures/signed_amount/?from=0001-01&to=9999-12", 422),
        ("/figures/signed_amount/?period=x", 422),
        ("/figures/signed_amount/?scope=unit:U-NOTHING", 404),
        ("/figures/signed_amount/?format=pdf", 422),
        ("/figures/signed_amount/?mode=guess", 422),
        ("/figures/big_projects/?threshold_wan=NaN", 422),
        ("/figures/big_projects/?threshold_wan=-1", 422),
        ("/figures/projects_by_stage/?stage=nowhere", 422),
        ("/figures/completion_rate/?of=schedule_gap", 422),
        ("/figures/funds_reported/?origin=moon", 422),
        ("/figures/signed_amount/?page=99999999999", 200),
        ("/figures/signed_amount/?page=x", 200),
        ("/changes/?period=nonsense", 422),
        ("/targets/?period=nonsense", 422),
        ("/targets/G-NOTHING/", 404),
        ("/reports/D-NOTHING/", 404),
        ("/ledger.xlsx?period=nonsense", 422),
    ],
)
def test_a_bad_address_gets_a_clear_answer(url, status):
    make_year(chains=1)
    assert client_of().get(url).status_code == status


@pytest.mark.parametrize("name", list(METRICS))
def test_every_metric_opens_and_exports(name):
    make_year()
    client = client_of()
    for query in (f"period={JUNE}", "from=2025-01&to=2025-06", "period=2025", "period=2025-06&scope=chain:none"):
        assert client.get(f"/figures/{name}/?{query}").status_code == 200
    assert client.get(f"/figures/{name}/?period=2025&format=xlsx").status_code == 200
    assert client.get(f"/figures/{name}/?period=2025&format=csv").status_code == 200


def test_lines_out_of_sight_are_counted_and_not_shown():
    year = make_year()
    client = client_of(Role.REPORTER, year.units[0])
    answer = client.get("/figures/funds_reported/?period=2025")
    ((part, _slice),) = answer.context["parts"]
    assert part.figure.value == Decimal("180077.000001")
    assert (part.visible_count, part.visible_total) == (2, Decimal(60000))
    assert (part.hidden_count, part.hidden_total) == (5, Decimal("120077.000001"))
    text = answer.content.decode()
    assert "另有 5 条在权限外" in text
    assert year.projects[0].name in text
    assert year.projects[2].name not in text


def test_the_questions_of_an_address_read_as_they_are_written():
    assert window_named("2025Q1", "", "").codes() == ["2025-01", "2025-02", "2025-03"]
    assert window_named("", "", "2025-03").codes() == ["2025-01", "2025-02", "2025-03"]
    assert scope_named("") == Scope.place()
    metric = METRICS["big_projects"]
    assert options_named(metric, {"threshold_wan": "5000", "stage": "land"}).params() == {"threshold_wan": "5000"}
