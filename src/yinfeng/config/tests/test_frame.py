"""The frame around every page, the search over everything, files, and what is said when something goes wrong."""

import pytest
from django.test import Client, override_settings

from yinfeng.config import assembly
from yinfeng.core import clock, evidence
from yinfeng.core.actor import system
from yinfeng.core.assembly import Hit, SearchProvider
from yinfeng.core.errors import Conflict, Invalid, NotVisible, Refused
from yinfeng.org.models import User
from yinfeng.projects.models import Project

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def office(client: Client, db) -> Client:
    client.force_login(User.objects.create(username="office", post="办公室主任", is_superuser=True))
    return client


@pytest.fixture
def stranger(db) -> Client:
    other = Client()
    other.force_login(User.objects.create(username="stranger", post="外单位联络员"))
    return other


@pytest.fixture
def project(db) -> Project:
    return Project.objects.create(
        name="镁合金压铸", name_key="镁合金压铸", created_at=clock.now(), changed_at=clock.now()
    )


def attached(project: Project, content: bytes, name: str) -> str:
    return evidence.attach(actor=system("test"), owner=project, content=content, name=name).code


def test_the_search_shows_each_kind_that_has_hits(office, monkeypatch):
    providers = (
        SearchProvider("项目", lambda actor, text, most: [Hit(f"{text}项目", "/projects/P-1/", "签约")]),
        SearchProvider("企业", lambda actor, text, most: []),
    )
    monkeypatch.setattr(assembly, "SEARCH", providers)
    text = office.get("/search/", {"q": " 镁 "}).content.decode()
    assert '<a href="/projects/P-1/">镁项目</a><span class="meta">签约</span>' in text
    assert "<h2>企业</h2>" not in text


@pytest.mark.parametrize("query", ["", "%00", "'\"*()", "a" * 5000, "的"])
def test_the_search_stands_whatever_is_typed(office, query):
    assert office.get("/search/", {"q": query}).status_code == 200


def test_a_picture_is_shown_and_a_document_is_handed_over(office, project):
    shown = office.get(f"/files/{attached(project, PNG, '现场.png')}/")
    handed = office.get(f"/files/{attached(project, b'%PDF-1.7 x', '合同.pdf')}/")
    assert (shown["Content-Type"], shown["Content-Disposition"][:6]) == ("image/png", "inline")
    assert (handed["Content-Type"], handed["Content-Disposition"]) == (
        "application/pdf",
        "attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf",
    )
    assert handed.content == b"%PDF-1.7 x"
    assert handed["X-Content-Type-Options"] == "nosniff"


def test_a_file_is_seen_by_those_who_see_its_record_and_by_nobody_else(office, stranger, project):
    code = attached(project, PNG, "现场.png")
    assert (office.get(f"/files/{code}/").status_code, stranger.get(f"/files/{code}/").status_code) == (200, 404)
    assert (office.get("/files/E-NOTHERE/").status_code, Client().get(f"/files/{code}/").status_code) == (404, 302)


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (NotVisible(), 404, "没有找到这条记录，或不在您的权限范围内。"),
        (Refused("录入人不能核定自己的数。"), 403, "录入人不能核定自己的数。"),
        (Invalid({"amount": "金额不能是负数。"}), 422, "金额不能是负数。"),
        (Conflict("镁合金压铸"), 409, "<p>镁合金压铸</p>"),
    ],
)
def test_a_problem_says_what_happened_and_gives_back_what_was_typed(office, monkeypatch, error, status, says):
    def fail(actor, text, most):
        raise error

    monkeypatch.setattr(assembly, "SEARCH", (SearchProvider("项目", fail),))
    answer = office.get("/search/", {"q": "x"})
    assert (answer.status_code, says in answer.content.decode()) == (status, True)


def test_what_was_typed_can_be_copied_and_passwords_cannot(rf):
    from django.template import Context, Template

    typed = rf.post("/", {"text": "三通一平完成", "gesture": "g", "new_password1": "geheim", "empty": ""}).POST
    drawn = Template("{% typed_texts typed as texts %}{{ texts }}").render(Context({"typed": typed}))
    assert drawn == "[&#x27;三通一平完成&#x27;]"


@pytest.mark.parametrize(
    "address", ["/search/?q=%00", "/projects/?stage=a%00b", "/projects/P-%00/", "/login/?next=%00"]
)
def test_an_address_with_a_nul_is_refused_before_it_reaches_a_database(office, address):
    assert office.get(address).status_code == 400


def test_a_cookie_with_a_nul_is_refused_before_it_reaches_a_database(db):
    assert Client(headers={"cookie": r'sessionid="abcdefgh\000"'}).get("/login/").status_code == 400


@override_settings(DEBUG=False)
def test_an_unknown_address_is_answered_within_the_frame(office):
    answer = office.get("/nowhere/")
    assert answer.status_code == 404
    assert "这一页不存在，或不在您的权限范围内。" in answer.content.decode()


def test_an_open_form_from_yesterday_is_answered_in_words(db):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/i18n/setlang/", {"language": "en"})
    assert answer.status_code == 403
    assert "页面已过期，没有保存；请退回、刷新后再提交。" in answer.content.decode()


@pytest.mark.parametrize("name", ["500.html", "403.html", "403_csrf.html", "404.html"])
def test_error_pages_need_nothing_from_the_view(name, rf, db):
    from django.template.loader import render_to_string

    assert "data-problem" in render_to_string(name, request=rf.get("/") if name in {"403.html", "404.html"} else None)
