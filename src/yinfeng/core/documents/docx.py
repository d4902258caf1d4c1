"""Bulletins as Word documents: a template that users edit in Word, filled from a plain mapping.

Templates come from users, so they are rendered in a sandbox, with every value escaped, and a name that does not exist is an
error instead of an empty place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from yinfeng.core.faults import Fault, gettext_noop
from yinfeng.core.text import clean_text

LARGEST_TEMPLATE = 5_000_000
LARGEST_UNPACKED = 50_000_000


class BadTemplate(Fault):
    """A Word template that cannot be filled, with what to mend."""


def render_docx(template_bytes: bytes, context: Mapping[str, Any]) -> bytes:
    """The template filled with the context, as a .docx file.

    Text keeps its line breaks; control characters, which Word would call a damaged file, are removed. Raises
    :class:`BadTemplate` with a sentence for the template's editor.
    """
    check_container(template_bytes)
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    target = io.BytesIO()
    try:
        template = DocxTemplate(io.BytesIO(template_bytes))
        template.render(_clean(context), environment, autoescape=True)
        template.save(target)
    except TemplateError as error:
        raise _fault(error) from error
    except (ArithmeticError, TypeError) as error:
        raise BadTemplate("template", gettext_noop("模板无法填充：%(detail)s"), detail=str(error)) from error
    except (SyntaxError, LookupError, AttributeError, ValueError, zipfile.BadZipFile) as error:
        raise BadTemplate("not_a_document", gettext_noop("模板不是有效的 Word 文档（.docx）")) from error
    return target.getvalue()


def check_container(template_bytes: bytes) -> None:
    """Refuse what is not a .docx, or would unpack to an absurd size, before any of it is parsed."""
    if len(template_bytes) > LARGEST_TEMPLATE:
        raise BadTemplate("too_large", gettext_noop("模板文件过大，不得超过 5 MB"))
    try:
        with zipfile.ZipFile(io.BytesIO(template_bytes)) as container:
            names = container.namelist()
            if sum(entry.file_size for entry in container.infolist()) > LARGEST_UNPACKED:
                raise BadTemplate("too_large", gettext_noop("模板文件过大，不得超过 5 MB"))
            parts = [container.read(name) for name in names if name.endswith((".xml", ".rels"))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise BadTemplate("not_a_document", gettext_noop("模板不是有效的 Word 文档（.docx）")) from None
    if "word/document.xml" not in names or any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts):
        raise BadTemplate("not_a_document", gettext_noop("模板不是有效的 Word 文档（.docx）"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadTemplate("macro", gettext_noop("模板含有宏，请另存为不含宏的 .docx 再上传"))


def _clean(value: Any) -> Any:
    """The context with cleaned text at every depth; figures and flags stay as they are."""
    if isinstance(value, str):
        return clean_text(value, multiline=True)
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(inner) for inner in value]
    return value


def _fault(error: TemplateError) -> BadTemplate:
    """What the editor of the template has to mend."""
    detail = error.message or str(error)
    if isinstance(error, UndefinedError):
        return BadTemplate("unknown_name", gettext_noop("模板中有系统不提供的字段：%(detail)s"), detail=detail)
    if isinstance(error, SecurityError):
        return BadTemplate("forbidden", gettext_noop("模板中有不允许的写法：%(detail)s"), detail=detail)
    if isinstance(error, TemplateSyntaxError):
        return BadTemplate("syntax", gettext_noop("模板的标记写法有误：%(detail)s"), detail=detail)
    return BadTemplate("template", gettext_noop("模板无法填充：%(detail)s"), detail=detail)
