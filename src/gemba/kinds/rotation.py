"""A rotation: a leader works in a frontline role and observes what is hard for customers."""

from gemba.kinds.judging import by_points
from gemba.kinds.model import SHARED, Grade, Kind, Tone
from gemba.kinds.needs import all_valid, enough_answered, explained_failures
from gemba.kinds.telling import with_points

ROTATION = Kind(
    code="rotation",
    title="Customer-friction observation",
    scored=True,
    grades=(
        Grade("easy", "Easy for customers", Tone.GOOD, at_least=85),
        Grade("some_friction", "Some friction for customers", Tone.FAIR, at_least=65),
        Grade("hard", "Hard for customers", Tone.POOR, at_least=0),
        *SHARED,
    ),
    needs=(all_valid, enough_answered(0.8), explained_failures),
    judge=by_points,
    summarise=with_points,
)
"""Judged 0 to 4 by the worst case seen. The bands are our convention: 85 is "smooth" with some "effortless"."""
