"""Keep one time that the stopwatch took: each in a transaction of its own, as soon as it is taken."""

from __future__ import annotations

from typing import Any

from gemba.domain.change import Change
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeReading
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.stopwatch import Taken
from gemba.work.time_studies import demand_time, elements_of, running


def take(desk: Desk, study: Uid, taken: Taken) -> Change:
    """Keep a time; one that is there under the same uid is changed (taken back, taken again, left out).

    Args:
        desk: who does it, where.
        study: a running one.
        taken: what the stopwatch gave.

    Raises:
        Refusal: the study has ended, the element is of another study, the cycle or the time is none, or the reason
            names a person.
    """
    with desk.unit() as unit:
        running(unit, study)
        if taken.element not in {one.uid for one in elements_of(unit, study)}:
            raise Refusal("work.unknown_record", noun="time_element", uid=taken.element)
        if taken.cycle < 1:
            raise Refusal("work.no_such_cycle", cycle=taken.cycle)
        demand_time(taken.seconds)
        demand_nameless(unit, [taken.left_out])
        said: dict[str, Any] = {
            "element": taken.element,
            "cycle": taken.cycle,
            "seconds": taken.seconds,
            "left_out": taken.left_out.strip(),
        }
        if unit.get(TimeReading, taken.reading) is not None:
            unit.change(TimeReading, taken.reading, **said)
        else:
            made = TimeReading(uid=taken.reading, study=study, read_at=desk.clock(), person=desk.person.uid, **said)
            unit.put(made)
        return unit.change_made(study)
