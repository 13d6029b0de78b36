"""A plain checklist: any imported XLSForm that does not say what kind it is."""

from gemba.kinds.judging import by_points
from gemba.kinds.model import SHARED, Grade, Kind, Tone
from gemba.kinds.needs import all_valid, enough_answered, explained_failures
from gemba.kinds.telling import with_points

CHECKLIST = Kind(
    code="checklist",
    title="Checklist",
    scored=True,
    grades=(
        Grade("good", "Good", Tone.GOOD, at_least=90),
        Grade("fair", "Fair", Tone.FAIR, at_least=70),
        Grade("poor", "Poor", Tone.POOR, at_least=0),
        *SHARED,
    ),
    needs=(all_valid, enough_answered(0.5), explained_failures),
    judge=by_points,
    summarise=with_points,
)
"""Scored when its choices carry scores, else simply done. The bands are our convention."""
