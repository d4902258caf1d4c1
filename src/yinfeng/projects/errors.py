"""What can go wrong with projects, each with the sentence a person reads."""

from django.utils.translation import gettext as _

from yinfeng.core.errors import Invalid, Refused


class RedLineTouched(Refused):
    """A gate asks something that cannot be owed, and it is not there."""

    code = "red_line"


def future_day(field: str) -> Invalid:
    """A fact cannot lie in the future."""
    return Invalid({field: _("日期不能晚于今天；还没有发生的请写入年度推进计划。")})


def must_fill(field: str) -> Invalid:
    """A field that the rule asks for is empty."""
    return Invalid({field: _("请填写这一项。")})
