"""The short form that starts a new place."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yinfeng.core import clock
from yinfeng.core.codes import region
from yinfeng.ui.forms import GestureForm


class NewPlaceForm(GestureForm):
    """What an empty place needs: whose it is, where it lies, and which year's plan it works on."""

    name = forms.CharField(label=_("地方名称"), max_length=80, help_text=_("如：德令哈市。"))
    short_name = forms.CharField(label=_("简称"), max_length=20, help_text=_("如：德令哈。"))
    office_name = forms.CharField(label=_("招商机构全称"), max_length=120)
    region_code = forms.CharField(
        label=_("行政区划代码"), max_length=9, help_text=_("国家标准代码：市州四位，县市区六位，如 632802。")
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    report_day = forms.IntegerField(label=_("每月报送日"), min_value=1, max_value=28, initial=25)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = clock.today().year

    def clean_region_code(self) -> str:
        """A code of the national table."""
        code = str(self.cleaned_data["region_code"]).strip()
        if region(code) is None:
            raise ValidationError(_("没有这个行政区划代码，请核对。"))
        return code


class RemoveDemoForm(GestureForm):
    """Removing the simulated facts is confirmed by one click."""
