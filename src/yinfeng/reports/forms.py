"""Forms of the report room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yinfeng.ui.forms import GestureForm, PeriodField


class DraftForm(GestureForm):
    """Which month to report on."""

    period = PeriodField(label=_("月份"), months=True)


class ReportForm(GestureForm):
    """What a person may change in a draft."""

    title = forms.CharField(label=_("标题"), max_length=160)
    number = forms.CharField(label=_("文号"), max_length=80, required=False)
    addressee = forms.CharField(label=_("主送"), max_length=160, required=False)


class TemplateForm(GestureForm):
    """A Word template."""

    file = forms.FileField(
        label=_("模板文件（.docx）"), help_text=_("在 Word 里改好字体、版头后上传；上传时会先试填一次。")
    )
