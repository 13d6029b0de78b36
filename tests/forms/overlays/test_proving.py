"""The proof sees every way in which a core could be weakened: each is planted by hand in the finished workbook."""

from __future__ import annotations

import pytest
from tests.forms.overlays.test_overlays import CORE, book, form

from gemba.forms.overlays.proving import weakened


def planted(change):
    made = book(CORE)
    change(made)
    return form(made)


def row(made, name):
    return next(row for row in made.survey.rows if row.get("name") == name)


PLANTED = {
    "dropped": lambda made: made.survey.rows.remove(row(made, "greeted")),
    "required": lambda made: row(made, "greeted").pop("required"),
    "critical": lambda made: row(made, "greeted").pop("bind::gemba:critical"),
    "constraint": lambda made: row(made, "wait").update(constraint=". >= -10"),
    "relevant": lambda made: row(made, "greeted").update(relevant="${wait} > 100"),
    "weight": lambda made: row(made, "greeted").update({"bind::gemba:weight": "0.1"}),
    "type": lambda made: row(made, "wait").update(type="text", constraint=""),
    "choices": lambda made: made.choices.rows[1].update(score="1"),
    "a choice less": lambda made: made.choices.rows.pop(),
    "a section that hides": lambda made: row(made, "door").update(relevant="false()"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_weakening_is_seen(what) -> None:
    assert weakened(form(book(CORE)), planted(PLANTED[what]))


def test_the_core_itself_is_whole() -> None:
    assert weakened(form(book(CORE)), form(book(CORE))) == []
