"""Shapes in which papers, corrections and decisions come in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yinfeng.chains.enums import ChainGroup
from yinfeng.core.errors import Invalid, Text
from yinfeng.intake.drafts import STAGE_WORDS, plain
from yinfeng.intake.enums import CandidateKind
from yinfeng.intake.models import BatchRow
from yinfeng.intake.queries.matching import Like, decimal_of
from yinfeng.intake.queries.review import LABELS, reason_words
from yinfeng.intake.workbooks.fields import FIELDS, KINDS, WORDS, Field
from yinfeng.ledger.enums import FundKind
from yinfeng.projects.enums import ProjectKind
from yinfeng.targets.enums import Operator, TargetLevel
from yinfeng.targets.metrics import BASES
from yinfeng.ui.forms import ChineseDateField, GestureForm, MoneyFormField

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".et")
CODE = re.compile(r"[A-Za-z]-[0-9A-Za-z]+")
OLE = b"\xd0\xcf\x11\xe0"
LONGEST_TEXT = 400_000
UNITS = (
    "",
    "万元",
    "亿元",
    "元",
    "万美元",
    "亩",
    "公顷",
    "平方米",
    "万立方米",
    "万千瓦时",
    "吨标准煤",
    "人",
    "天",
    "%",
)
THRESHOLDS = ("0.95", "0.9", "0.85", "0.8", "0.75", "0.7", "0.6", "0.5")


class UploadForm(GestureForm):
    """A paper to read: a file, or text pasted from a page."""

    file = forms.FileField(
        label=_("文件"),
        required=False,
        help_text=_("方案、通报、新闻：txt、docx、带文字的 pdf；台账：xlsx、xls、csv。"),
        widget=forms.ClearableFileInput({"accept": ".txt,.docx,.pdf,.xlsx,.xls,.csv"}),
    )
    text = forms.CharField(
        label=_("或粘贴文字"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3, "placeholder": _("从网页、微信或邮件复制的文字")}),
    )
    title = forms.CharField(label=_("标题"), required=False, max_length=200, help_text=_("不填即为文件名。"))
    number = forms.CharField(label=_("文号"), required=False, max_length=80)
    issued_on = ChineseDateField(label=_("成文日期"), required=False)
    again = forms.BooleanField(label=_("同一文件再读一遍"), required=False)

    more = ("title", "number", "issued_on", "again")

    def clean(self) -> dict[str, Any]:
        """Either a file or a text."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" not in self.errors and not values.get("file") and not values.get("text"):
            self.add_error("file", _("请选择文件，或粘贴文字。"))
        return values

    def content(self) -> tuple[bytes, str]:
        """The bytes to read and a name for them."""
        upload = self.cleaned_data.get("file")
        if upload is not None:
            return upload.read(), str(upload.name or "")
        return str(self.cleaned_data["text"]).encode(), gettext("粘贴文字") + ".txt"


def is_workbook(content: bytes, filename: str) -> bool:
    """Whether an upload is to be read as a ledger rather than as a document."""
    name = filename.lower()
    if name.endswith(WORKBOOK_ENDINGS):
        return True
    return content.startswith(OLE) and not name.endswith((".doc", ".docx", ".wps"))


class LinesField(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 2, "class": "lines"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list) else value


