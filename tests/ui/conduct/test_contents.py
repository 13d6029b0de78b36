"""Rows and parts of a sheet."""

from __future__ import annotations

from gemba.domain.conclusions import SectionScore
from gemba.forms.views import Item
from gemba.ui.conduct.contents import ADD, part_at, parts_of, rows_of


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


def test_after_the_last_of_a_repeat_stands_the_row_that_adds_one() -> None:
    rows = rows_of(REPEATED, may_add=["/d/r", "/d/r/s"])
    assert rows == [
        "/d/a", "/d/r[1]", "/d/r[1]/x", "/d/r[1]/s[1]", "/d/r[1]/s[1]/y", f"{ADD}/d/r[1]/s",
        "/d/r[2]", "/d/r[2]/x", f"{ADD}/d/r", "/d/z",
    ]  # fmt: skip


def test_a_repeat_that_an_answer_counts_has_no_such_row() -> None:
    assert not [row for row in rows_of(REPEATED) if row.startswith(ADD)]


def test_questions_outside_of_sections_are_parts_of_their_own() -> None:
    items = [
        item("/d/first", "question"),
        item("/d/s", "section"),
        item("/d/s/q", "question", 1),
        item("/d/s/g", "section", 1),
        item("/d/s/g/q", "question", 2),
        item("/d/last", "question"),
    ]
    scores = [SectionScore("/d/s", "Safety", 1, 2, 50.0, 1, 2)]
    parts = parts_of(items, scores, {"/d/last": "x"}, ["/d/first", "/d/s/g/q"], loose="Questions")
    assert [(part.title, part.answered, part.questions, part.missing, part.percent) for part in parts] == [
        ("Questions", 0, 1, 1, None),
        ("Safety", 1, 2, 1, 50.0),
        ("Questions", 1, 1, 0, None),
    ]
    assert [part.done for part in parts] == [False, False, True]
    rows = rows_of(items)
    assert [part_at(parts, rows, path) for path in ("/d/first", "/d/s/g/q", "/d/last")] == [0, 1, 2]
