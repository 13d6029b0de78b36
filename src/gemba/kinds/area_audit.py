"""A 5S audit of an area."""

from gemba.kinds.judging import by_points
from gemba.kinds.model import SHARED, Grade, Kind, Tone
from gemba.kinds.needs import all_valid, enough_answered, explained_failures
from gemba.kinds.telling import with_points

AREA_AUDIT = Kind(
    code="area_audit",
    title="5S area audit",
    scored=True,
    grades=(
        Grade("kept_up", "Kept up", Tone.GOOD, at_least=80),
        Grade("on_the_way", "On the way", Tone.FAIR, at_least=60),
        Grade("begin_here", "Begin here", Tone.POOR, at_least=0),
        *SHARED,
    ),
    needs=(all_valid, enough_answered(0.9), explained_failures),
    judge=by_points,
    summarise=with_points,
)
"""There is no common pass mark for 5S: the bands are our convention (80 is "in place" throughout, 60 "mostly"), and an
area is best compared with itself."""
