"""A time study of the demonstration: the taking of an application, twelve cycles, one of them interrupted."""

from __future__ import annotations

import random

from gemba.domain.process_maps import ProcessMap
from gemba.domain.record import Uid
from gemba.domain.time_studies import TimeCategory, TimeReading
from gemba.wording import text
from gemba.work import time_studies
from gemba.work.desk import Desk

_CYCLES, _TORN, _CALLED = 12, 8, 5
_SEED = 11


def take_times(desk: Desk, site: Uid) -> None:
    """Watch how an application is taken at a place.

    Args:
        desk: of the demonstration store, which has a map of the work.
        site: where.
    """
    with desk.reader() as reader:
        of_map = reader.find(ProcessMap)[0].uid
    told = (
        (text("Ask what the customer wants"), TimeCategory.VALUE, 210.0),
        (text("Check identity papers"), TimeCategory.NECESSARY, 140.0),
        (text("Wait for the scoring system"), TimeCategory.WAIT, 320.0),
        (text("Explain the terms"), TimeCategory.VALUE, 260.0),
        (text("Type the form again"), TimeCategory.REWORK, 180.0),
        (text("Walk to the printer"), TimeCategory.WASTE, 55.0),
    )
    study = time_studies.begin(
        desk,
        text("Take an application at the counter"),
        site,
        [(title, category) for title, category, _ in told],
        role=text("Counter clerk"),
        process_map=of_map,
        demand=24.0,
        available=7 * 3600.0,
        precision=0.1,
    ).uid
    with desk.reader() as reader:
        elements = time_studies.elements_of(reader, study)
    for one in elements:
        time_studies.change_element(desk, one.uid, step="apply")
    chance = random.Random(_SEED)  # noqa: S311 - a demonstration, no secret
    for cycle in range(1, _CYCLES + 1):
        times = [
            (one.uid, round(max(5.0, chance.gauss(mean, 0.12 * mean)), 1))
            for one, (_, _, mean) in zip(elements, told, strict=True)
        ]
        time_studies.lap(desk, study, times[:3] if cycle == _TORN else times, cycle=cycle)
    with desk.reader() as reader:
        called = reader.find(TimeReading, study=study, cycle=_CALLED)[1]
    time_studies.leave_out(desk, called.uid, text("A phone call between"))
