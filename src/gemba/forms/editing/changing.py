"""Saying something else of an item: its words, its type, its rules, its points."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.columns import PROPERTIES, default_language
from gemba.forms.editing.lists import starting_list
from gemba.forms.editing.naming import from_words, is_made_up, rename
from gemba.forms.editing.steps import Edited, fork, need, put, settings_row
from gemba.forms.editing.tree import names
from gemba.forms.editing.types import CHOOSING, Type, closing, opens, write_type

_FORM = frozenset({"title", "form_id", "version", "default_language", "instance_name", "namespaces", "kind"})
_OF_CHOICES = frozenset({"list", "score"})


def change(book: Book, row: int, values: Mapping[tuple[str, str], str]) -> Edited:
    """Say properties of an item, each in a language ("" where it has none); "" takes one away.

    Raises:
        Refusal: forms.no_such_item, forms.no_such_property.
    """
    need(book, row)
    unknown = [name for name, _ in values if name not in PROPERTIES or name in _FORM | _OF_CHOICES]
    if unknown:
        known = ", ".join(sorted(set(PROPERTIES) - _FORM - _OF_CHOICES))
        raise Refusal("forms.no_such_property", name=unknown[0], known=known)
    renamed = dict(values)
    name = renamed.pop(("name", ""), None)
    edited = Edited(book, row)
    if renamed:
        made = fork(book)
        put(made, made.survey, row, renamed)
        edited = Edited(made, row)
    return rename(edited.book, row, name) if name is not None else edited


def name_after_label(book: Book, row: int) -> Edited:
    """Give an item that was named by the editor a name that tells what its label says."""
    item = need(book, row)
    if not is_made_up(item.name) or not item.label.strip():
        return Edited(book, row)
    return rename(book, row, from_words(item.label, names(book) - {item.name}))


def change_type(book: Book, row: int, kind: Type) -> Edited:
    """Make another kind of question of an item; a list of choices is kept or, where one is needed, made.

    Raises:
        Refusal: forms.no_such_item; forms.section_stays when a section would become a question or the reverse.
    """
    item = need(book, row)
    if item.holds != opens(write_type(kind)):
        raise Refusal("forms.section_stays", name=item.name)
    made = fork(book)
    if kind.code in CHOOSING and not kind.list:
        kind = kind._replace(list=item.kind.list or starting_list(made, kind.code, item.name))
    written = write_type(kind)
    put(made, made.survey, row, {("type", ""): written})
    if item.holds and item.last != item.row:
        put(made, made.survey, item.last, {("type", ""): closing(written)})
    return Edited(made, row)


def change_form(book: Book, values: Mapping[str, str]) -> Edited:
    """Say properties of the whole form: title, form_id, version, default_language, instance_name, kind.

    Raises:
        Refusal: forms.no_such_property.
    """
    unknown = [name for name in values if name not in _FORM]
    if unknown:
        raise Refusal("forms.no_such_property", name=unknown[0], known=", ".join(sorted(_FORM)))
    made = fork(book)
    settings_row(made)
    put(made, made.settings, 0, {(name, ""): text for name, text in values.items()})
    return Edited(made)


def next_version(version: str) -> str:
    """The version after this one: its last number one higher."""
    digits = len(version) - len(version.rstrip("0123456789"))
    if not digits:
        return f"{version}.2" if version else "2"
    number = version[-digits:]
    return version[:-digits] + str(int(number) + 1).zfill(digits)


def label_language(book: Book) -> str:
    """The language in which an item is named in the tree."""
    return default_language(book)
