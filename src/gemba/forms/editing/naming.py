"""Names: which may be given, what is proposed, and how one is changed everywhere at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import EXPRESSIONS, columns_of
from gemba.forms.editing.steps import Edited, fork, need, put
from gemba.forms.editing.tree import Branch, names

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*$")
_MADE_UP = re.compile(r"(?:question|section|repeat|note|result)_\d+$")
_LONGEST = 40
_REFERRING = ("survey", "choices", "settings", "entities", "external_choices")
_PATH = re.compile(r"(?:/[A-Za-z_][\w.\-]*)+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


def is_name(text: str) -> bool:
    """Whether a text may be the name of a question."""
    return bool(_NAME.match(text))


def is_made_up(name: str) -> bool:
    """Whether a name was given by the editor, and says nothing."""
    return bool(_MADE_UP.match(name))


def made_up(kind: str, taken: Collection[str]) -> str:
    """A name for something that has no words yet."""
    stem = {"section": "section", "repeat": "repeat", "note": "note", "calculate": "result"}.get(kind, "question")
    return free(f"{stem}_1", taken)


def from_words(words: str, taken: Collection[str]) -> str:
    """A name out of a label: small letters, digits and lines below; `question` when nothing is left of it."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\$\{[^}]*\}", " ", words)).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", plain.lower())
    name = ""
    for part in parts:
        if name and len(name) + len(part) >= _LONGEST:
            break
        name = f"{name}_{part}" if name else part[:_LONGEST]
    if not name:
        return made_up("question", taken)
    return free(name if name[0].isalpha() else f"q_{name}", taken)


def free(name: str, taken: Collection[str]) -> str:
    """`name`, or the same with the first number that is free; ODK counts small and large letters as one."""
    used = {each.lower() for each in taken}
    if name.lower() not in used:
        return name
    stem = re.sub(r"_?\d+$", "", name) or name
    number = 2
    while f"{stem}_{number}".lower() in used:
        number += 1
    return f"{stem}_{number}"


def rename(book: Book, row: int, name: str) -> Edited:
    """Give an item another name, and change every `${reference}` and written path to it.

    Raises:
        Refusal: forms.no_such_item, forms.not_a_name, forms.name_taken.
    """
    item = need(book, row)
    if not is_name(name):
        raise Refusal("forms.not_a_name", name=name)
    if name.lower() in {each.lower() for each in names(book) - {item.name}}:
        raise Refusal("forms.name_taken", name=name)
    if name == item.name:
        return Edited(book, row)
    made = fork(book)
    if item.name:
        for sheet in _referring(made):
            _rename_in(sheet, item, name)
    put(made, made.survey, row, {("name", ""): name})
    _rename_closing(made, item, name)
    return Edited(made, row)


def _rename_closing(book: Book, item: Branch, name: str) -> None:
    """Authors often repeat the name where a section ends."""
    if item.holds and item.last != item.row:
        closing = book.survey.rows[item.last]
        if item.name in closing.values():
            book.survey.rows[item.last] = {
                header: name if text == item.name else text for header, text in closing.items()
            }


def _referring(book: Book) -> Iterator[Sheet]:
    yield from (book.sheets[key] for key in _REFERRING if key in book.sheets)


def _rename_in(sheet: Sheet, item: Branch, name: str) -> None:
    rules = {column.header for column in columns_of(sheet) if column.property in EXPRESSIONS}
    for number, row in enumerate(sheet.rows):
        changed = {header: _renamed(text, item, name, is_rule=header in rules) for header, text in row.items()}
        if changed != row:
            sheet.rows[number] = changed


def _renamed(text: str, item: Branch, name: str, *, is_rule: bool) -> str:
    if "$" in text:
        text = re.sub(rf"\$\{{\s*(last-saved#)?{re.escape(item.name)}\s*\}}", rf"${{\g<1>{name}}}", text)
    if is_rule and f"/{item.name}" in text:
        text = _outside_quotes(text, item, name)
    return text


def _outside_quotes(text: str, item: Branch, name: str) -> str:
    """The written paths (`/data/section/question`) that go through the item, in what is not quoted."""
    pieces, at = [], 0
    for quoted in _QUOTED.finditer(text):
        pieces += [_in_paths(text[at : quoted.start()], item, name), quoted[0]]
        at = quoted.end()
    return "".join([*pieces, _in_paths(text[at:], item, name)])


def _in_paths(text: str, item: Branch, name: str) -> str:
    way = item.path

    def changed(found: re.Match[str]) -> str:
        steps = found[0].split("/")
        place = len(way) + 1
        if len(steps) > place and tuple(steps[2 : place + 1]) == way:
            steps[place] = name
        return "/".join(steps)

    return _PATH.sub(changed, text)
