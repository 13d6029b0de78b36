"""Trees and service levels as drawings: everything within its picture, however long the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.reports.level_shapes import LevelBar, draw_level
from gemba.reports.picture_facts import ROLES, Area, Label, PictureFacts, Point, Stroke
from gemba.reports.tree_shapes import DrawnTree, Leaf, draw_tree, wrapped

LEAF = Leaf("On time", "Answered within 2 days, of all", "at least 95 %", "93 % in 2026-02", "Not met", "poor")
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)
leaves = st.lists(
    st.builds(Leaf, words, words, words, words, words, st.sampled_from(["good", "poor", "plain"])), max_size=8
)


def corners(picture: PictureFacts) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for shape in picture.shapes:
        if isinstance(shape, Area):
            found += [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        elif isinstance(shape, Stroke):
            found += shape.points
        elif isinstance(shape, Label | Point):
            found.append((shape.x, shape.y))
    return found


@given(words, leaves, st.floats(20, 260))
def test_a_tree_stays_within_its_picture(need: str, found: list[Leaf], width: float) -> None:
    picture = draw_tree(DrawnTree("Told first", need, tuple(found)), width)
    wide = max(width, 50.0)
    assert all(-0.01 <= x <= wide + 0.01 and -0.01 <= y <= picture.height + 0.01 for x, y in corners(picture))
    assert all(shape.width > 0 for shape in picture.shapes if isinstance(shape, Label))
    for shape in picture.shapes:
        for role in (getattr(shape, name, "") for name in ("colour", "fill", "edge")):
            assert not role or role in ROLES


@pytest.mark.parametrize("width", [90.0, 174.0])
def test_a_branch_is_told_by_mark_and_word_and_in_a_sentence(width: float) -> None:
    met = Leaf("Clear", "Understood, of 50", "at least 90 %", "91 % in 2026-02", "Met", "good")
    picture = draw_tree(DrawnTree("Told first", "Do not let me wait.", (LEAF, met)), width)
    assert [shape.mark for shape in picture.shapes if isinstance(shape, Point)] == ["triangle", "dot"]
    said = {shape.words for shape in picture.shapes if isinstance(shape, Label)}
    assert {"On time", "Clear", "Not met", "Met"} <= said
    assert picture.spoken.startswith("Told first: 2 requirements, 1 of them met. On time: at least 95 %")


def test_no_two_boxes_of_a_tree_lie_on_each_other() -> None:
    picture = draw_tree(DrawnTree("Told first", "Need", (LEAF, LEAF, LEAF)), 174.0)
    boxes = [shape for shape in picture.shapes if isinstance(shape, Area)]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            beside = one.x + one.width <= other.x + 0.01 or other.x + other.width <= one.x + 0.01
            assert beside or one.y + one.height <= other.y + 0.01 or other.y + other.height <= one.y + 0.01


def test_long_words_are_cut_with_dots_after_so_many_lines() -> None:
    lines = wrapped("word " * 100, 40.0, 9.0, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert wrapped("", 40.0, 9.0, 3) == []


@given(
    st.lists(st.none() | st.floats(-1e9, 1e9, allow_nan=False), min_size=3, max_size=3),
    st.none() | st.floats(-1e9, 1e9, allow_nan=False),
)
def test_bars_begin_at_zero_and_stay_within_their_picture(values: list[float | None], mark: float | None) -> None:
    bars = [LevelBar(f"Bar {at}", value, "x", "accent") for at, value in enumerate([*values, mark])]
    picture = draw_level(bars, 90.0, mark, "spoken")
    assert all(-0.01 <= x <= 90.01 and -0.01 <= y <= picture.height + 0.01 for x, y in corners(picture))
