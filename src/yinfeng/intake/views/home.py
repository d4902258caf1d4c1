"""What was taken in, and the box to bring in more."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yinfeng.core.errors import Invalid
from yinfeng.core.http import ActorRequest
from yinfeng.intake import actions, policy
from yinfeng.intake.errors import AlreadyRead
from yinfeng.intake.forms import UploadForm, is_workbook
from yinfeng.intake.models import Batch, SourceDocument
from yinfeng.intake.queries.preview import batches_listed
from yinfeng.intake.queries.review import address_of, documents_listed
from yinfeng.org.access import signed_in
from yinfeng.ui.lists import paginate
from yinfeng.ui.rendering import done, invalid, page

DOCUMENTS, WORKBOOKS = "documents", "workbooks"


@signed_in
@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """The box for papers, and the papers read so far."""
    return page(request, "intake/home.html", home_context(request, UploadForm()), fragment="rows")


def home_context(request: ActorRequest, form: UploadForm) -> dict[str, Any]:
    """Everything the home page shows: one of its two lists, both counted."""
    tab = WORKBOOKS if request.GET.get("tab") == WORKBOOKS else DOCUMENTS
    number = page_number(request)
    listed: Any = batches_listed(request.actor) if tab == WORKBOOKS else documents_listed(request.actor)
    return {
        "form": form,
        "tab": tab,
        "slice": paginate(listed, number),
        "documents": SourceDocument.objects.visible_to(request.actor).count(),
        "workbooks": Batch.objects.visible_to(request.actor).count(),
        "can_upload": policy.can_upload(request.actor),
    }


def page_number(request: ActorRequest) -> int:
    """The page in the address, 1 where it is none."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


@signed_in
@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    """Read a paper; what cannot be read is said beside the field, with what was typed kept."""
    policy.can_upload(request.actor).require()
    if request.method != "POST":
        return page(request, "intake/home.html", home_context(request, UploadForm()))
    form = UploadForm(request.POST, request.FILES)
    earlier = ""
    if form.is_valid():
        try:
            return _read(request, form)
        except AlreadyRead as error:
            form.apply(error)
            earlier = address_of(error.earlier_type, error.earlier_code)
        except Invalid as error:
            form.apply(error)
    return invalid(request, "intake/home.html", home_context(request, form) | {"earlier": earlier})


def _read(request: ActorRequest, form: UploadForm) -> HttpResponse:
    """Read what was uploaded as what it is."""
    content, filename = form.content()
    values = form.cleaned_data
    if is_workbook(content, filename):
        batch = actions.read_batch(
            actor=request.actor, content=content, filename=filename, title=values["title"], again=values["again"]
        )
        return done(request, reverse("intake:batch", args=[batch.code]), _("台账已读出，请核对后入库。"))
    document = actions.read_document(
        actor=request.actor,
        content=content,
        filename=filename,
        title=values["title"],
        number=values["number"],
        issued_on=values["issued_on"],
        again=values["again"],
    )
    found = document.candidates.count()
    message = _("读出 %(count)s 条候选，请逐条核对。") % {"count": found}
    return done(request, reverse("intake:document", args=[document.code]), message)
