"""The doors of a unit's month."""

from django.urls import path

from yinfeng.submissions import views

app_name = "submissions"
urlpatterns = [
    path("grid/", views.grid, name="grid"),
    path("grid.xlsx", views.grid_export, name="grid_export"),
    path("submissions/", views.submission_list, name="list"),
    path("submissions/units/<str:code>/report/", views.report, name="report"),
    path("submissions/<str:code>/", views.detail, name="detail"),
    path("submissions/<str:code>/accept/", views.accept, name="accept"),
    path("submissions/<str:code>/return/", views.send_back, name="return"),
    path("submissions/<str:code>/stamped/", views.stamped, name="stamped"),
    path("months/", views.months, name="months"),
    path("months/<str:period>/<str:to>/", views.move_month, name="move_month"),
]
