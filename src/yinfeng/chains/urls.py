"""The doors of the chain room."""

from django.urls import path

from yinfeng.chains import views

app_name = "chains"
urlpatterns = [
    path("chains/", views.chains, name="list"),
    path("chains/new", views.chain_create, name="create"),
    path("chains/<str:code>/", views.chain, name="detail"),
    path("chains/<str:code>/edit", views.chain_edit, name="edit"),
    path("chains/<str:code>/masters/new", views.master_create, name="master_create"),
    path("chains/<str:code>/masters/<str:enterprise_code>/remove", views.master_remove, name="master_remove"),
]
