"""Forms of the target room."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.org.models import Unit
from yinfeng.targets.enums import Operator, TargetLevel
from yinfeng.targets.metrics import BASES
from yinfeng.targets.models import Target
from yinfeng.targets.values import TargetValues
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField


class TargetForm(GestureForm):
    """A target: metric, whose, how much, and the document that set it."""

    metric = forms.ChoiceField(label=_("指标"), choices=[(metric.name, metric.title) for metric in BASES.values()])
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    chain = forms.ModelChoiceField(
        label=_("产业链"),
        queryset=Chain.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("全市"),
    )
    operator = forms.ChoiceField(label=_("要求"), choices=Operator.choices)
    value_wan = MoneyFormField(
        label=_("金额"), unit="亿元", required=False, help_text=_("签约、到位等金额指标填这里。")
    )
    value_number = forms.DecimalField(
        label=_("个数"),
        required=False,
        max_digits=10,
        decimal_places=0,
        help_text=_("项目数等个数指标填这里。"),
    )
    threshold_wan = MoneyFormField(
        label=_("项目门槛"), unit="亿元", required=False, help_text=_("大项目数的单个项目门槛。")
    )
    source_title = forms.CharField(label=_("出处文件"), max_length=200)
    source_number = forms.CharField(label=_("文号"), max_length=80, required=False)
    source_on = ChineseDateField(label=_("成文日期"), required=False)
    level = forms.ChoiceField(label=_("下达层级"), choices=TargetLevel.choices, initial=TargetLevel.CITY)
    unit = forms.ModelChoiceField(
        label=_("单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("不限单位"),
        help_text=_("下达给单位的目标选单位，产业链留“全市”。"),
    )
    wording = forms.CharField(label=_("原文表述"), max_length=200, required=False)
    main = forms.BooleanField(
        label=_("作为主目标（进度页按它计算）"),
        required=False,
        initial=True,
        help_text=_("同一指标可有多个目标并存，只有一个主目标。"),
    )

    MORE = ("level", "unit", "wording", "main")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chains = Chain.objects.visible_to(actor).filter(active=True)
        units = Unit.objects.visible_to(actor).filter(active=True)
        self.fields["chain"].queryset = chains  # type: ignore[attr-defined]  # stubs know only Field here
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # stubs know only Field here

    def target(self, before: Target | None = None) -> TargetValues:
        """The values as the actions take them; what the form does not ask stays as it was."""
        typed = self.values()
        number: Decimal | None = typed["value_number"]
        return TargetValues(
            metric=typed["metric"],
            period=str(typed["year"]),
            level=TargetLevel(typed["level"]),
            chain=typed["chain"],
            unit=typed["unit"],
            region=before.region if before else None,
            operator=Operator(typed["operator"]),
            value_wan=typed["value_wan"],
            value_number=number,
            threshold_wan=typed["threshold_wan"],
            wording=typed["wording"],
            source_title=typed["source_title"],
            source_number=typed["source_number"],
            source_on=typed["source_on"],
            main=typed["main"],
        )


class WithdrawForm(GestureForm):
    """Why a target is taken back."""

    reason = forms.CharField(label=_("撤销原因"), max_length=200)


def initial_of(target: Target) -> dict[str, Any]:
    """A target's content as the form shows it."""
    names = [name for name in TargetForm.base_fields if hasattr(target, name) and name not in {"chain", "unit"}]
    return {name: getattr(target, name) for name in names} | {
        "year": target.period,
        "chain": target.chain.code if target.chain else "",
        "unit": target.unit.code if target.unit else "",
        "version": target.version,
    }
