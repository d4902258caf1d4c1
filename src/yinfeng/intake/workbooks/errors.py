"""Why a file cannot be read as a workbook."""

from yinfeng.core.faults import gettext_noop

UNREADABLE = {
    "corrupt": gettext_noop("文件已损坏，无法读取。请重新导出或用表格软件另存后再试。"),
    "encrypted": gettext_noop("文件设有打开密码。请取消密码后再上传。"),
    "empty": gettext_noop("文件中没有内容。"),
    "too_large": gettext_noop("文件过大，超出一次可读取的范围。请拆分后再上传。"),
    "unsupported": gettext_noop("不支持的文件类型。请使用 .xlsx、.xls 或 .csv。"),
    "bomb": gettext_noop("文件解压后异常庞大，出于安全考虑未读取。"),
}


class UnreadableWorkbook(Exception):
    """A file that yields no workbook, with a stable code and a sentence for the user."""

    def __init__(self, code: str, message_zh: str = "") -> None:
        self.code = code
        self.message_zh = message_zh or UNREADABLE[code]
        super().__init__(f"{code}: {self.message_zh}")
