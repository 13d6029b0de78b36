"""Rows, frames and parts of a sheet."""

from __future__ import annotations

from gemba.forms.views import Item
from gemba.ui.conduct.grids import Grid, plain
from gemba.ui.conduct.parts import Standing, part_of, parts_of, seen
from gemba.ui.conduct.placing import ADD, Wishes, place


def item(path: str, kind: str, depth: int = 0) -> Item:
    return Item(path, path.rpartition("/")[2], kind, depth)  # type: ignore[arg-type]


REPEATED = [
    item("/d/a", "question"),
    item("/d/r[1]", "repeat"),
    item("/d/r[1]/x", "question", 1),
    item("/d/r[1]/s[1]", "repeat", 1),
    item("/d/r[1]/s[1]/y", "question", 2),
    item("/d/r[2]", "repeat"),
    item("/d/r[2]/x", "question", 1),
    item("/d/z", "question"),
]
MATRIX = [item("/d/g", "section"), *(item(f"/d/g/{name}", "question", 1) for name in ("h", "a", "b", "c", "z"))]
GRID = Grid(members=("/d/g/a", "/d/g/b", "/d/g/c"), heads="/d/g/h", choices=4)


def test_after_the_last_of_a_repeat_stands_the_row_that_adds_one() -> None:
    rows = place(REPEATED, Wishes(may_add=["/d/r", "/d/r/s"]), plain).keys
    assert rows == [
        "/d/a", "/d/r[1]", "/d/r[1]/x", "/d/r[1]/s[1]", "/d/r[1]/s[1]/y", f"{ADD}/d/r[1]/s",
        "/d/r[2]", "/d/r[2]/x", f"{ADD}/d/r", "/d/z",
    ]  # fmt: skip


def test_a_repeat_that_an_answer_counts_has_no_such_row() -> None:
    assert not [row for row in place(REPEATED, Wishes(), plain).keys if row.startswith(ADD)]


def test_each_of_a_repeat_has_a_frame_and_those_within_lie_in_both() -> None:
    placed = place(REPEATED, Wishes(may_add=["/d/r", "/d/r/s"]), plain)
    assert [band.key for band in placed.bands["/d/r[1]/s[1]/y"]] == ["/d/r[1]", "/d/r[1]/s[1]"]
    outer, inner = placed.bands["/d/r[1]/s[1]/y"]
    assert (outer.first, outer.last) == ("/d/r[1]", f"{ADD}/d/r[1]/s"), "what adds within lies within"
    assert (inner.first, inner.last) == ("/d/r[1]/s[1]", "/d/r[1]/s[1]/y")
    assert "/d/z" not in placed.bands


def test_of_what_is_folded_only_the_heading_stands_there() -> None:
    rows = place(REPEATED, Wishes(folded={"/d/r[1]"}, may_add=["/d/r", "/d/r/s"]), plain).keys
    assert rows == ["/d/a", "/d/r[1]", "/d/r[2]", "/d/r[2]/x", f"{ADD}/d/r", "/d/z"]


def test_a_filter_keeps_the_headings_around_what_it_shows() -> None:
    rows = place(REPEATED, Wishes(may_add=["/d/r"], only={"/d/r[1]/s[1]/y"}), plain).keys
    assert rows == ["/d/r[1]", "/d/r[1]/s[1]", "/d/r[1]/s[1]/y"]


def test_a_grid_has_heads_in_place_of_the_question_that_shows_them() -> None:
    placed = place(MATRIX, Wishes(grids=[GRID]), plain)
    assert placed.keys == ["/d/g", GRID.key, "/d/g/a", "/d/g/b", "/d/g/c", "/d/g/z"]
    [band] = placed.bands["/d/g/b"]
    assert (band.kind, band.first, band.last) == ("grid", GRID.key, "/d/g/c")
    assert "/d/g/z" not in placed.bands


def test_a_filtered_grid_keeps_its_heads() -> None:
    assert place(MATRIX, Wishes(grids=[GRID], only={"/d/g/b"}), plain).keys == ["/d/g", GRID.key, "/d/g/b"]


def test_questions_outside_of_sections_are_parts_of_their_own() -> None:
    items = [
        item("/d/first", "question"),
        item("/d/s", "section"),
        item("/d/s/q", "question", 1),
        item("/d/s/g", "section", 1),
        item("/d/s/g/q", "question", 2),
        item("/d/last", "question"),
    ]
    standing = Standing(
        answered={"/d/last", "/d/s/q"},
        wrong=["/d/first", "/d/s/g/q"],
        failed={"/d/s/q"},
        points={"/d/s/q": (1.0, 4.0), "/d/s/g/q": (0.0, 0.0)},
        percents={"/d/s": 50.0},
    )
    parts = parts_of(items, {"/d/s": "Safety", "/d/s/g": "Exits"}, standing, loose="Questions")
    assert [(part.title, part.answered, part.questions, part.missing, part.percent) for part in parts] == [
        ("Questions", 0, 1, 1, None),
        ("Safety", 1, 2, 1, 50.0),
        ("Exits", 0, 1, 1, None),
        ("Questions", 1, 1, 0, None),
    ]
    assert [part.done for part in parts] == [False, False, False, True]
    assert [part.failed for part in parts] == [0, 1, 0, 0]
    rows = [line.path for line in items]
    found = [part_of(parts, path, rows) for path in ("/d/first", "/d/s/g/q", "/d/last")]
    assert found == [parts[0], parts[2], parts[3]]
    assert seen(parts, parts[0]) == [parts[0], parts[1], parts[3]], "what lies within is listed where one is"
    assert seen(parts, parts[2]) == parts
