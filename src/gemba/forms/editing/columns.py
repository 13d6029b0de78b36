"""Which column of a sheet holds what: authors write the same header in many ways, and all of them are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gemba.forms.book import Book, Sheet

SPACE = "gemba"
ADDRESS = 'gemba="https://gemba.example/xforms"'
"""The vocabulary of scoring, criteria and tags, as the settings must name it."""

_HEADERS: Mapping[str, tuple[str, ...]] = {
    "type": ("type", "command"),
    "name": ("name", "value", "tag"),
    "list": ("list_name", "list name", "list"),
    "label": ("label", "caption"),
    "hint": ("hint",),
    "guidance_hint": ("guidance_hint",),
    "image": ("media::image", "image"),
    "audio": ("media::audio", "audio"),
    "video": ("media::video", "video"),
    "required": ("required", "bind::required", "bind:required"),
    "required_message": ("required_message", "bind::jr:requiredmsg", "bind:jr:requiredmsg", "requiredmsg"),
    "relevant": ("relevant", "relevance", "bind::relevant", "bind:relevant"),
    "constraint": ("constraint", "bind::constraint", "bind:constraint"),
    "constraint_message": (
        "constraint_message",
        "constraint message",
        "constraint-msg",
        "bind::jr:constraintmsg",
        "bind:jr:constraintmsg",
    ),
    "calculation": ("calculation", "calculate", "bind::calculate", "bind:calculate"),
    "default": ("default",),
    "appearance": ("appearance", "control::appearance", "control:appearance"),
    "choice_filter": ("choice_filter",),
    "parameters": ("parameters",),
    "read_only": ("read_only", "readonly", "read only", "bind::readonly", "bind:readonly"),
    "repeat_count": ("repeat_count", "jr:count"),
    "trigger": ("trigger",),
    "weight": ("bind::gemba:weight",),
    "critical": ("bind::gemba:critical",),
    "section_weight": ("bind::gemba:section_weight",),
    "scale": ("bind::gemba:scale",),
    "criterion": ("bind::gemba:criterion",),
    "step": ("bind::gemba:step",),
    "tags": ("bind::gemba:tags",),
    "draw": ("bind::gemba:draw",),
    "score": ("score",),
    "title": ("form_title", "title", "set form title"),
    "form_id": ("form_id", "id_string", "set form id"),
    "version": ("version",),
    "default_language": ("default_language",),
    "instance_name": ("instance_name",),
    "namespaces": ("namespaces",),
    "kind": ("attribute::gemba:kind",),
}
PROPERTIES = tuple(_HEADERS)
"""What can be said of a question, a choice or the whole form."""
TRANSLATED = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "image",
    "audio",
    "video",
)
"""Properties that are said once in each language."""
EXPRESSIONS = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "read_only",
    "choice_filter",
    "repeat_count",
    "default",
    "trigger",
)
"""Properties that are (or may be) rules over other answers."""
_MEANING = {header: name for name, headers in _HEADERS.items() for header in headers}


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says: a property, and the language that it is in ("" for none)."""

    header: str
    property: str
    language: str = ""


@lru_cache(maxsize=2_000)
def meaning(header: str) -> Column:
    """What a header means; the property is "" when it is not known here."""
    plain = " ".join(header.split()).lower()
    if plain in _MEANING:
        return Column(header, _MEANING[plain])
    cut = header.rpartition("::") if "::" in header else header.rpartition(":")
    known = _MEANING.get(cut[0].strip().lower().replace("media:image", "media::image"), "")
    if known in TRANSLATED and cut[2].strip():
        return Column(header, known, cut[2].strip())
    return Column(header, "")


def columns_of(sheet: Sheet) -> Iterator[Column]:
    """The columns of a sheet whose meaning is known."""
    return (found for found in map(meaning, sheet.columns) if found.property)


def header_of(sheet: Sheet, name: str, language: str = "") -> str:
    """The header under which a sheet has a property; "" when it has no such column."""
    for column in columns_of(sheet):
        if column.property == name and (column.language == language or name not in TRANSLATED):
            return column.header
    return ""


def header_for(sheet: Sheet, name: str, language: str = "") -> str:
    """The header under which a sheet has, or shall get, a property."""
    found = header_of(sheet, name, language)
    if found:
        return found
    first = _HEADERS[name][0]
    return f"{first}::{language}" if language and name in TRANSLATED else first


def cell(sheet: Sheet, row: int, name: str, language: str = "") -> str:
    """What a row says of a property; "" for nothing."""
    header = header_of(sheet, name, language)
    return sheet.rows[row].get(header, "") if header else ""


def languages_of(book: Book) -> tuple[str, ...]:
    """The languages of the texts, in the order of their columns; "" stands for texts that name none."""
    found = [
        column.language
        for sheet in (book.survey, book.choices)
        for column in columns_of(sheet)
        if column.property in TRANSLATED and (column.language or column.property == "label")
    ]
    return tuple(dict.fromkeys(found)) or ("",)


def default_language(book: Book) -> str:
    """The language in which a form is shown first."""
    languages = languages_of(book)
    said = cell(book.settings, 0, "default_language") if book.settings.rows else ""
    return said if said in languages else languages[0]
