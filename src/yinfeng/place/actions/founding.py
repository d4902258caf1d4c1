"""Founding a place: an empty one from a short form, or a sample with its plan."""

from decimal import Decimal

from django.utils.translation import gettext as _

from yinfeng.chains.actions import add_chain_master, create_chain
from yinfeng.chains.models import Chain
from yinfeng.core import clock
from yinfeng.core.actions import action, record
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.parameters import load_parameters
from yinfeng.enterprises.actions import register_enterprise
from yinfeng.enterprises.enums import EnterpriseKind, Origin
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.actions import create_park, create_task_force, create_unit, load_regions, set_place
from yinfeng.org.enums import ForceRole, TaskForceKind, UnitKind
from yinfeng.org.models import Place, Region, Unit
from yinfeng.place.enums import PlaceVerb
from yinfeng.place.samples import Sample, SampleChain, SampleProject, SampleTarget
from yinfeng.projects.actions import (
    add_name,
    create_opportunity,
    create_project,
    enter_under_way,
    set_plan_line,
)
from yinfeng.projects.enums import NameKind, ProjectKind, Stage
from yinfeng.projects.lifecycle import stage_word
from yinfeng.projects.values import OpportunityValues, ProjectValues
from yinfeng.targets.actions import set_target
from yinfeng.targets.enums import Operator, TargetLevel

YI = Decimal(10_000)
OWN_PROVINCE_CODES = 2


@action
def found_place(
    *, actor: Actor, name: str, short_name: str, office_name: str, region_code: str, year: int, report_day: int = 25
) -> Place:
    """Start an empty place: the country's regions, the place itself and its office; everything else is added later."""
    if Place.objects.exists():
        raise Invalid({"name": _("这套系统已经建立了本地，请在设置中修改。")})
    load_regions(actor=actor)
    load_parameters(actor=actor)
    place = set_place(
        actor=actor,
        name=name,
        short_name=short_name,
        office_name=office_name,
        region_code=region_code,
        year=year,
        report_day=report_day,
    )
    create_unit(
        actor=actor,
        name=office_name,
        short_name=_("招商办"),
        kind=UnitKind.OFFICE,
        region=place.region,
        reports=False,
        position=1,
    )
    record(actor=actor, verb=PlaceVerb.FOUNDED, target=place, after={"region": region_code, "year": year})
    return place


@action
def load_sample(*, actor: Actor, sample: Sample) -> Place:
    """Load a sample place: regions, parks, units, task forces with targets, and the projects its plan names."""
    if Place.objects.exists():
        raise Invalid({"name": _("这套系统已经建立了本地，示例只能载入空的系统。")})
    load_regions(actor=actor)
    load_parameters(actor=actor)
    place = set_place(
        actor=actor,
        name=sample.name,
        short_name=sample.short_name,
        office_name=sample.office_name,
        region_code=sample.region_code,
        year=sample.year,
        report_day=sample.report_day,
        final_day=sample.final_day,
    )
    for code, name, parent in sample.parks:
        create_park(actor=actor, code=code, name=name, parent_code=parent)
    units = _create_units(actor, sample, place)
    chains = {
        chain.name: _create_chain(actor, sample, chain, number, units) for number, chain in enumerate(sample.chains)
    }
    for target in sample.city_targets:
        _set_city_target(actor, sample, target)
    # The plan's day is the day these projects entered the books, so that what happens later stands above them.
    with clock.at(max(source.on for source in sample.sources.values())):
        for project in sample.projects:
            _register(actor, sample, project, units, chains, place)
    record(actor=actor, verb=PlaceVerb.SAMPLE_LOADED, target=place, after={"projects": len(sample.projects)})
    return place


def _create_units(actor: Actor, sample: Sample, place: Place) -> dict[str, Unit]:
    """The units of a sample by name."""
    units = {}
    for position, unit in enumerate(sample.units):
        region = Region.objects.filter(code=unit.region).first() if unit.region else place.region
        units[unit.name] = create_unit(
            actor=actor,
            name=unit.name,
            short_name=unit.short,
            kind=UnitKind(unit.kind),
            region=region,
            reports=unit.reports,
            position=position + 1,
        )
    return units


def _create_chain(actor: Actor, sample: Sample, chain: SampleChain, number: int, units: dict[str, Unit]) -> Chain:
    """A chain with its task force, chain masters and targets."""
    posts = [(ForceRole.SPONSOR, post) for post in chain.sponsors] + [
        (ForceRole.LEADER, post) for post in chain.leaders
    ]
    force = create_task_force(
        actor=actor,
        name=chain.force_name,
        short_name=f"{chain.short}专班",
        kind=TaskForceKind.CHAIN,
        position=number + 1,
        posts=posts,
        lead_units=[units[name] for name in chain.lead],
        support_units=[units[name] for name in chain.support],
    )
    made = create_chain(
        actor=actor,
        name=chain.name,
        short_name=chain.short,
        group=chain.group,
        sector=chain.sector,
        position=number + 1,
        colour=number,
        task_force=force,
        aliases=chain.aliases,
    )
    for master in chain.masters:
        firm = register_enterprise(actor=actor, name=master, kind=EnterpriseKind.LOCAL, origin=Origin.IN_PROVINCE)
        add_chain_master(actor=actor, chain=made, enterprise=firm)
    _set_chain_targets(actor, sample, chain, made)
    return made


