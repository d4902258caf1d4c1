"""The one place that ties upper rooms to lower ones: who takes part in which page, proof, search and gate."""

from collections.abc import Callable, Mapping, Sequence

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yinfeng.chains import queries as chain_queries
from yinfeng.chains.enums import ChainVerb
from yinfeng.core.actor import Actor
from yinfeng.core.assembly import Check, MonthPanel, NavItem, Panel, Requirement, SearchProvider, TodayItem
from yinfeng.core.errors import Text
from yinfeng.core.verbs import CoreVerb
from yinfeng.enterprises import queries as enterprise_queries
from yinfeng.enterprises.enums import EnterpriseVerb
from yinfeng.intake import queries as intake_queries
from yinfeng.intake.enums import IntakeVerb
from yinfeng.ledger import queries as ledger_queries
from yinfeng.ledger.enums import LedgerVerb
from yinfeng.org import queries as org_queries
from yinfeng.org.enums import OrgVerb
from yinfeng.outreach import queries as outreach_queries
from yinfeng.outreach.enums import OutreachVerb
from yinfeng.place.enums import PlaceVerb
from yinfeng.projects import queries as project_queries
from yinfeng.projects.enums import ProjectVerb
from yinfeng.reports.enums import ReportVerb
from yinfeng.submissions import queries as submission_queries
from yinfeng.submissions.enums import SubmissionVerb
from yinfeng.targets import queries as target_queries
from yinfeng.targets.enums import TargetVerb

NAVIGATION: Sequence[NavItem] = (
    NavItem("today", _("今日"), "home"),
    NavItem("progress", _("进度"), "reports:progress"),
    NavItem("projects", pgettext_lazy("多个", "项目"), "projects:list"),
    NavItem("grid", _("动态管理表"), "submissions:grid"),
    NavItem("submissions", _("报送"), "submissions:list"),
    NavItem("funds", _("资金"), "ledger:list"),
    NavItem("targets", pgettext_lazy("多个", "目标"), "targets:list"),
    NavItem("outreach", _("外出"), "outreach:list"),
    NavItem("enterprises", pgettext_lazy("多个", "企业"), "enterprises:list"),
    NavItem("reports", _("报表"), "reports:list"),
    NavItem("intake", _("录入"), "intake:home"),
)

PROJECT_PANELS: Sequence[Panel] = (
    Panel("money", _("资金"), "ledger/project_panel.html", ledger_queries.project_panel),
    Panel("progress", _("月进展"), "submissions/project_panel.html", submission_queries.project_panel),
    Panel("activities", _("招商活动"), "outreach/project_panel.html", outreach_queries.project_panel),
    Panel("sources", _("来源"), "intake/provenance_panel.html", intake_queries.project_panel),
)
CARD_PANELS: Sequence[Panel] = (Panel("money", _("资金"), "", ledger_queries.money_of),)
GRID_PANELS: Sequence[MonthPanel] = (MonthPanel("money", ledger_queries.funds_in),)
UNIT_PANELS: Sequence[Panel] = (
    Panel("activities", _("招商活动"), "outreach/unit_panel.html", outreach_queries.unit_panel),
)
FORCE_PANELS: Sequence[Panel] = (Panel("chain", _("产业链"), "chains/force_panel.html", chain_queries.force_panel),)
CHAIN_PANELS: Sequence[Panel] = (
    Panel("standing", _("本年进度"), "targets/chain_panel.html", target_queries.chain_panel),
    Panel("activities", _("招商活动"), "outreach/chain_panel.html", outreach_queries.chain_panel),
)
ENTERPRISE_PANELS: Sequence[Panel] = (
    Panel("dealings", _("项目与往来"), "outreach/enterprise_panel.html", outreach_queries.enterprise_panel),
)
REQUIREMENTS: Sequence[Requirement] = ()
CHECKS: Sequence[Check] = (
    Check("voucher_face", _("凭证使用不超过票面"), ledger_queries.voucher_findings),
    Check("verified_amount", _("核定额等于核定记录合计"), ledger_queries.verification_findings),
    Check("chain_sums", _("各链与未归链合计等于全市，明细合计等于数字"), target_queries.sums_findings),
    Check("targets", _("目标对应已知指标，主目标不重复"), target_queries.target_findings),
)
SEARCH: Sequence[SearchProvider] = (
    SearchProvider(pgettext_lazy("多个", "项目"), project_queries.find_projects),
    SearchProvider(_("招商推介项目"), project_queries.find_opportunities),
    SearchProvider(pgettext_lazy("多个", "企业"), enterprise_queries.find_enterprises),
    SearchProvider(pgettext_lazy("多个", "单位"), org_queries.find_units),
    SearchProvider(pgettext_lazy("多个", "产业链"), chain_queries.find_chains),
)
TODAY: Sequence[Callable[[Actor], Sequence[TodayItem]]] = (
    submission_queries.today_items,
    ledger_queries.today_items,
    outreach_queries.today_items,
    project_queries.today_items,
    intake_queries.today_items,
)

VERBS: tuple[type[models.TextChoices], ...] = (
    CoreVerb,
    OrgVerb,
    EnterpriseVerb,
    ChainVerb,
    ProjectVerb,
    OutreachVerb,
    LedgerVerb,
    SubmissionVerb,
    TargetVerb,
    ReportVerb,
    IntakeVerb,
    PlaceVerb,
)
VERB_LABELS: Mapping[str, Text] = {member.value: member.label for verbs in VERBS for member in verbs}

# Record type → name of its page, reached by public code.
PAGES = {
    "projects.project": "projects:detail",
    "projects.opportunity": "projects:opportunity",
    "enterprises.enterprise": "enterprises:detail",
    "chains.chain": "chains:detail",
    "org.unit": "org:unit",
    "org.taskforce": "org:task_force",
    "org.user": "org:user",
    "ledger.fundentry": "ledger:detail",
    "outreach.activity": "outreach:detail",
    "targets.target": "targets:detail",
    "reports.report": "reports:detail",
    "intake.sourcedocument": "intake:document",
    "intake.batch": "intake:batch",
    "submissions.submission": "submissions:detail",
}


def link(target_type: str, code: str) -> str:
    """The address of a record's page, or an empty text where it has none."""
    name = PAGES.get(target_type)
    if not name or not code:
        return ""
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""


# Record types whose files anybody who sees the record may open.
EVIDENCE_OWNERS = frozenset(
    {
        "projects.project",
        "projects.milestone",
        "projects.agreement",
        "projects.decision",
        "ledger.fundentry",
        "ledger.voucher",
        "outreach.activity",
        "submissions.submission",
    }
)


def evidence_owner_visible(actor: Actor, owner_type: str, owner_id: int) -> bool:
    """Whether the actor may see the record that a file belongs to."""
    if owner_type not in EVIDENCE_OWNERS:
        return False
    rows = apps.get_model(owner_type)._default_manager.get_queryset()
    return bool(rows.visible_to(actor).filter(pk=owner_id).exists())
