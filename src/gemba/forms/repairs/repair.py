"""One repair, and the columns of a sheet by what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gemba.forms.book import Book, Sheet
from gemba.forms.workbook import head


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that a workbook needs before it can be a form; shown and confirmed, never silent.

    Attributes:
        sheet: name of the sheet.
        row: row number in the source; 0 when it concerns the sheet or a column as a whole.
        column: the header.
        what: what is changed and why, for a person.
        before: the text that stood there.
        after: the text that stands there now; "" when it is left out.
    """

    sheet: str
    row: int
    column: str
    what: str
    before: str
    after: str


MEANINGS = {
    "type": ("type", "command"),
    "name": ("name", "value", "tag"),
    "label": ("label", "caption"),
    "hint": ("hint",),
    "relevant": ("relevant", "relevance", "bind::relevant", "bind:relevant"),
    "calculation": ("calculation", "calculate", "bind::calculate", "bind:calculate"),
    "constraint": ("constraint", "bind::constraint", "bind:constraint"),
    "required": ("required", "bind::required", "bind:required"),
    "read_only": ("read_only", "readonly", "bind::readonly", "bind:readonly"),
    "choice_filter": ("choice_filter",),
    "repeat_count": ("repeat_count", "jr:count", "count"),
    "default": ("default",),
    "trigger": ("trigger",),
    "parameters": ("parameters",),
    "appearance": ("appearance", "control::appearance", "body::appearance"),
    "list_name": ("list_name", "list name"),
    "form_id": ("form_id", "id_string", "set_form_id"),
    "disabled": ("disabled",),
}
"""How the columns of XLSForm are called; the first is the usual name."""
EXPRESSIONS = (
    "relevant",
    "calculation",
    "constraint",
    "required",
    "read_only",
    "choice_filter",
    "repeat_count",
    "default",
)
"""The columns of the survey that hold expressions."""
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video")


def column(sheet: Sheet, meaning: str) -> str | None:
    """The header in `sheet` under which `meaning` stands; None when there is none."""
    names = MEANINGS.get(meaning, (meaning,))
    for each in sheet.columns:
        if head(each) in names:
            return each
    return None


def cell(sheet: Sheet, row: dict[str, str], meaning: str) -> str:
    """The text under `meaning` in a row; "" when there is none."""
    found = column(sheet, meaning)
    return row.get(found, "") if found else ""


def put(sheet: Sheet, row: dict[str, str], meaning: str, text: str) -> str:
    """Write a text under `meaning`, in a new column when there is none; gives the header. "" takes the text out."""
    found = column(sheet, meaning)
    if found is None:
        found = MEANINGS.get(meaning, (meaning,))[0]
        sheet.columns.append(found)
    if text:
        row[found] = text
    else:
        row.pop(found, None)
    return found


def labelled(row: dict[str, str]) -> bool:
    """Whether a row has a label, hint or media in any language."""
    return any(
        text and head(each).partition(":")[0] in {*TEXTS[:3], "caption", "media", "image", "audio", "video"}
        for each, text in row.items()
    )


def disabled(sheet: Sheet, row: dict[str, str]) -> bool:
    """Whether the author switched the row off."""
    return cell(sheet, row, "disabled").strip().lower() in {"yes", "true", "true()"}


def expression_cells(book: Book) -> Iterator[tuple[int, dict[str, str], str, str]]:
    """Row number, row, header and text of every expression of the survey sheet."""
    sheet = book.survey
    headers = [(meaning, found) for meaning in EXPRESSIONS if (found := column(sheet, meaning))]
    for number, row in sheet.numbered():
        if disabled(sheet, row):
            continue
        for meaning, found in headers:
            text = row.get(found, "")
            if text and is_expression(meaning, text):
                yield number, row, found, text


def is_expression(meaning: str, text: str) -> bool:
    """Whether a text is to be read as an expression: defaults and yes/no columns may be plain words."""
    if meaning in {"required", "read_only"}:
        return text.strip().lower() not in {"yes", "no", "true", "false", "y", "n", "1", "0", "x"}
    return meaning != "default" or ("${" in text and "}" in text)
