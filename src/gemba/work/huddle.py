"""The huddle sheet of a place: signals, one question to go and see, customers' words, clocks, and what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from gemba import wording
from gemba.domain.actions import Action, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.complaint_clock import SOON
from gemba.domain.complaints import Complaint, Consent
from gemba.domain.findings import Finding
from gemba.domain.pains import SEVERITIES
from gemba.domain.places import Place
from gemba.domain.process_maps import AlertState
from gemba.domain.record import Uid
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Heading, Notice, Part, Quotes, SheetFacts, Table, Words
from gemba.store import huddle_lines, vocabularies
from gemba.store.list_filters import places_below
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.alerts import open_signals
from gemba.work.blind_spots import blind_spots
from gemba.work.desk import Desk
from gemba.work.go_and_see import offered
from gemba.work.measures import measures
from gemba.work.quoting import Quoting
from gemba.work.records import known

SIGNALS, QUOTES, CLOCKS, ACTIONS = 3, 3, 4, 4
"""How many of each one page carries."""
SINCE = timedelta(days=7)
"""How far "since last time" reaches back, unless it is said."""
_HEARD = timedelta(days=91)
_LOOKED_THROUGH = 500
_LONGEST = {"quote": 200, "line": 150, "title": 90, "said": 64, "did": 100, "owner": 30}
"""Letters; what is longer is cut at a word, with dots."""


class Said(msgspec.Struct, frozen=True):
    """What a customer said, without what tells of a person."""

    complaint: Uid
    words: str
    whose: str
    """Channel, step and month: never who."""
    is_checked: bool


class Changed(msgspec.Struct, frozen=True):
    """You said, we did: what was found, what is done about it, and by whom."""

    action: Uid
    said: str
    did: str
    owner: str
    due: date
    done: bool


class HuddleFacts(msgspec.Struct, frozen=True):
    """What the sheet tells."""

    place: str
    zone: str
    since: date
    when: datetime
    signals: tuple[tuple[str, str], ...]
    """Measure, and what stands out."""
    more_signals: int
    charts: int
    """Measures of the place, or of all places, that are charted."""
    question: str
    """What to go and see; empty when nothing waits."""
    alert: Uid
    """Where the question comes from; empty when it comes from a blind spot."""
    quotes: tuple[Said, ...]
    running_out: tuple[tuple[str, datetime], ...]
    """Number, and until when the customer is to be told."""
    more_running_out: bool
    changed: tuple[Changed, ...]
    more_changed: int


def huddle_facts(desk: Desk, place: Uid, *, since: date | None = None) -> HuddleFacts:
    """What there is to talk about at a place and below it.

    Args:
        desk: where the records are.
        place: uid.
        since: day of the last huddle; a week ago when left out.

    Raises:
        Refusal: the place is unknown, or the last huddle lies ahead.
    """
    now = desk.clock()
    with desk.reader() as reader:
        where = known(reader, Place, place)
        zone = ZoneInfo(where.zone)
        day = since or (now - SINCE).astimezone(zone).date()
        if day > now.astimezone(zone).date():
            raise Refusal("work.huddle_ahead", day=day.isoformat())
        near = set(places_below(reader, (place,)))
        quotes = tuple(_quotes(reader, place, now))
        clocks = huddle_lines.running_out(reader, place, now + SOON, CLOCKS + 1)
        changed = [
            _changed(reader, each)
            for each in huddle_lines.moved_actions(reader, place, datetime.combine(day, time(), zone))
        ]
        charts = sum(each.place is None or each.place in near for each in measures(reader))
        alert = next((each for each in offered(reader, place) if each.state is AlertState.WAITING), None)
    signals = [each for each in open_signals(desk) if each.place_uid is None or each.place_uid in near]
    return HuddleFacts(
        place=where.name,
        zone=where.zone,
        since=day,
        when=now,
        signals=tuple((each.title, each.words) for each in signals[:SIGNALS]),
        more_signals=max(0, len(signals) - SIGNALS),
        charts=charts,
        question=alert.question if alert is not None else _blind_question(desk, place),
        alert=alert.uid if alert is not None else "",
        quotes=quotes,
        running_out=tuple((each.number, each.due_at) for each in clocks[:CLOCKS] if each.due_at is not None),
        more_running_out=len(clocks) > CLOCKS,
        changed=tuple(changed[:ACTIONS]),
        more_changed=max(0, len(changed) - ACTIONS),
    )


def huddle_sheet(desk: Desk, place: Uid, out: Path, *, since: date | None = None) -> Rendered:
    """Write the huddle sheet of a place as one page of PDF.

    Raises:
        Refusal: as `huddle_facts`.
        Trouble: the file cannot be written.
    """
    facts = huddle_facts(desk, place, since=since)
    sheet = SheetFacts(
        title=text("Huddle"),
        kind_title=text("Huddle sheet"),
        place=shortened(facts.place, "title"),
        when=facts.when,
        zone=facts.zone,
        parts=tuple(_parts(facts)),
        one_page=True,
    )
    return render(sheet, out, language=wording.language())


def shortened(words: str, what: str) -> str:
    """Words in one line, cut at a blank where they are too long for the sheet, with dots that say so."""
    plain = " ".join(words.split())
    most = _LONGEST[what]
    if len(plain) <= most:
        return plain
    cut = plain[: most - 2]
    blank = cut.rfind(" ")
    return f"{cut[:blank] if blank > most // 2 else cut} …"


def _parts(facts: HuddleFacts) -> Iterator[Part]:
    yield Heading(text("Go and see"))
    question = shortened(facts.question, "line") or text("Nothing waits to be gone to and seen.")
    yield Notice((question,), "good" if facts.question else "plain")
    yield Heading(text("What stands out"))
    lines = [shortened(f"{title}: {words}", "line") for title, words in facts.signals]
    if facts.more_signals:
        lines.append(text("and {n} more …", n=facts.more_signals))
    if lines:
        yield Notice(tuple(lines), "poor")
    else:
        yield Words(_nothing_stands_out(facts.charts), "quiet")
    yield Heading(text("What customers say"))
    if facts.quotes:
        yield Quotes(tuple((f"“{shortened(one.words, 'quote')}”", one.whose) for one in facts.quotes))
    else:
        yield Words(text("Nobody who spoke here lately allows to be quoted."), "quiet")
    yield from _clock_parts(facts)
    yield Heading(text("You said, we did (since {day})", day=facts.since.isoformat()))
    if facts.changed:
        yield _changed_table(facts)
    else:
        yield Words(text("Nothing was promised or done here since then."), "quiet")


def _clock_parts(facts: HuddleFacts) -> Iterator[Part]:
    yield Heading(text("Who waits for an answer"))
    if not facts.running_out:
        yield Words(text("No clock runs out within a day."), "quiet")
        return
    zone = ZoneInfo(facts.zone)
    lines = [
        text("{number}: until {moment}", number=number, moment=f"{until.astimezone(zone):%Y-%m-%d %H:%M}")
        + (f" – {text('run out')}" if until <= facts.when else "")
        for number, until in facts.running_out
    ]
    if facts.more_running_out:
        lines.append(text("and more …"))
    yield Words(" · ".join(lines))


def _changed_table(facts: HuddleFacts) -> Table:
    rows = tuple(
        (
            shortened(one.said, "said"),
            shortened(one.did, "did"),
            shortened(one.owner, "owner"),
            Cell(text("Done"), "good") if one.done else Cell(text("by {day}", day=one.due.isoformat()), "plain"),
        )
        for one in facts.changed
    )
    note = text("and {n} more …", n=facts.more_changed) if facts.more_changed else ""
    titles = (text("You said"), text("We do"), text("Who"), text("State"))
    return Table(titles, rows, (48.0, 0.0, 25.0, 29.0), note=note)


def _quotes(reader: Reader, place: Uid, now: datetime) -> Iterator[Said]:
    """Two or three that say different things: the worst first, those that somebody has looked through before others."""
    heard = huddle_lines.spoken_lately(reader, place, now - _HEARD, _LOOKED_THROUGH)
    allowed = [each for each in heard if each.consent in {Consent.QUOTABLE, Consent.INTERNAL}]
    quoting = Quoting(reader)
    titles = {facet: vocabularies.titles(reader, facet) for facet in (Facet.CHANNEL, Facet.STEP)}
    steps: set[str] = set()
    for each in sorted(allowed, key=_first):
        quote = quoting.quote(each)
        if quote.why_not is not None or (each.step and each.step in steps):
            continue
        steps.add(each.step)
        yield Said(each.uid, quote.words, _whose(each, titles), quote.is_checked)
        if len(steps) == QUOTES:
            return


def _first(complaint: Complaint) -> tuple[bool, int, float]:
    return (
        complaint.redaction != "checked",
        -SEVERITIES.index(complaint.severity.value),
        -complaint.received_at.timestamp(),
    )


def _whose(complaint: Complaint, titles: Mapping[Facet, Mapping[str, str]]) -> str:
    """Channel, step and month, which together tell of nobody."""
    channel = titles[Facet.CHANNEL].get(complaint.channel, complaint.channel)
    step = titles[Facet.STEP].get(complaint.step, complaint.step)
    return " · ".join(part for part in (channel, step, f"{complaint.received_at:%Y-%m}") if part)


def _changed(reader: Reader, action: Action) -> Changed:
    finding = reader.get(Finding, action.finding) if action.finding else None
    analysis = reader.get(CauseAnalysis, action.analysis) if action.analysis else None
    said = finding.text if finding is not None else analysis.problem if analysis is not None else ""
    done = action.state is ActionState.DONE
    did = f"{action.text} – {action.proof}" if done and action.proof else action.text
    return Changed(action.uid, said, did, action.owner, action.due, done)


def _blind_question(desk: Desk, place: Uid) -> str:
    """What customers complain of here that no walk looked at, as a question."""
    matrix = blind_spots(desk, place=place)
    spot = next(iter(matrix.blind()), None)
    if spot is None:
        return ""
    return text("Watch {step}: what makes it hard for the customer?", step=dict(matrix.rows)[spot.code])


def _nothing_stands_out(charts: int) -> str:
    if not charts:
        return text("No measure is charted here, so nobody can say whether anything stands out.")
    return plural("No alert is open; {n} measure is charted.", "No alert is open; {n} measures are charted.", charts)
