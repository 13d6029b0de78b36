"""From an alert to a review: the complaints that signal are drawn, and the alert says which review it led to."""

from __future__ import annotations

from datetime import timedelta

from gemba.domain.change import Change
from gemba.domain.measures import Measure, MeasureSort, Signal
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.series import after
from gemba.work.alerts import led_to
from gemba.work.desk import Desk
from gemba.work.draw_review import Wanted, draw
from gemba.work.measures import whole
from gemba.work.records import known


def review_signal(desk: Desk, signal: Uid) -> Change:
    """Draw the complaints of the periods that signal and begin their review; one that there is already is given again.

    Raises:
        Refusal: the alert is unknown, its measure is not counted from complaints, or no complaint is left to draw.
    """
    with desk.reader() as reader:
        alert = known(reader, Signal, signal)
        measure = known(reader, Measure, alert.measure)
    if alert.review is not None:
        return Change(uid=alert.review)
    if measure.sort is not MeasureSort.COMPLAINTS:
        raise Refusal("work.signal_without_complaints", measure=measure.title)
    wanted = Wanted(
        begins=alert.begins,
        ends=after(measure.period, alert.seen) - timedelta(days=1),
        place=measure.place,
        filters={**(whole(measure) or {}), **measure.filters},
    )
    drawn = draw(desk, wanted)
    noted = led_to(desk, signal, drawn.uid)
    return Change(topics=drawn.topics | noted.topics, uids=drawn.uids | noted.uids, uid=drawn.uid)
