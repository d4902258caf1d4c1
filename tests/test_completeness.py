"""Nothing is forgotten: every kind of record has its scope, its test data and its page, every metric its definition."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse

from tests.world import TODAY, Side, World, make_world
from yinfeng.chains.actions import create_chain
from yinfeng.config.assembly import EVIDENCE_OWNERS, PAGES, link
from yinfeng.core import clock
from yinfeng.core.models import Job
from yinfeng.core.parameters import set_parameter
from yinfeng.core.period import Period
from yinfeng.enterprises.actions import add_alias
from yinfeng.enterprises.models import Enterprise
from yinfeng.intake.actions import accept_candidate
from yinfeng.intake.models import Candidate, SourceDocument
from yinfeng.ledger.models import FundEntry
from yinfeng.ledger.tests.factories import verified
from yinfeng.org.actions import grant
from yinfeng.org.models import User
from yinfeng.org.scope import actor_for
from yinfeng.org.tests.factories import SYSTEM
from yinfeng.projects.actions import add_decision, add_name, change_agreement, set_plan_line, set_status
from yinfeng.projects.enums import Status
from yinfeng.projects.models import Agreement, Project
from yinfeng.reports.actions import draft_report
from yinfeng.targets.metrics import METRICS

pytestmark = pytest.mark.django_db

# What everybody in the office may read: the organisation, its rules and aims, firms, and what is offered to investors.
REFERENCE = {
    "chains.chain",
    "chains.chainalias",
    "chains.chainmaster",
    "core.parameter",
    "enterprises.enterprise",
    "enterprises.enterprisealias",
    "org.documenttemplate",
    "org.grant",
    "org.membership",
    "org.place",
    "org.region",
    "org.reportingmonth",
    "org.scopenode",
    "org.taskforce",
    "org.taskforcepost",
    "org.taskforceunit",
    "org.unit",
    "org.user",
    "projects.opportunity",
    "targets.target",
}
# Of all others: how a row leads to its project, unit or owner.
LEADS_TO = {
    "core.job": "owner_id",
    "intake.batch": "owner_id",
    "intake.batchrow": "batch__owner_id",
    "intake.candidate": "document__owner_id",
    "intake.sourcedocument": "owner_id",
    "ledger.fundentry": "project",
    "ledger.verification": "entry__project",
    "ledger.voucher": "uses__entry__project",
    "ledger.voucheruse": "entry__project",
    "outreach.activity": "unit",
    "projects.agreement": "project",
    "projects.agreementchange": "agreement__project",
    "projects.annualplanline": "project",
    "projects.decision": "project",
    "projects.gateoutcome": "project",
    "projects.milestone": "project",
    "projects.party": "project",
    "projects.placement": "project",
    "projects.project": "pk",
    "projects.projectname": "project",
    "projects.savedview": "owner_id",
    "projects.statuschange": "project",
    "submissions.progressnote": "project",
    "submissions.submission": "unit",
}
# Scoped by what it is, not by whose it is.
BY_STATE = {"reports.report": {"state": "draft"}}
# Never read by people directly; why there is no ``visible_to``.
UNREAD = {
    "core.auditentry": "read through the log's own queries, which ask for the record's scope",
    "core.auditseal": "the chain that proves the log",
    "core.calendarday": "working days, read by the calendar",
    "core.evidence": "read through its owner: attached_to, and the download door",
    "core.gesture": "marks of buttons already pressed",
    "core.searchdocument": "read through matching(), which asks for the records' scope",
    "core.storedfile": "the bytes behind evidence",
    "intake.provenance": "read through the record it tells the source of",
    "intake.rememberedmapping": "what the next workbook with the same header starts from",
    "projects.projectnode": "the listing that visible_to itself reads",
    "reports.reportfigure": "read through its report",
}
# Kinds that the world has no row of, and why.
WITHOUT_ROWS = {
    "core.auditseal": "written by the nightly sealing; core/tests/test_audit.py",
    "core.calendarday": "loaded by hand once a year; core/tests/test_calendars.py",
    "core.gesture": "only a posted form has one; core/tests/test_actions.py",
    "intake.rememberedmapping": "only a corrected mapping leaves one; intake/tests/web/test_committing.py",
    "org.documenttemplate": "only an uploaded Word template; reports/tests/test_reports.py",
}


def product() -> list[type[models.Model]]:
    """The models of the product."""
    return [model for model in apps.get_models() if model.__module__.startswith("yinfeng.")]


def label(model: type[models.Model]) -> str:
    """A model as the lists name it."""
    return str(model._meta.label_lower)


def complete(side: Side) -> None:
    """What the world's sides lack of the kinds that have a scope."""
    project = Project.objects.get(pk=side.project.pk)
    add_name(actor=SYSTEM, project=project, name=f"{side.unit.name}别名")
    add_decision(actor=SYSTEM, project=project, body="专题会", decided_on=TODAY, matter="用地")
    set_plan_line(actor=SYSTEM, project=project, year=2025, funds_wan=Decimal(100))
    set_status(actor=SYSTEM, project=project, status=Status.HALTED, occurred_on=TODAY, reason="停工")
    agreement = Agreement.objects.get(project=project)
    change_agreement(
        actor=SYSTEM,
        agreement_id=agreement.pk,
        version=agreement.version,
        delta_wan=Decimal(1),
        occurred_on=date(2025, 3, 10),
        reason="增加",
    )
    verified(FundEntry.objects.get(project=project))
    Job.objects.create(
        name="report", title="报表", owner_id=owner_of(side), run_after=clock.now(), created_at=clock.now()
    )


