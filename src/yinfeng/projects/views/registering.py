"""Registering, changing, handing over, judging and withdrawing projects."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinfeng.core.actor import Actor
from yinfeng.core.errors import NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, policy
from yinfeng.projects.enums import DuplicateState
from yinfeng.projects.forms import EditForm, JudgeForm, PhaseForm, PlaceForm, ProjectForm, ReasonForm, StatusForm
from yinfeng.projects.models import Party, Project
from yinfeng.projects.queries import candidates_like
from yinfeng.projects.values import Match, ProjectValues
from yinfeng.projects.views.shared import form_page, found, page_of


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest) -> HttpResponse:
    """Register a project; three fields are enough."""
    policy.can_create(request.actor).require()
    form = ProjectForm(request.POST or None, actor=request.actor)

    def save(form: ProjectForm) -> tuple[str, str]:
        project = actions.create_project(
            actor=request.actor,
            values=form.project_values(),
            investor_name=form.cleaned_data["investor_name"],
        )
        if project.duplicate_state == DuplicateState.PENDING:
            return page_of(project), _("项目已登记；与库里项目疑似重复，已转办公室判重，判定前不计入统计。")
        return page_of(project), _("项目已登记。")

    return form_page(
        request,
        form,
        title=_("登记项目"),
        submit=_("登记"),
        save=save,
        cancel=reverse("projects:list"),
        more=form.more,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change what is said of a project."""
    project = found(request, code)
    policy.can_edit(request.actor, project).require()
    form = EditForm(request.POST or None, actor=request.actor, initial=EditForm.initial_of(project))

    def save(form: EditForm) -> tuple[str, str]:
        actions.update_project(
            actor=request.actor,
            project_id=project.pk,
            version=form.cleaned_data["version"] or 0,
            values=form.values(),
        )
        return page_of(project), _("已保存。")

    return form_page(
        request,
        form,
        title=_("修改项目信息"),
        submit=_("保存"),
        save=save,
        cancel=page_of(project),
        project=project,
        current=EditForm.initial_of(project),
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_phase(request: ActorRequest, code: str) -> HttpResponse:
    """Register a phase of a project."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    form = PhaseForm(request.POST or None, actor=request.actor, initial={"name": project.name})

    def save(form: PhaseForm) -> tuple[str, str]:
        values = ProjectValues(kind=project.kind, product=project.product, source=project.source, **form.values())
        phase = actions.create_project(actor=request.actor, values=values, parent=project)
        return page_of(phase), _("分期已登记。")

    return form_page(
        request,
        form,
        title=_("登记分期"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        lead=_("分期有自己的里程碑、金额和地点；整个项目的环节取走得最远的一期。"),
        more=form.more,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def place(request: ActorRequest, code: str) -> HttpResponse:
    """Hand a project to another chain, unit or region."""
    project = found(request, code)
    policy.can_place(request.actor, project).require()
    now: Mapping[str, Any] = {
        "chain": project.chain.code if project.chain else None,
        "lead_unit": project.lead_unit.code if project.lead_unit else None,
        "region": project.region.code if project.region else None,
    }
    form = PlaceForm(request.POST or None, actor=request.actor, initial={**now, "version": project.version})

    def save(form: PlaceForm) -> tuple[str, str]:
        actions.place_project(
            actor=request.actor,
            project=project,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        still = Project.objects.visible_to(request.actor).filter(pk=project.pk).exists()
        return page_of(project) if still else reverse("projects:list"), _("归属已调整。")

    return form_page(
        request,
        form,
        title=_("调整归属"),
        submit=_("调整"),
        save=save,
        cancel=page_of(project),
        project=project,
        current=now,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def status(request: ActorRequest, code: str) -> HttpResponse:
    """Halt, suspend, end or resume a project."""
    project = found(request, code)
    policy.can_set_status(request.actor, project).require()
    form = StatusForm(request.POST or None, initial={"status": project.status, "version": project.version})

    def save(form: StatusForm) -> tuple[str, str]:
        actions.set_status(
            actor=request.actor,
            project=project,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        return page_of(project), _("状态已变更。")

    return form_page(
        request,
        form,
        title=_("变更状态"),
        submit=_("变更"),
        save=save,
        cancel=page_of(project),
        lead=_("状态说明项目动不动，不改变它走到的环节。"),
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take a wrongly registered project out of every list."""
    project = found(request, code)
    policy.can_withdraw(request.actor, project).require()
    form = ReasonForm(request.POST or None, initial={"version": project.version})

    def save(form: ReasonForm) -> tuple[str, str]:
        actions.withdraw_project(
            actor=request.actor,
            project=project,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"] or 0,
        )
        return reverse("projects:list"), _("项目已撤回。")

    return form_page(
        request,
        form,
        title=_("撤回项目"),
        submit=_("撤回"),
        save=save,
        cancel=page_of(project),
        lead=_("只用于登记错的项目；记录都保留，但不再出现在名单和统计里。真实终止的项目请变更状态。"),
        danger=True,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def judge(request: ActorRequest, code: str) -> HttpResponse:
    """Judge a possible duplicate: another project, or the same and merged into it."""
    project = found(request, code)
    policy.can_judge_duplicate(request.actor, project).require()
    matches = like(request.actor, project)
    form = JudgeForm(
        request.POST or None,
        candidates=[(match.code, match.label) for match in matches],
        initial={"version": project.version},
    )

    def save(form: JudgeForm) -> tuple[str, str]:
        chosen = form.cleaned_data["same_as"]
        same = Project.objects.visible_to(request.actor).filter(code=chosen).first() if chosen else None
        if chosen and same is None:
            raise NotVisible
        actions.judge_duplicate(
            actor=request.actor,
            project=project,
            reason=form.cleaned_data["reason"],
            same_as=same,
            version=form.cleaned_data["version"] or 0,
        )
        return page_of(same or project), _("已合并。") if same else _("已判为不同项目。")

    return form_page(
        request,
        form,
        title=_("判重"),
        submit=_("判定"),
        save=save,
        cancel=page_of(project),
        project=project,
        extra={"matches": matches},
    )


def like(actor: Actor, project: Project) -> list[Match]:
    """The projects that may be the same as one on record."""
    firms = Party.objects.visible_to(actor).filter(project=project, to_on__isnull=True)
    firm = firms.values_list("enterprise__name", flat=True).first()
    found = candidates_like(project.name, firm or "")
    return [match for match in found if match.type == "projects.project" and match.id != project.pk]
