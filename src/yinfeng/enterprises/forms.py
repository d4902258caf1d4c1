"""Forms of the firm library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yinfeng.core.codes import regions_below
from yinfeng.enterprises.enums import EnterpriseKind, Origin
from yinfeng.ui.forms import GestureForm

PROVINCES = [("", _("（未填）")), *((region.code, region.name) for region in regions_below(""))]


class EnterpriseForm(GestureForm):
    """A firm."""

    name = forms.CharField(label=_("企业名称"), max_length=160)
    credit_code = forms.CharField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("校验不符只提醒，不妨碍保存。")
    )
    kind = forms.ChoiceField(label=_("类型"), choices=EnterpriseKind.choices)
    province_code = forms.ChoiceField(label=_("来自省份"), choices=PROVINCES, required=False)
    origin = forms.ChoiceField(label=_("资金来源地"), choices=Origin.choices, initial=Origin.UNKNOWN)
    group_name = forms.CharField(label=_("所属集团"), max_length=160, required=False)
    note = forms.CharField(label=_("备注"), max_length=400, required=False, widget=forms.Textarea({"rows": 2}))


class AliasForm(GestureForm):
    """Another name of a firm."""

    name = forms.CharField(label=_("别名"), max_length=160, help_text=_("文件、台账里对这家企业的其他叫法。"))


class EnterpriseFilterForm(forms.Form):
    """What the library is narrowed to."""

    q = forms.CharField(
        label=_("查找"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": _("名称、别名、代码，可用拼音")}),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=[("", _("全部类型")), *EnterpriseKind.choices], required=False)
    origin = forms.ChoiceField(label=_("来源"), choices=[("", _("全部来源")), *Origin.choices], required=False)
