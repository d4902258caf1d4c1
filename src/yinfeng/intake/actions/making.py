"""What accepting a candidate makes: each kind of record through its own room's action. No transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from yinfeng.chains.actions import add_chain_master, create_chain
from yinfeng.chains.models import Chain
from yinfeng.chains.queries import chain_key, chain_named
from yinfeng.core import clock
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import EnterpriseKind
from yinfeng.enterprises.models import Enterprise
from yinfeng.enterprises.queries import enterprise_like
from yinfeng.intake.drafts import PLANNED_STAGES, unwrapped
from yinfeng.intake.enums import CandidateKind
from yinfeng.intake.models import Candidate, Provenance, SourceDocument
from yinfeng.intake.queries.matching import decimal_of, likes, scope_chain
from yinfeng.intake.queries.naming import Names, load_names
from yinfeng.org.actions import create_task_force, create_unit, update_task_force
from yinfeng.org.enums import ForceRole, TaskForceKind, UnitKind
from yinfeng.org.models import TaskForce, Unit
from yinfeng.projects.actions import add_name, create_opportunity, create_project, enter_under_way
from yinfeng.projects.enums import ProjectKind, Stage
from yinfeng.projects.queries import stage_word
from yinfeng.projects.values import OpportunityValues, ProjectValues
from yinfeng.targets.actions import set_target
from yinfeng.targets.enums import Operator, TargetLevel
from yinfeng.targets.models import Target

COLOURS = 7
UNIT_KINDS = (
    ("管委会", UnitKind.PARK),
    ("管理委员会", UnitKind.PARK),
    ("公司", UnitKind.STATE_FIRM),
    ("集团", UnitKind.STATE_FIRM),
    ("街道", UnitKind.TOWN),
    ("镇", UnitKind.TOWN),
    ("乡", UnitKind.TOWN),
)


@dataclass
class Made:
    """What became of one candidate: its record, and every record made or confirmed on the way."""

    candidate: Candidate
    actor: Actor
    names: Names
    main: models.Model | None = None
    rows: list[Provenance] = field(default_factory=list)

    @property
    def document(self) -> SourceDocument:
        """The document that speaks."""
        return self.candidate.document

    def note(self, target: models.Model, *, made: bool = True, quotation: str = "") -> None:
        """Keep where a record comes from."""
        self.rows.append(
            Provenance(
                target_type=target._meta.label_lower,
                target_id=target.pk,
                document=self.document,
                candidate=self.candidate,
                quotation=quotation or self.candidate.quotation,
                made=made,
                noted_at=clock.now(),
            )
        )

    @property
    def basis(self) -> str:
        """The document as a basis: title and number."""
        return source_line(self.document)


def source_line(document: SourceDocument) -> str:
    """A document as others cite it.

    Chinese documents are cited with their number in brackets behind the title.
    """
    number = f"（{document.number}）" if document.number else ""
    return f"《{document.title}》{number}"


def make(actor: Actor, candidate: Candidate) -> Made:
    """Make what a candidate stands for. What only the document knows (sums, results) makes no record."""
    made = Made(candidate, actor, load_names())
    maker = MAKERS.get(candidate.kind)
    if maker is not None:
        maker(made, candidate.values)
    Provenance.objects.bulk_create(made.rows, batch_size=500)
    return made


def make_project(made: Made, values: Mapping[str, Any]) -> None:
    """An opportunity where nobody invests yet, else a project at its stage with its investor."""
    stage, _status, in_doubt = stage_word(values["stage"])
    if not values["enterprise"].strip() and values["stage"] in PLANNED_STAGES:
        _make_opportunity(made, values)
        return
    investor = _firm(made, values["enterprise"], EnterpriseKind.INVESTOR) if values["enterprise"].strip() else None
    project = create_project(
        actor=made.actor,
        values=ProjectValues(
            name=values["name"],
            kind=values["kind"] if values["kind"] in ProjectKind.values else ProjectKind.NEW_INDUSTRY,
            source=made.basis[:200],
            total_wan=decimal_of(values["amount_wan"]),
            **_common(made, values),
        ),
        investor=investor,
    )
    made.main = project
    made.note(project)
    if stage is not None and (stage is not Stage.LEAD or in_doubt):
        quoted = unwrapped(made.candidate.quotation)[:200]
        basis = f"{made.basis}：{quoted}"[:400]
        enter_under_way(actor=made.actor, project=project, stage=stage, basis=basis, in_doubt=in_doubt)
    for alias in values["aliases"]:
        if alias.strip() and alias != values["name"]:
            add_name(actor=made.actor, project=project, name=alias)


def _common(made: Made, values: Mapping[str, Any]) -> dict[str, Any]:
    """What projects and opportunities are both told of."""
    return {
        "chain": chain_named(values["chain"]) if values["chain"] else None,
        "region": made.names.region(values["region"]),
        "lead_unit": made.names.unit(values["unit"]),
        "product": values["product"][:200],
        "capacity": values["capacity"][:200],
    }


def _make_opportunity(made: Made, values: Mapping[str, Any]) -> None:
    opportunity = create_opportunity(
        actor=made.actor,
        values=OpportunityValues(
            name=values["name"],
            total_wan=decimal_of(values["amount_wan"]),
            source=made.basis[:200],
            **_common(made, values),
        ),
    )
    made.main = opportunity
    made.note(opportunity)


def _firm(made: Made, name: str, kind: EnterpriseKind) -> Enterprise:
    """The firm of that name, registered where it is not."""
    known = enterprise_like(name)
    firm = register_enterprise(actor=made.actor, name=name, kind=kind)
    made.note(firm, made=known is None)
    return firm


def make_task_force(made: Made, values: Mapping[str, Any]) -> None:
    """The task force with its units, its chain with its masters, and its targets."""
    lead = [_unit(made, name) for name in values["lead_units"]]
    support = [_unit(made, name) for name in values["support_units"]]
    force = _force(made, values, lead, support)
    made.main = force
    chain = _chain(made, values, force) if values["chain"] else None
    if chain is None:
        return
    for name in values["masters"]:
        add_chain_master(actor=made.actor, chain=chain, enterprise=_firm(made, name, EnterpriseKind.LOCAL))
    for wanted in _force_targets(values):
        quotation = values.get("quotations", {}).get(wanted["metric"], "")
        _target(made, chain=chain, period=values["period"], level="chain", quotation=quotation, **wanted)


def _force(made: Made, values: Mapping[str, Any], lead: Sequence[Unit], support: Sequence[Unit]) -> TaskForce:
    """A new task force, or one of that name that was put to rest and now works again."""
    posts = [(ForceRole.SPONSOR, post) for post in values["sponsors"]]
    posts += [(ForceRole.LEADER, post) for post in values["leaders"]]
    said: dict[str, Any] = {
        "name": values["name"],
        "short_name": _short(values["chain"] or values["name"]),
        "posts": posts,
        "lead_units": lead,
        "support_units": support,
        "duties": "\n".join(values["tasks"]),
    }
    resting = TaskForce.objects.filter(name=values["name"], active=False).first()
    if resting is not None:
        force = update_task_force(
            actor=made.actor, task_force_id=resting.pk, version=resting.version, position=resting.position, **said
        )
    else:
        position = (TaskForce.objects.count() + 1) * 10
        kind = TaskForceKind.CHAIN if values["chain"] else TaskForceKind.PROJECT
        force = create_task_force(actor=made.actor, kind=kind, position=position, **said)
    made.note(force)
    return force


def _short(name: str) -> str:
    return chain_key(name)[:20] or name[:20]


def _unit(made: Made, name: str) -> Unit:
    """The unit of that name, set up where there is none."""
    known = made.names.unit(name)
    if known is not None:
        return known
    kind = next((kind for sign, kind in UNIT_KINDS if name.endswith(sign)), UnitKind.DEPARTMENT)
    unit = create_unit(actor=made.actor, name=name, short_name=name[:40], kind=kind)
    made.note(unit)
    made.names = load_names()
    return unit


def _chain(made: Made, values: Mapping[str, Any], force: TaskForce) -> Chain:
    """The chain of that name, set up where there is none."""
    known = chain_named(values["chain"])
    if known is not None:
        made.note(known, made=False)
        return known
    count = Chain.objects.count()
    chain = create_chain(
        actor=made.actor,
        name=values["chain"],
        short_name=_short(values["chain"]),
        group=values["group"],
        position=(count + 1) * 10,
        colour=count % COLOURS,
        task_force=force,
    )
    made.note(chain)
    return chain


def _force_targets(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The targets that a task force's values state."""
    found: list[dict[str, Any]] = [
        {"metric": metric, "value": decimal_of(values[f"{key}_wan"]), "operator": values[f"{key}_operator"]}
        for metric, key in (("signed_amount", "signed"), ("funds_reported", "funds"))
    ]
    found.append(
        {
            "metric": "big_projects",
            "value": decimal_of(values["big_count"]),
            "operator": "at_least",
            "threshold_wan": decimal_of(values["big_threshold_wan"]),
        }
    )
    return [wanted for wanted in found if wanted["value"] is not None]


