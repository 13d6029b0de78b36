"""The demonstration tells a true story: what it says held is borne out by its own numbers."""

from __future__ import annotations

from statistics import fmean

from tests.work.spreading import sites

from gemba.domain.actions import Action
from gemba.domain.patterns import Pattern
from gemba.work.demonstrate_complaints import complain
from gemba.work.demonstrate_improvement import improve
from gemba.work.demonstrate_patterns import spread
from gemba.work.desk import Desk
from gemba.work.outcome import outcomes
from gemba.work.places import add_place


def test_complaints_fell_where_the_pattern_says_that_the_change_held(desk: Desk) -> None:
    places = [*sites(desk), add_place(desk, "Kiosk").uid]
    improve(desk, places, complain(desk, places))
    spread(desk, places)
    with desk.reader() as reader:
        (pattern,) = reader.find(Pattern)
        action = reader.get(Action, pattern.action or "")
        assert action is not None
        (outcome,) = outcomes(desk, reader, action)
    assert len(outcome.before) >= 20
    assert len(outcome.after) >= 10
    assert fmean(outcome.after) < fmean(outcome.before) / 4
