"""Dates of schedules in words: when, and why not on the day that the rule names."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from gemba.domain.occurrences import Occurrence, Why
from gemba.domain.programmes import Schedule, WorkingDay
from gemba.wording import plural, text
from gemba.work.record_titles import noun_title


def why_words(one: Occurrence) -> str:
    """What was moved or left out about a date, and why; empty when it is held on the day of the rule."""
    said = []
    if one.spread:
        said.append(plural("{n} random day later.", "{n} random days later.", one.spread))
    if one.why is not None:
        said.append(_moved(one))
    if one.leapt:
        said.append(text("Begins later: the clock leaps over the time that day."))
    return " ".join(said)


def time_words(schedule: Schedule, one: Occurrence, zone: str) -> str:
    """The time of day on the clocks of a zone; empty for the whole day."""
    if one.begins is None:
        return ""
    local = one.begins.astimezone(ZoneInfo(schedule.zone or zone))
    return f"{local:%H:%M} {local.tzname()}"


def working_day_title(rule: WorkingDay) -> str:
    """What becomes of a date that is no working day, in words."""
    return {
        WorkingDay.KEEP: text("stays where it is"),
        WorkingDay.NEXT: text("moves to the next working day"),
        WorkingDay.PREVIOUS: text("moves to the working day before"),
        WorkingDay.SKIP: text("is left out"),
    }[rule]


def subject_title(subject: str) -> str:
    """What comes again, in words; of a record (`noun:uid`) what it is."""
    noun, is_record, _ = subject.partition(":")
    if noun == "route":
        return text("Route of walks")
    if is_record:
        return noun_title(noun)
    return {"audit": text("Audit"), "walk": text("Walk"), "review": text("Review of complaints")}.get(subject, subject)


def _moved(one: Occurrence) -> str:
    day = (one.ruled + timedelta(one.spread)).isoformat()
    why = {
        Why.WEEKEND: text("{day} is no working day", day=day),
        Why.CLOSED: text("{day} is a closed day", day=day),
        Why.SAME_DAY: text("the date before falls on the same day", day=day),
    }[one.why or Why.WEEKEND]
    return text("Left out: {why}.", why=why) if one.on is None else text("Moved: {why}.", why=why)