class CandidateForm(GestureForm):
    """What a candidate says, to be corrected."""

    def __init__(self, *args: Any, kind: str, values: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=self._initial(values, kwargs.pop("initial", {})), **kwargs)
        for name in values:
            drawn = self._field(kind, name)
            if drawn is not None:
                self.fields[name] = drawn

    @staticmethod
    def _initial(values: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
        """Amounts as numbers, so that the field shows them in its unit."""
        money = {name: decimal_of(value) for name, value in values.items() if name.endswith("_wan")}
        return {**values, **{name: value for name, value in money.items() if value is not None}, **more}

    def _field(self, kind: str, name: str) -> forms.Field | None:
        """The field for one value; what only the extractor knows has none."""
        label = str(LABELS.get(name, name))
        choices: Mapping[str, Iterable[tuple[str, Text]]] = {
            "kind": ProjectKind.choices,
            "stage": [(word, word) for word in STAGE_WORDS],
            "group": ChainGroup.choices,
            "operator": Operator.choices,
            "level": TargetLevel.choices,
            "metric": [("", _("没有对应指标")), *((key, metric.title) for key, metric in BASES.items())],
        }
        if name in choices:
            return forms.ChoiceField(label=label, choices=list(choices[name]), required=False)
        if name in {"aliases", "sponsors", "leaders", "lead_units", "support_units", "masters", "tasks"}:
            return LinesField(label=label, required=False, help_text=_("每行一个。"))
        if name.endswith("_wan"):
            return MoneyFormField(label=label, unit="万元", required=False)
        if name in {"value", "count", "big_count"}:
            return forms.DecimalField(label=label, required=False, max_digits=22, decimal_places=4)
        if name in {"quotations", "against", "metric_text", "signed_operator", "funds_operator"}:
            return None
        if name == "unit" and kind != CandidateKind.PROJECT:
            return forms.CharField(label=str(LABELS["unit_word"]), required=False, max_length=20)
        return forms.CharField(label=label, required=name in {"name", "what"}, max_length=200)

    def texts(self) -> dict[str, Any]:
        """The values as a candidate keeps them: texts and lists of texts."""
        return {
            name: plain(value) if isinstance(value, Decimal) else value or self._nothing(name)
            for name, value in self.values().items()
        }

    def _nothing(self, name: str) -> Any:
        return [] if isinstance(self.fields[name], LinesField) else ""


class MergeForm(GestureForm):
    """Which record on hand a candidate belongs to."""

    into = forms.ChoiceField(label=_("合并到"), required=False, widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("编号或完整名称"),
        required=False,
        max_length=200,
        help_text=_("编号如 P-7K3QX9M2（项目）、O-…（推介项目）、T-…（专班）、G-…（目标）。"),
    )

    def __init__(self, *args: Any, likes: Sequence[Like], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{like.type}/{like.code}", f"{like.label}（{reason_words(like.reason)}）") for like in likes if like.code
        ]
        into = self.fields["into"]
        if choices and isinstance(into, forms.ChoiceField):
            into.choices = choices
            into.initial = choices[0][0]
        elif not choices:
            del self.fields["into"]

    def clean(self) -> dict[str, Any]:
        """One of the two ways of naming the record."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not str(values.get("code") or "").strip() and not values.get("into"):
            self.add_error("code", _("请选择一条，或填写编号。"))
        return values

    def target(self) -> tuple[str, str]:
        """Type (empty where only a code or a name was typed) and code of the record."""
        code = str(self.cleaned_data.get("code") or "").strip()
        if code:
            return "", code.upper() if CODE.fullmatch(code) else code
        kind, found = str(self.cleaned_data["into"]).split("/", 1)
        return kind, found


class BulkForm(GestureForm):
    """Decide on many candidates by their confidence."""

    what = forms.ChoiceField(choices=(("accept", _("接受")), ("drop", _("丢弃"))))
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部类别")), *CandidateKind.choices])
    threshold = forms.ChoiceField(label=_("把握度"), choices=[(value, value) for value in THRESHOLDS], initial="0.8")


class ReasonForm(GestureForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("原因"), max_length=400, widget=forms.Textarea({"rows": 2}))


class PartialDateField(forms.CharField):
    """A date as precise as the ledger gives it: a day, a month or a year."""

    default_error_messages = {"invalid": _("请填写 2025-02-20、2025-02 或 2025。")}

    def to_python(self, value: Any) -> Any:
        """The date's text, checked."""
        text = str(super().to_python(value) or "").strip()
        if not text or (len(text) == 4 and text.isascii() and text.isdigit()):
            return text
        month = text.count("-") == 1
        try:
            day = ChineseDateField().to_python(f"{text}-01" if month else text)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        said = day.isoformat() if day else ""
        return said[:7] if month else said


class RowForm(GestureForm):
    """A row's values, each beside the cell it was read from."""

    def __init__(self, *args: Any, row: BatchRow, fields: Sequence[Field], **kwargs: Any) -> None:
        initial = {known.name: self._shown(known, row.values.get(known.name)) for known in fields}
        super().__init__(*args, initial=initial | {"version": row.version}, **kwargs)
        self.known = {known.name: known for known in fields if not isinstance(row.values.get(known.name), dict | list)}
        if row.batch.kind == "funds":
            self.fields["project_code"] = forms.CharField(
                label=_("对应项目编号"),
                required=False,
                max_length=40,
                initial=row.match_code,
                help_text=_("按名称没有找到时填写，如 P-7K3QX9M2。"),
            )
        for name, known in self.known.items():
            raw = str(row.raw.get(name, {}).get("text", ""))
            self.fields[name] = self._field(known, "" if raw == str(row.values.get(name)) else raw)

    @staticmethod
    def _shown(known: Field, value: Any) -> Any:
        return decimal_of(value) if known.type == "money" else value

    @staticmethod
    def _field(known: Field, raw: str) -> forms.Field:
        said: dict[str, Any] = {
            "label": gettext(known.title),
            "required": False,
            "help_text": gettext("原文：%(raw)s") % {"raw": raw} if raw else "",
        }
        if known.type == "money":
            return MoneyFormField(unit="万元", allow_negative=True, **said)
        if known.type in {"quantity", "usd", "rate"}:
            return forms.DecimalField(max_digits=22, decimal_places=4, **said)
        if known.type == "date":
            return PartialDateField(max_length=20, **said)
        if known.type == "enum":
            words = [("", "—"), *((code, next(iter(words))) for code, words in WORDS[known.words].items())]
            return forms.ChoiceField(choices=words, **said)
        return forms.CharField(max_length=2000, **said)

    def row_values(self) -> dict[str, Any]:
        """The values as a row keeps them; an emptied field is nothing, never 0."""
        found = {name: self.cleaned_data.get(name) for name in self.known}
        return {name: plain(value) if isinstance(value, Decimal) else (value or None) for name, value in found.items()}


def plan_from(post: QueryDict, plan: Mapping[str, Any]) -> dict[str, Any]:
    """A batch's plan with what a person said on the mapping page; ``Invalid`` names the inputs that make no sense."""
    drawn: dict[str, Any] = deepcopy(dict(plan))
    wrong: dict[str, Text] = {}
    kind = post.get("kind", plan["kind"])
    if kind not in KINDS:
        raise Invalid({"kind": _("请选择台账类型。")})
    other_kind = kind != plan["kind"]
    drawn["kind"] = kind
    fund_kind = post.get("fund_kind", plan["fund_kind"])
    drawn["fund_kind"] = fund_kind if fund_kind in FundKind.values else plan["fund_kind"]
    for number, sheet in enumerate(drawn["sheets"], start=1):
        _sheet_from(post, f"s{number}", sheet, wrong)
        if other_kind:
            sheet["columns"] = []
        else:
            _columns_from(post, f"s{number}", sheet, kind, wrong)
    if wrong:
        raise Invalid(wrong)
    return drawn


def _sheet_from(post: QueryDict, prefix: str, sheet: dict[str, Any], wrong: dict[str, Text]) -> None:
    """Whether a sheet is read, and where its header stands."""
    if f"{prefix}-shown" not in post:
        return
    take = post.get(f"{prefix}-take") == "on"
    if take != (sheet["role"] == "ledger" and not sheet["skip"]):
        sheet["asked"], sheet["skip"] = True, not take
    if not take:
        return
    rows = [post.get(f"{prefix}-first", "").strip(), post.get(f"{prefix}-last", "").strip()]
    if not any(rows):
        return
    if not all(row.isascii() and row.isdigit() and 0 < int(row) < 1000 for row in rows) or int(rows[0]) > int(rows[1]):
        wrong[f"{prefix}-first"] = _("表头行应为从 1 起的行号，起始行不大于结束行。")
        return
    wanted = [int(row) for row in rows]
    if wanted != sheet["header_rows"]:
        sheet["header_rows"], sheet["columns"], sheet["asked"] = wanted, [], True


def _columns_from(post: QueryDict, prefix: str, sheet: dict[str, Any], kind: str, wrong: dict[str, Text]) -> None:
    """What each column holds, in which unit."""
    names = {known.name for known in FIELDS[kind]}
    for column in sheet["columns"]:
        key = f"{prefix}-{column['letter']}"
        name, unit = post.get(f"{key}-field"), post.get(f"{key}-unit")
        if name is None or unit is None:
            continue
        if (name and name not in names) or unit not in UNITS:
            wrong[key] = _("没有这个选项。")
        elif [name, unit] != [column["field"], column["unit"]]:
            column["field"], column["unit"], sheet["asked"] = name, unit, True
