"""What the detail of a complaint shows, read beside the window."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.complaint_clock import ClockState
from gemba.domain.complaints import ClockPause, ClockTarget, Complaint
from gemba.domain.places import Place
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.store.record_history import Step, history
from gemba.work.clock_targets import Clocks
from gemba.work.complaint_clock import pauses, state_of
from gemba.work.duplicates import group_of


class ComplaintFacts(msgspec.Struct, frozen=True):
    """One complaint with all that belongs to it."""

    complaint: Complaint
    place: Place | None
    clock: ClockState
    target: ClockTarget | None
    """The target that somebody set for it; `None` where the preset one holds."""
    tags: dict[str, str]
    """What each tag is called, by facet; facets without one are left out."""
    pauses: tuple[ClockPause, ...]
    same: tuple[Complaint, ...]
    """Others that say the same, the one that stands for them first."""
    history: tuple[Step, ...]

    @property
    def zone(self) -> str:
        """The zone in which its moments are shown."""
        return self.place.zone if self.place is not None else "UTC"


def read_complaint(desk: Any, uid: str) -> ComplaintFacts | None:
    """Everything that the detail shows; on a job's thread."""
    with desk.reader() as reader:
        one = reader.get(Complaint, uid)
        if one is None:
            return None
        tags = {facet: getattr(one, facet.value) for facet in Facet}
        return ComplaintFacts(
            complaint=one,
            place=reader.get(Place, one.place) if one.place is not None else None,
            clock=state_of(one, reader.clock()),
            target=Clocks(reader).target(one.severity, one.place, one.received_at),
            tags={
                facet.value: vocabularies.titles(reader, facet).get(code, code) for facet, code in tags.items() if code
            },
            pauses=tuple(pauses(reader, uid)),
            same=tuple(group_of(reader, one)),
            history=tuple(history(reader, "complaint", uid)),
        )
