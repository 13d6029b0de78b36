"""Both sides of a conflict read as people write: no ISO day, no figure with more digits than anybody measured."""

from __future__ import annotations

import pytest

from gemba.ui import conflict_words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2026-11-30", "30 Nov 2026"),
        ("2026-13-45", "2026-13-45"),
        ("by 2026-11-30 at the latest", "by 2026-11-30 at the latest"),
        (3.141592653, "3.1416"),
        (0.1 + 0.2, "0.3"),
        (1_234_567, "1,234,567"),
        (["anna", 2, True], "anna, 2, yes"),
        (None, "nothing"),
        ([], "nothing"),
    ],
)
def test_a_value_reads_as_people_write_it(said, words):
    assert conflict_words.value("action", "due", said, {}) == words


def test_a_noun_that_is_seldom_in_conflict_has_its_own_words():
    assert conflict_words.noun("measure_value") == "Figure of a measure"
