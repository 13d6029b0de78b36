"""The question library: what was kept for use again, and every item of every checklist of the store."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import GembaError, Trouble
from gemba.forms.book import Book, read_book
from gemba.forms.drawing import tags_of
from gemba.forms.editing.columns import cell, default_language
from gemba.forms.editing.parts import take
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.types import SILENT
from gemba.store.draft_files import DraftFiles
from gemba.work.desk import Desk

_KIND = "question"


class LibraryItem(msgspec.Struct, frozen=True):
    """A question or section that can be put into a checklist."""

    label: str
    type: str
    tags: tuple[str, ...]
    source: str
    """Title of the checklist that it stands in; empty for what was kept by itself."""
    part: Book
    """The item with what it holds and its choices."""
    uid: Uid = ""
    """Of what was kept by itself."""


def keep(desk: Desk, book: Book, row: int, tags: str = "") -> LibraryItem:
    """Keep a question or section for use again, with its choices.

    Raises:
        Refusal: there is no item at that row.
        Trouble: the disk is full or cannot be written.
    """
    made = msgspec.structs.replace(_item(book, row), uid=desk.ids())
    if tags:
        made = msgspec.structs.replace(made, tags=tuple(tags_of(tags)))
    _files(desk).keep(f"{_KIND}-{made.uid}", msgspec.json.encode(made))
    return made


def forget(desk: Desk, uid: Uid) -> None:
    """Let go of what was kept by itself."""
    _files(desk).drop(f"{_KIND}-{uid}")


def search(desk: Desk, words: str = "", *, most: int = 200) -> list[LibraryItem]:
    """What the library holds: kept items first, then those of the newest version of each checklist.

    Args:
        desk: at whose store.
        words: each must occur in the label, the tags or the checklist's title, whatever its capitals; `#tag` asks for a
            tag alone.
        most: no more than this many are given.
    """
    wanted = words.casefold().split()
    found: list[LibraryItem] = []
    for item in (*_kept(desk), *_of_templates(desk)):
        if all(_fits(item, word) for word in wanted):
            found.append(item)
            if len(found) == most:
                break
    return found


def _fits(item: LibraryItem, word: str) -> bool:
    if word.startswith("#"):
        return word[1:] in {tag.casefold() for tag in item.tags}
    return word in " ".join((item.label, item.source, *item.tags)).casefold()


def _kept(desk: Desk) -> Iterator[LibraryItem]:
    for name in _files(desk).names(_KIND):
        try:
            yield msgspec.json.decode(_files(desk).read(name), type=LibraryItem)
        except (Trouble, msgspec.DecodeError):
            continue  # one that cannot be read must not hide the others


def _of_templates(desk: Desk) -> Iterator[LibraryItem]:
    with desk.reader() as reader:
        every = sorted(reader.find(Template, retired=False), key=lambda each: (each.imported_at, each.uid))
    newest = {template.form_id: template for template in every}
    for template in sorted(newest.values(), key=lambda each: each.title):
        try:
            book = read_book(desk.store.evidence.read(template.source), template.source_name)
        except GembaError:
            continue  # a checklist of another sort has no items to give
        for item in items(book):
            if item.kind.code not in SILENT and (item.label or item.children):
                yield msgspec.structs.replace(_item(book, item.row, item), source=template.title)


def _item(book: Book, row: int, known: Branch | None = None) -> LibraryItem:
    part = take(book, row)
    item = known or items(part)[0]
    label = cell(book.survey, row, "label", default_language(book)) or item.name
    return LibraryItem(label, item.kind.code, tuple(tags_of(cell(book.survey, row, "tags"))), "", part)


def _files(desk: Desk) -> DraftFiles:
    return DraftFiles(desk.store.folder, desk.store.device)
