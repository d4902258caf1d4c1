"""The list of doors: each room's own, then those that belong to no single room."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from yinfeng.config import views

ROOMS = (
    "ui",
    "org",
    "enterprises",
    "chains",
    "projects",
    "outreach",
    "ledger",
    "submissions",
    "targets",
    "reports",
    "intake",
    "place",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("files/<code>/", views.evidence_file, name="evidence"),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path("", include(f"yinfeng.{room}.urls")) for room in ROOMS if find_spec(f"yinfeng.{room}.urls")),
]