def _set_chain_targets(actor: Actor, sample: Sample, chain: SampleChain, made: Chain) -> None:
    """What the plan asks of a chain: contracts, money in place, and big projects above a size."""
    source = sample.sources["plan"]
    common = {
        "actor": actor,
        "period": str(sample.year),
        "level": TargetLevel.CHAIN,
        "chain": made,
        "source_title": source.title,
        "source_number": source.number,
        "source_on": source.on,
    }
    money = (("signed_amount", chain.signed_yi, chain.signed_op), ("funds_reported", chain.funds_yi, chain.funds_op))
    for metric, value, operator in money:
        wording = f"{value}亿元" + ("以上" if operator == Operator.AT_LEAST else "")
        set_target(**common, metric=metric, operator=Operator(operator), value_wan=value * YI, wording=wording)  # type: ignore[arg-type]  # one dict for several types
    size = "" if chain.big_yi == 1 else f"{chain.big_yi}"
    set_target(
        **common,  # type: ignore[arg-type]  # one dict for several types
        metric="big_projects",
        operator=Operator.AT_LEAST,
        value_number=Decimal(chain.big_count),
        threshold_wan=chain.big_yi * YI,
        wording=f"{size}亿元以上项目不少于{chain.big_count}个",
    )


def _set_city_target(actor: Actor, sample: Sample, target: SampleTarget) -> None:
    """A target of the whole place; several documents may set the same one."""
    source = sample.sources[target.source]
    set_target(
        actor=actor,
        metric=target.metric,
        period=str(sample.year),
        level=TargetLevel.CITY,
        operator=Operator(target.op),
        value_wan=target.yi * YI,
        wording=target.wording,
        source_title=source.title,
        source_number=source.number,
        source_on=source.on,
        main=target.main,
    )


def _register(
    actor: Actor, sample: Sample, told: SampleProject, units: dict[str, Unit], chains: dict[str, Chain], place: Place
) -> None:
    """A project at the stage the plan says, with nothing invented; self-conceived ones are opportunities."""
    source = sample.sources[told.source]
    chain = chains.get(f"{told.chain}产业链")
    stage, _status, in_doubt = stage_word(told.stage)
    common = {"name": told.name, "chain": chain, "region": place.region, "lead_unit": units.get(told.unit)}
    facts = {"product": told.product, "capacity": told.capacity, "source": f"{source.title} {source.number}".strip()}
    if stage in {None, Stage.LEAD} and not in_doubt and not told.enterprise:
        create_opportunity(actor=actor, values=OpportunityValues(**common, **facts))  # type: ignore[arg-type]  # text and records together
        return
    values = ProjectValues(**common, **facts, kind=ProjectKind(told.kind), site=told.site[:120])  # type: ignore[arg-type]  # text and records together
    project = create_project(
        actor=actor, values=values, investor=_investor(actor, told, sample), registered_on=source.on
    )
    if stage is not None and stage is not Stage.LEAD:
        enter_under_way(
            actor=actor, project=project, stage=stage, basis=f"{source.title}：{told.stage}", in_doubt=in_doubt
        )
    elif in_doubt:
        enter_under_way(
            actor=actor, project=project, stage=Stage.LEAD, basis=f"{source.title}：{told.stage}", in_doubt=True
        )
    for alias in told.aliases:
        add_name(actor=actor, project=project, name=alias, kind=NameKind.ALIAS)
    aimed, _other, _doubt = stage_word(told.aim)
    if aimed is not None:
        set_plan_line(actor=actor, project=project, year=sample.year, aimed_stage=aimed, source=source.title)


def _investor(actor: Actor, told: SampleProject, sample: Sample) -> Enterprise | None:
    """The firm the plan names, with the province its name speaks of."""
    if not told.enterprise:
        return None
    own = sample.region_code[:OWN_PROVINCE_CODES]
    origin = Origin.UNKNOWN
    if told.province:
        origin = Origin.IN_PROVINCE if told.province == own else Origin.OUT_OF_PROVINCE
    return register_enterprise(
        actor=actor,
        name=told.enterprise,
        kind=EnterpriseKind.INVESTOR,
        origin=origin,
        province_code=told.province,
    )
