"""Who acts, and what they may see: plain values that rooms below ``org`` can understand."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person is here for; labels stand in ``org.enums``."""

    OFFICER = "officer"
    REPORTER = "reporter"
    OFFICE = "office"
    LEADER = "leader"
    DEPARTMENT = "department"
    REVIEWER = "reviewer"
    VERIFIER = "verifier"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Actor:
    """A person or a named system process, with the scope nodes it may see.

    ``nodes`` are the nodes held directly; a record lists every node it can be seen from, so one indexed
    comparison decides. ``covers`` is the same set with everything below it, for records that carry a single node.
    ``None`` in both means that nothing is filtered.
    """

    label: str
    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    nodes: frozenset[int] | None = frozenset()
    covers: frozenset[int] | None = frozenset()
    unit_id: int | None = None
    unit_ids: frozenset[int] = field(default=frozenset())
    source: str = "page"
    address: str = ""
    gesture: str = ""

    @property
    def is_system(self) -> bool:
        """Whether a process acts and not a person."""
        return self.user_id is None

    @property
    def sees_all(self) -> bool:
        """Whether no scope filter applies."""
        return self.nodes is None

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds one of *roles*; a system process holds all of them."""
        return self.is_system or bool(self.roles.intersection(roles))

    def by_way_of(self, source: str) -> "Actor":
        """The same actor coming through another door (import, command, task)."""
        return replace(self, source=source)

    def without_gesture(self) -> "Actor":
        """The same actor for a further action inside the same click."""
        return replace(self, gesture="")


def system(name: str) -> Actor:
    """A named system process: sees everything, appears in the audit log under its name."""
    return Actor(label=name, nodes=None, covers=None, source="system")
