"""What a draft comes to: its problems, and the form to try; worked out beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.editing.fixes import mend
from gemba.forms.editing.found import Problem
from gemba.forms.editing.problems import faults, problems
from gemba.forms.editing.steps import fork, put, settings_row
from gemba.wording import sentence
from gemba.work.desk import Desk
from gemba.work.edit_template import TemplateDraft, files_of

if TYPE_CHECKING:
    from gemba.forms.definition import Form

_MOST = 40
_UNSAID = {"no_label", "choice_unlabelled", "no_title", "no_calculation"}


class Look(msgspec.Struct, frozen=True):
    """A draft as it was looked at.

    Attributes:
        book: that was looked at.
        problems: faults before advice.
        form: to try, without what is wrong; `None` while nothing can be tried.
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
    tried = _as_far_as_it_goes(book)
    if tried is None:
        return Look(book, found)
    try:
        form = parse(convert_book(tried, "form.xlsx"), name="form.xlsx", files=files_of(desk, draft))
        check(form, tried)
    except Refusal as refusal:
        if tried is not book:
            return Look(book, found)
        return Look(book, [Problem("conversion", "survey", -1, facts={"why": sentence(refusal)}), *found])
    return Look(book, found, form)


def _as_far_as_it_goes(book: Book) -> Book | None:
    """The draft without what is wrong, so that the rest can be tried while something is being written."""
    for _ in range(_MOST):
        wrong = next(iter(faults(book)), None)
        if wrong is None:
            return book
        if wrong.code in _UNSAID:
            book = _say(book, wrong)
        elif wrong.fix:
            book = mend(book, wrong).book
        else:
            return None
    return None


def _say(book: Book, problem: Problem) -> Book:
    made = fork(book)
    settings_row(made)
    sheet = made.sheet(problem.sheet)
    put(
        made,
        sheet,
        max(0, problem.row),
        {(problem.property, problem.language): "…" if problem.code != "no_calculation" else "''"},
    )
    return made
