"""Outside shapes of projects: what people type, turned into clean values."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.org.models import Region, Unit, User
from yinfeng.projects import lifecycle
from yinfeng.projects.enums import (
    AgreementKind,
    DateKind,
    Grade,
    MilestoneKind,
    NameKind,
    Nature,
    OpportunityState,
    Outcome,
    PartyRole,
    Pool,
    ProjectKind,
    Stage,
    Status,
)
from yinfeng.projects.lifecycle import RECORD, Asked
from yinfeng.projects.models import Agreement, Decision, Project
from yinfeng.projects.queries.listing import NONE, SIZES, Choice
from yinfeng.projects.values import OpportunityValues, ProjectValues
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField

LONG = forms.Textarea(attrs={"rows": 3})


class CodeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # any model with a public code
    """A choice of a record by its public code."""

    default_error_messages = {"invalid_choice": _("没有这个选项，或不在您的权限范围内。")}

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="code", **kwargs)


class PlacesForm(GestureForm):
    """A form with chain, unit and region; the choices are the ones in use."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        for name, rows in (
            ("chain", Chain.objects.visible_to(actor).filter(active=True)),
            ("lead_unit", Unit.objects.visible_to(actor).filter(active=True)),
            ("region", Region.objects.visible_to(actor).filter(node__isnull=False)),
            ("officer", User.objects.visible_to(actor).filter(is_active=True)),
        ):
            field = self.fields.get(name)
            if isinstance(field, CodeField):
                field.queryset = rows


class ProjectForm(PlacesForm):
    """Everything said of a project; three fields first, the rest behind 更多."""

    name = forms.CharField(label=_("项目名称"), max_length=200)
    chain = CodeField(Chain.objects.none(), label=_("产业链"), required=False, empty_label=_("未定"))
    investor_name = forms.CharField(
        label=_("投资方"), max_length=160, required=False, help_text=_("企业全称；库里没有的会一并登记。")
    )
    total_wan = MoneyFormField(label=_("总投资"), unit="亿元", required=False)
    kind = forms.ChoiceField(label=_("项目类型"), choices=ProjectKind.choices, initial=ProjectKind.NEW_INDUSTRY)
    lead_unit = CodeField(Unit.objects.none(), label=_("责任单位"), required=False, empty_label=_("本单位"))
    region = CodeField(Region.objects.none(), label=_("所在地"), required=False, empty_label=_("未定"))
    product = forms.CharField(label=_("产品"), max_length=200, required=False)
    capacity = forms.CharField(label=_("规模"), max_length=200, required=False)
    officer = CodeField(User.objects.none(), label=_("项目专员"), required=False, empty_label=_("未定"))
    source = forms.CharField(label=_("线索来源"), max_length=200, required=False)
    fixed_wan = MoneyFormField(label=_("固定资产投资"), unit="亿元", required=False)
    land_mu = forms.DecimalField(label=_("用地（亩）"), max_digits=12, decimal_places=2, min_value=0, required=False)
    site = forms.CharField(label=_("建设地点"), max_length=120, required=False)
    industry_code = forms.CharField(label=_("国民经济行业代码"), max_length=5, required=False)
    nature = forms.ChoiceField(label=_("建设性质"), choices=Nature.choices, initial=Nature.NEW)
    grade = forms.ChoiceField(label=_("跟进等级"), choices=Grade.choices, initial=Grade.ORDINARY)
    content = forms.CharField(label=_("建设内容"), widget=LONG, required=False)

    more: tuple[str, ...] = (
        "kind", "lead_unit", "region", "product", "capacity", "officer", "source", "fixed_wan", "land_mu", "site",
        "industry_code", "nature", "grade", "content",
    )  # fmt: skip

    def project_values(self) -> ProjectValues:
        """The values as the action takes them."""
        return ProjectValues(**{key: value for key, value in self.values().items() if key != "investor_name"})


class EditForm(ProjectForm):
    """The same for a project on record; investors and placing have forms of their own."""

    more = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("investor_name", "chain", "lead_unit", "region"):
            del self.fields[name]

    @classmethod
    def initial_of(cls, project: Project) -> dict[str, Any]:
        """A project's values as the fields start with them."""
        names = [name for name in cls.base_fields if hasattr(project, name)]
        found = {name: getattr(project, name) for name in names}
        return found | {"officer": project.officer.code if project.officer else None, "version": project.version}


