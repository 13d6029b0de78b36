"""Take a checklist in: an XLSForm workbook becomes a template of the library."""

from __future__ import annotations

import hashlib

import msgspec

from gemba.domain.change import Change
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.definition import Form
from gemba.forms.reading import read
from gemba.kinds.bands import check_bands
from gemba.kinds.checklist import CHECKLIST
from gemba.kinds.registry import by_code
from gemba.store.reading import Reader
from gemba.work.desk import Desk


class TemplateFacts(msgspec.Struct, frozen=True):
    """What a workbook holds, told before it is taken in."""

    form_id: str
    version: str
    title: str
    kind: str
    languages: tuple[str, ...]
    questions: int
    content_hash: str
    """SHA-256 of the workbook's bytes."""


def check(source: bytes, name: str) -> TemplateFacts:
    """Read a workbook without keeping it.

    Args:
        source: bytes of the `.xlsx`, `.xls` or `.csv` file.
        name: its file name.

    Raises:
        Refusal: with row, column and fix, when it is no form that can be filled.
    """
    return _facts(read(source, name=name), source)


def import_template(desk: Desk, source: bytes, name: str, kind: str | None = None) -> Change:
    """Keep a workbook as a template; the same bytes twice are one template.

    Args:
        desk: who does it, where.
        source: bytes of the workbook; they are kept as they are.
        name: its file name.
        kind: code of the kind of assessment, when the workbook does not say it or says another.

    Raises:
        Refusal: the workbook cannot be filled, the kind is unknown, or another workbook has the same id and version.
    """
    form = read(source, name=name)
    facts = _facts(form, source)
    code = by_code(kind or facts.kind).code
    if "bands" in form.attributes:
        check_bands(by_code(code), form.attributes["bands"])
    with desk.reader() as reader:
        known = _same_template(reader, facts)
    if known is not None:
        return Change(uid=known.uid)
    kept, _ = desk.store.evidence.keep(source)
    xform, _ = desk.store.evidence.keep(form.xform.encode("utf-8"))
    template = Template(
        uid=desk.ids(),
        form_id=facts.form_id,
        version=facts.version,
        title=facts.title,
        kind=code,
        source=kept,
        source_name=name,
        xform=xform,
        languages=facts.languages,
        questions=facts.questions,
        imported_at=desk.clock(),
    )
    with desk.unit() as unit:
        unit.put(template)
        return unit.change_made(template.uid)


def _facts(form: Form, source: bytes) -> TemplateFacts:
    return TemplateFacts(
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        kind=form.attributes.get("kind", CHECKLIST.code),
        languages=tuple(form.languages),
        questions=len(form.questions()),
        content_hash=hashlib.sha256(source).hexdigest(),
    )


def _same_template(reader: Reader, facts: TemplateFacts) -> Template | None:
    """The template that is this very workbook; refuses a different workbook under the same id and version."""
    for known in reader.find(Template, form_id=facts.form_id, version=facts.version):
        if known.source == facts.content_hash:
            return known
        raise Refusal("work.template_differs", form_id=facts.form_id, version=facts.version, title=known.title)
    return None
