"""What can go wrong when something is taken in."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.errors import Invalid


class AlreadyRead(Invalid):
    """The same bytes were uploaded before; ``earlier_type`` and ``earlier_code`` name what they became."""

    code = "already_read"

    def __init__(self, earlier_type: str, earlier_code: str, title: str) -> None:
        super().__init__({"file": _("这个文件以前上传过：%(title)s。") % {"title": title}})
        self.earlier_type = earlier_type
        self.earlier_code = earlier_code
