"""What a walk brought, in a sentence or two, for whoever concludes it."""

from __future__ import annotations

from collections import Counter

from gemba import wording
from gemba.domain.process_maps import AlertState
from gemba.ui.conduct.records import Records
from gemba.work.observations import sort_words


def noted_words(records: Records) -> str:
    """How much was noted by sort, what of it is worth keeping, and what is still to be gone to and seen."""
    said = []
    noted = records.walk.observations
    if noted:
        sorts = Counter(one.sort.value for one in noted)
        parts = [f"{sort_words(sort)}: {sorts[sort]}" for sort in ("seen", "staff", "customer") if sorts[sort]]
        keep = sum(one.is_positive for one in noted)
        parts += [wording.text("worth keeping: {n}", n=keep)] if keep else []
        said.append(wording.text("Noted: {parts}.", parts=", ".join(parts)))
    silent = [stop.title for stop in records.walk.stops if not records.walk.at(stop.uid)]
    if silent:
        said.append(wording.text("Nothing was noted at: {stops}.", stops=", ".join(silent)))
    left = sum(each.state is AlertState.CARRIED for each in records.alerts)
    if left:
        said.append(
            wording.plural("{n} thing was not gone to and seen.", "{n} things were not gone to and seen.", left)
        )
    return " ".join(said)
