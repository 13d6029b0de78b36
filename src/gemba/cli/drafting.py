"""What a command of writing is about: a workbook, a draft or a template, opened and written back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec
import typer

from gemba.cli.naming import template_named
from gemba.cli.saying import say
from gemba.cli.template import read_file
from gemba.cli.world import desk_at
from gemba.errors import Refusal, Trouble
from gemba.forms.book import Book, read_book
from gemba.forms.editing.columns import TRANSLATED, cell, default_language, languages_of, meaning
from gemba.forms.editing.steps import Edited
from gemba.forms.editing.tree import Branch, items
from gemba.forms.editing.types import write_type
from gemba.wording import text
from gemba.work import edit_template
from gemba.work.desk import Desk
from gemba.work.edit_template import TemplateDraft
from gemba.work.keep_file import write_file


@dataclass(frozen=True, slots=True)
class Target:
    """A checklist that is being written, and where it is kept."""

    book: Book
    file: Path | None = None
    source: bytes = b""
    begun: TemplateDraft | None = None

    def keep(self, desk: Desk, book: Book) -> dict[str, Any]:
        """Write another book in its place; says where."""
        if self.file is not None:
            write_file(self.file, edit_template.whole_workbook(book, self.source))
            return {"file": self.file}
        assert self.begun is not None
        edit_template.save(desk, msgspec.structs.replace(self.begun, book=book))
        return {"draft": self.begun.uid}

    def as_draft(self, desk: Desk) -> TemplateDraft:
        """The draft that it is, or one of the workbook."""
        if self.begun is not None:
            return self.begun
        kept = desk.store.evidence.keep(self.source)[0] if self.book.others else ""
        now = desk.clock()
        return TemplateDraft(desk.ids(), self.book, now, now, kept)


def opened(desk: Desk, name: str) -> Target:
    """What a person named: a file that is there, a draft of the store, or a template, of which a draft is begun.

    Raises:
        Refusal: there is no such template; the file is no form.
        Trouble: the file cannot be read.
    """
    file = Path(name)
    if file.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".csv", ".md"}:
        source = read_file(file)
        return Target(read_book(source, file.name), file.with_suffix(".xlsx"), source)
    try:
        draft = edit_template.open_draft(desk, name)
    except Trouble as trouble:
        if trouble.code != "store.draft_missing":
            raise
        with desk.reader() as reader:
            template = template_named(reader, name)
        draft = edit_template.begin_from(desk, template.uid)
    return Target(draft.book, begun=draft)


def edit(
    context: typer.Context, store: Path | None, target: str, operation: Callable[[Book], Edited], *, as_json: bool
) -> None:
    """Do one step on a checklist, write it back, and say what there is now."""
    with desk_at(context, store) as desk:
        found = opened(desk, target)
        edited = operation(found.book)
        where = found.keep(desk, edited.book)
    facts = describe(edited.book)
    named = next((item.name for item in items(edited.book) if item.row == edited.at), "")
    words = text("Written to {where}.", where=next(iter(where.values())))
    say({**where, "item": named, **facts}, words, as_json=as_json)


def describe(book: Book) -> dict[str, object]:
    """A checklist as facts: its settings, languages and items."""
    settings = book.settings
    form = {name: cell(settings, 0, name) if settings.rows else "" for name in ("title", "form_id", "version", "kind")}
    listed = [
        {
            "name": item.name,
            "type": write_type(item.kind),
            "depth": item.depth,
            "label": item.label,
            "row": item.row + 2,
        }
        for item in items(book)
    ]
    return {**form, "languages": languages_of(book), "items": listed}


def item_of(book: Book, name: str) -> Branch:
    """The item of a name.

    Raises:
        Refusal: cli.no_such_item with the names that come near.
    """
    found = next((item for item in items(book) if item.name == name), None)
    if found is None:
        known = [item.name for item in items(book)]
        near = get_close_matches(name, known, 3, 0.5) or known[:5]
        raise Refusal("cli.no_such_item", name=name, near=", ".join(near))
    return found


def pairs(said: Sequence[str] | None) -> dict[str, str]:
    """`property=value`, as often as it is said.

    Raises:
        Refusal: cli.not_said when there is no `=`.
    """
    found: dict[str, str] = {}
    for each in said or ():
        name, sign, value = each.partition("=")
        if not sign:
            raise Refusal("cli.not_said", said=each)
        found[name.strip()] = value
    return found


def of_property(book: Book, key: str) -> tuple[str, str]:
    """The property and language that a key names; words without a language are in the default one.

    Raises:
        Refusal: forms.no_such_property.
    """
    column = meaning(key)
    name = column.property or key
    if name in TRANSLATED:
        return name, column.language or default_language(book)
    known = meaning(f"bind::gemba:{name}").property
    return (known or name), ""
