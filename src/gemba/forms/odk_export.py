"""A workbook for other tools that reckons the score itself: calculations that equal ours under JavaRosa's rules.

For each scored question two rows follow it: its points and its possible points, empty while it is not answered or not
applicable, and gone with it where it does not apply. At the end stands a section with the sums: of each section, of
further scales, of the whole, critical failures, the share unanswered, and notes that show them. Whatever the workbook
had stays as it was, and so does the score that Gemba reckons from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gemba.errors import Refusal
from gemba.forms.book import Book, Sheet
from gemba.forms.definition import Form
from gemba.forms.measures import Measure, core_section_weights, measures, section_scales, section_weights
from gemba.forms.score_expressions import ItemExpressions, item_expressions, number_text, plus
from gemba.forms.workbook import convert_book, head, heads
from gemba.forms.xform import parse
from gemba.wording import text

GROUP = "score"
_AT_ONCE = 60
"""Terms of one sum: a cell holds so many, and no tool's parser has to go deep."""
_CALCULATION = ("calculation", "calculate", "bind::calculate", "bind:calculate")
_OPENS, _CLOSES = re.compile(r"begin[ _]"), re.compile(r"end[ _](group|repeat|loop)")
_RELEVANT = ("relevant", "relevance", "bind::relevant", "bind:relevant", "skip")


@dataclass(frozen=True, slots=True)
class Sums:
    """The names of the calculations of one sum."""

    points: str
    possible: str
    percent: str


