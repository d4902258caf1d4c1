"""Forms of the outreach room."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.enterprises.models import Enterprise
from yinfeng.enterprises.queries import enterprise_like
from yinfeng.org.models import Unit
from yinfeng.outreach.enums import ActivityKind
from yinfeng.outreach.models import Activity
from yinfeng.projects.models import Project
from yinfeng.ui.forms import ChineseDateField, GestureForm, PeriodField, SuggestInput

CODE = re.compile(r"\s*([PC]-[0-9A-Z]{8})(?:\s|$)", re.IGNORECASE)
SUGGESTED = 60
MORE = ("unit", "counterpart", "place", "led_by", "participants", "headcount", "ended_on", "file")


def project_text(project: Project) -> str:
    """A project as the form names it; the code makes it unmistakable."""
    return f"{project.code} {project}"


def enterprise_text(firm: Enterprise) -> str:
    """A firm as the form names it."""
    return f"{firm.code} {firm.name}"


def units_for(actor: Actor) -> Any:
    """The units for which the actor may log."""
    rows = Unit.objects.visible_to(actor).filter(active=True)
    if actor.covers is None:
        return rows
    return rows.filter(node_id__in=actor.covers) | rows.filter(pk__in=actor.unit_ids)


class ActivityForm(GestureForm):
    """The short form: what was done, about whom, what was said, what comes next; the rest is folded away."""

    kind = forms.ChoiceField(label=gettext_lazy("做了什么"), choices=ActivityKind.choices)
    occurred_on = ChineseDateField(label=gettext_lazy("日期"), initial=clock.today)
    about = forms.CharField(
        label=gettext_lazy("项目、企业或来访人"),
        max_length=240,
        required=False,
        widget=SuggestInput,
        help_text=gettext_lazy("可填名称或代码；没登记过的直接写名字。"),
    )
    summary = forms.CharField(label=gettext_lazy("谈了什么"), widget=forms.Textarea({"rows": 3}), max_length=4000)
    next_step = forms.CharField(label=gettext_lazy("下一步"), max_length=400, required=False)
    next_due_on = ChineseDateField(label=gettext_lazy("何时跟进"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("记在哪个单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("（请选择）"),
    )
    counterpart = forms.CharField(label=gettext_lazy("对方人员（写职务）"), max_length=160, required=False)
    place = forms.CharField(label=gettext_lazy("地点"), max_length=120, required=False)
    led_by = forms.CharField(label=gettext_lazy("带队领导（写职务）"), max_length=120, required=False)
    participants = forms.CharField(label=gettext_lazy("参加单位"), max_length=400, required=False)
    headcount = forms.IntegerField(label=gettext_lazy("人数"), min_value=1, max_value=100_000, required=False)
    ended_on = ChineseDateField(label=gettext_lazy("结束日期"), required=False)
    file = forms.FileField(label=gettext_lazy("照片或附件"), required=False)

    def __init__(self, *args: Any, actor: Actor, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.activity = activity
        self.fields["unit"].queryset = units_for(actor)  # type: ignore[attr-defined]  # a choice field
        self.fields["about"].widget.offered = suggestions(actor)
        if activity is not None:
            del self.fields["file"]

    def clean(self) -> dict[str, Any]:
        """What was written about whom becomes a project, a firm, or a name that stands for itself."""
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.pop("about", "").strip()
        self.found: dict[str, Any] = {"project": None, "enterprise": None}
        if self.activity is not None and text == told(self.activity)["about"]:
            self.found = {"project": self.activity.project, "enterprise": self.activity.enterprise}
        elif text:
            self._look_up(text, cleaned)
        return cleaned

    def _look_up(self, text: str, cleaned: dict[str, Any]) -> None:
        """Find what *text* names: by code, by the exact name, or nothing on record."""
        coded = CODE.match(text)
        projects = Project.objects.visible_to(self.actor)
        found = list(projects.filter(code=coded[1].upper()) if coded else projects.filter(name=text)[:2])
        if len(found) > 1:
            self.add_error("about", _("有几个同名项目，请从提示中选，或填项目代码。"))
        elif found:
            self.found["project"] = found[0]
        elif coded:
            firm = Enterprise.objects.visible_to(self.actor).filter(code=coded[1].upper()).first()
            self.found["enterprise"] = firm
            if firm is None:
                self.add_error("about", _("没有找到这个代码，或不在您的权限范围内。"))
        else:
            self.found["enterprise"] = enterprise_like(text)
            if self.found["enterprise"] is None:
                cleaned["counterpart"] = "，".join(filter(None, [text, cleaned.get("counterpart", "")]))[:160]

    def given(self) -> dict[str, Any]:
        """What the activity actions take."""
        values = {name: value for name, value in self.values().items() if name not in {"about", "file"}}
        return values | self.found


def told(activity: Activity) -> dict[str, Any]:
    """An activity as the form shows it."""
    names = ("kind", "occurred_on", "summary", "next_step", "next_due_on", "counterpart", "place", "led_by")
    values = {name: getattr(activity, name) for name in (*names, "participants", "headcount", "ended_on", "version")}
    about = ""
    if activity.project is not None:
        about = project_text(activity.project)
    elif activity.enterprise is not None:
        about = enterprise_text(activity.enterprise)
    return values | {"about": about, "unit": activity.unit.code}


def suggestions(actor: Actor) -> list[str]:
    """The projects that moved last, to choose from while typing."""
    return [project_text(project) for project in Project.objects.visible_to(actor).order_by("-changed_at")[:SUGGESTED]]


class WithdrawForm(GestureForm):
    """Why an activity is taken back."""

    reason = forms.CharField(label=gettext_lazy("撤回原因"), max_length=200)


class ActivityFilterForm(forms.Form):
    """What the list is narrowed to."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类型"), choices=[("", gettext_lazy("全部类型")), *ActivityKind.choices], required=False
    )
    unit = forms.ModelChoiceField(
        label=gettext_lazy("单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("全部单位"),
    )
    period = PeriodField(label=gettext_lazy("月份"), months=True, required=False)
    project = forms.CharField(label=gettext_lazy("项目代码"), max_length=16, required=False)
    due = forms.BooleanField(label=gettext_lazy("到期跟进"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)  # type: ignore[attr-defined]  # a choice field
