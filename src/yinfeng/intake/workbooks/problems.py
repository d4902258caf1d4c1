"""What can be wrong with a cell or a row, in words for the person who has to mend it."""

from yinfeng.core.faults import gettext_noop

PROBLEMS: dict[str, str] = {
    "approximate_amount": gettext_noop("金额是约数"),
    "approximate_number": gettext_noop("数量是约数"),
    "approximate_date": gettext_noop("日期不确切，只保留能确定的部分"),
    "missing_amount": gettext_noop("没有填写投资额"),
    "ambiguous_amount": gettext_noop("金额是区间或有多个数，未取值"),
    "ambiguous_number": gettext_noop("数量是区间或有多个数，未取值"),
    "bad_amount": gettext_noop("金额栏不是数字，未取值"),
    "unit_in_cell": gettext_noop("单元格自带的单位与表头不同，以单元格为准"),
    "unknown_unit": gettext_noop("表头、表名和单元格都没有写明单位，未取值"),
    "foreign_currency": gettext_noop("金额是其他币种，未换算"),
    "merged_amount": gettext_noop("数量写在上方合并单元格中，只计入第一行"),
    "year_inferred": gettext_noop("日期没有写年份，按填报时间或标题推定"),
    "ambiguous_date": gettext_noop("日期可能有两种读法（如 2025.1 与 2025.10），未取值"),
    "several_dates": gettext_noop("一格中有多个日期，取第一个"),
    "bad_date": gettext_noop("不是有效日期，未取值"),
    "unknown_stage": gettext_noop("项目阶段不在规定的词语中，未取值"),
    "unknown_word": gettext_noop("选项不在规定的词语中，未取值"),
    "bad_phone": gettext_noop("电话号码不完整或无法识别"),
    "bad_uscc": gettext_noop("统一社会信用代码不正确"),
    "duplicate_name": gettext_noop("与前面的行项目名称相同"),
    "missing_name": gettext_noop("没有填写关键名称"),
    "hidden_row": gettext_noop("这一行在表中是隐藏的"),
    "formula_error": gettext_noop("公式出错，未取值"),
    "formula_without_value": gettext_noop("公式没有保存计算结果，未取值"),
    "formula_like_text": gettext_noop("文字以公式符号开头，按文字保留"),
    "control_characters": gettext_noop("去除了看不见的控制字符"),
    "text_too_long": gettext_noop("文字超过 32767 个字符"),
    "sum_mismatch": gettext_noop("合计与分项之和不一致"),
}


def message_zh(code: str) -> str:
    """Sentence shown to the user for a problem code.

    >>> message_zh("bad_date")
    '不是有效日期，未取值'
    """
    return PROBLEMS[code]
