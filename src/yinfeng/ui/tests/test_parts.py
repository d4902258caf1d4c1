"""Every part is drawn from its inputs, and the page of all parts can be used."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from yinfeng.org.models import User
from yinfeng.ui.lists import ListState
from yinfeng.ui.samples import COLUMNS, SORTS, SampleForm, bars, invalid_form, overtaken_form, parts

REQUEST = RequestFactory().get("/ui/?chain=2")
STATE = ListState.from_request(REQUEST, COLUMNS, SORTS, "-total")


def drawn(name, **inputs):
    return re.sub(r"\s+", " ", render_to_string(f"ui/{name}.html", inputs, request=REQUEST))


@pytest.mark.parametrize(
    ("name", "inputs", "shows"),
    [
        (
            "empty",
            {"title": "还没有活动", "action_url": "/new", "action_label": "登记", "dialog": 1},
            'href="/new" data-dialog>登记</a>',
        ),
        ("paging", {"slice": parts()["slice"]}, "第 51–56 条，共 1286 条"),
        (
            "table_head",
            {"state": STATE},
            '<th scope="col" class="num" aria-sort="descending"><a href="?chain=2&amp;sort=total">',
        ),
        ("toolbar", {"form": parts()["filter_form"], "reset": "/ui/"}, '<a class="btn btn-quiet" href="/ui/">清除</a>'),
        ("card", {"title": "基本情况", "text": "正文", "meta": "截至今日"}, '<span class="meta">截至今日</span>'),
        ("timeline", {"entries": parts()["entries"]}, "<time>日期不详</time>"),
        ("timeline", {"entries": []}, "还没有记录。"),
        ("definition_list", {"items": parts()["facts"]}, "<div><dt>备注</dt><dd>—</dd></div>"),
        ("table", {"headings": ["甲"], "rows": [["乙"]], "caption": "示例"}, "<tr><td>乙</td></tr>"),
        ("form", {"form": SampleForm(), "submit": "登记", "cancel": "/ui/"}, 'enctype="multipart/form-data"'),
        ("form", {"form": invalid_form(), "more": ["note"]}, 'value="约三亿"'),
        ("form", {"form": overtaken_form()}, "现在的内容：<b>高纯镁合金压铸件生产线</b>"),
        (
            "field",
            {"field": invalid_form()["name"]},
            '<p class="field-error" id="bad_name_error">请填写“项目名称”。</p>',
        ),
        (
            "chart",
            {"chart": bars(), "kind": "bars", "id": "x", "json": "{}"},
            '<th scope="row">盐湖化工</th><td class="num">18.2</td>',
        ),
        ("bullet", {"bar": 10, "target": 200, "tick": 40, "word": "完成 5%"}, 'aria-label="完成 5%"'),
        ("help", {}, "<kbd>Esc</kbd>"),
        ("demo_banner", {"shell": {"demo_url": "/demo/"}}, '<a href="/demo/">清除演示数据</a>'),
    ],
)
def test_a_part_is_drawn_from_its_inputs(name, inputs, shows):
    assert shows in drawn(name, **inputs)


def test_a_wrong_field_is_tied_to_its_message():
    assert 'aria-invalid="true"' in drawn("field", field=invalid_form()["name"])


@pytest.fixture
def office(client: Client, db) -> Client:
    client.force_login(User.objects.create(username="guide", post="办公室主任", is_superuser=True))
    return client


def test_the_style_guide_needs_a_login(client: Client, db):
    assert client.get("/ui/").status_code == 302


@pytest.mark.parametrize(
    "query", ["", "?sort=name&page=3&cols=name,note", "?dialog=1", "?figure=signed", "?sort=%01&page=&cols="]
)
def test_the_style_guide_shows_every_part(office, query):
    assert office.get(f"/ui/{query}").status_code == 200


def test_the_style_guide_answers_a_wrong_form_with_the_form(office):
    response = office.post("/ui/", {"name": "", "total_wan": "约三亿"})
    assert response.status_code == 422
    assert 'value="约三亿"' in response.content.decode()


def test_a_page_in_the_dialog_leaves_out_the_frame(office):
    text = office.get("/ui/?dialog=1", headers={"HX-Request": "true", "HX-Target": "dialog"}).content.decode()
    assert "<html" not in text
    assert 'id="dialog-title">登记（示例）</h2>' in text


def test_the_language_is_switched_and_stays(office):
    with translation.override("zh-hans"):
        office.post(reverse("set_language"), {"language": "en", "next": "/ui/"})
        assert '<html lang="en">' in office.get("/ui/").content.decode()
