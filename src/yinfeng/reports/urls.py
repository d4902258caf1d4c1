"""Doors of the report room; 今日 is the home page."""

from django.urls import path

from yinfeng.reports import views

app_name = "reports"
urlpatterns = [
    path("progress/", views.progress_page, name="progress"),
    path("ledger.xlsx", views.project_ledger, name="project_ledger"),
    path("reports/", views.report_list, name="list"),
    path("reports/new", views.create, name="create"),
    path("reports/template", views.template, name="template"),
    path("reports/template/file", views.template_file, name="template_file"),
    path("reports/template/restore", views.restore_template, name="restore_template"),
    path("reports/<code>/", views.detail, name="detail"),
    path("reports/<code>/edit", views.edit, name="edit"),
    path("reports/<code>/redraft", views.redraft, name="redraft"),
    path("reports/<code>/issue", views.issue, name="issue"),
    path("reports/<code>/document", views.document, name="document"),
    path("reports/<code>/figures/<key>/", views.figure, name="figure"),
]
