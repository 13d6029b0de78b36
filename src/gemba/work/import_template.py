"""Take a checklist in: an XLSForm workbook becomes a template of the library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import msgspec

from gemba.domain.change import Change
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.inspecting import Inspection, inspect
from gemba.forms.lists import is_list, shown_names
from gemba.forms.repairs import Repair
from gemba.kinds.bands import check_bands
from gemba.kinds.checklist import CHECKLIST
from gemba.kinds.registry import by_code
from gemba.store.reading import Reader
from gemba.wording import language, sentence
from gemba.work.desk import Desk
from gemba.work.short_names import LONGEST_TITLE, short_name

Inspecting = Callable[[bytes, str, Mapping[str, bytes], Callable[[str], object]], Inspection]
_LATELY: dict[str, Inspection] = {}
_KEPT = 8
"""So many workbooks are remembered between looking and importing."""


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
    repairs: tuple[Repair, ...] = ()
    """What must be changed before it can be used; to be confirmed."""
    warnings: tuple[str, ...] = ()
    """What is worth knowing, in sentences."""
    wanted: tuple[str, ...] = ()
    """Files from which the form takes lists."""
    missing: tuple[str, ...] = ()
    """Those of them that were not given."""
    shown: tuple[str, ...] = ()
    """Pictures, sounds and films that the form shows beside its words."""


class Fault(msgspec.Struct, frozen=True):
    """What is in the way of a form, in words and with its place."""

    sheet: str
    row: int
    column: str
    what: str


class Looked(msgspec.Struct, frozen=True):
    """A workbook that was looked through; it can be imported without being converted again."""

    source: bytes
    name: str
    inspection: Inspection
    files: dict[str, bytes] = {}

    @property
    def facts(self) -> TemplateFacts | None:
        """What it holds; None while faults are in the way."""
        return _facts(self) if self.inspection.form is not None else None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is in the way."""
        return tuple(_fault(each.refusal) for each in self.inspection.faults)


def look(
    source: bytes,
    name: str,
    files: Mapping[str, bytes] | None = None,
    *,
    inspecting: Inspecting = inspect,
    stage: Callable[[str], object] = lambda _words: None,
) -> Looked:
    """Look a workbook through without keeping it; what was looked through lately is not converted again.

    Args:
        source: bytes of the `.xlsx`, `.xlsm`, `.xls`, `.csv` or `.md` file.
        name: its file name.
        files: lists, pictures, sounds and films that stand beside it, by file name.
        inspecting: does it: here, or in a process of its own (`gemba.forms.apart.inspect_apart`).
        stage: told in words what is being done.

    Raises:
        Refusal: the file is no workbook at all.
    """
    given = dict(files or {})
    lists = {file: data for file, data in given.items() if is_list(file)}
    key = _key(source, name, lists)
    found = _LATELY.get(key)
    if found is None:
        found = inspecting(source, name, lists, stage)
        _LATELY[key] = found
        while len(_LATELY) > _KEPT:
            _LATELY.pop(next(iter(_LATELY)), None)
    return Looked(source, name, found, given)


def check(source: bytes, name: str, files: Mapping[str, bytes] | None = None) -> TemplateFacts:
    """Read a workbook without keeping it.

    Args:
        source: bytes of the workbook.
        name: its file name.
        files: lists, pictures, sounds and films that stand beside it, by file name.

    Raises:
        Refusal: with row, column and fix, when it is no form that can be filled, not even with repairs.
    """
    looked = look(source, name, files)
    if looked.facts is None:
        raise looked.inspection.refusal(name) or Refusal("forms.no_questions", file=name)
    return looked.facts


