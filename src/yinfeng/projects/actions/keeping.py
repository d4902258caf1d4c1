"""What every action of this room keeps true: who may see a project, what search knows of it, its version."""

from typing import Any

from django.utils.translation import gettext as _

from yinfeng.core import clock, search
from yinfeng.core.actions import lock, store
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Refused
from yinfeng.core.models import snapshot
from yinfeng.enterprises.models import Enterprise
from yinfeng.org.models import TaskForce
from yinfeng.org.scope import nodes_seeing
from yinfeng.projects.models import Party, Project, ProjectName, ProjectNode


def locked(actor: Actor, project: Project | int, version: int | None = None) -> Project:
    """The project as the actor sees it, locked for a change."""
    key = project if isinstance(project, int) else project.pk
    return lock(Project.objects.visible_to(actor), pk=key, version=version)


def touched(project: Project, *fields: str) -> None:
    """Store changed fields of a project, with its time of change and its version."""
    project.changed_at = clock.now()
    store(project, *fields, "changed_at")


def place_nodes(project: Project, actor: Actor, force: TaskForce | None = None, *, handover: bool = False) -> None:
    """Keep the list of nodes from which a project is seen; its editor must still see it unless he hands it over."""
    forces = [
        key for key in (project.chain.task_force_id if project.chain else None, force.pk if force else None) if key
    ]
    wanted = nodes_seeing(project.lead_unit, project.region, forces)
    if project.first_unit_id and project.first_unit is not None:
        wanted |= nodes_seeing(project.first_unit, None)
    if not handover and actor.nodes is not None and not (actor.nodes & wanted):
        raise Refused(_("按所填的责任单位和地区，您将看不到这个项目；请选择本单位或请办公室登记。"))
    kept = set(ProjectNode.objects.filter(project=project).values_list("node_id", flat=True))
    ProjectNode.objects.filter(project=project, node_id__in=kept - wanted).delete()
    ProjectNode.objects.bulk_create(
        [ProjectNode(project=project, node_id=node) for node in sorted(wanted - kept)], batch_size=500
    )


def keep_searchable(project: Project) -> None:
    """Put a project's names, firms, product and site into the search."""
    names = list(ProjectName.objects.filter(project=project).values_list("name", flat=True))
    firms = list(
        Enterprise.objects.filter(pk__in=Party.objects.filter(project=project).values("enterprise_id")).values_list(
            "name", flat=True
        )
    )
    words = [project.name, project.phase_label, *names, *firms, project.product, project.site, project.code]
    search.index("project", [(project.pk, "\n".join(word for word in words if word))])


def state(record: Any, *fields: str) -> dict[str, Any]:
    """The named fields of a record for the audit log."""
    return snapshot(record, fields)
