"""Tags and filters."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import translation

from yinfeng.core.ratio import Ratio
from yinfeng.core.waits import Light
from yinfeng.ui.charts import ChartData, Series
from yinfeng.ui.figures import shown_money
from yinfeng.ui.samples import CHAINS, PROJECTS


def drawn(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|yi }}", Decimal("12345.6789"), '<span class="num" title="12,345.6789 万元">1.23</span>'),
        ("{{ value|yi }}", None, "—"),
        ("{{ value|yi_text:4 }}", Decimal(12345), "1.2345"),
        ("{{ value|wan }}", Decimal("12345.50"), "12,345.5"),
        ("{{ value|percent }}", Ratio.of_counts(1, 8), "12.5%"),
        ("{{ value|percent:2 }}", Fraction(2, 3), "66.67%"),
        ("{{ value|percent }}", Ratio.of_counts(1, 0), "—"),
        ("{{ value|percent }}", None, "—"),
        ("{{ value|signed }}", Decimal("-5.46"), "−5.5"),
        ("{{ value|signed }}", Decimal("5.5"), "+5.5"),
        ("{{ value|signed }}", 0, "0.0"),
        ("{{ value|day }}", date(2025, 3, 5), "2025-03-05"),
        ("{{ value|day }}", datetime(2025, 3, 4, 17, tzinfo=UTC), "2025-03-05"),
        ("{{ value|day }}", None, "—"),
        ("{{ value|day_zh }}", date(2025, 3, 5), "2025年3月5日"),
        ("{{ value|moment }}", datetime(2025, 3, 4, 17, 5, tzinfo=UTC), "2025-03-05 01:05"),
        ("{{ value|period }}", "2025Q1", "2025年一季度"),
        ("{{ value|period }}", "", "—"),
        ("{% light value %}", "red", '<span class="light light-red"><i aria-hidden="true"></i>超期</span>'),
        (
            "{% light value '落后' %}",
            Light.YELLOW,
            '<span class="light light-amber"><i aria-hidden="true"></i>落后</span>',
        ),
        ("{% light value %}", "pink", '<span class="light light-grey"><i aria-hidden="true"></i>未定</span>'),
        (
            "{% chain_dot value %}",
            CHAINS[3],
            '<span class="chain"><i class="dot c3" aria-hidden="true"></i>特色农畜</span>',
        ),
        ("{% chain_dot value %}", None, '<span class="chain"><i class="dot" aria-hidden="true"></i>未定产业链</span>'),
        ("{% figure value %}", None, "—"),
        ("{% figure value %}", shown_money(Decimal(5)), '<span class="num" title="5 万元">0.00</span>'),
    ],
)
def test_values_are_shown_one_way_everywhere(source, value, text):
    assert drawn(source, value=value) == text


def test_english_pages_write_days_and_periods_their_own_way():
    with translation.override("en"):
        assert drawn("{{ a|day_zh }} {{ b|period }}", a=date(2025, 3, 5), b="2025-03") == "5 Mar 2025 Mar 2025"


def test_a_figure_opens_its_lines_and_is_read_aloud_with_its_name():
    shown = shown_money(Decimal(12345), url="/figures/signed/", title="签约金额")
    assert drawn("{% figure shown %}", shown=shown) == (
        '<a class="figure num" href="/figures/signed/" data-panel title="12,345 万元" aria-label="签约金额 1.23 亿元">1.23</a>'
    )


def test_a_stage_shows_doubt_and_status_beside_it():
    assert drawn("{% stage_badge a %}|{% stage_badge b %}", a=PROJECTS[3], b=PROJECTS[5]) == (
        '<span class="stage stage-negotiation">对接洽谈</span> <span class="tag tag-warn">环节待核</span>|'
        '<span class="stage stage-appraisal">项目评估</span> <span class="tag tag-warn">暂缓</span>'
    )


def test_a_chart_hands_its_data_over_exactly_and_safely():
    data = ChartData("</script>到位", "亿元", ["1月"], [Series("到位", [Decimal("0.1000")])])
    text = drawn('{% chart "trend" data %}', data=data)
    block = re.search(r'<script type="application/json" id="chart-trend-1">(.*?)</script>', text)
    assert block is not None
    assert json.loads(block[1])["series"] == [
        {"name": "到位", "values": ["0.1000"], "kind": "bar", "dashed": False, "colour": None}
    ]
    assert "</script>到位" not in text
    assert '<td class="num">0.1000</td>' in text


def test_two_charts_of_a_page_do_not_share_an_id():
    data = {"title": "到位", "unit": "亿元", "labels": ["1月"], "series": [{"name": "到位", "values": [1]}]}
    text = drawn('{% chart "bars" data %}{% chart "bars" data %}', data=data)
    assert re.findall(r'id="(chart[^"]+)"', text) == ["chart-bars-1", "chart-bars-2"]
    assert text.count("charts.js") == 1


@pytest.mark.parametrize(
    ("value", "target", "schedule", "places"),
    [
        (Decimal(50), Decimal(100), Fraction(3, 4), ("200.0", "100.0", "151.0")),
        (Decimal(150), Decimal(100), Decimal(75), ("133.3", "200.0", "101.0")),
        (None, Decimal(100), None, ("200.0", "0.0", None)),
    ],
)
def test_a_bullet_bar_is_drawn_to_the_larger_of_value_and_target(value, target, schedule, places):
    text = drawn("{% bullet value target schedule %}", value=value, target=target, schedule=schedule)
    track, bar = re.findall(r'class="bullet-(?:track|bar)" x="2" y="\d" width="([\d.]+)"', text)
    tick = re.search(r'class="bullet-tick" x="([\d.]+)"', text)
    assert (track, bar, tick[1] if tick else None) == places


def test_without_a_target_nothing_is_measured():
    assert drawn("{% bullet value None schedule %}", value=Decimal(5), schedule=Fraction(1, 2)).strip() == (
        '<span class="meta" title="未下达目标">—</span>'
    )
