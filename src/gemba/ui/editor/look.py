"""What a draft comes to: its problems, and the form to try; worked out beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.found import Problem
from gemba.forms.editing.problems import problems
from gemba.wording import sentence
from gemba.work.desk import Desk
from gemba.work.edit_template import TemplateDraft, files_of

if TYPE_CHECKING:
    from gemba.forms.definition import Form


class Look(msgspec.Struct, frozen=True):
    """A draft as it was looked at.

    Attributes:
        book: that was looked at.
        problems: faults before advice.
        form: to try; `None` while a fault stands in the way.
    """

    book: Book
    problems: list[Problem]
    form: Form | None = None


def look_at(desk: Desk, draft: TemplateDraft) -> Look:
    """Find what is wrong, and make the form if nothing is; a fault that only the converter finds is listed too."""
    from gemba.forms.checking import check
    from gemba.forms.reading import convert_book, parse

    book = draft.book
    found = problems(book)
    if any(not problem.advice for problem in found):
        return Look(book, found)
    try:
        form = parse(convert_book(book, "form.xlsx"), name="form.xlsx", files=files_of(desk, draft))
        check(form, book)
    except Refusal as refusal:
        return Look(book, [Problem("conversion", "survey", -1, facts={"why": sentence(refusal)}), *found])
    return Look(book, found, form)