def make_target(made: Made, values: Mapping[str, Any]) -> None:
    """A target with its source; one without a metric of ours stays a fact of the document."""
    if not values["metric"]:
        return
    value = decimal_of(values["value"])
    if value is None:
        raise Invalid({"value": _("目标值不是数字，请先修改。")})
    made.main = _target(
        made,
        metric=values["metric"],
        period=values["period"],
        chain=_scope(made, values["scope"]),
        value=value,
        operator=values["operator"],
        threshold_wan=decimal_of(values["threshold_wan"]),
        source_title=values["source_title"],
        level=values["level"],
    )


def _scope(made: Made, scope: str) -> Chain | None:
    """The chain a target is for, or nothing for the whole place; any other scope is refused, never guessed."""
    place = made.names.place
    if not scope or (place is not None and scope in {place.name, place.short_name, "全市", "全州", "全县", "本市"}):
        return None
    chain = scope_chain(scope)
    if chain is None:
        raise Invalid(
            {"scope": _("没有识别目标的对象“%(scope)s”：请改为本地名称，或先建立这条产业链。") % {"scope": scope}}
        )
    return chain


def _target(
    made: Made,
    *,
    metric: str,
    period: str,
    chain: Chain | None,
    value: Decimal,
    operator: str,
    threshold_wan: Decimal | None = None,
    source_title: str = "",
    level: str = "city",
    quotation: str = "",
) -> Target:
    """The target that a document sets, beside what other documents say of the same."""
    asked = {"metric": metric, "period": period, "scope": str(chain or ""), "value": value}
    title = source_title or made.document.title
    same = likes(CandidateKind.TARGET, asked | {"threshold_wan": threshold_wan, "source_title": title})
    if same:
        known = Target.objects.get(pk=same[0].id)
        made.note(known, made=False, quotation=quotation)
        return known
    money = metric != "big_projects"
    beside = Target.objects.filter(
        metric=metric, period=period, chain=chain, unit=None, region=None, main=True, withdrawn_at__isnull=True
    )
    target = set_target(
        actor=made.actor,
        metric=metric,
        period=period,
        level=TargetLevel(level),
        chain=chain,
        operator=Operator(operator),
        value_wan=value if money else None,
        value_number=None if money else value,
        threshold_wan=threshold_wan if metric == "big_projects" else None,
        wording=unwrapped(quotation or made.candidate.quotation)[:200],
        source_title=title[:200],
        source_number=made.document.number,
        source_on=issued_on(made.document),
        main=not beside.exists(),
    )
    made.note(target, quotation=quotation)
    return target


def issued_on(document: SourceDocument) -> date | None:
    """The day a document was issued, if it was told."""
    return document.issued_on


Maker = Callable[[Made, Mapping[str, Any]], None]
MAKERS: Mapping[str, Maker] = {
    CandidateKind.PROJECT: make_project,
    CandidateKind.TASK_FORCE: make_task_force,
    CandidateKind.TARGET: make_target,
}
