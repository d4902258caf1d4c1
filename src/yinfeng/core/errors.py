"""What can go wrong in every room: each error has a stable code and a sentence for the person."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class DomainError(Exception):
    """A rule of the business was not met; ``message`` is shown to the person."""

    code = "error"

    def __init__(self, message: Text, **details: Any) -> None:
        super().__init__(str(message))
        self.message = message
        self.details = details


class Refused(DomainError):
    """In scope but not allowed; the message gives the reason (answered with 403)."""

    code = "refused"


class NotVisible(DomainError):
    """Out of the actor's scope or not there at all; both answer 404 so that neither can be told from the other."""

    code = "not_found"

    def __init__(self, message: Text = "", **details: Any) -> None:
        super().__init__(message or _("没有找到这条记录，或不在您的权限范围内。"), **details)


class Invalid(DomainError):
    """Values that cannot be accepted; ``fields`` maps a field name to its messages, ``__all__`` is the whole."""

    code = "invalid"

    def __init__(self, fields: Mapping[str, Text] | Text) -> None:
        self.fields: Mapping[str, Text] = fields if isinstance(fields, Mapping) else {"__all__": fields}
        super().__init__(next(iter(self.fields.values())))


class Conflict(DomainError):
    """Somebody else changed the record since it was shown; ``current`` is the record as it stands now."""

    code = "conflict"

    def __init__(self, current: Any, message: Text = "") -> None:
        super().__init__(message or _("这条记录刚被别人改过，请对照后再保存；您填写的内容没有丢失。"))
        self.current = current


class DoubleSubmit(DomainError):
    """The same click arrived twice; the first one was carried out and is named by type and code."""

    code = "double_submit"

    def __init__(self, target_type: str, target_code: str) -> None:
        super().__init__(_("这次提交已经办理过了，没有重复保存。"))
        self.target_type = target_type
        self.target_code = target_code


class NothingAudited(AssertionError):
    """An action ended without an audit entry: a fault in the program, never a person's mistake."""
