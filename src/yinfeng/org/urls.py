"""The doors of the organisation room."""

from django.urls import path

from yinfeng.org.views import login, people, settings, units

app_name = "org"
urlpatterns = [
    path("login/", login.Login.as_view(), name="login"),
    path("logout/", login.logout, name="logout"),
    path("password/", login.password, name="password"),
    path("settings/", settings.settings, name="settings"),
    path("settings/place/", settings.place_edit, name="place_edit"),
    path("settings/regions/", settings.regions, name="regions"),
    path("settings/parks/new", settings.park_create, name="park_create"),
    path("settings/parameters/", settings.parameters, name="parameters"),
    path("settings/parameters/new", settings.parameter_create, name="parameter_create"),
    path("units/", units.units, name="units"),
    path("units/new", units.unit_create, name="unit_create"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/edit", units.unit_edit, name="unit_edit"),
    path("task-forces/", units.task_forces, name="task_forces"),
    path("task-forces/new", units.task_force_create, name="task_force_create"),
    path("task-forces/<str:code>/", units.task_force, name="task_force"),
    path("task-forces/<str:code>/edit", units.task_force_edit, name="task_force_edit"),
    path("people/", people.people, name="people"),
    path("people/new", people.user_create, name="user_create"),
    path("people/<str:code>/", people.user, name="user"),
    path("people/<str:code>/edit", people.user_edit, name="user_edit"),
    path("people/<str:code>/password", people.user_password, name="user_password"),
    path("people/<str:code>/roles/new", people.membership_create, name="membership_create"),
    path("people/<str:code>/roles/end", people.membership_end, name="membership_end"),
    path("people/<str:code>/grants/new", people.grant_create, name="grant_create"),
    path("people/<str:code>/grants/end", people.grant_end, name="grant_end"),
    path("audit/", settings.audit_log, name="audit"),
]
