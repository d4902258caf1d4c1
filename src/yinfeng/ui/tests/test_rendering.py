"""How views answer."""

from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from yinfeng.ui.rendering import done, invalid, layout_of, page

HTMX = {"HTTP_HX_REQUEST": "true"}


def asked(**headers):
    request: Any = RequestFactory().get("/ui/", **headers)
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


@pytest.mark.parametrize(
    ("headers", "layout"),
    [
        ({}, "ui/shell.html"),
        ({**HTMX, "HTTP_HX_TARGET": "rows"}, "ui/shell.html"),
        ({**HTMX, "HTTP_HX_TARGET": "dialog"}, "ui/drawer.html"),
        ({**HTMX, "HTTP_HX_TARGET": "panel"}, "ui/drawer.html"),
        ({**HTMX, "HTTP_HX_TARGET": "panel", "HTTP_HX_BOOSTED": "true"}, "ui/shell.html"),
        ({**HTMX, "HTTP_HX_TARGET": "panel", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, "ui/shell.html"),
    ],
)
def test_only_the_dialog_and_the_panel_leave_out_the_frame(headers, layout):
    assert layout_of(asked(**headers)) == layout


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({**HTMX, "HTTP_HX_TARGET": "results"}, False),
        ({**HTMX, "HTTP_HX_BOOSTED": "true"}, True),
        ({**HTMX, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, True),
        ({**HTMX, "HTTP_HX_TARGET": "panel"}, True),
    ],
)
def test_a_fragment_answers_only_those_who_asked_for_a_part(headers, whole):
    response = page(asked(**headers), "ui/search.html", {"text": ""}, fragment="results")
    assert (b"<h1>" in response.content or b"drawer-head" in response.content) is whole
    assert b'id="results"' in response.content
    assert response["Vary"] == "HX-Request, HX-Target"


def test_a_form_with_mistakes_answers_422():
    assert invalid(asked(), "ui/search.html", {"text": ""}).status_code == 422


def test_a_success_leads_on_and_says_so():
    request = asked()
    response = done(request, "/projects/", "已保存。")
    assert (response.status_code, response["Location"]) == (303, "/projects/")
    assert [str(message) for message in request._messages] == ["已保存。"]


def test_a_success_in_a_drawer_leaves_the_page():
    response = done(asked(**HTMX), "/projects/")
    assert (response.status_code, response["HX-Redirect"]) == (204, "/projects/")
