"""Repairs of names and labels of questions: what has none gets one, what cannot be one is written otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from gemba.forms.book import Book, Sheet
from gemba.forms.repairs.repair import Repair, cell, column, disabled, labelled, put
from gemba.forms.workbook import head
from gemba.wording import text

REFERENCE = re.compile(r"\$\{\s*(last-saved#)?\s*([^}]*?)\s*\}")
_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_BEGIN = re.compile(r"begin[ _](group|repeat|loop|lgroup|looped group)")
_END = re.compile(r"end[ _](group|repeat|loop|lgroup|looped group)")
_UNLABELLED = re.compile(
    r"begin|end|calculate|hidden|start|today|deviceid|username|simserial|subscriberid|phonenumber|email|audit|osm"
    r"|background|csv-external|xml-external|note\b|range\b"
)


def mend_names(book: Book) -> Iterator[Repair]:
    """Names that are missing, reserved, not possible or twice in one group."""
    sheet = book.survey
    if column(sheet, "type") is None:
        return
    yield from _missing(sheet)
    yield from _impossible(book)
    yield from _twice(book)


def mend_root(book: Book) -> Iterator[Repair]:
    """A question called as all the answers together are: `${data}` could mean either."""
    settings, asked = book.settings, names(book)
    root = next((row[each] for row in settings.rows[:1] for each in row if head(each) == "name"), "data")
    if root not in asked or not _is_read(book, root):
        return
    if not settings.rows:
        settings.rows.append({})
        settings.numbers.append(2)
    name = next(each for each in ("form", "form_answers", "all_the_answers") if each not in asked)
    where = next((each for each in settings.columns if head(each) == "name"), "name")
    if where not in settings.columns:
        settings.columns.append(where)
    before = settings.rows[0].get(where, "")
    settings.rows[0][where] = name
    what = text("A question is called {root}, as all the answers together are: they get another name.", root=root)
    yield Repair(settings.name, settings.numbers[0], where, what, before, name)


def _is_read(book: Book, name: str) -> bool:
    return any(found[2] == name for row in book.survey.rows for said in row.values() for found in _reads(said))


def _reads(said: str) -> Iterator[re.Match[str]]:
    return REFERENCE.finditer(said) if "${" in said else iter(())


def is_begin(kind: str) -> bool:
    """Whether a type opens a group or repeat."""
    return _BEGIN.match(kind.strip().lower()) is not None


def is_end(kind: str) -> bool:
    """Whether a type closes a group or repeat."""
    return _END.fullmatch(kind.strip().lower()) is not None


def names(book: Book) -> Counter[str]:
    """How often each name stands in the survey sheet."""
    sheet = book.survey
    rows = (row for row in sheet.rows if not disabled(sheet, row) and not is_end(cell(sheet, row, "type")))
    return Counter(name for row in rows if (name := cell(sheet, row, "name")))


def _missing(sheet: Sheet) -> Iterator[Repair]:
    known = {cell(sheet, row, "name") for row in sheet.rows}
    for number, row in sheet.numbered():
        kind = cell(sheet, row, "type")
        if not kind or cell(sheet, row, "name") or is_end(kind) or kind in {"note", "audit"} or disabled(sheet, row):
            continue
        stem = f"{'group' if is_begin(kind) else 'question'}_{number}"
        name = stem if stem not in known else f"{stem}_"
        found = put(sheet, row, "name", name)
        yield Repair(sheet.name, number, found, text("What has no name gets one."), "", name)


def _impossible(book: Book) -> Iterator[Repair]:
    sheet = book.survey
    known = names(book)
    for number, row in sheet.numbered():
        name, kind = cell(sheet, row, "name"), cell(sheet, row, "type")
        if not name or not kind or is_end(kind) or kind.startswith(("set_form", "form_")):
            continue
        if name != "meta" and _NAME.match(name):
            continue
        after = _possible(name, known)
        found = put(sheet, row, "name", after)
        refer(book, name, after)
        what = (
            text("This name is kept for the form's own notes.")
            if name == "meta"
            else text("A name has letters, digits, - . _ and begins with a letter.")
        )
        yield Repair(sheet.name, number, found, what, name, after)
        known[after] += 1


def _possible(name: str, known: Counter[str]) -> str:
    plain = re.sub(r"[^\w.\-]+", "_", name.strip()).strip("_.") or "question"
    plain = plain if _NAME.match(plain) and plain != "meta" else f"_{plain}"
    after, number = plain, 2
    while known[after]:
        after, number = f"{plain}_{number}", number + 1
    return after


def _twice(book: Book) -> Iterator[Repair]:
    """A second name in one group; only when nothing refers to it, for nobody can tell which of the two is meant."""
    sheet = book.survey
    known = names(book)
    meant = {found[2] for row in sheet.rows for said in row.values() for found in REFERENCE.finditer(said)}
    above: list[set[str]] = [set()]
    for number, row in sheet.numbered():
        kind, name = cell(sheet, row, "type"), cell(sheet, row, "name")
        if not kind or disabled(sheet, row):
            continue
        if is_end(kind):
            above = above[:-1] or [set()]
            continue
        if name in above[-1] and name not in meant:
            after = _possible(name, known)
            found = put(sheet, row, "name", after)
            known[after] += 1
            what = text("Two questions of one group have one name; nothing refers to it, so the second gets another.")
            yield Repair(sheet.name, number, found, what, name, after)
            name = after
        above[-1].add(name)
        if is_begin(kind):
            above.append(set())


def refer(book: Book, before: str, after: str) -> None:
    """Change every reference to a question that was renamed."""
    for sheet in book.sheets.values():
        for row in sheet.rows:
            for header, said in row.items():
                if before in said and "${" in said:
                    row[header] = REFERENCE.sub(
                        lambda found: f"${{{found[1] or ''}{after if found[2] == before else found[2]}}}", said
                    )


def mend_references(book: Book) -> Iterator[Repair]:
    """References whose capitals differ from the name's, or that have spaces within."""
    known = names(book)
    lower = {name.lower(): name for name in known}
    clashing = {name for name in lower if sum(1 for each in known if each.lower() == name) > 1}
    for sheet in (book.survey, book.choices, book.settings):
        for number, row in sheet.numbered():
            for header, said in list(row.items()):
                if "${" not in said:
                    continue
                after = REFERENCE.sub(lambda found: _referred(found, known, lower, clashing), said)
                if after != said:
                    row[header] = after
                    what = text("The name of a question is written as the question has it.")
                    yield Repair(sheet.name, number, header, what, said, after)


