"""Import contracts of our own, for import-linter (see pyproject.toml)."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class EdgesContract(Contract):
    """A room's edges (its pages, API, forms, files in and out, jobs) are its own: no other room imports them.

    Two rooms that need the same thing share it through a query, an action or a part of ``ui``.
    """

    type_name = "edges"

    # import-linter puts the plain values in the place of the fields before it calls check.
    root: Any = fields.StringField()
    edges: Any = fields.SetField(subfield=fields.StringField())
    allowed_importers: Any = fields.SetField(subfield=fields.StringField())
    shared_rooms: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every direct import of an edge module."""
        broken = []
        for imported in sorted(graph.modules):
            room = self.room_of_edge(imported)
            if room is None:
                continue
            for importer in sorted(graph.find_modules_that_directly_import(imported)):
                other = importer.split(".")[1] if importer.count(".") else importer
                if other != room and other not in self.allowed_importers and ".tests." not in importer:
                    broken.append((importer, imported))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def room_of_edge(self, module: str) -> str | None:
        """The room whose edge *module* is, or nothing: ``yinfeng.ledger.views.entries`` is the ledger's.

        What a shared room calls forms are parts for everybody's forms.
        """
        parts = module.split(".")
        is_edge = (
            len(parts) > 2 and parts[0] == self.root and parts[2] in self.edges and parts[1] not in self.shared_rooms
        )
        return parts[1] if is_edge else None

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}")
