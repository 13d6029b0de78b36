"""What the view of schedules shows, read on a job's thread."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.ui.audits.programme_facts import DatedWords
from gemba.wording import sentence
from gemba.work import schedules as work
from gemba.work.known_people import people_known

TOPICS = frozenset({"schedule", "audit", "place", "template", "person"})
"""Nouns whose changes the view shows."""


class SchedulesShown(msgspec.Struct, frozen=True, kw_only=True):
    """All schedules in use, and the one that is chosen."""

    schedules: tuple[tuple[Schedule, date | None], ...]
    """Each with its next date."""
    chosen: Schedule | None = None
    dates: tuple[DatedWords, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    """Audits that were planned from the chosen one and are still to come: uid, and number with day."""
    places: tuple[tuple[str, str], ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str], ...] = ()


class Trial(msgspec.Struct, frozen=True):
    """The dates that a form's schedule would have, or what is wrong with it."""

    dates: tuple[DatedWords, ...] = ()
    problem: str = ""


def read_schedules(desk: Any, uid: str) -> SchedulesShown:
    """Read everything that the view shows; the first schedule is chosen where the uid is that of none."""
    with desk.reader() as reader:
        every = work.schedules(reader)
        following = [(one, _next(work.preview(reader, one, count=1))) for one in every]
        chosen = next((one for one in every if one.uid == uid), every[0] if every else None)
        zone = work.zone_for(reader, chosen) if chosen is not None else "UTC"
        dates = work.preview(reader, chosen) if chosen is not None else []
        waiting = work.open_audits(reader, chosen) if chosen is not None else []
        places = sorted(((one.uid, one.name) for one in reader.find(Place)), key=lambda one: one[1].casefold())
        templates = sorted((one.title, one.uid) for one in reader.find(Template) if not one.retired)
        return SchedulesShown(
            schedules=tuple(following),
            chosen=chosen,
            dates=tuple(DatedWords(chosen, one, zone) for one in dates if chosen is not None),
            waiting=tuple((one.uid, f"{one.number} · {one.planned_on.isoformat()}") for one in waiting),
            places=tuple(places),
            templates=tuple((uid, title) for title, uid in templates),
            people=tuple((one.uid, one.name) for one in people_known(reader)),
        )


def read_trial(desk: Any, draft: work.Draft) -> Trial:
    """The next dates of what a form says."""
    try:
        dates = work.trial(desk, draft)
    except Refusal as refusal:
        return Trial(problem=sentence(refusal))
    schedule = Schedule(uid="", made_at=desk.clock(), person="", **msgspec.structs.asdict(draft))
    with desk.reader() as reader:
        zone = work.zone_for(reader, schedule)
    return Trial(tuple(DatedWords(schedule, one, zone) for one in dates))


def _next(dates: list[Any]) -> date | None:
    return next((one.on for one in dates if one.on is not None), None)
