"""The languages of a checklist: one more, one less, one copied from another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import columns_of, default_language, header_for, languages_of
from gemba.forms.editing.steps import Edited, fork, put, settings_row

OFFERED = (
    "English (en)", "French (fr)", "Spanish (es)", "Arabic (ar)", "German (de)", "Portuguese (pt)", "Italian (it)",
    "Dutch (nl)", "Polish (pl)", "Turkish (tr)", "Russian (ru)", "Hindi (hi)", "Chinese (zh)", "Japanese (ja)",
    "Swahili (sw)",
)  # fmt: skip
"""Languages that an author is offered, named as the field names them: in English, with the code. The starters name
theirs alike, for two checklists that say `French (fr)` and `Français (fr)` would not stay in one language."""

_CODE = re.compile(r"\(([A-Za-z]{2,3})[^()]*\)\s*$")


def still_offered(known: Sequence[str]) -> list[str]:
    """What of OFFERED a checklist with the languages `known` does not have; `Français (fr)` is French as well."""
    codes = {found[1].lower() for language in known if (found := _CODE.search(language))}
    return [language for language in OFFERED if language[-3:-1] not in codes]


def add_language(book: Book, language: str, *, first: str = "English (en)", copy_from: str | None = None) -> Edited:
    """One more language, such as `French (fr)`.

    Texts that name no language yet are said to be in the language `first`, because a workbook that names one must name
    all.

    Args:
        book: the workbook.
        language: as it is shown, with its code.
        first: what texts without a language are in.
        copy_from: fills the new columns with the words of that language, to be written over.

    Raises:
        Refusal: forms.language_known, forms.language_empty.
    """
    language = " ".join(language.split())
    if not language or "::" in language:
        raise Refusal("forms.language_empty", language=language)
    if language in languages_of(book) or (first == language and "" in languages_of(book)):
        raise Refusal("forms.language_known", language=language)
    made = name_plain(book, first).book
    made = fork(made)
    for sheet in (made.survey, made.choices):
        for column in [each for each in columns_of(sheet) if each.language == default_language(made)]:
            header = header_for(sheet, column.property, language)
            sheet.columns.insert(sheet.columns.index(column.header) + 1, header)
            if copy_from is not None:
                _copy(sheet, header_for(sheet, column.property, copy_from), header)
    if not any(column.language == language for column in columns_of(made.survey)):
        made.survey.columns.append(f"label::{language}")
    settings_row(made)
    return Edited(made)


def name_plain(book: Book, language: str) -> Edited:
    """Say in which language the texts are that name none."""
    if "" not in languages_of(book):
        return Edited(book)
    made = fork(book)
    for sheet in (made.survey, made.choices):
        for column in [each for each in columns_of(sheet) if each.property in _SPOKEN and not each.language]:
            _rename_column(sheet, column.header, header_for_named(column.property, language))
    settings_row(made)
    put(made, made.settings, 0, {("default_language", ""): language})
    return Edited(made)


def remove_language(book: Book, language: str) -> Edited:
    """Take a language out with all its words.

    Raises:
        Refusal: forms.last_language.
    """
    left = [each for each in languages_of(book) if each != language]
    if not left:
        raise Refusal("forms.last_language", language=language)
    made = fork(book)
    for sheet in (made.survey, made.choices):
        gone = {column.header for column in columns_of(sheet) if column.language == language and language}
        sheet.columns[:] = [header for header in sheet.columns if header not in gone]
        for number, row in enumerate(sheet.rows):
            if gone & row.keys():
                sheet.rows[number] = {header: said for header, said in row.items() if header not in gone}
    if default_language(book) == language:
        settings_row(made)
        put(made, made.settings, 0, {("default_language", ""): left[0]})
    return Edited(made)


def copy_language(book: Book, source: str, target: str) -> Edited:
    """Fill what is still empty in one language with the words of another."""
    made = fork(book)
    for sheet in (made.survey, made.choices):
        for column in [each for each in columns_of(sheet) if each.language == source and each.property in _SPOKEN]:
            header = header_for(sheet, column.property, target)
            if header not in sheet.columns:
                sheet.columns.insert(sheet.columns.index(column.header) + 1, header)
            _copy(sheet, column.header, header)
    return Edited(made)


def header_for_named(name: str, language: str) -> str:
    """The header of a property in a language that has no column yet."""
    return header_for(Sheet(""), name, language)


_SPOKEN = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
"""Properties in words; pictures and sounds without a language stay for all of them."""


def _copy(sheet: Sheet, source: str, target: str) -> None:
    for number, row in enumerate(sheet.rows):
        if row.get(source) and not row.get(target):
            sheet.rows[number] = {**row, target: row[source]}


def _rename_column(sheet: Sheet, old: str, new: str) -> None:
    sheet.columns[:] = [new if header == old else header for header in sheet.columns]
    for number, row in enumerate(sheet.rows):
        if old in row:
            sheet.rows[number] = {new if header == old else header: said for header, said in row.items()}
