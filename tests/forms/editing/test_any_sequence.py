"""Whatever is done to a checklist, in any order: it converts or says what is wrong, and can be undone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.forms.editing.making import made, row_of, xform

from gemba.errors import Refusal
from gemba.forms.editing import changing, fixes, languages, lists, naming, placing
from gemba.forms.editing.columns import languages_of
from gemba.forms.editing.history import History
from gemba.forms.editing.problems import faults, problems
from gemba.forms.editing.tree import items
from gemba.forms.editing.types import Type
from gemba.forms.filling import Fill
from gemba.forms.reading import parse

CODES = ("text", "integer", "select_one", "select_multiple", "note", "date", "calculate", "image", "rank", "barcode")
RULES = ("", "${open} = 'yes'", "${nowhere} = 1", "${wait} >", "selected(${causes}, 'few')", ". <= today()")
WORDS = ("", "Is it clean?", "Is it clean and dry?", "Öffnungszeiten ${open}", "9 Ziele", "مفتوح؟")


def a_row(draw, book):
    return draw(st.sampled_from([item.row for item in items(book)] or [-1]))


@st.composite
def a_step(draw, book):  # noqa: C901, PLR0911, PLR0912 - one branch an operation
    row = a_row(draw, book)
    if row < 0:
        return lambda now: placing.add(now, Type("text"), label="Again")
    number = draw(st.integers(0, 13))
    match number:
        case 0 | 1:
            kind = draw(st.sampled_from([Type(code) for code in (*CODES, "section", "repeat")]))
            label = draw(st.sampled_from(WORDS))
            return lambda now: placing.add(now, kind, label=label, after=row)
        case 2:
            return lambda now: placing.remove(now, row)
        case 3:
            return lambda now: placing.duplicate(now, row)
        case 4:
            return lambda now: placing.move_up(now, row)
        case 5:
            return lambda now: placing.move_down(now, row)
        case 6:
            target = a_row(draw, book)
            return lambda now: placing.move_below(now, row, target, inside=True)
        case 7:
            return lambda now: naming.rename(now, row, f"name_{len(now.survey.rows)}")
        case 8:
            code = draw(st.sampled_from(CODES))
            return lambda now: changing.change_type(now, row, Type(code))
        case 9:
            name, said = (
                draw(st.sampled_from(["relevant", "constraint", "required", "label", "hint", "weight", "critical"])),
                draw(st.sampled_from([*RULES, *WORDS, "yes", "2"])),
            )
            language = languages_of(book)[0] if name in {"label", "hint"} else ""
            return lambda now: changing.change(now, row, {(name, language): said})
        case 10:
            return lambda now: placing.dissolve(now, row)
        case 11:
            return lambda now: languages.add_language(
                now, "German (de)", copy_from=draw(st.sampled_from([None, "French (fr)"]))
            )
        case 12:
            option = draw(st.integers(0, 4))
            return lambda now: lists.change_option(
                now, option, {("name", ""): f"c{option} x"[: draw(st.integers(2, 4))]}
            )
        case _:
            name = draw(st.sampled_from(["yn", "cause"]))
            return lambda now: lists.add_option(now, name, draw(st.sampled_from(WORDS)), "2")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_sequence_converts_or_says_why_and_is_undone(data):
    start = made()
    history, untouched = History(start), made()
    seen = [start]
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(a_step(history.book))
        before = history.book.copy()
        try:
            history.do("step", step)
        except (Refusal, IndexError):
            assert history.book == before
            continue
        if history.book is not seen[-1]:
            seen.append(history.book)
    if not faults(history.book):
        parse(xform(history.book))
    for book in reversed(seen[:-1]):
        assert history.undo().book is book
    assert start == untouched


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_mending_all_that_can_be_mended_leaves_nothing_that_can(data):
    book = made()
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            book = data.draw(a_step(book))(book).book
        except (Refusal, IndexError):
            continue
    for _ in range(120):
        wrong = next((problem for problem in problems(book) if problem.fix), None)
        if wrong is None:
            break
        book = fixes.mend(book, wrong).book
    assert not [problem for problem in problems(book) if problem.fix]


@pytest.mark.parametrize("name", ["gate", "open", "why", "queue", "wait", "causes", "longest", "told"])
def test_a_form_behaves_the_same_under_another_name(name):
    book = made()
    renamed = naming.rename(book, row_of(book, name), "another").book
    before, after = filled(xform(book), name, name), filled(xform(renamed), name, "another")
    assert [part.replace("another", name) for part in after] == before


def filled(xml, old, new):
    fill = Fill(parse(xml), now=lambda: datetime(2026, 5, 4, tzinfo=UTC))
    said = []
    answers = (("gate/open", "no"), ("gate/why", "late"), ("queue[1]/wait", "12"), ("queue[1]/causes", "few till"))
    for path, value in (*answers, ("gate/open", "yes")):
        fill.set(
            "/data/"
            + "/".join(new + step[len(old) :] if step.partition("[")[0] == old else step for step in path.split("/")),
            value,
        )
        said += [f"{item.path} {fill.view(item.path).label} {fill.view(item.path).value}" for item in fill.items()]
    return said
