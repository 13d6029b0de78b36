"""The workbook side of reading: pyxform does the converting, this names the row, the column and the way out.

pyxform is imported only when a workbook is read: it costs 0.7 s.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from gemba.errors import Refusal

Row = Mapping[str, str]
_PLACE = re.compile(
    r"\[row : (\d+)\]\s*(?:On the '([^']+)' sheet, the '([^']+)' value(?: '[^']*')? is \w+\.\s*)?(.*)", re.DOTALL
)
_SPACED = re.compile(r"Choice names with spaces.*See \[([^,\]]*).*\] in \[([^\]]*)\]")
_TYPE = re.compile(r"Unknown question type '([^']*)'")
_NAMED = re.compile(r"named '([^']+)'")
_COLUMNS = {
    "relevant": ("relevant", "relevance", "bind::relevant", "bind:relevant", "skip"),
    "calculate": ("calculation", "calculate", "bind::calculate", "bind:calculate"),
    "constraint": ("constraint", "bind::constraint", "bind:constraint"),
    "required": ("required", "bind::required", "bind:required"),
    "read_only": ("read_only", "readonly", "bind::readonly", "bind:readonly", "read only"),
    "choice_filter": ("choice_filter",),
    "repeat_count": ("repeat_count", "jr:count"),
    "default": ("default", "calculation"),
    "label": ("label", "hint", "constraint_message", "required_message", "guidance_hint"),
}
_OPENS = re.compile(r"begin[ _](?:group|repeat)$")
_CLOSES = re.compile(r"end[ _](?:group|repeat)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the workbook. `row` is 0 when it was not found."""

    sheet: str
    row: int
    column: str
    text: str


def convert(source: bytes, name: str = "form.xlsx") -> str:
    """The XForm XML that the workbook becomes.

    Raises:
        Refusal: forms.not_a_workbook, forms.workbook (with sheet, row, column and reason), forms.no_sheet.
    """
    from pyxform.xls2xform import convert as pyxform_convert

    if not source:
        raise Refusal("forms.empty_file", file=name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and properties, which forms do not use
            xform: str = pyxform_convert(source, form_name=_root_name(source)).xform
    except Exception as broken:
        # pyxform also lets TypeError and AttributeError escape; whatever it is, the author needs a sentence.
        raise _refusal(str(broken), source, name) from broken
    return _named(xform, source, name)


def _named(xform: str, source: bytes, name: str) -> str:
    """The XForm called after its file where the workbook does not say how it is called, as ODK does."""
    said = sheet(source, "settings")
    stem = escape(name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name, {'"': "&quot;"})
    if not any(row.get("form_id") or row.get("id_string") for row in said):
        xform = re.sub(r'( id=)"(?:data|form)"', lambda found: f'{found[1]}"{stem}"', xform, count=1)
    if not any(row.get("form_title") or row.get("title") for row in said):
        xform = re.sub(r"(<h:title>)[^<]*", lambda found: found[1] + stem, xform, count=1)
    return xform


def _root_name(source: bytes) -> str:
    """The name of the root of the answers: "data" as everywhere, unless a question is called so."""
    names = {(row.get("name") or "").strip() for row in sheet(source, "survey")}
    return "data" if "data" not in names else "form"


def sheet(source: bytes, name: str) -> list[Row]:
    """The rows below the header of the sheet `name`; row n of the workbook is at n - 2."""
    from pyxform.xls2json_backends import get_xlsform

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows: Sequence[Row] | None = getattr(get_xlsform(source), name, None)
    except Exception:  # noqa: BLE001 - it was read once already; this is only for naming a place
        return []
    return list(rows or [])


def locate(rows: Sequence[Row], path: str, kind: str) -> Place:
    """The cell of the survey sheet that holds the rule `kind` of the answer at `path`."""
    for number, found, row in _with_paths(rows):
        if found == path.partition("/")[2].partition("/")[2]:
            column, text = _cell(row, kind)
            return Place("survey", number, column, text)
    return Place("survey", 0, kind, "")


def _with_paths(rows: Sequence[Row]) -> Iterator[tuple[int, str, Row]]:
    """Each row with its number and the path of its answer below the root."""
    above: list[str] = []
    for number, row in enumerate(rows, 2):
        kind, name = (row.get("type") or "").strip().lower(), (row.get("name") or "").strip()
        if _CLOSES.match(kind):
            above = above[:-1]
            continue
        yield number, "/".join([*above, name]), row
        if _OPENS.match(kind):
            above.append(name)


def _cell(row: Row, kind: str) -> tuple[str, str]:
    wanted = _COLUMNS.get(kind, (kind,))
    for column, text in row.items():
        if text and column.lower().partition("::")[0].strip() in wanted:
            return column, text
        if text and column.lower().strip() in wanted:
            return column, text
    return kind, ""


def _refusal(message: str, source: bytes, name: str) -> Refusal:
    if "was not recognized as a supported type" in message:
        return Refusal("forms.not_a_workbook", file=name)
    spaced = _SPACED.search(message)
    if spaced is not None:
        return _spaced(spaced[1], spaced[2], source, name)
    found = _PLACE.match(message)
    if found is not None:
        return Refusal(
            "forms.workbook",
            file=name,
            row=int(found[1]),
            sheet=found[2] or "survey",
            column=found[3] or "name",
            reason=_brief(found[4] or message),
        )
    return _searched(message, source, name)


def _spaced(choice: str, owner: str, source: bytes, name: str) -> Refusal:
    """Choice names with spaces where several choices make one answer: there, a space parts one from the next."""
    rows = sheet(source, "choices")
    places = [number for number, row in enumerate(rows, 2) if (row.get("name") or "").strip() == choice]
    row = places[0] if places else 1
    return Refusal("forms.choice_spaces", file=name, sheet="choices", row=row, column="name", name=choice, list=owner)


def _searched(message: str, source: bytes, name: str) -> Refusal:
    """A refusal for a message that names no row: the row is looked up by what it does name."""
    kind = _TYPE.search(message)
    rows = sheet(source, "survey")
    for number, row in enumerate(rows, 2):
        if kind is not None and (row.get("type") or "").strip() == kind[1].strip():
            return Refusal("forms.unknown_type", file=name, row=number, sheet="survey", column="type", type=kind[1])
    named = _NAMED.search(message)
    for number, row in enumerate(rows, 2):
        if named is not None and (row.get("name") or "").strip() == named[1]:
            reason = _brief(message)
            return Refusal("forms.workbook", file=name, row=number, sheet="survey", column="label", reason=reason)
    return Refusal("forms.sheet", file=name, reason=_brief(message) or "it cannot be read as an XLSForm")


def _brief(message: str) -> str:
    """The message without its address for more, as one line without a full stop."""
    first = message.partition("[row :")[0] or message
    return " ".join(re.sub(r"\s*Learn more: \S+", "", first).split()).rstrip(".")
