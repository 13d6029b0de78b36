"""Drawings of the registers' views: everything lies on them, and says in words what colours show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gemba.reports.interval_shapes import Span, draw_spans
from gemba.reports.ladder_shapes import Rung, Tie, draw_ladder
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix, two_lines
from gemba.reports.picture_facts import Area, Label, PictureFacts, Point, Shape, Stroke
from gemba.reports.rollout_shapes import Field, draw_grid, kept_and_rest


def inside(picture: PictureFacts) -> None:
    """Everything that has a place lies on the drawing; a label may end at its width, not begin beyond."""
    for shape in picture.shapes:
        if isinstance(shape, Area):
            spots = [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        elif isinstance(shape, Stroke | Shape):
            spots = list(shape.points)
        else:
            assert isinstance(shape, Label | Point)
            spots = [(shape.x, shape.y)]
        for x, y in spots:
            assert -0.1 <= x <= picture.width + 0.1
            assert -0.1 <= y <= picture.height + 0.1


def words(picture: PictureFacts) -> list[str]:
    return [shape.words for shape in picture.shapes if isinstance(shape, Label)]


@given(st.integers(0, 50), st.integers(0, 30))
def test_a_matrix_goes_on_in_further_drawings(rows: int, columns: int) -> None:
    cells = tuple(tuple(MatrixCell(f"{row}.{column}", "good") for column in range(columns)) for row in range(rows))
    names = tuple(f"row {row}" for row in range(rows)), tuple(f"column {column}" for column in range(columns))
    pictures = draw_matrix(Matrix(*names, cells, "corner", "spoken"))
    said = [each for picture in pictures for each in words(picture)]
    for row in range(rows if columns else 0):
        for column in range(columns):
            assert said.count(f"{row}.{column}") == 1
    for picture in pictures:
        inside(picture)
        assert picture.height < 230
        assert picture.spoken == "spoken"


def test_a_cell_says_what_its_ground_shows() -> None:
    matrix = Matrix(("a",), ("b", "c"), ((MatrixCell("missing", "poor", "2026"), MatrixCell()),), "", "")
    (picture,) = draw_matrix(matrix)
    assert {"missing", "2026"} <= set(words(picture))
    assert [shape.fill for shape in picture.shapes if isinstance(shape, Area)] == ["poor_soft", ""]


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1)), max_size=12))
def test_intervals_lie_around_their_mark(figures: list[tuple[float, float]]) -> None:
    spans = [Span("a measure", "told", r, max(-1, r - half), min(1, r + half)) for r, half in figures]
    picture = draw_spans([*spans, Span("none", "too few")], -1, 1, line=0, spoken="x")
    inside(picture)
    points = [shape for shape in picture.shapes if isinstance(shape, Point)]
    assert len(points) == len(figures)
    assert "too few" in words(picture)
    assert not picture.mirrored


def test_a_figure_may_be_told_over_two_lines() -> None:
    assert {"with it", "0.30"} <= set(words(draw_spans([Span("a", "with it\n0.30", 0.3)], -1, 1)))


@given(st.integers(0, 12), st.integers(0, 12))
def test_a_ladder_ties_mates_and_marks_who_is_alone(left: int, right: int) -> None:
    ties = [Tie(at, right - 1 - at, leaks=at == 0) for at in range(min(left, right))]
    picture = draw_ladder(
        [
            Rung(f"l{at}", "mate" if at < len(ties) else "alone", "" if at < len(ties) else "no mate")
            for at in range(left)
        ],
        [Rung(f"r{at}", "mate") for at in range(right)],
        ties,
        heads=("Journey", "Work"),
        spoken="x",
    )
    inside(picture)
    strokes = [shape for shape in picture.shapes if isinstance(shape, Stroke)]
    assert len(strokes) == len(ties)
    assert sum(shape.dashed for shape in strokes) == min(len(ties), 1)
    assert words(picture).count("no mate") == left - len(ties)


@given(st.lists(st.lists(st.integers(0, 15), min_size=5, max_size=5), min_size=3, max_size=3))
def test_a_grid_has_room_for_its_names(counts: list[list[int]]) -> None:
    fields = []
    for row in counts:
        kept = [kept_and_rest([f"Site {at}" for at in range(n)]) for n in row]
        assert all(len(names) + rest == n for (names, rest), n in zip(kept, row, strict=True))
        fields.append([Field(names, more=f"and {rest} more" if rest else "") for names, rest in kept])
    picture = draw_grid(["high", "medium", "low"], list("01234"), fields, axes=("Impact", "Readiness"), spoken="x")
    inside(picture)
    assert picture.height < 230


@given(st.text(st.characters(categories=["L", "Zs"]), max_size=60))
def test_words_over_two_lines_are_the_same_words(said: str) -> None:
    lines = two_lines(said, 40)
    assert len(lines) <= 2
    assert " ".join(lines).split() == said.split()
