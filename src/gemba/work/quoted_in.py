"""Kept reports of complaint reviews in which the words of a complaint may stand: those that it was drawn for."""

from __future__ import annotations

from gemba.domain.complaint_reviews import ComplaintReview
from gemba.domain.conclusions import IssuedReport
from gemba.domain.record import Uid
from gemba.errors import Trouble
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.draw_review import drawn_uids

_REPORT = "complaint_review"


class QuotedIn:
    """Tells the reports that may quote a complaint; what each review drew is read once.

    Whom a report quoted is not noted, and consent may have been taken back since: so all that could have quoted count.

    Args:
        desk: whose store it is.
        reader: of it.
    """

    def __init__(self, desk: Desk, reader: Reader) -> None:
        self._drawn = [(report, _drawn(desk, reader, report)) for report in reader.find(IssuedReport, report=_REPORT)]

    def reports(self, complaint: Uid) -> tuple[IssuedReport, ...]:
        """The reports that may quote a complaint; one whose list of complaints is not here may quote any."""
        return tuple(report for report, drawn in self._drawn if drawn is None or complaint in drawn)


def _drawn(desk: Desk, reader: Reader, report: IssuedReport) -> frozenset[Uid] | None:
    review = reader.get(ComplaintReview, report.subject.partition(":")[2])
    if review is None:
        return None
    try:
        return frozenset(drawn_uids(desk, review))
    except Trouble:
        return None
