"""Choices of the ledger room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundKind(models.TextChoices):
    """资金类型."""

    CAPITAL = "capital", _("资本金")
    SHAREHOLDER_LOAN = "shareholder_loan", _("股东借款")
    BANK_LOAN = "bank_loan", _("银行贷款")
    EQUIPMENT = "equipment", _("设备作价")
    LAND = "land", _("土地款")
    WORKING_CAPITAL = "working_capital", _("流动资金")
    INTANGIBLE = "intangible", _("无形资产")


class EntryState(models.TextChoices):
    """Where a fund entry stands between reporter and verifier."""

    REPORTED = "reported", _("已上报")
    VERIFIED = "verified", _("已核定")
    CUT = "cut", _("已核减")
    RETURNED = "returned", _("已退回")


class Verdict(models.TextChoices):
    """What a verifier decided."""

    VERIFY = "verify", _("核定")
    CUT = "cut", _("核减")
    RETURN = "return", _("退回")


class VoucherKind(models.TextChoices):
    """凭证类型."""

    BANK_SLIP = "bank_slip", _("银行进账单")
    CAPITAL_REPORT = "capital_report", _("验资报告")
    INVOICE = "invoice", _("发票")
    CONTRACT = "contract", _("购置/用地合同")
    STATISTICS = "statistics", _("统计数据")
    CUSTOMS = "customs", _("海关/外汇单据")
    OTHER = "other", _("其他")


class LedgerVerb(models.TextChoices):
    """What this room's actions are called in the log."""

    ENTERED = "fund.entered", _("登记到位资金")
    CORRECTED = "fund.corrected", _("更正到位资金")
    CHANGED = "fund.changed", _("修改到位资金")
    WITHDRAWN = "fund.withdrawn", _("撤回到位资金")
    VERIFIED = "fund.verified", _("核定到位资金")
    CUT = "fund.cut", _("核减到位资金")
    RETURNED = "fund.returned", _("退回到位资金")
    VOUCHER = "voucher.added", _("登记凭证")
