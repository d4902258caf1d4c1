"""The doors of the firm library."""

from django.urls import path

from yinfeng.enterprises import views

app_name = "enterprises"
urlpatterns = [
    path("enterprises/", views.enterprises, name="list"),
    path("enterprises/new", views.enterprise_create, name="create"),
    path("enterprises/<str:code>/", views.enterprise, name="detail"),
    path("enterprises/<str:code>/edit", views.enterprise_edit, name="edit"),
    path("enterprises/<str:code>/aliases/new", views.alias_create, name="alias_create"),
]