class PhaseForm(PlacesForm):
    """A phase of a project."""

    phase_label = forms.CharField(label=_("分期"), max_length=20, help_text=_("如 一期、二期。"))
    name = forms.CharField(label=_("名称"), max_length=200)
    total_wan = MoneyFormField(label=_("总投资"), unit="亿元", required=False)
    capacity = forms.CharField(label=_("规模"), max_length=200, required=False)
    site = forms.CharField(label=_("建设地点"), max_length=120, required=False)
    region = CodeField(Region.objects.none(), label=_("所在地"), required=False, empty_label=_("同项目"))

    more = ("capacity", "site", "region")


class PlaceForm(PlacesForm):
    """Handing a project to another chain, unit or region."""

    chain = CodeField(Chain.objects.none(), label=_("产业链"), required=False, empty_label=_("未定"))
    lead_unit = CodeField(Unit.objects.none(), label=_("责任单位"), required=False, empty_label=_("未定"))
    region = CodeField(Region.objects.none(), label=_("所在地"), required=False, empty_label=_("未定"))
    from_on = ChineseDateField(label=_("自何日起"), initial=clock.today)


class MilestoneForm(GestureForm):
    """One dated fact of a project's life: which, when, on what basis."""

    kind = forms.ChoiceField(label=_("里程碑"))
    occurred_on = ChineseDateField(label=_("发生日期"), required=False, help_text=_("只有入库前的事实可以不填日期。"))
    basis = forms.CharField(label=_("依据"), max_length=400, help_text=_("合同、批文、会议纪要、现场核实等。"))
    date_kind = forms.ChoiceField(label=_("日期性质"), choices=DateKind.choices, initial=DateKind.ACTUAL)
    recognised_by = forms.CharField(label=_("认定单位"), max_length=120, required=False)
    before_records = forms.BooleanField(
        label=_("入库前"), required=False, help_text=_("建库之前已经发生，不计入任何月份。")
    )

    more = ("date_kind", "recognised_by", "before_records")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [kind for kind in lifecycle.milestones_of(project.kind) if kind != MilestoneKind.REGISTERED]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((kind.value, choice_label(project.kind, kind)) for kind in known)]


def choice_label(kind: str, milestone: MilestoneKind) -> str:
    """A milestone with the stage it enters."""
    stage = lifecycle.stage_entered(kind, milestone)
    return f"{milestone.label} → {stage.label}" if stage else str(milestone.label)


