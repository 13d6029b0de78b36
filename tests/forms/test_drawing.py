"""Questions drawn by lot, and drawn again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gemba.forms.book import Book, Sheet
from gemba.forms.drawing import drawn, draws, left_out, read_draws
from gemba.forms.filling import Fill
from gemba.forms.reading import parse
from gemba.forms.workbook import convert_book

ROWS = [
    {"type": "begin_group", "name": "pool", "label": "Pool", "bind::gemba:draw": "2 safety; 1 queue"},
    *(
        {
            "type": "integer",
            "name": f"q{number}",
            "label": f"Q {number}",
            "bind::gemba:tags": "safety" if number < 5 else "queue",
        }
        for number in range(8)
    ),
    {"type": "text", "name": "always", "label": "Always"},
    {"type": "end_group"},
]


def form():
    columns = ["type", "name", "label", "bind::gemba:draw", "bind::gemba:tags"]
    settings = [{"form_title": "P", "form_id": "p", "namespaces": 'gemba="https://gemba.example/xforms"'}]
    book = Book(
        {
            "survey": Sheet("survey", columns, ROWS, [0] * len(ROWS)),
            "settings": Sheet("settings", list(settings[0]), settings, [2]),
        }
    )
    return parse(convert_book(book))


FORM = form()


@given(st.text(min_size=1, max_size=8))
def test_as_many_are_drawn_as_are_asked_and_the_same_for_the_same_seed(seed):
    gone = left_out(FORM, seed)
    kept = {f"/data/pool/q{number}" for number in range(8)} - gone
    assert len([path for path in kept if int(path[-1]) < 5]) == 2
    assert len([path for path in kept if int(path[-1]) >= 5]) == 1
    assert left_out(form(), seed) == gone


def test_what_is_not_drawn_is_not_asked():
    fill = Fill(drawn(FORM, "a seed"), now=lambda: datetime(2026, 5, 4, tzinfo=UTC))
    asked = {item.path for item in fill.items() if item.kind == "question"}
    assert asked == {path for path in FORM.elements if path not in left_out(FORM, "a seed")} - {"/data/pool"}
    assert len(asked) == 4


def test_without_a_seed_nothing_is_drawn():
    assert drawn(FORM, "") is FORM
    assert draws(FORM)


def test_different_seeds_draw_differently():
    assert len({left_out(FORM, str(seed)) for seed in range(40)}) > 10


def test_draws_are_read():
    assert read_draws("3") == [(3, "")]
    assert read_draws("3 safety; 1 queue") == [(3, "safety"), (1, "queue")]
    assert read_draws("three") is None
