"""The doors of the outreach room."""

from django.urls import path

from yinfeng.outreach import views

app_name = "outreach"
urlpatterns = [
    path("activities/", views.activities, name="list"),
    path("activities/new", views.activity_create, name="create"),
    path("activities/<str:code>/", views.activity, name="detail"),
    path("activities/<str:code>/edit", views.activity_edit, name="edit"),
    path("activities/<str:code>/withdraw", views.activity_withdraw, name="withdraw"),
]
