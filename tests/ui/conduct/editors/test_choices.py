"""Which choices are a scale, and which digit chooses what."""

from __future__ import annotations

from gemba.forms.views import Choice
from gemba.ui.conduct.editors.choices import _tones, digits_of, steps_of


def choices(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(name=f"c{place}", label=label) for place, label in enumerate(labels))


def test_numbered_choices_in_order_are_a_scale() -> None:
    steps = steps_of(choices("0 Never", "1 – Seldom", "2: Often", "3"))
    assert steps == [("0", "Never"), ("1", "Seldom"), ("2", "Often"), ("3", "")]
    assert digits_of(steps) == ["0", "1", "2", "3"]


def test_what_stands_beside_a_scale_is_far_from_its_numbers() -> None:
    steps = steps_of(choices("1 Bad", "2 Fair", "3 Good", "Not seen", "Not asked"))
    assert digits_of(steps) == ["1", "2", "3", "9", "8"]


def test_other_choices_are_no_scale() -> None:
    assert steps_of(choices("Yes", "No", "Does not apply")) == []
    assert steps_of(choices("3 aisles", "1 aisle", "2 aisles")) == []
    assert steps_of(choices("0 Off", "1 On")) == []
    assert steps_of(choices("Not seen", "0 Bad", "1 Fair", "2 Good")) == []


def test_names_that_are_digits_make_a_scale_too() -> None:
    named = tuple(Choice(name=str(number), label=word) for number, word in enumerate(("Low", "Middle", "High")))
    assert steps_of(named) == [("0", "Low"), ("1", "Middle"), ("2", "High")]


def test_tones_follow_scores_and_what_does_not_count_is_plain() -> None:
    scored = tuple(Choice(name=str(s), label="", score=s) for s in (0, 1, 2, 3, 4, None))
    assert _tones(scored) == ["poor", "fair", "fair", "good", "good", "plain"]
    assert _tones(choices("Early", "Late")) == ["accent", "accent"]
