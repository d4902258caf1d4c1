"""The error every pure module raises for a value it cannot accept: a stable code and a sentence for the user.

No Django here. The sentence is a Chinese message id with named placeholders, marked with :func:`gettext_noop` so
that the catalogue knows it; an edge shows ``gettext(fault.template) % fault.params`` in the reader's language.
"""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """The message itself; the call only tells the catalogue tools that it is shown to users."""
    return message


class Fault(ValueError):
    """A value that cannot be accepted; ``code`` is stable for the API, ``message_zh`` is what a clerk reads.

    >>> Fault("too_big", "金额过大：%(text)s", text="9").message_zh
    '金额过大：9'
    """

    def __init__(self, code: str, template: str, **params: str) -> None:
        self.code = code
        self.template = template
        self.params = params
        super().__init__(self.message_zh)

    @property
    def message_zh(self) -> str:
        """The sentence in Chinese with its placeholders filled."""
        return self.template % self.params if self.params else self.template
