"""A map as a drawing: every step stands somewhere, within its width, and nothing speaks by colour alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.process_maps import StepSort
from gemba.reports.map_shapes import BOX, Ache, DrawnMap, DrawnStep, draw_map, draw_rows, least_width
from gemba.reports.picture_facts import Area, Label, Shape, Stroke


def step(number: int, sort: StepSort = StepSort.PROCESS, **fields) -> DrawnStep:
    said = {
        "uid": str(number), "sort": sort, "title": f"Step {number}", "data": (("Cycle", "5 min"),), "owner": "Desk",
        "owned": True, "work": "5 min", "wait": "2 d", "hand_off": False, "slow": False, "ache": None,
    }  # fmt: skip
    return DrawnStep(**(said | fields))


def drawn(*steps: DrawnStep) -> DrawnMap:
    return DrawnMap("Asks", "Has it", steps, "spoken")


@given(st.integers(0, 40), st.floats(least_width(), 900))
def test_every_step_has_a_place_within_the_width_and_none_lies_on_another(count, width):
    found = draw_map(drawn(*(step(n) for n in range(count))), width)
    assert [spot.uid for spot in found.spots] == [str(n) for n in range(count)]
    assert found.picture.width <= width + 0.01
    for spot in found.spots:
        assert spot.x >= 0
        assert spot.x + spot.width <= found.picture.width + 0.01
        assert spot.y + spot.height <= found.picture.height
    for one in found.spots:
        for other in found.spots:
            if one.uid < other.uid and one.y == other.y:
                assert abs(one.x - other.x) >= BOX


@given(st.integers(1, 30), st.floats(least_width(), 400))
def test_rows_of_paper_are_those_of_the_window(count, width):
    facts = drawn(*(step(n) for n in range(count)))
    whole, rows = draw_map(facts, width).picture, draw_rows(facts, width)
    assert sum(len(row.shapes) for row in rows) == len(whole.shapes)


@pytest.mark.parametrize("severity", ["low", "medium", "high", "critical"])
def test_a_pain_has_a_count_a_word_and_a_shape_of_its_own(severity):
    hurting = step(1, ache=Ache(7, 28, severity, "Word", 2))
    shapes = draw_map(drawn(hurting), 400).picture.shapes
    words = {each.words for each in shapes if isinstance(each, Label)}
    assert {"7", "Word", "#2 · 28"} <= words
    corners = {len(each.points) for each in shapes if isinstance(each, Shape)}
    without = {len(each.points) for each in draw_map(drawn(step(1)), 400).picture.shapes if isinstance(each, Shape)}
    assert corners - without or severity == "medium"


def test_heavier_pains_are_larger():
    def size(weight: int) -> float:
        shapes = draw_map(
            drawn(step(1, ache=Ache(1, weight, "critical", "", 1)), step(2, ache=Ache(1, 100, "low", "", 1))), 400
        )
        burst = next(each for each in shapes.picture.shapes if isinstance(each, Shape) and len(each.points) == 20)
        return max(x for x, _ in burst.points) - min(x for x, _ in burst.points)

    assert size(5) < size(50) < size(100)


def test_each_sort_and_a_hand_off_have_symbols_of_their_own():
    drawings = {
        name: [
            (type(each), len(getattr(each, "points", ())))
            for each in draw_map(drawn(made), 400).picture.shapes
            if isinstance(each, (Shape, Area, Stroke))
        ]
        for name, made in {
            **{sort.value: step(1, sort, wait="") for sort in StepSort},
            "handed": step(1, wait="", hand_off=True),
        }.items()
    }
    assert len({str(shapes) for shapes in drawings.values()}) == len(drawings)


def test_nobody_who_answers_is_said_in_words():
    labels = [
        each
        for each in draw_map(drawn(step(1, owner="no owner", owned=False)), 400).picture.shapes
        if isinstance(each, Label)
    ]
    assert any(each.words == "no owner" and each.bold for each in labels)
