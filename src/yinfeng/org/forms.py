"""Forms of the organisation room."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from yinfeng.core.actor import Actor
from yinfeng.core.models import Confidence
from yinfeng.org.enums import ROLE_CHOICES, Breadth, ForceRole, RegionLevel, TaskForceKind, UnitKind
from yinfeng.org.models import Region, ScopeNode, TaskForce, Unit
from yinfeng.org.queries import Makeup, node_of, scope_choices
from yinfeng.ui.forms import ChineseDateField, GestureForm

AREA = {"rows": 3}
USERNAME_LENGTH = 150
PASSWORD_LENGTH = 128


class LoginForm(AuthenticationForm):
    """Login name and password."""

    error_messages = {
        "invalid_login": _("登录名或密码不对，请重试。"),
        "inactive": _("账号已停用，请联系管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("登录名")
        self.fields["password"].label = _("密码")
        # Django's form only tells the browser; what is longer than any name or password is not asked after.
        self.fields["username"].validators.append(MaxLengthValidator(USERNAME_LENGTH))
        self.fields["password"].validators.append(MaxLengthValidator(PASSWORD_LENGTH))


def _password(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    """A field for a password."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=PASSWORD_LENGTH, **kwargs)


class PasswordForm(GestureForm):
    """One's own new password, typed twice."""

    current = _password(_("现在的密码"), "current-password")
    new = _password(_("新密码"), "new-password", help_text=_("至少 8 位，不要用常见密码、纯数字或登录名。"))
    again = _password(_("再输一遍新密码"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Both copies of the new password are the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次输入的新密码不一样。"))
        return cleaned


class PlaceForm(GestureForm):
    """The place itself."""

    name = forms.CharField(label=_("本地名称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    office_name = forms.CharField(label=_("办公室全称"), max_length=120)
    region_code = forms.CharField(label=_("行政区划代码"), max_length=12, help_text=_("如 632801（格尔木市）。"))
    year = forms.IntegerField(label=_("工作年度"), min_value=2000, max_value=2100)
    report_day = forms.IntegerField(label=_("每月报送日"), min_value=1, max_value=28)
    final_day = forms.IntegerField(label=_("次月定稿日"), min_value=1, max_value=28)


class UnitForm(GestureForm):
    """A unit; where it stands in the tree is said once."""

    name = forms.CharField(label=_("单位全称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, help_text=_("表格和图上用的名字。"))
    kind = forms.ChoiceField(label=_("类型"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(
        label=_("上级单位"), queryset=Unit.objects.none(), to_field_name="code", required=False, empty_label=_("（无）")
    )
    region = forms.ModelChoiceField(
        label=_("所在行政区/园区"),
        queryset=Region.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("（无）"),
    )
    reports = forms.BooleanField(label=_("每月报送（出现在报送情况里）"), required=False, initial=True)
    position = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, initial=100)
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.visible_to(actor).filter(node__isnull=False).exclude(level=RegionLevel.STREET)
        self.fields["region"].queryset = regions  # type: ignore[attr-defined]  # stubs know only Field here
        if unit is None:
            units = Unit.objects.visible_to(actor).filter(active=True)
            self.fields["parent"].queryset = units  # type: ignore[attr-defined]  # stubs know only Field here
            del self.fields["active"]
        else:
            del self.fields["parent"]


class ParkForm(GestureForm):
    """A park with a code of its own."""

    name = forms.CharField(label=_("园区名称"), max_length=80)
    code = forms.CharField(
        label=_("园区代码"), max_length=16, help_text=_("园区没有国标代码，自定一个，如 632801-KL。")
    )
    parent_code = forms.ChoiceField(label=_("所属行政区"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = (
            Region.objects.visible_to(actor)
            .filter(node__isnull=False)
            .exclude(level__in=[RegionLevel.PARK, RegionLevel.STREET])
        )
        field = self.fields["parent_code"]
        field.choices = [(region.code, region.name) for region in regions]  # type: ignore[attr-defined]  # a choice field


class TaskForceForm(GestureForm):
    """A task force: posts one a line, units ticked."""

    name = forms.CharField(label=_("专班名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40)
    kind = forms.ChoiceField(label=_("类型"), choices=TaskForceKind.choices)
    sponsors = forms.CharField(
        label=_("包联领导"), widget=forms.Textarea(AREA), required=False, help_text=_("写职务，一行一个，如：市长。")
    )
    leaders = forms.CharField(label=_("责任领导"), widget=forms.Textarea(AREA), required=False)
    officers = forms.CharField(label=_("专员"), widget=forms.Textarea(AREA), required=False)
    lead_units = forms.ModelMultipleChoiceField(
        label=_("牵头单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("牵头单位看得到本专班的全部项目。"),
    )
    support_units = forms.ModelMultipleChoiceField(
        label=_("配合单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    duties = forms.CharField(label=_("职责"), widget=forms.Textarea({"rows": 4}), required=False, max_length=4000)
    position = forms.IntegerField(label=_("顺序"), min_value=0, max_value=9999, initial=100)
    active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, force: TaskForce | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(actor).filter(active=True)
        for name in ("lead_units", "support_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]  # stubs know only Field here
        del self.fields["kind" if force else "active"]

    @staticmethod
    def told(force: TaskForce, makeup: Makeup) -> dict[str, Any]:
        """A task force as the form shows it."""
        return {
            "name": force.name,
            "short_name": force.short_name,
            "sponsors": "\n".join(post.post for post in makeup.sponsors),
            "leaders": "\n".join(post.post for post in makeup.leaders),
            "officers": "\n".join(post.post for post in makeup.officers),
            "lead_units": [unit.code for unit in makeup.lead_units],
            "support_units": [unit.code for unit in makeup.support_units],
            "duties": force.duties,
            "position": force.position,
            "active": force.active,
            "version": force.version,
        }

    def given(self) -> dict[str, Any]:
        """What the task force actions take."""
        values = self.values()
        parts = ((ForceRole.SPONSOR, "sponsors"), (ForceRole.LEADER, "leaders"), (ForceRole.OFFICER, "officers"))
        posts = [
            (role, line.strip()) for role, field in parts for line in values.pop(field).splitlines() if line.strip()
        ]
        return values | {"posts": posts}


class ScopeField(forms.ChoiceField):
    """A unit, a task force or a region in which a role is held."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=self._offered, **kwargs)

    @staticmethod
    def _offered() -> Sequence[Any]:
        return [("", _("（本人单位）")), *scope_choices()]

    def clean(self, value: Any) -> ScopeNode | None:
        """The node behind the choice."""
        chosen = super().clean(value)
        return node_of(chosen) if chosen else None


class NewUserForm(GestureForm):
    """A person and the first role."""

    username = forms.CharField(label=_("登录名"), max_length=40, help_text=_("字母、数字或汉字，如：能源局联络员。"))
    post = forms.CharField(label=_("职务或岗位"), max_length=80)
    unit = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), to_field_name="code", required=False, empty_label=_("（无）")
    )
    role = forms.ChoiceField(label=_("角色"), choices=ROLE_CHOICES)
    node = ScopeField(label=_("任职范围"), required=False)
    breadth = forms.ChoiceField(label=_("可见范围"), choices=Breadth.choices, initial=Breadth.BELOW)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(actor).filter(active=True)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # stubs know only Field here


class UserForm(GestureForm):
    """What is said of a person."""

    post = forms.CharField(label=_("职务或岗位"), max_length=80)
    unit = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), to_field_name="code", required=False, empty_label=_("（无）")
    )
    is_active = forms.BooleanField(label=_("账号在用"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)  # type: ignore[attr-defined]  # a choice field


class MembershipForm(GestureForm):
    """A role in a unit, a task force or a region."""

    role = forms.ChoiceField(label=_("角色"), choices=ROLE_CHOICES)
    node = ScopeField(label=_("任职范围"), required=False)
    breadth = forms.ChoiceField(label=_("可见范围"), choices=Breadth.choices, initial=Breadth.BELOW)
    from_on = ChineseDateField(label=_("自"), required=False)
    to_on = ChineseDateField(label=_("至"), required=False, help_text=_("临时代办请填截止日期。"))


class GrantForm(GestureForm):
    """One more unit, task force or region to see."""

    node = ScopeField(label=_("可查看"))
    reason = forms.CharField(label=_("授权原因"), max_length=200)
    from_on = ChineseDateField(label=_("自"), required=False)
    to_on = ChineseDateField(label=_("至"), required=False, help_text=_("到期自动失效；不填为长期。"))


class ParameterForm(GestureForm):
    """A new version of a rule's number."""

    key = forms.RegexField(
        label=_("键"), regex=r"^[a-z][a-z0-9_.]{1,78}$", error_messages={"invalid": _("键由小写字母、数字、点组成。")}
    )
    title = forms.CharField(label=_("名称"), max_length=120)
    value = forms.CharField(label=_("值"), max_length=400)
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    effective_from = ChineseDateField(label=_("生效日期"))
    source = forms.CharField(label=_("依据文件"), max_length=200, required=False)
    clause = forms.CharField(label=_("条款"), max_length=200, required=False)
    confidence = forms.ChoiceField(label=_("核验"), choices=Confidence.choices, initial=Confidence.UNVERIFIED)
    note = forms.CharField(label=_("说明"), max_length=400, required=False)


class PeopleFilterForm(forms.Form):
    """What the list of people is narrowed to."""

    unit = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), to_field_name="code", required=False, empty_label=_("全部单位")
    )
    role = forms.ChoiceField(label=_("角色"), choices=[("", _("全部角色")), *ROLE_CHOICES], required=False)
    text = forms.CharField(label=_("查找"), max_length=40, required=False)
    closed = forms.BooleanField(label=_("已停用"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(actor)  # type: ignore[attr-defined]  # a choice field


class LogFilterForm(forms.Form):
    """What the log is narrowed to."""

    person = forms.CharField(label=_("人员"), max_length=40, required=False)
    verb = forms.ChoiceField(label=_("动作"), required=False)
    code = forms.CharField(label=_("记录代码"), max_length=40, required=False)

    def __init__(self, *args: Any, verbs: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("全部动作")), *verbs]  # type: ignore[attr-defined]  # a choice field
