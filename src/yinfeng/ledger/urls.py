"""The doors of the ledger."""

from django.urls import path

from yinfeng.ledger import views

app_name = "ledger"
urlpatterns = [
    path("funds/", views.entry_list, name="list"),
    path("funds/new/", views.create, name="create"),
    path("funds/queue/", views.queue, name="queue"),
    path("funds/<str:code>/", views.detail, name="detail"),
    path("funds/<str:code>/edit/", views.edit, name="edit"),
    path("funds/<str:code>/correct/", views.correct, name="correct"),
    path("funds/<str:code>/withdraw/", views.withdraw, name="withdraw"),
    path("funds/<str:code>/vouchers/", views.add_voucher, name="add_voucher"),
    path("funds/<str:code>/verify/", views.verify, name="verify"),
]