def owner_of(side: Side) -> int:
    """Who made a side's records."""
    code = side.values["intake:document"]["code"]
    owner = SourceDocument.objects.get(code=code).owner_id
    assert owner is not None
    return owner


def organise(world: World) -> None:
    """A chain with another name, a task force out of a plan, a permission and a rule."""
    create_chain(actor=SYSTEM, name="盐湖化工产业链", short_name="盐湖化工", aliases=("盐化",))
    code = world.own.values["intake:document"]["code"]
    accept_candidate(actor=SYSTEM, candidate_id=Candidate.objects.get(document__code=code, kind="task_force").pk)
    grant(actor=SYSTEM, user=world.cast["leader"], node=world.own.unit.node, reason="协办")
    set_parameter(
        actor=SYSTEM, key="report.near_days", title="临近天数", value="3", unit="天", effective_from=date(2025, 1, 1)
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """The world, with one of every scoped kind on both sides."""
    kept, settings.FILES_ROOT = settings.FILES_ROOT, tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic(), clock.at(TODAY):
        made = make_world()
        complete(made.own)
        complete(made.foreign)
        add_alias(actor=SYSTEM, enterprise=Enterprise.objects.get(name="公共企业有限公司"), name="公企")
        draft_report(actor=SYSTEM, period=Period.parse("2025-03"))
        organise(made)
        yield made
        transaction.set_rollback(True)
    settings.FILES_ROOT = kept


def key_of(side: Side, name: str) -> Any:
    """What a row of this kind leads to on one side."""
    path = LEADS_TO[name]
    if path.endswith("owner_id"):
        return owner_of(side)
    return side.unit.pk if path == "unit" else side.project.pk


def test_every_kind_of_record_has_its_scope_or_is_declared():
    seen = {label(model) for model in product() if hasattr(model._default_manager, "visible_to")}
    assert seen == REFERENCE | LEADS_TO.keys() | BY_STATE.keys()
    assert {label(model) for model in product()} - seen == UNREAD.keys()


@pytest.mark.parametrize("name", sorted(LEADS_TO))
def test_a_foreign_units_record_is_hidden_and_ones_own_is_seen(world, name):
    manager: Any = apps.get_model(name)._default_manager
    own = {LEADS_TO[name]: key_of(world.own, name)}
    foreign = {LEADS_TO[name]: key_of(world.foreign, name)}
    person = world.cast["reporter"]
    if LEADS_TO[name].endswith("owner_id"):
        person = User.objects.get(pk=owner_of(world.own))
    actor = actor_for(person)
    assert manager.filter(**foreign).exists()
    assert not manager.visible_to(actor).filter(**foreign).exists()
    assert set(manager.visible_to(actor).filter(**own)) == set(manager.filter(**own)) != set()


@pytest.mark.parametrize("name", sorted(BY_STATE))
def test_an_unfinished_record_is_hidden_from_those_who_do_not_run_the_office(world, name):
    manager: Any = apps.get_model(name)._default_manager
    assert manager.filter(**BY_STATE[name]).exists()
    assert not manager.visible_to(actor_for(world.cast["reporter"])).filter(**BY_STATE[name]).exists()
    assert manager.visible_to(actor_for(world.cast["office"])).filter(**BY_STATE[name]).exists()


@pytest.mark.parametrize("name", sorted(REFERENCE))
def test_reference_data_is_read_by_everybody(world, name):
    manager: Any = apps.get_model(name)._default_manager
    kept = {"withdrawn_at__isnull": True} if hasattr(manager.model, "withdrawn_at") else {}
    assert set(manager.visible_to(actor_for(world.cast["reporter"]))) == set(manager.filter(**kept))


def test_every_kind_of_record_is_in_the_world_or_told_why_not(world):
    empty = {label(model) for model in product() if not model._default_manager.exists()}
    assert " ".join(sorted(empty)) == " ".join(sorted(WITHOUT_ROWS))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_record_type_with_a_page_opens_there(world, name):
    record: Any = apps.get_model(name)._default_manager.exclude(code="").order_by("-pk").first()
    client = Client()
    client.force_login(world.cast["admin"], backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(TODAY):
        assert link(name, record.code) == reverse(PAGES[name], args=[record.code])
        assert client.get(link(name, record.code)).status_code == 200


def test_files_belong_to_records_that_know_their_scope():
    assert {name for name in EVIDENCE_OWNERS if name not in LEADS_TO} == set()


@pytest.mark.parametrize("name", sorted(METRICS))
def test_every_metric_says_what_it_counts_and_opens(world, name):
    metric = METRICS[name]
    assert str(metric.title)
    assert str(metric.definition).endswith("。")
    client = Client()
    client.force_login(world.cast["admin"], backend="django.contrib.auth.backends.ModelBackend")
    with clock.at(TODAY):
        opened = client.get(reverse("targets:figure", kwargs={"metric": name}))
    assert opened.status_code == 200
    assert str(metric.definition)[:20] in opened.content.decode()
