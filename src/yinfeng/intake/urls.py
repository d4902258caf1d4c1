"""The doors of the intake room."""

from django.urls import path

from yinfeng.intake.views import documents, home, workbooks

app_name = "intake"
urlpatterns = [
    path("intake/", home.home, name="home"),
    path("intake/upload/", home.upload, name="upload"),
    path("intake/documents/<str:code>/", documents.review, name="document"),
    path("intake/documents/<str:code>/bulk/", documents.bulk, name="bulk"),
    path("intake/documents/<str:code>/undo/", documents.undo, name="undo"),
    path("intake/documents/<str:code>/<int:number>/accept/", documents.accept, name="accept"),
    path("intake/documents/<str:code>/<int:number>/drop/", documents.drop, name="drop"),
    path("intake/documents/<str:code>/<int:number>/reopen/", documents.reopen, name="reopen"),
    path("intake/documents/<str:code>/<int:number>/edit/", documents.edit, name="edit"),
    path("intake/documents/<str:code>/<int:number>/merge/", documents.merge, name="merge"),
    path("intake/batches/<str:code>/", workbooks.batch, name="batch"),
    path("intake/batches/<str:code>/mapping/", workbooks.mapping, name="mapping"),
    path("intake/batches/<str:code>/rows/<int:sheet>/<int:row>/", workbooks.row, name="row"),
    path("intake/batches/<str:code>/rows/<int:sheet>/<int:row>/skip/", workbooks.skip, name="skip"),
    path("intake/batches/<str:code>/skip-doubtful/", workbooks.skip_doubtful, name="skip_doubtful"),
    path("intake/batches/<str:code>/commit/", workbooks.commit, name="commit"),
    path("intake/batches/<str:code>/withdraw/", workbooks.withdraw, name="withdraw"),
    path("intake/batches/<str:code>/annotated/", workbooks.annotated, name="annotated"),
]
