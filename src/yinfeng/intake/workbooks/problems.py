"""What can be wrong with a cell or a row, in words for the person who has to mend it."""

PROBLEMS: dict[str, str] = {
    "approximate_amount": "金额是约数",
    "approximate_number": "数量是约数",
    "approximate_date": "日期不确切，只保留能确定的部分",
    "missing_amount": "没有填写投资额",
    "ambiguous_amount": "金额是区间或有多个数，未取值",
    "ambiguous_number": "数量是区间或有多个数，未取值",
    "bad_amount": "金额栏不是数字，未取值",
    "unit_in_cell": "单元格自带的单位与表头不同，以单元格为准",
    "unknown_unit": "表头、表名和单元格都没有写明单位，未取值",
    "foreign_currency": "金额是其他币种，未换算",
    "merged_amount": "数量写在上方合并单元格中，只计入第一行",
    "year_inferred": "日期没有写年份，按填报时间或标题推定",
    "ambiguous_date": "日期可能有两种读法（如 2025.1 与 2025.10），未取值",
    "several_dates": "一格中有多个日期，取第一个",
    "bad_date": "不是有效日期，未取值",
    "unknown_stage": "项目阶段不在规定的词语中，未取值",
    "unknown_word": "选项不在规定的词语中，未取值",
    "bad_phone": "电话号码不完整或无法识别",
    "bad_uscc": "统一社会信用代码不正确",
    "duplicate_name": "与前面的行项目名称相同",
    "missing_name": "没有填写关键名称",
    "hidden_row": "这一行在表中是隐藏的",
    "formula_error": "公式出错，未取值",
    "formula_without_value": "公式没有保存计算结果，未取值",
    "formula_like_text": "文字以公式符号开头，按文字保留",
    "control_characters": "去除了看不见的控制字符",
    "text_too_long": "文字超过 32767 个字符",
    "sum_mismatch": "合计与分项之和不一致",
}


def message_zh(code: str) -> str:
    """Sentence shown to the user for a problem code.

    >>> message_zh("bad_date")
    '不是有效日期，未取值'
    """
    return PROBLEMS[code]
