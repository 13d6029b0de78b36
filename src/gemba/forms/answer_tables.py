"""Answers as tables: one row a filling, and for each repeat a table of its own with one row an instance.

Several versions of a form share one set of tables: the newest says the order of the columns, what only older ones have
follows. The library of forms knows nothing of who filled them: the caller puts its own columns in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gemba.forms.choices import name_of
from gemba.forms.definition import ChoiceSource, Element, Form
from gemba.forms.expressions import Node
from gemba.forms.filling import Fill
from gemba.forms.measures import measures
from gemba.forms.recalculation import Answers
from gemba.forms.world import FormWorld

Cell = str | float | None
Row = dict[str, Cell]
"""Cells by the key of their column; what is absent is empty."""

_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")
_LIST = re.compile(r"instance\('([^']+)'\)")
_MEDIA = frozenset({"image", "audio", "video", "file"})
_NUMBERS = frozenset({"int", "integer", "long", "decimal", "range"})
POINTS, POSSIBLE = "points", "possible"


@dataclass(frozen=True, slots=True)
class Manner:
    """How answers are written.

    Attributes:
        labels: choices by their labels, and questions as headings; else by their names.
        split: a column with 1 or 0 for each choice of a question with several, beside the joined one.
        groups: headings with the names of the groups around a question; else its short name where that is clear.
        scores: points and possible points of each scored item.
        language: of labels; the form's default when empty or unknown.
    """

    labels: bool = False
    split: bool = False
    groups: bool = True
    scores: bool = True
    language: str = ""


@dataclass(slots=True)
class Column:
    """One column of a table: an answer, one choice of it, or its points.

    `key` is unique in its table and the same in all versions: `care/greeted`, `care/kept/time`, `care/greeted:points`.
    """

    key: str
    heading: str
    number: bool = False
    """Whether it holds numbers; answers stay the texts that were given."""


@dataclass(slots=True)
class Table:
    """The main table (`key` ""), or that of a repeat (`key` its path below the root)."""

    key: str
    columns: list[Column] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Instance:
    """One row: of which table, under which key, and below which row of another table."""

    table: str
    key: str
    """Its path below the root with numbers, `desk[2]`; empty for the main row."""
    parent: str
    number: int
    """Which of its repeat it is, from 1; 0 for the main row."""
    cells: Row


@dataclass(slots=True)
class _Question:
    """A leaf of the form: an answer, a calculation, a hidden value."""

    table: str
    key: str
    element: Element | None
    type: str
    choices: dict[str, str]
    """Label by name."""
    scored: bool


class AnswerTables:
    """The tables of one or more versions of a form.

    Args:
        forms: the versions, the newest first.
        manner: how to write.
    """

    def __init__(self, forms: Sequence[Form], manner: Manner) -> None:
        self.manner = manner
        self._questions = {form.xform: _questions(form, manner) for form in forms}
        self._places: dict[str, tuple[str, str, str]] = {}
        self.tables = self._laid_out(forms)

    def rows(self, fill: Fill, media: Mapping[str, Sequence[str]] | None = None) -> list[Instance]:
        """What one filling holds that applies, the main row first.

        Args:
            fill: answers of one of the forms.
            media: names of the files of a question, by path; they stand where the question takes files.
        """
        form, root = fill.form, "/" + fill.form.root.children[0].name
        found: dict[str, Instance] = {"": Instance("", "", "", 0, {})}
        for item in fill.items():
            if item.kind == "repeat":
                self._instance(found, item.path[len(root) + 1 :])
        files = media or {}
        values = {path: value for path, (value, _) in fill.answers().items()}
        for path in dict.fromkeys((*values, *files)):
            self._put(form, found, path, values.get(path, ""), files.get(path, ()))
        if self.manner.scores:
            for path, (points, possible) in fill.score().items.items():
                _, row, key = self._place(path)
                if row in found:
                    found[row].cells[f"{key}:{POINTS}"] = points
                    found[row].cells[f"{key}:{POSSIBLE}"] = possible
        return list(found.values())

    def _instance(self, found: dict[str, Instance], key: str) -> Instance:
        if key not in found:
            above, _, number = key.rpartition("[")
            parent = above.rpartition("]")[0]
            found[key] = Instance(_plain(key), key, parent + "]" if parent else "", int(number.rstrip("]")), {})
        return found[key]

    def _put(self, form: Form, found: dict[str, Instance], path: str, value: str, files: Sequence[str]) -> None:
        table, row, key = self._place(path)
        question = self._questions[form.xform].get(key)
        if question is None or (table != "" and table not in self.tables):
            return
        cells = self._instance(found, row).cells if row else found[""].cells
        if files and question.type in _MEDIA:
            cells[key] = "; ".join(files)
            return
        self._write(cells, question, value)

    def _write(self, cells: Row, question: _Question, value: str) -> None:
        if not question.choices:
            cells[question.key] = value
            return
        many = question.type in {"select_multiple", "rank"}
        chosen = value.split() if many else [value]
        if self.manner.labels:
            cells[question.key] = ", ".join(question.choices.get(name) or name for name in chosen)
        else:
            cells[question.key] = value
        if many and self.manner.split and question.type == "select_multiple":
            for name in dict.fromkeys((*question.choices, *chosen)):
                cells[f"{question.key}/{name}"] = int(name in chosen)

    def _place(self, path: str) -> tuple[str, str, str]:
        """The table, the key of the row, and the key of the question that an answer at `path` stands in."""
        known = self._places
        if path not in known:
            below = path.partition("/")[2].partition("/")[2]
            row = below.rpartition("]")[0]
            row = row + "]" if row else ""
            known[path] = (_plain(row), row, _plain(below))
        return known[path]

    def _laid_out(self, forms: Sequence[Form]) -> dict[str, Table]:
        tables: dict[str, Table] = {"": Table("")}
        taken: dict[str, set[str]] = {"": set()}
        for form in forms:
            for path in form.paths:
                key = path.partition("/")[2].partition("/")[2]
                if path in form.templates:
                    tables.setdefault(key, Table(key))
                    taken.setdefault(key, set())
            for question in self._questions[form.xform].values():
                table = tables[question.table]
                for column in self._columns(form, question):
                    if column.key not in taken[question.table]:
                        taken[question.table].add(column.key)
                        table.columns.append(column)
        for table in tables.values():
            _part_headings(table)
        return tables

    def _columns(self, form: Form, question: _Question) -> Iterator[Column]:
        heading = self._heading(form, question)
        yield Column(question.key, heading, question.type in _NUMBERS and not question.choices)
        if self.manner.split and question.type == "select_multiple":
            for name, label in question.choices.items():
                yield Column(
                    f"{question.key}/{name}", f"{heading}/{label if self.manner.labels else name}", number=True
                )
        if self.manner.scores and question.scored:
            yield Column(f"{question.key}:{POINTS}", f"{heading}:{POINTS}", number=True)
            yield Column(f"{question.key}:{POSSIBLE}", f"{heading}:{POSSIBLE}", number=True)

    def _heading(self, form: Form, question: _Question) -> str:
        if self.manner.labels and question.element is not None:
            phrase = form.phrase(question.element.label, self.manner.language or form.default_language)
            if phrase is not None and phrase.plain():
                return " ".join(phrase.plain().split())
        inside = question.key[len(question.table) + 1 :] if question.table else question.key
        return inside if self.manner.groups else inside.rpartition("/")[2]


def label_of_question(form: Form, path: str, language: str = "") -> str:
    """The words of the question at `path` (with numbers or without); its name when it has none."""
    plain = "/" + _plain(path.strip("/"))
    element = form.elements.get(plain)
    phrase = form.phrase(element.label, language or form.default_language) if element is not None else None
    return (phrase.plain() if phrase is not None else "") or plain.rpartition("/")[2]


def _part_headings(table: Table) -> None:
    """Headings that are the same are told apart by the key of their column."""
    counted: dict[str, int] = {}
    for column in table.columns:
        counted[column.heading] = counted.get(column.heading, 0) + 1
    for column in table.columns:
        if counted[column.heading] > 1:
            column.heading = column.key if column.heading in column.key else f"{column.heading} ({column.key})"


def _questions(form: Form, manner: Manner) -> dict[str, _Question]:
    """Everything that can hold an answer, by its key, in the order of the form; notes and `meta` hold none."""
    world = FormWorld(form, lambda: datetime(2000, 1, 1, tzinfo=UTC), None, {})
    Answers(form, world)  # gives the world the empty answers, for labels that name some
    world.speak(manner.language if manner.language in form.languages else form.default_language)
    scored, root = measures(form), form.root.children[0].path
    known: dict[str, dict[str, str]] = {}
    found: dict[str, _Question] = {}
    for path in form.paths:
        key, element = path[len(root) + 1 :], form.elements.get(path)
        if not key or path in form.order or key.startswith("meta/") or path in form.templates:
            continue
        if element is not None and element.kind == "note" and not form.rule(path).calculate:
            continue
        source = element.choices if element is not None else None
        choices = _labels(form, source, world, known) if source is not None else {}
        type_ = element.type if element is not None and element.type else form.rule(path).type
        found[key] = _Question(_table_of(form, path), key, element, type_, choices, path in scored)
    return found


def _table_of(form: Form, path: str) -> str:
    """The innermost repeat around an answer."""
    above = path
    while above := above.rpartition("/")[0]:
        if above in form.templates:
            return above.partition("/")[2].partition("/")[2]
    return ""


def _labels(form: Form, source: ChoiceSource, world: FormWorld, known: dict[str, dict[str, str]]) -> dict[str, str]:
    """Every choice there ever is, offered or not: label by name."""
    node = form.root.children[0]
    if source.inline:
        return {name: world.say(wording, node) or name for name, wording in source.inline}
    named = _LIST.search(source.nodeset)
    document = form.lists.get(named[1]) if named is not None else None
    if named is None or document is None:
        return {}
    key = f"{named[1]} {source.value} {source.label}"
    if key not in known:
        rows = [row for each in document.elements() for row in each.elements()]
        known[key] = {name: label for row in rows for name, label in [_label(source, row, node, world)] if name}
    return known[key]


def _label(source: ChoiceSource, row: Node, node: Node, world: FormWorld) -> tuple[str, str]:
    name = name_of(source, row)
    return name, world.say(source.label, node, at=row) or name


def _plain(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)