@dataclass(slots=True)
class ScoredBook:
    """A book with calculations, and what they are called."""

    book: Book
    items: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Points and possible points of each scored question, by its path."""
    sections: dict[str, Sums] = field(default_factory=dict)
    """By the path of each top section; questions outside of any stand under that of the form."""
    scales: dict[str, Sums] = field(default_factory=dict)
    total: Sums | None = None
    critical: str = ""
    """How many critical questions failed."""
    unanswered: str = ""
    share: str = ""
    """How much of what counts is not answered, 0 to 1."""


def with_score_calculates(book: Book, *, notes: bool = True) -> Book:
    """`book` with calculations that equal our score; the same book when nothing in it is scored.

    Raises:
        Refusal: forms.* when the book is no form that can be converted.
    """
    return scored_book(book, notes=notes).book


def scored_book(book: Book, form: Form | None = None, *, notes: bool = True) -> ScoredBook:
    """The same, with the names of the calculations.

    Args:
        book: is not changed.
        form: what it is converted to, when the caller has it.
        notes: whether notes show the sums.
    """
    form = form or parse(convert_book(book))
    if not measures(form):
        return ScoredBook(book.copy())
    return _Writer(book.copy(), form).write(notes=notes)


class _Writer:
    def __init__(self, book: Book, form: Form) -> None:
        self.form, self.sheet = form, book.survey
        self.made = ScoredBook(book)
        self.taken = {heads(row).get("name", "").strip().casefold() for row in self.sheet.rows}
        self.root = form.root.children[0].path
        self.type, self.name = _column(self.sheet, "type"), _column(self.sheet, "name", "value")
        self.calculation = _column(self.sheet, *_CALCULATION)
        self.labels = [each for each in self.sheet.columns if head(each).partition(":")[0] == "label"]
        self.labels = self.labels or [_column(self.sheet, "label")]
        self.relevant = [each for each in self.sheet.columns if head(each) in _RELEVANT]
        self.expressions: dict[str, ItemExpressions] = {}
        self.failing: dict[str, str] = {}
        self.open: dict[str, str] = {}

    def write(self, *, notes: bool) -> ScoredBook:
        self._put_items()
        self._append(type="begin_group", name=self._called(GROUP), label=text("Score"))
        self._put_sums()
        if notes:
            self._put_notes()
        self._append(type="end_group")
        return self.made

    # -- items

    def _put_items(self) -> None:
        wanted = dict(measures(self.form))
        rows: list[tuple[int, dict[str, str]]] = []
        for number, path, row in _with_paths(self.sheet, self.root):
            rows.append((number, row))
            measure = wanted.pop(path, None)
            if measure is not None:
                rows += [(0, each) for each in self._item_rows(measure, row)]
        for path in wanted:
            raise Refusal("forms.no_row", path=path)
        self.sheet.rows, self.sheet.numbers = [row for _, row in rows], [number for number, _ in rows]

    def _item_rows(self, measure: Measure, row: Mapping[str, str]) -> Iterator[dict[str, str]]:
        name = measure.path.rpartition("/")[2]
        points, possible = self._called(f"{name}_points"), self._called(f"{name}_possible")
        found = self.expressions[measure.path] = item_expressions(measure, points)
        self.made.items[measure.path] = points, possible
        told = [(points, found.points), (possible, found.possible)]
        if found.failed:
            self.failing[measure.path] = self._called(f"{name}_failed")
            told.append((self.failing[measure.path], found.failed))
        if found.open:
            self.open[measure.path] = self._called(f"{name}_unanswered")
            told.append((self.open[measure.path], found.open))
        relevant = {column: row[column] for column in self.relevant if row.get(column)}
        for called, expression in told:
            yield {self.type: "calculate", self.name: called, self.calculation: expression, **relevant}

    # -- sums

    def _put_sums(self) -> None:
        known = measures(self.form).values()
        scales = section_scales(self.form)
        for top in dict.fromkeys(measure.top for measure in known):
            inside = [measure for measure in known if measure.top == top and measure.scale == scales[top]]
            name = top.rpartition("/")[2] if top != self.root else "loose"
            self.made.sections[top] = self._sums(f"section_{name}", inside)
        for scale in dict.fromkeys(measure.scale for measure in known if measure.scale):
            inside = [measure for measure in known if measure.scale == scale]
            self.made.scales[scale] = self._sums(f"scale_{_plain(scale)}", inside)
        main = [measure for measure in known if not measure.scale]
        weights = section_weights(self.form)
        self.made.total = self._sums("score", main, self._weighted(main, weights) if weights else "")
        if self.form.attributes.get("core"):
            self.made.scales["core"] = self._core([measure for measure in main if measure.core_weight is not None])
        self.made.critical = self._add("score_critical_failed", [self._all(name) for name in self.failing.values()])
        self._put_share()

    def _core(self, inside: list[Measure]) -> Sums:
        """What the core template alone would give, where a region's overlay lies over it."""
        weights = core_section_weights(self.form)
        return self._sums("core", inside, self._weighted(inside, weights, core=True) if weights else "", core=True)

    def _sums(self, name: str, inside: list[Measure], percent: str = "", *, core: bool = False) -> Sums:
        items = [(*self.made.items[measure.path], _share(measure) if core else "") for measure in inside]
        points = self._add(f"{name}_points", [self._all(points) + share for points, _, share in items])
        possible = self._add(f"{name}_possible", [self._all(possible) + share for _, possible, share in items])
        share = percent or f"if(${{{possible}}} > 0, 100 * ${{{points}}} div ${{{possible}}}, '')"
        return Sums(points, possible, self._calculate(f"{name}_percent", share))

    def _weighted(self, main: list[Measure], weights: Mapping[str, float], *, core: bool = False) -> str:
        """The percents of the sections averaged by their weights."""
        gained, reachable = [], []
        for top, weight in weights.items():
            inside = [measure for measure in main if measure.top == top]
            if inside and weight > 0:
                sums = self._sums(f"weighed_{top.rpartition('/')[2]}", inside, core=core)
                gained.append(f"{number_text(weight)} * coalesce(${{{sums.percent}}}, 0)")
                reachable.append(f"if(${{{sums.possible}}} > 0, {number_text(weight)}, 0)")
        if not gained:
            return "''"
        over = self._add("score_weights", reachable)
        return f"if(${{{over}}} > 0, ${{{self._add('score_weighed', gained)}}} div ${{{over}}}, '')"

    def _put_share(self) -> None:
        counted, waiting = [], []
        for path, (points, _) in self.made.items.items():
            counted.append(f"count-non-empty(${{{points}}})")
            if path in self.open:
                waiting.append(self._all(self.open[path]))
            else:
                question = self._reference(path)
                waiting += [f"count({question})", f"-count-non-empty({question})"]
        scored = self._add("score_answered", counted)
        self.made.unanswered = self._add("score_unanswered", waiting)
        of = f"(${{{scored}}} + ${{{self.made.unanswered}}})"
        share = f"if({of} > 0, ${{{self.made.unanswered}}} div {of}, '')"
        self.made.share = self._calculate("score_share_unanswered", share)

    def _all(self, name: str) -> str:
        """The sum of a calculation over all there are of it: of each repeat, and none where it does not apply."""
        return f"sum(${{{name}}}[. != ''])"

    def _reference(self, path: str) -> str:
        """A question as the workbook names it: by its name where only one is called so."""
        name = path.rpartition("/")[2]
        alike = [each for each in self.form.paths if each.rpartition("/")[2] == name]
        return f"${{{name}}}" if len(alike) == 1 else path

    def _add(self, name: str, terms: list[str]) -> str:
        """A calculation that adds terms, by way of others where there are very many."""
        if not terms:
            return self._calculate(name, "0")
        while len(terms) > _AT_ONCE:
            parts = [terms[start : start + _AT_ONCE] for start in range(0, len(terms), _AT_ONCE)]
            terms = [f"${{{self._calculate(f'{name}_part', plus(part))}}}" for part in parts]
        return self._calculate(name, plus(terms))

    # -- notes

    def _put_notes(self) -> None:
        total = self.made.total
        if total is None:
            return
        self._note("score_shown", text("Score"), total.percent)
        for scale, sums in self.made.scales.items():
            self._note(f"scale_{_plain(scale)}_shown", scale, sums.percent)
        share = self._calculate("score_share_shown", f"round(100 * coalesce(${{{self.made.share}}}, 0), 0)")
        words = text("Not answered: {share} % of what counts", share=f"${{{share}}}")
        self._append(type="note", name=self._called("score_share_note"), label=words)
        if self.failing:
            words = text("Critical questions that failed: {count}", count=f"${{{self.made.critical}}}")
            shown = f"${{{self.made.critical}}} > 0"
            self._append(type="note", name=self._called("score_critical_note"), label=words, relevant=shown)

    def _note(self, name: str, title: str, percent: str) -> None:
        shown = self._calculate(name, f"if(${{{percent}}} = '', '–', concat(round(${{{percent}}}, 1), ' %'))")
        self._append(type="note", name=self._called(f"{name}_note"), label=f"{title}: ${{{shown}}}")

    # -- rows

    def _calculate(self, name: str, expression: str) -> str:
        called = self._called(name)
        self._append(type="calculate", name=called, calculation=expression)
        return called

    def _append(self, *, type: str, name: str = "", calculation: str = "", label: str = "", relevant: str = "") -> None:  # noqa: A002 - the column is called so
        row = {self.type: type, self.name: name, self.calculation: calculation}
        row |= dict.fromkeys(self.labels, label)
        if relevant:
            self.relevant = self.relevant or [_column(self.sheet, "relevant")]
            row[self.relevant[0]] = relevant
        self.sheet.rows.append({column: cell for column, cell in row.items() if cell})
        self.sheet.numbers.append(0)

    def _called(self, wanted: str) -> str:
        """A name that nothing in the workbook has yet."""
        called, number = wanted, 1
        while called.casefold() in self.taken:
            number += 1
            called = f"{wanted}_{number}"
        self.taken.add(called.casefold())
        return called


def _with_paths(sheet: Sheet, root: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Every row with its number and the path of its question; "" for those that begin or end something."""
    above = [root]
    for number, row in sheet.numbered():
        said = heads(row)
        kind, name = said.get("type", "").strip().lower(), said.get("name", said.get("value", "")).strip()
        if _CLOSES.match(kind):
            above = above[:-1] or [root]
            yield number, "", row
        elif _OPENS.match(kind):
            above.append(name)
            yield number, "", row
        else:
            yield number, "/".join([*above, name]), row


def _share(measure: Measure) -> str:
    """How much of its points a question has in the core: "" for all of them."""
    share = (measure.core_weight or 0.0) / measure.weight if measure.weight else 0.0
    return "" if share == 1 else f" * {number_text(share)}"


def _column(sheet: Sheet, *names: str) -> str:
    """The header of one of these columns as the workbook writes it; the first is added when there is none."""
    for column in sheet.columns:
        if head(column) in names:
            return column
    sheet.columns.append(names[0])
    return names[0]


def _plain(words: str) -> str:
    """A word that may be part of a name."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in words).lower()
