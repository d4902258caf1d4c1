"""What the pages of this room have in common: finding a project, and a form that writes."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from yinfeng.core.errors import Conflict, Invalid, NotVisible, Text
from yinfeng.core.http import ActorRequest
from yinfeng.projects.models import Agreement, Milestone, Opportunity, Party, Project
from yinfeng.ui.forms import GestureForm
from yinfeng.ui.rendering import done, invalid, page

FORM = "projects/form.html"


def found(request: ActorRequest, code: str) -> Project:
    """The project with this code among those the actor sees."""
    rows = Project.objects.visible_to(request.actor).select_related("chain", "lead_unit", "region", "officer", "parent")
    project = rows.filter(code=code).first()
    if project is None:
        raise NotVisible
    return project


def found_milestone(request: ActorRequest, code: str) -> Milestone:
    """The milestone with this code, of a visible project."""
    rows = Milestone.objects.visible_to(request.actor).filter(withdrawn_at__isnull=True).select_related("project")
    milestone: Milestone | None = rows.filter(code=code).first()
    if milestone is None:
        raise NotVisible
    return milestone


def found_agreement(request: ActorRequest, code: str) -> Agreement:
    """The agreement with this code, of a visible project."""
    rows = Agreement.objects.visible_to(request.actor).filter(withdrawn_at__isnull=True).select_related("project")
    agreement: Agreement | None = rows.filter(code=code).first()
    if agreement is None:
        raise NotVisible
    return agreement


def found_party(request: ActorRequest, project: Project, code: str) -> Party:
    """The present part of the firm with this code in a project."""
    rows = Party.objects.visible_to(request.actor).filter(project=project, to_on__isnull=True)
    party: Party | None = rows.filter(enterprise__code=code).select_related("enterprise").first()
    if party is None:
        raise NotVisible
    return party


def found_opportunity(request: ActorRequest, code: str) -> Opportunity:
    """The opportunity with this code."""
    rows = Opportunity.objects.visible_to(request.actor).select_related("chain", "lead_unit", "region", "taken_by")
    opportunity = rows.filter(code=code).first()
    if opportunity is None:
        raise NotVisible
    return opportunity


def page_of(project: Project) -> str:
    """The address of a project's page."""
    return reverse("projects:detail", args=[project.code])


def form_page(
    request: ActorRequest,
    form: GestureForm,
    *,
    title: Text,
    submit: Text,
    save: Callable[[Any], tuple[str, Text]],
    cancel: str,
    lead: Text = "",
    more: tuple[str, ...] = (),
    danger: bool = False,
    current: Mapping[str, Any] | None = None,
    project: Project | None = None,
    extra: Mapping[str, Any] | None = None,
    template: str = FORM,
) -> HttpResponse:
    """Show a form, or carry out what it asks: leave to the address that *save* gives, or come back with what is wrong.

    A conflict shows what stands now beside what was typed; *current* gives those values by field name.
    """
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "cancel": cancel,
        "lead": lead,
        "more": list(more),
        "danger": danger,
        "project": project,
        **(extra or {}),
    }
    if request.method != "POST":
        return page(request, template, context)
    if not form.is_valid():
        return invalid(request, template, context)
    try:
        url, message = save(form)
    except Invalid as error:
        form.apply(error)
        return invalid(request, template, context)
    except Conflict as conflict:
        form.overtaken(conflict, current)
        return page(request, template, context, status=409)
    return done(request, url, message)
