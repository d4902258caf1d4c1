"""Agreements and parties of a project."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yinfeng.core.http import ActorRequest
from yinfeng.org.access import signed_in
from yinfeng.projects import actions, policy
from yinfeng.projects.actions.agreements import amount_of
from yinfeng.projects.forms import AgreementForm, ChangeForm, EndForm, PartyForm, ReasonForm
from yinfeng.projects.views.shared import form_page, found, found_agreement, found_party, page_of
from yinfeng.ui.templatetags.ui import yi_text


@signed_in
@require_http_methods(["GET", "POST"])
def create(request: ActorRequest, code: str) -> HttpResponse:
    """Register a signed paper."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    form = AgreementForm(request.POST or None, actor=request.actor, project=project)

    def save(form: AgreementForm) -> tuple[str, str]:
        actions.add_agreement(actor=request.actor, project=project, **form.values())
        return page_of(project), _("协议已登记。")

    return form_page(
        request,
        form,
        title=_("登记协议"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        lead=_("第一份投资合同会同时记为“签订合同”里程碑，不必再记一次。"),
        more=form.more,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, code: str) -> HttpResponse:
    """Change an agreement's amount by a dated entry."""
    agreement = found_agreement(request, code)
    policy.can_change_agreement(request.actor, agreement).require()
    form = ChangeForm(request.POST or None, initial={"version": agreement.version})

    def save(form: ChangeForm) -> tuple[str, str]:
        actions.change_agreement(
            actor=request.actor,
            agreement_id=agreement.pk,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        return page_of(agreement.project), _("协议金额变更已登记。")

    return form_page(
        request,
        form,
        title=_("协议金额变更"),
        submit=_("登记"),
        save=save,
        cancel=page_of(agreement.project),
        lead=_("%(paper)s，现为 %(amount)s 亿元。") % {"paper": agreement, "amount": yi_text(amount_of(agreement))},
        project=agreement.project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Take back an agreement registered by mistake."""
    agreement = found_agreement(request, code)
    policy.can_change_agreement(request.actor, agreement).require()
    form = ReasonForm(request.POST or None, initial={"version": agreement.version})

    def save(form: ReasonForm) -> tuple[str, str]:
        actions.withdraw_agreement(
            actor=request.actor,
            agreement=agreement,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"] or 0,
        )
        return page_of(agreement.project), _("协议已撤回。")

    return form_page(
        request,
        form,
        title=_("撤回协议"),
        submit=_("撤回"),
        save=save,
        cancel=page_of(agreement.project),
        lead=_("撤回登记错的%(paper)s；真实的减少请登记金额变更。") % {"paper": agreement},
        danger=True,
        project=agreement.project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def add_party(request: ActorRequest, code: str) -> HttpResponse:
    """Put a firm into a project."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    form = PartyForm(request.POST or None)

    def save(form: PartyForm) -> tuple[str, str]:
        values = form.values()
        actions.add_party(actor=request.actor, project=project, enterprise=values.pop("enterprise_name"), **values)
        return page_of(project), _("已登记。")

    return form_page(
        request,
        form,
        title=_("登记企业"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        lead=_("投资方、项目公司、出资方、担保方；企业库里没有的会一并登记。"),
        more=form.more,
        project=project,
    )


@signed_in
@require_http_methods(["GET", "POST"])
def end_party(request: ActorRequest, code: str, firm: str) -> HttpResponse:
    """Say that a firm left a project."""
    project = found(request, code)
    policy.can_record(request.actor, project).require()
    party = found_party(request, project, firm)

    def save(form: EndForm) -> tuple[str, str]:
        actions.end_party(actor=request.actor, party_id=party.pk, **form.values())
        return page_of(project), _("已登记退出。")

    return form_page(
        request,
        EndForm(request.POST or None),
        title=_("企业退出"),
        submit=_("登记"),
        save=save,
        cancel=page_of(project),
        lead=_("%(firm)s不再是这个项目的%(role)s；它以前的记录保留。")
        % {"firm": party.enterprise, "role": party.get_role_display()},
        project=project,
    )
