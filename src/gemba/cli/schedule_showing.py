"""How schedules and their dates are told on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from gemba.cli.saying import table
from gemba.domain.occurrences import Occurrence, horizon
from gemba.domain.people import Person
from gemba.domain.places import Place
from gemba.domain.programmes import Schedule
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.make_scheduled import Made
from gemba.work.schedule_words import subject_title, time_words, why_words, working_day_title
from gemba.work.schedules import PREVIEWED, Changed, preview, zone_for


class Dated(msgspec.Struct, frozen=True):
    """One date as it is told."""

    date: Occurrence
    time: str
    """On the clocks of the schedule's zone; empty for the whole day."""
    why: str
    """What was moved or left out, and why."""


class ScheduleFacts(msgspec.Struct, frozen=True):
    """A schedule and its next dates."""

    schedule: Schedule
    place: str
    auditors: tuple[str, ...]
    """Who leads the audits that it makes, in turns."""
    zone: str
    looked_until: date
    """The last day on which a date was looked for."""
    dates: tuple[Dated, ...]


def facts_of(reader: Reader, schedule: Schedule, first: date | None = None, count: int = PREVIEWED) -> ScheduleFacts:
    """A schedule with its next dates from a day on."""
    place = reader.get(Place, schedule.place) if schedule.place is not None else None
    zone = zone_for(reader, schedule)
    begins = first or reader.clock().date()
    dates = preview(reader, schedule, begins, count)
    return ScheduleFacts(
        schedule=schedule,
        place=place.name if place is not None else "",
        auditors=tuple(one.name for one in reader.many(Person, schedule.auditors)),
        zone=zone,
        looked_until=horizon(begins),
        dates=tuple(Dated(one, time_words(schedule, one, zone), why_words(one)) for one in dates),
    )


def shown(facts: ScheduleFacts) -> str:
    """A schedule with its dates."""
    one = facts.schedule
    head = f"{one.title} · {subject_title(one.subject)} · {facts.place}".rstrip(" ·")
    rule = f"{one.rule} · {facts.zone} · " + text("no working day: {what}", what=working_day_title(one.working_day))
    lead = text("led in turns by {names}", names=", ".join(facts.auditors)) if facts.auditors else ""
    return "\n".join(filter(None, [head, rule, lead, one.uid, dates_table(facts)]))


def dates_table(facts: ScheduleFacts) -> str:
    """The next dates; where there are fewer than asked for, as far as was looked."""
    rows = [
        (each.date.on or text("left out"), each.time, each.date.ruled, each.date.due, each.why) for each in facts.dates
    ]
    if not rows:
        return text("No date until {day}.", day=facts.looked_until.isoformat())
    return table(rows, [text(name) for name in ("Date", "Time", "By the rule", "Due", "Why")])


def list_table(found: Sequence[ScheduleFacts]) -> str:
    """Schedules, each with its next date."""
    rows = [
        (
            facts.schedule.title,
            subject_title(facts.schedule.subject),
            facts.place,
            facts.schedule.rule,
            next((each.date.on for each in facts.dates if each.date.on is not None), None),
            text("out of use") if facts.schedule.retired else "",
            facts.schedule.uid[:13],
        )
        for facts in found
    ]
    return table(rows, [text(name) for name in ("Schedule", "Subject", "Place", "Rule", "Next", "State", "Uid")])


def changed_words(changed: Changed) -> str:
    """What became of the open audits."""
    lines = []
    if changed.moved:
        lines.append(text("Moved along: {numbers}.", numbers=", ".join(changed.moved)))
    if changed.left:
        lines.append(text("Left where they are, for want of a new date: {numbers}.", numbers=", ".join(changed.left)))
    return "\n".join(lines)


def made_words(made: Mapping[str, Made]) -> str:
    """What was made from each schedule."""
    return "\n".join(f"{title}: {_made(one)}" for title, one in made.items()) or text("There is no schedule in use.")


def _made(one: Made) -> str:
    said = [plural("{n} made", "{n} made", len(one.made))]
    for count, words in (
        (one.there, text("{n} there already", n=one.there)),
        (one.skipped, text("{n} left out", n=one.skipped)),
        (one.later, text("{n} not yet due", n=one.later)),
        (one.empty, text("{n} with nothing to look at", n=one.empty)),
        (one.reminded, text("{n} only to be reminded of", n=one.reminded)),
    ):
        said += [words] if count else []
    return ", ".join(said)
