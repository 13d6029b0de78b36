"""The conduct of an alignment audit: meetings, documents, interviews; what is judged stands in judgements."""

from gemba.kinds.judging import by_follow_up
from gemba.kinds.model import OPEN, Grade, Kind
from gemba.kinds.needs import all_valid, explained_failures
from gemba.kinds.telling import without_points

ALIGNMENT_AUDIT = Kind(
    code="alignment_audit",
    title="Alignment audit",
    scored=False,
    grades=(Grade("audited", "Audited"), Grade("audited_to_follow", "Audited, with something to follow up"), OPEN),
    needs=(all_valid, explained_failures),
    judge=by_follow_up,
    summarise=without_points,
)
"""How it was conducted has no points: an audit judges decisions against promises, and the rate is told by them."""