class OutcomeForm(GestureForm):
    """What became of one requirement."""

    outcome = forms.ChoiceField(label=_("办理结果"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("依据或理由"), max_length=400, required=False)
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label=_("会议决定"), required=False, empty_label="—", help_text=_("一事一议时必选。")
    )
    owner = CodeField(Unit.objects.none(), label=_("责任单位"), required=False, empty_label="—")
    due_on = ChineseDateField(label=_("补齐期限"), required=False)

    def __init__(self, *args: Any, actor: Actor, project: Project, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, decision, owner = self.fields["outcome"], self.fields["decision"], self.fields["owner"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(decision, forms.ModelChoiceField)
        assert isinstance(owner, CodeField)
        outcome.choices = [(choice.value, choice.label) for choice in allowed_outcomes(asked)]
        decision.queryset = Decision.objects.visible_to(actor).filter(project=project)
        owner.queryset = Unit.objects.visible_to(actor).filter(active=True)
        if asked.legal:
            del self.fields["decision"]


def allowed_outcomes(asked: Asked) -> list[Outcome]:
    """The outcomes that a requirement allows."""
    refused = set()
    if asked.key == RECORD:
        refused.add(Outcome.MET)
    if asked.legal:
        refused.add(Outcome.DECIDED)
    if not asked.may_be_owed:
        refused.add(Outcome.OWED)
    return [outcome for outcome in Outcome if outcome not in refused]


class StatusForm(GestureForm):
    """Halting, suspending, ending or resuming a project."""

    status = forms.ChoiceField(label=_("状态"), choices=Status.choices)
    occurred_on = ChineseDateField(label=_("发生日期"), initial=clock.today)
    reason = forms.CharField(label=_("原因"), max_length=400)


class AgreementForm(GestureForm):
    """A signed paper."""

    kind = forms.ChoiceField(label=_("协议类型"), choices=AgreementKind.choices, initial=AgreementKind.INVESTMENT)
    signed_on = ChineseDateField(label=_("签订日期"), initial=clock.today)
    amount_wan = MoneyFormField(
        label=_("金额"), unit="亿元", required=False, help_text=_("投资合同、增资协议必填；意向和框架不计入签约额。")
    )
    number = forms.CharField(label=_("协议编号"), max_length=80, required=False)
    event = forms.CharField(label=_("签约活动"), max_length=80, required=False)
    parent = CodeField(Agreement.objects.none(), label=_("原协议"), required=False, empty_label="—")

    more = ("number", "event", "parent")

    def __init__(self, *args: Any, actor: Actor, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, CodeField)
        parent.queryset = Agreement.objects.visible_to(actor).filter(project=project, withdrawn_at__isnull=True)


class ChangeForm(GestureForm):
    """A dated change of an agreement's amount."""

    delta_wan = MoneyFormField(label=_("变更额"), unit="亿元", allow_negative=True, help_text=_("减少填负数。"))
    occurred_on = ChineseDateField(label=_("变更日期"), initial=clock.today)
    reason = forms.CharField(label=_("原因"), max_length=400)


class PartyForm(GestureForm):
    """A firm's part in a project."""

    enterprise_name = forms.CharField(label=_("企业名称"), max_length=160)
    role = forms.ChoiceField(label=_("角色"), choices=PartyRole.choices, initial=PartyRole.INVESTOR)
    share_percent = forms.DecimalField(
        label=_("持股比例（%）"), required=False, max_digits=7, decimal_places=4, min_value=Decimal("0.0001")
    )
    from_on = ChineseDateField(label=_("起始日期"), required=False)

    more = ("from_on",)


class EndForm(GestureForm):
    """The day a firm left a project."""

    to_on = ChineseDateField(label=_("退出日期"), initial=clock.today)
    reason = forms.CharField(label=_("原因"), max_length=400, required=False)


class FileForm(GestureForm):
    """A file for a project."""

    file = forms.FileField(label=_("文件"), help_text=_("PDF、Word、Excel、PPT、图片、TXT、CSV。"))
    purpose = forms.CharField(label=_("用途"), max_length=40, required=False)


class NameForm(GestureForm):
    """Another name or code of a project."""

    name = forms.CharField(label=_("名称或编码"), max_length=200)
    kind = forms.ChoiceField(label=_("类型"), choices=NameKind.choices)


class PlanForm(GestureForm):
    """What a year should bring."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100, initial=lambda: clock.today().year)
    aimed_stage = forms.ChoiceField(label=_("目标环节"), choices=[("", "—"), *Stage.choices], required=False)
    invest_wan = MoneyFormField(label=_("计划投资"), unit="亿元", required=False)
    funds_wan = MoneyFormField(label=_("计划到位"), unit="亿元", required=False)
    start_on = ChineseDateField(label=_("计划开工"), required=False)
    finish_on = ChineseDateField(label=_("计划竣工"), required=False)
    source = forms.CharField(label=_("来源"), max_length=200, required=False)


class DecisionForm(GestureForm):
    """What a meeting decided."""

    body = forms.CharField(label=_("会议"), max_length=80, help_text=_("如 市政府常务会、专题会、会商会审。"))
    decided_on = ChineseDateField(label=_("会议日期"), initial=clock.today)
    matter = forms.CharField(label=_("议定事项"), max_length=400, widget=LONG)
    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    waives = forms.CharField(label=_("豁免事项"), max_length=200, required=False)
    conditions = forms.CharField(label=_("附带条件"), max_length=400, required=False)
    valid_until = ChineseDateField(label=_("有效期至"), required=False)

    more = ("number", "waives", "conditions", "valid_until")


class ReasonForm(GestureForm):
    """A reason for taking something back."""

    reason = forms.CharField(label=_("原因"), max_length=400)


class BasisForm(GestureForm):
    """The basis of a confirmation."""

    basis = forms.CharField(label=_("依据"), max_length=400)


class JudgeForm(GestureForm):
    """A verdict on a possible duplicate."""

    same_as = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label=_("理由"), max_length=400)

    def __init__(self, *args: Any, candidates: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["same_as"]
        assert isinstance(field, forms.ChoiceField)
        merges = [(code, _("同一项目，并入：%(name)s") % {"name": label}) for code, label in candidates]
        field.choices = [("", _("不是同一项目")), *merges]


class ViewForm(GestureForm):
    """A name for the list as it stands."""

    title = forms.CharField(label=_("视图名称"), max_length=80)
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=_("所有人可用"), required=False)


class OpportunityForm(PlacesForm):
    """A self-conceived project on offer."""

    name = forms.CharField(label=_("项目名称"), max_length=200)
    chain = CodeField(Chain.objects.none(), label=_("产业链"), required=False, empty_label=_("未定"))
    total_wan = MoneyFormField(label=_("估算总投资"), unit="亿元", required=False)
    product = forms.CharField(label=_("产品"), max_length=200, required=False)
    capacity = forms.CharField(label=_("规模"), max_length=200, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[choice for choice in OpportunityState.choices if choice[0] != OpportunityState.TAKEN_UP],
        initial=OpportunityState.PLANNED,
    )
    lead_unit = CodeField(Unit.objects.none(), label=_("责任单位"), required=False, empty_label=_("未定"))
    region = CodeField(Region.objects.none(), label=_("所在地"), required=False, empty_label=_("未定"))
    content = forms.CharField(label=_("建设内容"), widget=LONG, required=False)
    offered = forms.CharField(label=_("合作条件"), widget=LONG, required=False)
    source = forms.CharField(label=_("来源"), max_length=200, required=False)

    more = ("lead_unit", "region", "content", "offered", "source")

    def opportunity_values(self) -> OpportunityValues:
        """The values as the action takes them."""
        return OpportunityValues(**{key: value for key, value in self.values().items() if key != "state"})


class TakeUpForm(GestureForm):
    """The investor that takes an opportunity up."""

    investor_name = forms.CharField(label=_("投资方"), max_length=160)
    kind = forms.ChoiceField(label=_("项目类型"), choices=ProjectKind.choices, initial=ProjectKind.NEW_INDUSTRY)


class FilterForm(forms.Form):
    """What a list of projects is narrowed to."""

    q = forms.CharField(
        label=_("搜索"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("名称、企业、产品、拼音")}),
    )
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    stage = forms.ChoiceField(label=_("环节"), required=False, choices=[("", _("全部")), *Stage.choices])
    unit = forms.ChoiceField(label=_("责任单位"), required=False)
    region = forms.ChoiceField(label=_("所在地"), required=False)
    size = forms.ChoiceField(label=_("总投资"), required=False)
    pool = forms.ChoiceField(label=_("五个一批"), required=False)
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[("", _("全部")), *ProjectKind.choices])
    status = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *Status.choices])
    owed = forms.ChoiceField(
        label=_("欠项"), required=False, choices=[("", _("全部")), ("open", _("有欠项")), ("late", _("已超期"))]
    )
    officer = forms.ChoiceField(label=_("专员"), required=False, choices=[("", _("全部")), ("me", _("我负责的"))])
    mark = forms.ChoiceField(
        label=_("标记"),
        required=False,
        choices=[("", _("全部")), ("duplicate", _("待判重")), ("doubt", _("环节待核"))],
    )

    def __init__(self, *args: Any, choices: dict[str, list[Choice]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "filter_%s"
        everything = [("", _("全部"))]
        undecided = [(NONE, _("未定"))]
        self._offer("chain", [*everything, *pairs(choices["chain"]), *undecided])
        self._offer("unit", [*everything, *pairs(choices["unit"])])
        self._offer("region", [*everything, *pairs(choices["region"])])
        self._offer("size", [*everything, *((size, _("%(yi)s 亿元以上") % {"yi": size}) for size in SIZES)])
        pools = [pool for pool in Pool if lifecycle.stages_of(pool)]
        self._offer("pool", [*everything, *((pool.value, pool.label) for pool in pools)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class OpportunityFilterForm(forms.Form):
    """What the list of opportunities is narrowed to."""

    q = forms.CharField(
        label=_("搜索"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("名称、产品、拼音")}),
    )
    chain = forms.ChoiceField(label=_("产业链"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *OpportunityState.choices])

    def __init__(self, *args: Any, chains: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "filter_%s"
        field = self.fields["chain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *pairs(chains), (NONE, _("未定"))]


def pairs(choices: list[Choice]) -> list[tuple[str, Any]]:
    """Choices as a form takes them."""
    return [(choice.code, choice.label) for choice in choices]


def upload_of(form: GestureForm) -> tuple[bytes, str]:
    """The bytes and name of the file a form brought."""
    upload = form.cleaned_data["file"]
    if upload is None:
        raise ValidationError(_("请选择文件。"))
    return upload.read(), upload.name
