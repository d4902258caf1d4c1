"""Answers to *may I?*: yes, or no with the reason that the person reads."""

from dataclasses import dataclass

from yinfeng.core.errors import Refused, Text


@dataclass(frozen=True)
class Verdict:
    """A policy's answer; falsy when refused, and then it carries the reason."""

    allowed: bool
    reason: Text = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise ``Refused`` with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


YES = Verdict(allowed=True)


def no(reason: Text) -> Verdict:
    """A refusal that says why."""
    return Verdict(allowed=False, reason=reason)