def import_template(
    desk: Desk,
    source: bytes,
    name: str,
    kind: str | None = None,
    *,
    accept_repairs: bool = False,
    files: Mapping[str, bytes] | None = None,
) -> Change:
    """Keep a workbook as a template; the same bytes twice are one template.

    Args:
        desk: who does it, where.
        source: bytes of the workbook; they are kept as they are.
        name: its file name.
        kind: code of the kind of assessment, when the workbook does not say it or says another.
        accept_repairs: whoever imports it saw the repairs and agrees; the repaired workbook is kept as well.
        files: lists, pictures, sounds and films that stand beside it, by file name.

    Raises:
        Refusal: the workbook cannot be filled, needs repairs that nobody agreed to, the kind is unknown, or another
            workbook has the same id and version.
    """
    with desk.reader() as reader:
        known = _kept_already(reader, source, files)
    if known is not None:
        return Change(uid=known.uid)
    looked = look(source, name, files)
    facts = looked.facts
    if facts is None:
        raise looked.inspection.refusal(name) or Refusal("forms.no_questions", file=name)
    if facts.repairs and not accept_repairs:
        raise _unconfirmed(facts.repairs, name)
    return _keep(desk, looked, facts, kind)


def _keep(desk: Desk, looked: Looked, facts: TemplateFacts, kind: str | None) -> Change:
    code = by_code(kind or facts.kind).code
    bands = looked.inspection.form.attributes.get("bands") if looked.inspection.form is not None else None
    if bands is not None:
        check_bands(by_code(code), bands)
    short_name(facts.title, LONGEST_TITLE)
    with desk.reader() as reader:
        known = _same_template(reader, facts)
    if known is not None and set(known.files) >= set(looked.files):
        return Change(uid=known.uid)
    keep = desk.store.evidence.keep
    files = {file: keep(data)[0] for file, data in looked.files.items() if file in {*facts.wanted, *facts.shown}}
    if known is not None:
        with desk.unit() as unit:
            unit.change(Template, known.uid, files={**known.files, **files})
            return unit.change_made(known.uid)
    template = Template(
        uid=desk.ids(),
        form_id=facts.form_id,
        version=facts.version,
        title=facts.title,
        kind=code,
        source=keep(looked.source)[0],
        source_name=looked.name,
        xform=keep(looked.inspection.xform.encode("utf-8"))[0],
        languages=facts.languages,
        questions=facts.questions,
        imported_at=desk.clock(),
        repaired=keep(looked.inspection.repaired)[0] if looked.inspection.repaired else "",
        files=files,
    )
    with desk.unit() as unit:
        unit.put(template)
        return unit.change_made(template.uid)


def _facts(looked: Looked) -> TemplateFacts:
    form, found = looked.inspection.form, looked.inspection
    if form is None:
        raise TypeError("a workbook with faults has no facts")
    return TemplateFacts(
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        kind=form.attributes.get("kind", CHECKLIST.code),
        languages=form.languages,
        questions=form.questions,
        content_hash=hashlib.sha256(looked.source).hexdigest(),
        repairs=found.repairs,
        warnings=found.warnings,
        wanted=found.wanted,
        missing=tuple(name for name in found.wanted if name not in looked.files),
        shown=shown_names(found.xform),
    )


def _fault(refusal: Refusal) -> Fault:
    facts = refusal.facts
    return Fault(str(facts.get("sheet", "")), int(facts.get("row", 0)), str(facts.get("column", "")), sentence(refusal))


def _unconfirmed(repairs: tuple[Repair, ...], name: str) -> Refusal:
    first = repairs[0]
    return Refusal(
        "forms.needs_repairs",
        file=name,
        count=len(repairs),
        row=first.row,
        sheet=first.sheet,
        column=first.column or "–",
        what=first.what,
        before=first.before or "–",
        after=first.after or "–",
    )


def _key(source: bytes, name: str, files: Mapping[str, bytes]) -> str:
    parts = [name.encode(), source, language().encode(), *(key.encode() + files[key] for key in sorted(files))]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _kept_already(reader: Reader, source: bytes, files: Mapping[str, bytes] | None) -> Template | None:
    """The template that these very bytes became; found by their hash, without converting them again."""
    found = reader.find(Template, source=hashlib.sha256(source).hexdigest())
    return next((each for each in found if set(each.files) >= set(files or {})), None)


def _same_template(reader: Reader, facts: TemplateFacts) -> Template | None:
    """The template that is this very workbook; refuses a different workbook under the same id and version."""
    for known in reader.find(Template, form_id=facts.form_id, version=facts.version):
        if known.source == facts.content_hash:
            return known
        raise Refusal("work.template_differs", form_id=facts.form_id, version=facts.version, title=known.title)
    return None
