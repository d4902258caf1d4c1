from django.urls import path

from yinfeng.ui import views

app_name = "ui"
urlpatterns = [path("ui/", views.styleguide, name="styleguide")]
