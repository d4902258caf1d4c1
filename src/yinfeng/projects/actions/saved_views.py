"""Saved list views: a person's own, or shared by the office."""

from django.utils.translation import gettext as _

from yinfeng.core.actions import action, lock, record
from yinfeng.core.actor import Actor
from yinfeng.core.errors import Invalid
from yinfeng.core.text import clean_text
from yinfeng.projects import policy
from yinfeng.projects.actions.keeping import state
from yinfeng.projects.enums import ProjectVerb
from yinfeng.projects.models import SavedView


@action
def save_view(*, actor: Actor, page: str, title: str, query: str, shared: bool = False) -> SavedView:
    """Keep a list's filter, sort and columns under a title; the same title again replaces it."""
    title = clean_text(title)[:80]
    if not title:
        raise Invalid({"title": _("请给视图起个名字。")})
    if len(query) > 2000:
        raise Invalid({"title": _("筛选条件太长，保存不下。")})
    if shared:
        policy.can_share_view(actor).require()
    view = SavedView.objects.filter(owner_id=actor.user_id, page=page, title=title).first()
    before = state(view, "query", "shared") if view else {}
    view = view or SavedView(owner_id=actor.user_id or 0, page=page, title=title)
    view.query, view.shared = query, shared
    view.save()
    record(
        actor=actor,
        verb=ProjectVerb.VIEW_SAVED,
        target=view,
        before=before,
        after=state(view, "page", "title", "query", "shared"),
    )
    return view


@action
def delete_view(*, actor: Actor, view: SavedView) -> None:
    """Delete one's own saved view."""
    view = lock(SavedView.objects.visible_to(actor), pk=view.pk)
    policy.can_delete_view(actor, view).require()
    record(actor=actor, verb=ProjectVerb.VIEW_DELETED, target=view, before=state(view, "page", "title", "query"))
    view.delete()
