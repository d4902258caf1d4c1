"""The doors of the place room."""

from django.urls import path

from yinfeng.place import views

app_name = "place"
urlpatterns = [
    path("place/new/", views.new, name="new"),
    path("place/demo/", views.demo, name="demo"),
]
