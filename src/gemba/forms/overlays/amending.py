"""What an overlay may say more of an item of the core: other words, more weight, more that is demanded."""

from __future__ import annotations

from gemba.forms.book import Book
from gemba.forms.editing.columns import TRANSLATED, Column, cell, default_language, meaning
from gemba.forms.editing.steps import Row, put
from gemba.forms.editing.tree import Branch
from gemba.forms.overlays.shape import PLACING, Fault, is_mandatory

Judged = tuple[str, str]
"""What the finished workbook says, and the code of a fault ("" for none)."""
_FREE = frozenset({"appearance", "criterion", "step", "tags"})
_WEIGHTS = {"weight": "1", "section_weight": "none"}
"""What weighs, with what the core says by saying nothing."""


def amend(core: Book, book: Book, item: Branch, row: Row, number: int) -> list[Fault]:
    """Say in `book` what a row of the overlay says of an item.

    Args:
        core: as it was.
        book: to be changed; its rows stand where those of the core stand.
        item: of the core.
        row: of the overlay.
        number: of that row.
    """
    faults: list[Fault] = []
    for header, text in row.items():
        column = meaning(header)
        if header.strip().lower() in PLACING or column.property == "name" or not text.strip():
            continue
        said, code = judge(core, item, column, text.strip())
        if code:
            facts = {"name": item.name, "column": header, "text": text, "core": cell(core.survey, item.row, said)}
            faults.append(Fault("survey", number, header, item.name, code, facts))
        else:
            language = language_in(core, column)
            put(book, book.survey, item.row, {(column.property, language): said})
            if column.property in _WEIGHTS:
                _keep_weight(core, book, item, column.property)
    return faults


def _keep_weight(core: Book, book: Book, item: Branch, name: str) -> None:
    """Keep what the core says that it weighs, for the score by the core alone."""
    header = f"bind::gemba:core_{name}"
    if header not in book.survey.columns:
        book.survey.columns.append(header)
    before = cell(core.survey, item.row, name).strip() or _WEIGHTS[name]
    book.survey.rows[item.row] = {**book.survey.rows[item.row], header: before}


def judge(core: Book, item: Branch, column: Column, text: str) -> Judged:
    """What becomes of one cell of the overlay; with a fault, the property that it is about."""
    name, before = column.property, cell(core.survey, item.row, column.property).strip()
    if name in TRANSLATED or name in _FREE or (name and text == before):
        return text, ""
    if name in {"required", "critical"}:
        return ("yes", "") if text.lower() in _YES else (name, "weaker")
    if name == "constraint":
        return (f"({before}) and ({text})" if before else text), ""
    if name in {"weight", "section_weight"}:
        code = _weight_fault(text, before, mandatory=is_mandatory(core, item))
        return (name, code) if code else (text, "")
    return name or "type", "not_allowed"


def language_in(core: Book, column: Column) -> str:
    """The language in which the core says what a column without one says."""
    if column.language or column.property not in TRANSLATED:
        return column.language
    return default_language(core)


def _weight_fault(text: str, before: str, *, mandatory: bool) -> str:
    number, least = _number(text), _number(before or "1")
    if number is None or number <= 0:
        return "no_weight"
    return "weighs_less" if mandatory and least is not None and number < least else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


_YES = frozenset({"yes", "true", "true()", "1"})