def _referred(found: re.Match[str], known: Counter[str], lower: dict[str, str], clashing: set[str]) -> str:
    name = found[2]
    if name not in known and name.lower() in lower and name.lower() not in clashing:
        return f"${{{found[1] or ''}{lower[name.lower()]}}}"
    return f"${{{found[1] or ''}{name}}}" if name in known else found[0]


def near(name: str, known: Counter[str]) -> str:
    """The known name that is most like `name`, or "–"."""
    return next(iter(get_close_matches(name, list(known), 1, 0.6)), "–")


def mend_labels(book: Book) -> Iterator[Repair]:
    """A question that is asked and has neither label nor hint is asked by its name."""
    sheet = book.survey
    for number, row in sheet.numbered():
        kind, name = cell(sheet, row, "type"), cell(sheet, row, "name")
        if not kind or not name or disabled(sheet, row) or labelled(row) or _UNLABELLED.match(kind.lower()):
            continue
        if cell(sheet, row, "calculation"):
            continue
        found = column(sheet, "label") or next(
            (each for each in sheet.columns if each.lower().startswith("label")), "label"
        )
        if found not in sheet.columns:
            sheet.columns.append(found)
        row[found] = name.replace("_", " ")
        yield Repair(
            sheet.name, number, found, text("A question without a label is asked by its name."), "", row[found]
        )
