"""The workbook side of reading: pyxform does the converting, this names the row, the column and the way out.

pyxform is imported only when a workbook is read: it costs 0.7 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from gemba.errors import Refusal
from gemba.forms.book import Book, read_book
from gemba.forms.external_lists import with_inner_lists

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
        Refusal: as `gemba.forms.book.read_book` and `convert_book` do.
    """
    return convert_book(read_book(source, name), name)


def convert_book(book: Book, name: str = "form.xlsx") -> str:
    """The XForm XML that the book becomes, strictly as pyxform has it; the book is not changed.

    Only external lists of choices are taken in among the others (`external_lists`), so that they can be filled.

    Raises:
        Refusal: forms.workbook (with sheet, row, column and reason), forms.unknown_type, forms.choice_spaces,
            forms.sheet.
    """
    try:
        xform = _converted(with_inner_lists(book).definition())
    except Exception as broken:
        # pyxform also lets TypeError and AttributeError escape; whatever it is, the author needs a sentence.
        raise _refusal(str(broken), book, name) from broken
    return _named(xform, book, name)


def _converted(definition: dict[str, Any]) -> str:
    """As `pyxform.xls2xform.convert`, which lets the form pass through a readable file in the temporary folder."""
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    book = get_xlsform(xlsform=definition)
    read = workbook_to_json(
        workbook_dict=book, form_name="data", fallback_form_name=book.fallback_form_name, warnings=[]
    )
    xform: str = create_survey_element_from_dict(read)._to_ugly_xml()  # noqa: SLF001 - pinned; there is no other way
    xform.encode()  # what no file could hold is refused as it was
    return xform


def _named(xform: str, book: Book, name: str) -> str:
    """The XForm called after its file where the workbook does not say how it is called, as ODK does."""
    said = [heads(row) for row in book.settings.rows]
    stem = escape(name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name, {'"': "&quot;"})
    if not any(row.get("form_id") or row.get("id_string") for row in said):
        xform = re.sub(r'( id=)"(?:data|form)"', lambda found: f'{found[1]}"{stem}"', xform, count=1)
    if not any(row.get("form_title") or row.get("title") for row in said):
        xform = re.sub(r"(<h:title>)[^<]*", lambda found: found[1] + stem, xform, count=1)
    return xform


def heads(row: Row) -> dict[str, str]:
    """The row under the headers as XLSForm writes them, whatever their capitals and spaces."""
    return {head(column): text for column, text in row.items()}


def head(column: str) -> str:
    """A header as XLSForm writes it: lower case, underscores for spaces; what follows a colon stays."""
    first, colons, rest = column.partition(":")
    return "_".join(first.split()).lower() + colons + rest


def locate(book: Book | None, path: str, kind: str) -> Place:
    """The cell of the survey sheet that holds the rule `kind` of the answer at `path`."""
    for number, found, row in _with_paths(book) if book is not None else ():
        if found == path.partition("/")[2].partition("/")[2]:
            column, text = _cell(row, kind)
            return Place("survey", number, column, text)
    return Place("survey", 0, kind, "")


def _with_paths(book: Book) -> Iterator[tuple[int, str, Row]]:
    """Each row with its number and the path of its answer below the root."""
    above: list[str] = []
    for number, row in book.survey.numbered():
        said = heads(row)
        kind, name = said.get("type", "").strip().lower(), said.get("name", "").strip()
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


def _refusal(message: str, book: Book, name: str) -> Refusal:
    spaced = _SPACED.search(message)
    if spaced is not None:
        return _spaced(spaced[1], spaced[2], book, name)
    found = _PLACE.match(message)
    if found is not None:
        where = found[2] or "survey"
        return Refusal(
            "forms.workbook",
            file=name,
            row=_row_in_source(book, where, int(found[1])),
            sheet=where,
            column=found[3] or "name",
            reason=_brief(found[4] or message),
        )
    return _searched(message, book, name)


def _row_in_source(book: Book, name: str, placed: int) -> int:
    """The row of the source that pyxform met at `placed`: rows that were put in move the later ones."""
    sheet = book.sheets.get(name)
    if sheet is None:
        return placed
    numbers = {at: number for (at, _), number in zip(sheet.placed(), sheet.numbers, strict=False)}
    return numbers.get(placed) or placed


def _spaced(choice: str, owner: str, book: Book, name: str) -> Refusal:
    """Choice names with spaces where several choices make one answer: there, a space parts one from the next."""
    places = [number for number, row in book.choices.numbered() if heads(row).get("name", "").strip() == choice]
    row = places[0] if places else 1
    return Refusal("forms.choice_spaces", file=name, sheet="choices", row=row, column="name", name=choice, list=owner)


def _searched(message: str, book: Book, name: str) -> Refusal:
    """A refusal for a message that names no row: the row is looked up by what it does name."""
    kind, named = _TYPE.search(message), _NAMED.search(message)
    for number, row in book.survey.numbered():
        said = heads(row)
        if kind is not None and " ".join(said.get("type", "").split()) == " ".join(kind[1].split()):
            return Refusal("forms.unknown_type", file=name, row=number, sheet="survey", column="type", type=kind[1])
        if kind is None and named is not None and said.get("name", "").strip() == named[1]:
            reason = _brief(message)
            return Refusal("forms.workbook", file=name, row=number, sheet="survey", column="label", reason=reason)
    return Refusal("forms.sheet", file=name, reason=_brief(message) or "it cannot be read as an XLSForm")


def _brief(message: str) -> str:
    """The message without its address for more, as one line without a full stop."""
    first = message.partition("[row :")[0] or message
    return " ".join(re.sub(r"\s*Learn more: \S+", "", first).split()).rstrip(".")
