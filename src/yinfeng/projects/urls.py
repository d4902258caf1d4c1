"""The doors of the project room."""

from django.urls import path

from yinfeng.projects.views import agreements, dossier, listing, milestones, opportunities, registering

app_name = "projects"

urlpatterns = [
    path("projects/", listing.project_list, name="list"),
    path("projects/board/", listing.board, name="board"),
    path("projects/new", registering.create, name="create"),
    path("projects/views/new", listing.save_view, name="save_view"),
    path("projects/views/<code>/delete", listing.delete_view, name="delete_view"),
    path("projects/<code>/", dossier.detail, name="detail"),
    path("projects/<code>/edit", registering.edit, name="edit"),
    path("projects/<code>/place", registering.place, name="place"),
    path("projects/<code>/status", registering.status, name="status"),
    path("projects/<code>/withdraw", registering.withdraw, name="withdraw"),
    path("projects/<code>/judge", registering.judge, name="judge"),
    path("projects/<code>/phases/new", registering.add_phase, name="add_phase"),
    path("projects/<code>/milestones/new", milestones.record, name="milestone"),
    path("projects/<code>/move", milestones.record, name="move"),
    path("projects/<code>/stage/confirm", milestones.confirm, name="confirm_stage"),
    path("projects/<code>/gates/<milestone>/<requirement>", milestones.outcome, name="outcome"),
    path("projects/<code>/parties/new", agreements.add_party, name="add_party"),
    path("projects/<code>/parties/<firm>/end", agreements.end_party, name="end_party"),
    path("projects/<code>/agreements/new", agreements.create, name="add_agreement"),
    path("projects/<code>/files/new", dossier.add_file, name="add_file"),
    path("projects/<code>/decisions/new", dossier.add_decision, name="add_decision"),
    path("projects/<code>/names/new", dossier.add_name, name="add_name"),
    path("projects/<code>/plan", dossier.plan, name="plan"),
    path("milestones/<code>/withdraw", milestones.withdraw, name="withdraw_milestone"),
    path("agreements/<code>/change", agreements.change, name="change_agreement"),
    path("agreements/<code>/withdraw", agreements.withdraw, name="withdraw_agreement"),
    path("opportunities/", opportunities.opportunity_list, name="opportunities"),
    path("opportunities/new", opportunities.create, name="create_opportunity"),
    path("opportunities/<code>/", opportunities.detail, name="opportunity"),
    path("opportunities/<code>/edit", opportunities.edit, name="edit_opportunity"),
    path("opportunities/<code>/take-up", opportunities.take_up, name="take_up"),
    path("opportunities/<code>/withdraw", opportunities.withdraw, name="withdraw_opportunity"),
]
