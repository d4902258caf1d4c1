"""Shapes in which a unit's month comes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yinfeng.ui.forms import GestureForm


class ReportForm(GestureForm):
    """Report a unit's month."""

    nothing_to_report = forms.BooleanField(label=_("本月无变化（零报告）"), required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    by_phone = forms.BooleanField(label=_("电话报送，由办公室代录"), required=False)
    stamped = forms.FileField(label=_("盖章扫描件（PDF 或图片）"), required=False)


class ReasonForm(GestureForm):
    """Why a month is returned."""

    reason = forms.CharField(label=_("退回原因"), max_length=400, widget=forms.Textarea({"rows": 3}))


class StampedForm(GestureForm):
    """The stamped scan of a unit's month."""

    stamped = forms.FileField(label=_("盖章扫描件（PDF 或图片）"))
