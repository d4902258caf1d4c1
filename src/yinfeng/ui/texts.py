"""What scripts say to people: put into every page, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from yinfeng.core.errors import Text

SCRIPT_TEXTS: dict[str, Text] = {
    "close": _("关闭"),
    "dismiss": _("知道了"),
    "failed": _("没有办成，请稍后再试；填写的内容还在。"),
    "offline": _("连不上服务器，请检查网络；填写的内容还在。"),
    "loading": _("正在打开…"),
    "filters": _("更多筛选"),
    "leave": _("有尚未保存的内容。"),
}
