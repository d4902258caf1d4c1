"""Recording milestones, what their gates ask, and taking them back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinfeng.core import clock
from yinfeng.core.errors import NotVisible
from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, lifecycle, policy
from yinfeng.projects.enums import STAGE_RANK, MilestoneKind, Outcome, Stage
from yinfeng.projects.forms import BasisForm, MilestoneForm, OutcomeForm, ReasonForm
from yinfeng.projects.lifecycle import RECORD
from yinfeng.projects.models import GateOutcome, Project
from yinfeng.projects.views.shared import form_page, found, found_milestone, page_of
from yinfeng.ui.rendering import page


@signed_in
@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, code: str) -> HttpResponse:
    """Record a milestone; ``?to=STAGE`` (a card dropped on the board) proposes the one that enters the stage."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    stage = request.GET.get("to", "")
    if stage in Stage.values and STAGE_RANK[Stage(stage)] <= STAGE_RANK[Stage(project.stage)]:
        return page(request, "projects/going_back.html", {"project": project, "stage": Stage(stage)})
    proposed = proposal(project, stage, request.GET.get("kind", ""))
    initial = {"kind": proposed, "occurred_on": clock.today(), "version": project.version}
    form = MilestoneForm(request.POST or None, project=project, initial=initial)

    def save(form: MilestoneForm) -> tuple[str, str]:
        before = project.stage
        after = actions.record_milestone(
            actor=request.actor,
            project=project,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        moved = after.stage != before
        message = (
            _("已记录；项目进入“%(stage)s”。") % {"stage": after.get_stage_display()} if moved else _("里程碑已记录。")
        )
        return page_of(project), message

    return form_page(
        request,
        form,
        title=_("记录里程碑"),
        submit=_("记录"),
        save=save,
        cancel=page_of(project),
        more=form.more,
        project=project,
        extra={"will_ask": will_ask(project, proposed), "proposed": MilestoneKind(proposed).label},
        template="projects/milestone_form.html",
    )


def proposal(project: Project, stage: str, kind: str) -> str:
    """The milestone that a form starts with: the one named, else the one entering the stage or the next stage."""
    if kind in MilestoneKind.values:
        return kind
    if stage in Stage.values:
        return lifecycle.milestone_entering(project.kind, stage).value
    order = list(Stage)
    following = order[min(order.index(Stage(project.stage)) + 1, len(order) - 1)]
    return lifecycle.milestone_entering(project.kind, following).value


def will_ask(project: Project, milestone: str) -> list[str]:
    """What the gate of the proposed milestone will ask."""
    return [asked.name for asked in lifecycle.gate_of(project.kind, milestone).asks if asked.key != RECORD]


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take back a milestone recorded by mistake."""
    milestone = found_milestone(request, code)
    project = milestone.project
    policy.can_withdraw_record(request.actor, project).require()
    form = ReasonForm(request.POST or None, initial={"version": milestone.version})

    def save(form: ReasonForm) -> tuple[str, str]:
        actions.withdraw_milestone(
            actor=request.actor,
            milestone_id=milestone.pk,
            version=form.cleaned_data["version"] or 0,
            reason=form.cleaned_data["reason"],
        )
        return page_of(project), _("里程碑已撤回，环节已按其余里程碑重新推定。")

    return form_page(
        request,
        form,
        title=_("撤回里程碑"),
        submit=_("撤回"),
        save=save,
        cancel=page_of(project),
        lead=_("撤回“%(name)s”；原记录和原因都保留在全部记录里。") % {"name": milestone.get_kind_display()},
        danger=True,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def outcome(request: ActorRequest, code: str, milestone: str, requirement: str) -> HttpResponse:
    """Say what became of one requirement of a gate."""
    project = found(request, code)
    policy.can_settle(request.actor, project).require()
    asks = lifecycle.gate_of(project.kind, milestone).asks if milestone in MilestoneKind.values else ()
    asked = next((entry for entry in asks if entry.key == requirement), None)
    if asked is None:
        raise NotVisible
    row: GateOutcome | None = project.outcomes.filter(milestone=milestone, requirement=requirement).first()
    form = OutcomeForm(
        request.POST or None, actor=request.actor, project=project, asked=asked, initial=outcome_initial(row)
    )

    def save(form: OutcomeForm) -> tuple[str, str]:
        actions.set_outcome(
            actor=request.actor,
            project=project,
            milestone=milestone,
            requirement=requirement,
            version=(form.cleaned_data["version"] or 0) if row is not None else None,
            **form.values(),
        )
        return page_of(project), _("已办理。")

    return form_page(
        request,
        form,
        title=asked.name,
        submit=_("保存"),
        save=save,
        cancel=page_of(project),
        lead=_("%(gate)s的要件，由%(owner)s负责。来源：%(source)s（%(confidence)s）。")
        % {
            "gate": MilestoneKind(milestone).label,
            "owner": asked.owner.label,
            "source": asked.source,
            "confidence": _("已核验") if asked.verified else _("未核验"),
        },
        project=project,
    )


def outcome_initial(row: GateOutcome | None) -> dict[str, Any]:
    """What the form starts with: settled, if it was owed."""
    if row is None:
        return {"outcome": Outcome.MET}
    return {
        "outcome": Outcome.MET if row.outcome == Outcome.OWED else row.outcome,
        "note": row.note,
        "decision": row.decision_id,
        "owner": row.owner.code if row.owner else None,
        "due_on": row.due_on,
        "version": row.version,
    }


@signed_in
@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, code: str) -> HttpResponse:
    """Take the mark 环节待核 away."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    form = BasisForm(request.POST or None, initial={"version": project.version})

    def save(form: BasisForm) -> tuple[str, str]:
        actions.confirm_stage(
            actor=request.actor,
            project=project,
            basis=form.cleaned_data["basis"],
            version=form.cleaned_data["version"] or 0,
        )
        return page_of(project), _("环节已核实。")

    return form_page(
        request,
        form,
        title=_("核实环节"),
        submit=_("环节无误"),
        save=save,
        cancel=page_of(project),
        lead=_("来源没有说清项目走到哪一步，现记为“%(stage)s”。若实际走得更远，请记录相应的里程碑。")
        % {"stage": project.get_stage_display()},
        project=project,
    )
