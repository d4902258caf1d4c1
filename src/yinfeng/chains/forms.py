"""Forms of the chain room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yinfeng.chains.enums import ChainGroup, Sector
from yinfeng.chains.models import Chain
from yinfeng.core.actor import Actor
from yinfeng.org.models import TaskForce
from yinfeng.ui.forms import GestureForm

COLOURS = [(number, str(number + 1)) for number in range(7)]


class ChainForm(GestureForm):
    """An industry chain; its task force is said once."""

    name = forms.CharField(label=_("产业链名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    group = forms.ChoiceField(label=_("分组"), choices=ChainGroup.choices)
    sector = forms.ChoiceField(label=_("行业"), choices=Sector.choices)
    task_force = forms.ModelChoiceField(
        label=_("专班"),
        queryset=TaskForce.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("（无）"),
    )
    aliases = forms.CharField(
        label=_("其他叫法"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("一行一个，文件里用的名字。"),
    )
    colour = forms.TypedChoiceField(label=_("图上的颜色"), choices=COLOURS, coerce=int)
    position = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, initial=100)
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, chain: Chain | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if chain is not None:
            del self.fields["task_force"], self.fields["aliases"]
            return
        del self.fields["active"]
        free = TaskForce.objects.visible_to(actor).filter(active=True, chain__isnull=True)
        self.fields["task_force"].queryset = free  # type: ignore[attr-defined]  # stubs know only Field here


class MasterForm(GestureForm):
    """A firm that leads the chain, by name or code."""

    enterprise = forms.CharField(
        label=_("链主企业"), max_length=160, help_text=_("填企业全称或代码；没有登记的会先登记。")
    )
