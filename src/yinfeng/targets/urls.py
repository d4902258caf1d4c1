"""Doors of the target room."""

from django.urls import path

from yinfeng.targets import views

app_name = "targets"
urlpatterns = [
    path("figures/<slug:metric>/", views.figure, name="figure"),
    path("changes/", views.changes, name="changes"),
    path("targets/", views.target_list, name="list"),
    path("targets/new", views.create, name="create"),
    path("targets/<code>/", views.detail, name="detail"),
    path("targets/<code>/edit", views.edit, name="edit"),
    path("targets/<code>/withdraw", views.withdraw, name="withdraw"),
]
