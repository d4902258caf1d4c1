"""Tell the columns of money in place apart: month or year, planned or arrived, and from where."""

import re

_NOT_MONEY = re.compile(
    r"(时间|日期|年限|凭证|依据|证明|材料|类型|类别|性质|方式|率|占比|比例|来源地?|用途|说明|备注|单位|人|人数|个数|是否.*|名称|编号|进度|渠道|差额|增幅|增长|排名|问题|进展.*|措施)$|/是否|内外资|外资企业|上月|季度|同期|同比|增速|合同|协议|新增企业|(?<!自)(?:开工|竣工)(?!以来|后|至今|累计)|项目数"
)
_PLACE = re.compile(r"到位|到资|到账|资金|省外|省内|外资|累计|当月|本月|引资额")
_PLAN = re.compile(r"计划|目标|任务|预计到位|拟到位")
_YEARLY = re.compile(r"本年|当年|全年|今年|年度|年内|20\d\d年|\d+[-—~至]\d+月|1月?[-—~至]|年初以来")
_PRIOR = re.compile(
    r"(截[至止])?(上年|去年|20\d\d年)(年?底|年?末|12月底?)|以前年度|往年|历年结转|上年结转|年前累计|截[至止]上年"
)
_MONTH = re.compile(r"本月|当月|本期|(?<![-—~至\d])\d{1,2}月份?(当月|单月|到位|到资|新增|资金)")
_SINCE_START = re.compile(r"开工以来|自开工|建设以来|历年累计|累计")
_ELSEWHERE = re.compile(r"完成(固定资产)?投资|投资完成|固定资产|固投|总投资|贷款|流动资金|专项|债券|产值|税")
_ABROAD = re.compile(r"外资|境外|外商|美元|FDI|fdi")


def _origin(path: str) -> str:
    if "省外" in path:
        return "out_of_province"
    if "省内" in path:
        return "in_province"
    return "foreign" if _ABROAD.search(path) else ""


def funds_field(path: str, leaf: str) -> str | None:
    """Field of a money-in-place column by its folded header path, None when it is none.

    >>> funds_field("本月到位资金/其中:省外", "省外")
    'month_out_of_province_wan'
    >>> funds_field("2025年目标", "2025年目标")
    'plan_year_wan'
    """
    if _NOT_MONEY.search(leaf):
        return None
    if _PLAN.search(path) and (_YEARLY.search(path) or re.search(r"到位|目标|任务", path)):
        return None if _ELSEWHERE.search(path) and not _YEARLY.search(path) else "plan_year_wan"
    if not _PLACE.search(path) or _ELSEWHERE.search(path):
        return None
    origin = _origin(path)
    if _PRIOR.search(path):
        return "prior_funds_wan" if not origin else None
    if _MONTH.search(path):
        return f"month_{origin}_wan" if origin else "month_funds_wan"
    if _YEARLY.search(path):
        return f"{origin}_wan" if origin else "year_funds_wan"
    if _SINCE_START.search(path):
        return "cumulative_wan" if not origin else None
    if origin:
        return f"{origin}_wan"
    return "cumulative_wan" if re.search(r"到位|到资|到账", path) else None
