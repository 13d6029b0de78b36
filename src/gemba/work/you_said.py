"""You said, we did: one page for the team of a place, with what was kept, what is late, and what was not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from gemba import wording
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.store.commitment_lists import at_place
from gemba.wording import text
from gemba.work.arrival import PromiseLine, promise_line
from gemba.work.desk import Desk
from gemba.work.names_in_text import demand_nameless
from gemba.work.records import known
from gemba.work.rotation_words import PROMISE_TONES, promise_state_words
from gemba.work.rotations import today_at

LATELY = timedelta(days=182)
"""How far the sheet reaches back, unless it is said."""
_KEPT, _OPEN, _NOT = 7, 6, 4
"""How many of each one page carries."""
_LONGEST = 150
"""Letters of a text; what is longer is cut at a word, with dots."""


class YouSaid(msgspec.Struct, frozen=True):
    """What the sheet tells."""

    place: str
    zone: str
    when: datetime
    since: date
    kept: tuple[PromiseLine, ...]
    open: tuple[PromiseLine, ...]
    """The overdue ones first."""
    not_kept: tuple[PromiseLine, ...]
    """Broken, and withdrawn: with why."""


def you_said(desk: Desk, place: Uid, *, since: date | None = None) -> YouSaid:
    """What was promised at a place and below it, and what became of it.

    Args:
        desk: where the records are.
        place: uid.
        since: first day that it tells of; half a year ago when left out. What is open is always told.

    Raises:
        Refusal: the place is unknown, or the first day lies ahead.
    """
    now = desk.clock()
    with desk.reader() as reader:
        where = known(reader, Place, place)
        today = today_at(where, now)
        day = since or today - LATELY
        if day > today:
            raise Refusal("work.promise_ahead", day=day)
        lines = [promise_line(one, today) for one in at_place(reader, place, day)]
    kept = sorted((one for one in lines if one.state == "kept"), key=lambda one: one.kept_on or one.due, reverse=True)
    still = sorted((one for one in lines if one.state in {"open", "overdue"}), key=lambda one: (one.due, one.uid))
    rest = [one for one in lines if one.state in {"broken", "withdrawn"}]
    return YouSaid(where.name, where.zone, now, day, tuple(kept), tuple(still), tuple(rest))


def you_said_sheet(
    desk: Desk, place: Uid, out: Path, *, since: date | None = None, are_no_names: bool = False
) -> Rendered:
    """Write the sheet of a place as one page of PDF.

    Args:
        desk: where the records are.
        place: uid.
        out: the PDF.
        since: as `you_said`.
        are_no_names: somebody has looked at what may be names.

    Raises:
        Refusal: as `you_said`, or a text names a person, or may and nobody has looked.
        Trouble: the file cannot be written.
    """
    facts = you_said(desk, place, since=since)
    with desk.reader() as reader:
        shown = (*facts.kept, *facts.open, *facts.not_kept)
        written = (words for one in shown for words in (one.said, one.promised, one.to, one.role, one.outcome))
        demand_nameless(reader, written, are_no_names=are_no_names)
    return render(sheet_of(facts), out, language=wording.language())


def sheet_of(facts: YouSaid) -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        title=text("You said, we did"),
        kind_title=text("For the team"),
        place=facts.place,
        when=facts.when,
        zone=facts.zone,
        parts=tuple(_parts(facts)),
        one_page=True,
    )


def _parts(facts: YouSaid) -> Iterator[Part]:
    late = sum(one.state == "overdue" for one in facts.open)
    yield Figures(
        (
            (str(len(facts.kept)), text("kept")),
            (str(len(facts.open) - late), text("promised, not due yet")),
            (str(late), text("late")),
            (str(len(facts.not_kept)), text("not kept or withdrawn")),
        )
    )
    if not (facts.kept or facts.open or facts.not_kept):
        yield Words(text("Nothing was promised here since {day}.", day=facts.since.isoformat()), "quiet")
        return
    if late:
        yield Notice((text("We are late with what stands first under “We promised”; ask us about it."),), "poor")
    yield Heading(text("You said, we did (since {day})", day=facts.since.isoformat()))
    if facts.kept:
        yield _table(facts.kept, _KEPT, text("We did"))
    else:
        yield Words(text("Nothing was kept yet."), "quiet")
    if facts.open:
        yield Heading(text("We promised"))
        yield _table(facts.open, _OPEN, text("We promised"))
    if facts.not_kept:
        yield Heading(text("What we do not do, and why"))
        yield _table(facts.not_kept, _NOT, text("Promised, and why not"))


def _table(ones: tuple[PromiseLine, ...], most: int, did: str) -> Table:
    rows = tuple((_short(one.said), _short(_did(one)), _short(one.role), _state(one)) for one in ones[:most])
    note = text("and {n} more …", n=len(ones) - most) if len(ones) > most else ""
    titles = (text("You said"), did, text("Who"), text("State"))
    return Table(titles, rows, (54.0, 0.0, 28.0, 32.0), note=note)


def _did(one: PromiseLine) -> str:
    if one.state == "kept":
        return one.outcome
    return f"{one.promised} – {one.outcome}" if one.outcome else one.promised


def _state(one: PromiseLine) -> Cell:
    tone = PROMISE_TONES.get(one.state, "plain")
    if one.state == "kept" and one.kept_on is not None:
        return Cell(text("on {day}", day=one.kept_on.isoformat()), tone)
    if one.state == "open":
        return Cell(text("by {day}", day=one.due.isoformat()), tone)
    if one.state == "overdue":
        return Cell(text("late since {day}", day=one.due.isoformat()), tone)
    return Cell(promise_state_words(one.state), tone)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    if len(plain) <= _LONGEST:
        return plain
    cut = plain[: _LONGEST - 2]
    blank = cut.rfind(" ")
    return f"{cut[:blank] if blank > _LONGEST // 2 else cut} …"
