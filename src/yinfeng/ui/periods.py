"""A period in the words of the reader's language."""

from django.utils.translation import get_language

from yinfeng.core.period import Period


def period_text(period: Period) -> str:
    """How a period is written on a page: 2025年3月, or Mar 2025 on an English page."""
    return period.label_en if get_language() == "en" else period.label
