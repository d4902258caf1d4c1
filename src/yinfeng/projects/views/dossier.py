"""一项目一档: the page of one project, its papers and its log."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yinfeng.core.errors import Invalid
from yinfeng.core.evidence import attach
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, policy
from yinfeng.projects.enums import NameKind
from yinfeng.projects.forms import DecisionForm, FileForm, NameForm, PlanForm, upload_of
from yinfeng.projects.queries import dossier, project_seen
from yinfeng.projects.queries.history import PAGE_SIZE, TOPICS, files_of, happened, told
from yinfeng.projects.views.shared import form_page, found, page_of
from yinfeng.ui.lists import PageSlice, paginate
from yinfeng.ui.rendering import page

TABS = (("", gettext_lazy("总览")), ("papers", gettext_lazy("资料与人员")), ("log", gettext_lazy("全部记录")))


@signed_in
def detail(request: ActorRequest, code: str) -> HttpResponse:
    """Everything about one project; its papers and its log are tabs of the same page."""
    tab = request.GET.get("tab", "")
    if tab == "log":
        return log(request, code)
    if tab == "papers":
        return papers(request, code)
    known = dossier(request.actor, code)
    context = frame(request, known.project, tab) | {"d": known}
    return page(request, "projects/dossier.html", context)


def frame(request: ActorRequest, project: Any, tab: str) -> dict[str, Any]:
    """What every tab shows: the project, the tabs, and what this person may do."""
    actor = request.actor
    return {
        "project": project,
        "tab": tab,
        "tabs": TABS,
        "can_edit": policy.can_edit(actor, project),
        "can_record": policy.can_record(actor, project),
        "can_place": policy.can_place(actor, project),
        "can_withdraw": policy.can_withdraw(actor, project),
        "can_judge": policy.can_judge_duplicate(actor, project),
        "can_status": policy.can_set_status(actor, project),
    }


def papers(request: ActorRequest, code: str) -> HttpResponse:
    """Files, decisions, where it belonged, and who has a duty in it."""
    project = project_seen(request.actor, code)
    force = project.chain.task_force if project.chain else None
    context = frame(request, project, "papers") | {
        "files": files_of(project),
        "decisions": project.decisions.all(),
        "placements": project.placements.select_related("chain", "lead_unit", "region", "task_force"),
        "force": force,
        "posts": force.posts.all() if force else [],
        "force_units": force.units.select_related("unit") if force else [],
    }
    return page(request, "projects/papers.html", context)


def log(request: ActorRequest, code: str) -> HttpResponse:
    """Everything that happened, newest first, with before and after."""
    project = project_seen(request.actor, code)
    topic = request.GET.get("topic", "")
    number = request.GET.get("page", "1")
    entries = paginate(
        happened(project, topic),
        int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        PAGE_SIZE,
    )
    context = frame(request, project, "log") | {
        "slice": PageSlice(
            [told(entry) for entry in entries],
            entries.number,
            entries.has_next,
            entries.has_previous,
            entries.total,
            PAGE_SIZE,
        ),
        "topics": [(key, title) for key, (title, _verbs) in TOPICS.items()],
        "topic": topic,
    }
    return page(request, "projects/log.html", context, fragment="rows")


@signed_in
@require_http_methods(["GET", "POST"])
def add_file(request: ActorRequest, code: str) -> HttpResponse:
    """Attach a file to a project."""
    project = found(request, code)
    policy.can_edit(request.actor, project).require()

    def save(form: FileForm) -> tuple[str, str]:
        content, name = upload_of(form)
        attach(
            actor=request.actor,
            owner=project,
            root=project,
            content=content,
            name=name,
            purpose=form.cleaned_data["purpose"],
        )
        return f"{page_of(project)}?tab=papers", _("附件已保存。")

    form = FileForm(request.POST or None, request.FILES or None)
    return form_page(
        request, form, title=_("添加附件"), submit=_("上传"), save=save, cancel=page_of(project), project=project
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_decision(request: ActorRequest, code: str) -> HttpResponse:
    """Register what a meeting decided."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()

    def save(form: DecisionForm) -> tuple[str, str]:
        actions.add_decision(actor=request.actor, project=project, **form.values())
        return f"{page_of(project)}?tab=papers", _("会议决定已登记。")

    form = DecisionForm(request.POST or None)
    return form_page(
        request,
        form,
        title=_("登记会议决定"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        more=form.more,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_name(request: ActorRequest, code: str) -> HttpResponse:
    """Keep another name or code."""
    project = found(request, code)
    policy.can_edit(request.actor, project).require()

    def save(form: NameForm) -> tuple[str, str]:
        values = form.values()
        actions.add_name(actor=request.actor, project=project, name=values["name"], kind=NameKind(values["kind"]))
        return page_of(project), _("已登记。")

    return form_page(
        request,
        NameForm(request.POST or None),
        title=_("登记别名或编码"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest, code: str) -> HttpResponse:
    """Set a year's plan line; ``?year=`` starts from the one on record."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    year = request.GET.get("year", "")
    line = (
        project.plan_lines.filter(year=int(year)).first()
        if year.isascii() and year.isdigit() and len(year) == 4
        else None
    )
    names = ("year", "aimed_stage", "start_on", "finish_on", "invest_wan", "funds_wan", "source", "version")
    initial = {name: getattr(line, name) for name in names} if line else None

    def save(form: PlanForm) -> tuple[str, str]:
        known = project.plan_lines.filter(year=form.cleaned_data["year"]).exists()
        version = form.cleaned_data["version"] if known else None
        if known and version is None:
            raise Invalid({"year": _("这一年已有计划，请从那一行进入修改。")})
        actions.set_plan_line(actor=request.actor, project=project, version=version, **form.values())
        return page_of(project), _("年度计划已保存。")

    form = PlanForm(request.POST or None, initial=initial)
    return form_page(
        request, form, title=_("年度推进计划"), submit=_("保存"), save=save, cancel=page_of(project), project=project
    )
