"""Lists of choices in the sheet `external_choices`, taken in among the others.

ODK Collect keeps them in a database beside the form, because old telephones could not hold long lists; here a long list
is no burden, so `select_one_external` becomes a `select_one` with the same filter. The workbook itself stays as it is.
"""

from __future__ import annotations

import re

from gemba.forms.books.shape import Book

_SELECT = re.compile(r"^(?:select[_ ]one[_ ]external)\s+", re.IGNORECASE)
_LIST = ("list_name", "list name")


def with_inner_lists(book: Book) -> Book:
    """The book with its external lists among its choices; the very book when it has none."""
    rows = book.sheets["external_choices"].rows if "external_choices" in book.sheets else []
    if not rows or not any(_SELECT.match(text) for row in book.survey.rows for text in row.values()):
        return book
    made = book.copy()
    del made.sheets["external_choices"]
    for row in made.survey.rows:
        for header, text in row.items():
            if header.strip().lower() == "type" and _SELECT.match(text.strip()):
                row[header] = _SELECT.sub("select_one ", text.strip())
    choices = made.choices
    heads = {_plain(header): header for header in choices.columns}
    for row in rows:
        named = {heads.setdefault(_plain(header), header): text for header, text in row.items()}
        choices.columns += [header for header in named if header not in choices.columns]
        choices.rows.append(named)
        choices.numbers.append(max(choices.numbers, default=1) + 1)
    _allow_doubles(made)
    return made


def _plain(header: str) -> str:
    text = header.strip().lower()
    return _LIST[0] if text in _LIST else text


def _allow_doubles(book: Book) -> None:
    """One town may stand below several districts: an external list may name it more than once."""
    settings = book.settings
    if not settings.rows:
        settings.rows.append({})
        settings.numbers.append(2)
    header = next((each for each in settings.columns if _plain(each) == "allow_choice_duplicates"), "")
    if not header:
        header = "allow_choice_duplicates"
        settings.columns.append(header)
    settings.rows[0] = {**settings.rows[0], header: "yes"}
