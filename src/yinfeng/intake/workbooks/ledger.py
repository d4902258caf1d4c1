"""What was read from a workbook, and the answer file it becomes."""

from dataclasses import dataclass, field

from yinfeng.intake.workbooks.columns import Column
from yinfeng.intake.workbooks.problems import message_zh
from yinfeng.intake.workbooks.rows import SkippedRow

Said = str | list[str] | dict[str, str | None] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: its code, and the column and field it was found in (empty for the whole row)."""

    code: str
    column: str = ""
    field: str = ""

    @property
    def message_zh(self) -> str:
        """Sentence for the user."""
        return message_zh(self.code)


@dataclass(slots=True)
class Value:
    """What a field was read as, beside the text of the cell it came from."""

    value: Said
    raw: str = ""
    column: str = ""


@dataclass(slots=True)
class Record:
    """One line of a ledger; ``values`` holds a field when its cell holds something."""

    row: int
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, column: str = "", name: str = "") -> None:
        """Note a problem once for each place."""
        problem = Problem(code, column, name)
        if problem not in self.problems:
            self.problems.append(problem)

    def get(self, name: str) -> Said:
        """Value of a field, None where there is none."""
        found = self.values.get(name)
        return found.value if found else None

    def as_json(self) -> dict[str, object]:
        """The record in the answer's shape."""
        said: dict[str, object] = {"row": self.row}
        said.update({name: value.value for name, value in self.values.items()})
        said["problems"] = list(dict.fromkeys(problem.code for problem in self.problems))
        return said


@dataclass(slots=True)
class LedgerSheet:
    """One sheet of the answer."""

    name: str
    role: str
    hidden: bool = False
    kind: str | None = None
    context: dict[str, str] = field(default_factory=dict)
    header_rows: tuple[int, int] | None = None
    columns: list[Column] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The sheet in the answer's shape."""
        return {
            "name": self.name,
            "role": self.role,
            "hidden": self.hidden,
            "context": self.context,
            "header_rows": list(self.header_rows) if self.header_rows else None,
            "data_rows": [self.records[0].row, self.records[-1].row] if self.records else None,
            "skipped_rows": [{"row": skipped.row, "why": skipped.why} for skipped in self.skipped],
            "columns": [_column(column) for column in self.columns],
            "records": [record.as_json() for record in self.records],
        }


def _column(column: Column) -> dict[str, object]:
    said: dict[str, object] = {
        "col": column.letter,
        "header": column.header,
        "field": column.field,
        "unit": column.unit,
    }
    if column.hidden:
        said["hidden"] = True
    if column.period:
        said["period"] = column.period
    return said


@dataclass(slots=True)
class Ledger:
    """Everything read from one file."""

    file: str
    kind: str | None
    sheets: list[LedgerSheet]

    @property
    def records(self) -> list[Record]:
        """Records of all sheets."""
        return [record for sheet in self.sheets for record in sheet.records]

    def as_json(self) -> dict[str, object]:
        """The answer file; amounts are decimal strings."""
        return {"file": self.file, "kind": self.kind, "sheets": [sheet.as_json() for sheet in self.sheets]}
