"""Shapes in which money comes in from people."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor
from yinfeng.core.codes import regions
from yinfeng.enterprises.enums import Origin
from yinfeng.ledger.actions import ForeignAmount
from yinfeng.ledger.enums import FundKind, Verdict, VoucherKind
from yinfeng.ledger.values import VoucherClaim
from yinfeng.projects.models import Project
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField, SuggestInput

SUGGESTED = 60
CURRENCIES = (("CNY", _("人民币")), ("USD", _("美元")), ("EUR", _("欧元")), ("HKD", _("港元")), ("JPY", _("日元")))


def province_choices() -> list[tuple[str, str]]:
    """Provinces by code, with an empty first choice."""
    return [("", "—"), *((row.code, row.name) for row in regions() if len(row.code) == 2)]


class FundForm(GestureForm):
    """One arrival of money: three fields first, the rest behind 更多."""

    project = forms.CharField(
        label=_("项目"), max_length=240, widget=SuggestInput, help_text=_("填项目名称或编号；从项目页进入时已填好。")
    )
    arrived_on = ChineseDateField(label=_("到账日期"))
    amount_wan = MoneyFormField(label=_("到位金额"), unit="万元")
    payer_name = forms.CharField(label=_("出资方"), max_length=160)
    origin = forms.ChoiceField(
        label=_("资金来源"), choices=[choice for choice in Origin.choices if choice[0] != Origin.UNKNOWN]
    )
    province_code = forms.ChoiceField(label=_("来源省份"), required=False, choices=province_choices)
    kind = forms.ChoiceField(label=_("资金类型"), choices=FundKind.choices)
    note = forms.CharField(label=_("说明"), required=False, max_length=400)
    currency = forms.ChoiceField(label=_("币种"), choices=CURRENCIES, required=False, initial="CNY")
    foreign_amount = forms.DecimalField(
        label=_("外币金额（万）"), required=False, max_digits=20, decimal_places=4, min_value=Decimal("0.0001")
    )
    rate = forms.DecimalField(
        label=_("汇率"), required=False, max_digits=12, decimal_places=6, min_value=Decimal("0.000001")
    )
    rate_on = ChineseDateField(label=_("汇率日期"), required=False)

    more = ("kind", "province_code", "note", "currency", "foreign_amount", "rate", "rate_on")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        recent = Project.objects.visible_to(actor).order_by("-changed_at")[:SUGGESTED]
        self.fields["project"].widget.offered = [f"{project.code} {project}" for project in recent]

    def clean_project(self) -> Project:
        """The project with this code or exact name among those the person sees."""
        text = str(self.cleaned_data["project"]).strip()
        projects = Project.objects.visible_to(self.actor)
        found = list(projects.filter(code=text.split(" ")[0].upper())[:1]) or list(projects.filter(name=text)[:2])
        if len(found) > 1:
            raise ValidationError(_("有几个同名项目，请从提示中选，或填项目代码。"))
        if not found:
            raise ValidationError(_("没有找到这个项目编号，或不在您的权限范围内。"))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Foreign money needs its amount, rate and the day of the rate."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("currency") not in {None, "", "CNY"}:
            for name in ("foreign_amount", "rate", "rate_on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("外币资金要填写外币金额、汇率和汇率日期。"))
        return values

    def foreign(self) -> ForeignAmount | None:
        """The foreign money as typed, if it is foreign."""
        values = self.cleaned_data
        if values.get("currency") in {None, "", "CNY"}:
            return None
        return ForeignAmount(values["currency"], values["foreign_amount"], values["rate"], values["rate_on"])


class VoucherForm(GestureForm):
    """A voucher with its face, and how much of it proves this entry."""

    kind = forms.ChoiceField(label=_("凭证类型"), choices=VoucherKind.choices)
    number = forms.CharField(label=_("凭证编号"), max_length=80)
    face_wan = MoneyFormField(label=_("票面金额"), unit="万元")
    use_wan = MoneyFormField(label=_("本笔使用金额"), unit="万元", required=False, help_text=_("不填即为票面全额。"))
    issued_on = ChineseDateField(label=_("开具日期"), required=False)
    issuer = forms.CharField(label=_("开具单位"), required=False, max_length=160)
    split_certificate = forms.CharField(
        label=_("分割证明编号"), required=False, max_length=80, help_text=_("同一张凭证第二次使用时必填。")
    )
    file = forms.FileField(label=_("凭证扫描件"), required=False)

    def claim(self) -> VoucherClaim:
        """The voucher as the ledger takes it."""
        values = self.cleaned_data
        upload = values.get("file")
        return VoucherClaim(
            kind=VoucherKind(values["kind"]),
            number=values["number"],
            face_wan=values["face_wan"],
            amount_wan=values["use_wan"] or values["face_wan"],
            issued_on=values["issued_on"],
            issuer=values["issuer"],
            split_certificate=values["split_certificate"],
            file=(upload.read(), upload.name) if upload else None,
        )

    def apply_claim(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Domain field names as this form names them."""
        return {("use_wan" if name == "amount_wan" else name): message for name, message in fields.items()}


class VerifyForm(GestureForm):
    """A verdict on one entry."""

    verdict = forms.ChoiceField(
        label=_("结论"), choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.VERIFY
    )
    verified_wan = MoneyFormField(label=_("核减后金额"), unit="万元", required=False, allow_negative=True)
    reason = forms.CharField(label=_("原因"), required=False, max_length=400, widget=forms.Textarea({"rows": 2}))


class CorrectForm(GestureForm):
    """A correction: how much more or less, and why."""

    amount_wan = MoneyFormField(label=_("更正金额（增加为正，减少为负）"), unit="万元", allow_negative=True)
    reason = forms.CharField(label=_("更正原因"), max_length=400, widget=forms.Textarea({"rows": 2}))


class WithdrawForm(GestureForm):
    """Why an entry is taken back."""

    reason = forms.CharField(label=_("撤回原因"), max_length=400, widget=forms.Textarea({"rows": 2}))
