"""A leader's gemba walk: seen with one's own eyes, never scored."""

from gemba.kinds.judging import by_follow_up
from gemba.kinds.model import OPEN, Grade, Kind
from gemba.kinds.needs import all_valid, enough_answered, explained_failures
from gemba.kinds.telling import without_points

WALK = Kind(
    code="walk",
    title="Gemba walk",
    scored=False,
    grades=(Grade("walked", "Walked"), Grade("to_follow", "Walked, with something to follow up"), OPEN),
    needs=(all_valid, enough_answered(0.6), explained_failures),
    judge=by_follow_up,
    summarise=without_points,
)
"""A walk looks at the work and never at a person: its grades have no good and no bad."""
