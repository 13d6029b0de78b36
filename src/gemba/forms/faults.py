"""Every fault of a workbook at once, each with its sheet, row and column: authors mend them in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gemba.errors import Refusal
from gemba.forms.book import Book
from gemba.forms.repairs.choices import lists, selects
from gemba.forms.repairs.expressions import fault
from gemba.forms.repairs.names import REFERENCE, names, near
from gemba.forms.repairs.repair import cell, column, disabled, expression_cells
from gemba.forms.repairs.types import SELECTS, WORDS, is_known
from gemba.forms.workbook import head

MOST = 200
"""So many are told; a workbook with more of them is no form at all."""


LONGEST = 160
"""Characters of an expression that are shown."""
_OF_ODK_X = {"clause", "values_list", "display.text", "display.prompt.text", "display.prompt", "branch_label"}
"""Headers of ODK-X Survey, another program that has JavaScript in its workbooks."""


def book_faults(book: Book, name: str) -> list[Refusal]:
    """What stands in the way of a form, as far as the cells themselves tell it, in the order of the rows."""
    found: list[Refusal] = []
    for look in (_columns, _types, _lists, _references, _rules):
        for each in look(book, name):
            found.append(each)
            if len(found) >= MOST:
                return found
        if look is _columns and found:
            return found
    return sorted(found, key=lambda each: (each.facts.get("sheet") != "survey", each.facts.get("row", 0)))


def _columns(book: Book, file: str) -> Iterator[Refusal]:
    if "survey" in book.sheets and book.survey.columns and not book.survey.rows:
        yield Refusal("forms.no_questions", file=file)
        return
    if "survey" not in book.sheets or not book.survey.rows:
        yield Refusal("forms.no_survey", file=file, sheets=_sheets(book))
        return
    if len({head(each) for each in book.survey.columns} & _OF_ODK_X) > 1:
        yield Refusal("forms.odk_x", file=file)
        return
    wanted = [("survey", "type"), ("survey", "name"), *([("choices", "name")] if book.choices.rows else [])]
    for sheet, meaning in wanted:
        if column(book.sheet(sheet), meaning) is None:
            heads = ", ".join(book.sheet(sheet).columns[:12])
            yield Refusal("forms.no_column", file=file, sheet=sheet, row=1, column=meaning, columns=heads)


def _sheets(book: Book) -> str:
    """The sheets that there are, as far as they fit into a sentence: a table of data would name each of its rows."""
    names = [*(name for name, sheet in book.sheets.items() if sheet.columns or sheet.rows), *book.others]
    short = [name if len(name) <= 30 else name[:29] + "…" for name in names[:6]]
    return ", ".join([*short, "…"] if len(names) > 6 else short) or "–"


def _types(book: Book, file: str) -> Iterator[Refusal]:
    sheet = book.survey
    where = column(sheet, "type") or "type"
    known: Counter[str] = Counter([*SELECTS, *WORDS.values(), "begin_group", "begin_repeat", "note", "date", "time"])
    for number, row in sheet.numbered():
        said = row.get(where, "")
        facts = {"file": file, "sheet": "survey", "row": number, "column": where}
        if said and not is_known(said) and not disabled(sheet, row):
            yield Refusal("forms.unknown_type", **facts, type=said, near=near(said.split(" ")[0], known))
        elif not said and cell(sheet, row, "name") and (cell(sheet, row, "label") or cell(sheet, row, "calculation")):
            yield Refusal("forms.no_type", **facts, name=cell(sheet, row, "name"))


def _lists(book: Book, file: str) -> Iterator[Refusal]:
    known = lists(book)
    for number, _row, found in selects(book):
        if found[2] not in known:
            facts = {"file": file, "sheet": "survey", "row": number, "column": "type"}
            yield Refusal("forms.no_list", **facts, list=found[2], near=near(found[2], Counter(known)))


def _references(book: Book, file: str) -> Iterator[Refusal]:
    known = names(book)
    for number, row in book.survey.numbered():
        if disabled(book.survey, row):
            continue
        for header, said in row.items():
            for found in REFERENCE.finditer(said) if "${" in said else ():
                facts = {"file": file, "sheet": "survey", "row": number, "column": header, "name": found[2]}
                if not known[found[2]]:
                    yield Refusal("forms.no_such_name", **facts, near=near(found[2], known))
                elif known[found[2]] > 1:
                    yield Refusal("forms.name_twice", **facts)


def _rules(book: Book, file: str) -> Iterator[Refusal]:
    for number, _row, header, said in expression_cells(book):
        wrong = fault(said)
        if wrong is not None:
            code = "forms.rule" if wrong.code == "forms.broken_expression" else wrong.code
            facts = {**wrong.facts, "file": file, "expression": brief(said)}
            yield Refusal(code, **facts, sheet="survey", row=number, column=header)


def brief(said: str) -> str:
    """An expression as a sentence has room for it."""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def together(faults: list[Refusal], more: list[Refusal]) -> list[Refusal]:
    """Both lists, without what is told already: of the same cell or row, or with no place while others have one."""
    told = {(each.facts.get("sheet"), each.facts.get("row")) for each in faults}
    return faults + [
        each
        for each in more
        if not faults
        or each.code == "forms.cycle"
        or (each.facts.get("row") and (each.facts.get("sheet"), each.facts.get("row")) not in told)
    ]
