"""A complaint file: one complaint read from the first word to the last, by one reviewer or several."""

from gemba.kinds.judging import by_points
from gemba.kinds.model import SHARED, Grade, Kind, Tone
from gemba.kinds.needs import all_valid, enough_answered, explained_failures
from gemba.kinds.telling import with_points

COMPLAINT_FILE = Kind(
    code="complaint_file",
    title="Complaint-file check",
    scored=True,
    grades=(
        Grade("file_complete", "The file shows it all", Tone.GOOD, at_least=90),
        Grade("file_gaps", "The file has gaps", Tone.FAIR, at_least=70),
        Grade("file_poor", "The file does not show what was done", Tone.POOR, at_least=0),
        *SHARED,
    ),
    needs=(all_valid, enough_answered(0.8), explained_failures),
    judge=by_points,
    summarise=with_points,
)
"""What the file does not show did not happen. The bands are our convention."""
