"""From an XLSForm workbook to a form that can be filled."""

from __future__ import annotations

from collections.abc import Mapping

from gemba.errors import Refusal
from gemba.forms.book import read_book
from gemba.forms.checking import check
from gemba.forms.definition import Form
from gemba.forms.still import uncollected
from gemba.forms.workbook import convert, convert_book
from gemba.forms.xform import parse


def read(source: bytes, *, name: str = "form.xlsx", files: Mapping[str, bytes] | None = None) -> Form:
    """Read an XLSForm and check every rule in it.

    Args:
        source: the bytes of the workbook (.xlsx, .xls, .csv or .md).
        name: its file name, for messages.
        files: lists that stand beside the workbook, by file name.

    Raises:
        Refusal: forms.* naming the row, the column and what to do.
    """
    with uncollected():
        book = read_book(source, name)
        form = parse(convert_book(book, name), name=name, files=files)
        check(form, book)
    if not form.questions():
        raise Refusal("forms.no_questions", file=name)
    return form


__all__ = ["convert", "convert_book", "parse", "read"]
