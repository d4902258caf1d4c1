"""Why a document's text cannot be had, in words for people."""

from typing import Final

from yinfeng.core.faults import gettext_noop

UNREADABLE: Final = {
    "empty": gettext_noop("文件是空的"),
    "binary": gettext_noop("这不是文本文件"),
    "too_large": gettext_noop("文件太大"),
    "encoding": gettext_noop("文字编码无法识别"),
    "encrypted": gettext_noop("文件已加密，请先解除密码"),
    "corrupt": gettext_noop("文件已损坏，无法读取"),
    "no_text": gettext_noop("文件里没有文字层，可能是扫描件，请先做文字识别"),
    "unsupported": gettext_noop("不支持这种文件，请用 txt、docx 或 pdf"),
}


class UnreadableDocument(Exception):
    """A document whose text cannot be had; ``code`` is stable, ``message_zh`` is for people."""

    def __init__(self, code: str, message_zh: str | None = None) -> None:
        self.code = code
        self.message_zh = message_zh or UNREADABLE[code]
        super().__init__(self.message_zh)
