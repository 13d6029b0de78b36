"""A pattern on one page: what it answers, when it fits, how it is done, what proves it, and how it did elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from gemba import wording
from gemba.domain.record import Uid
from gemba.domain.transfer_states import Track, TransferState
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.effect_words import result_title
from gemba.work.escalation_log_sheet import shortened
from gemba.work.pattern_facts import Carried, PatternFacts, pattern_facts
from gemba.work.pattern_words import PAPER_TONES, state_words, track_words

_FIRST = (
    *(TransferState.HOLDS, TransferState.REGRESSED, TransferState.LIVE),
    *(TransferState.STOPPED, TransferState.ADAPTING, TransferState.PROPOSED),
)
_LONGEST, _STEPS, _PLACES = 420, 9, 6
"""Letters of a text, steps and transfers that one page carries."""


def pattern_pdf(desk: Desk, pattern: Uid, out: Path) -> Rendered:
    """Write a pattern as one page of PDF.

    Raises:
        Refusal: the pattern is unknown.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        facts = pattern_facts(reader, pattern)
    return render(sheet_of(facts, desk.clock(), desk.zone), out, language=wording.language())


def sheet_of(facts: PatternFacts, when: datetime, zone: str = "UTC") -> SheetFacts:
    """The document's facts."""
    return SheetFacts(
        number=facts.pattern.number,
        title=facts.pattern.title,
        kind_title=text("Playbook pattern"),
        place=facts.place,
        when=when,
        zone=zone,
        parts=tuple(_parts(facts)),
        one_page=True,
    )


def _parts(facts: PatternFacts) -> Iterator[Part]:
    one = facts.pattern
    if one.retired:
        yield Notice((text("This pattern is retired."),), "fair")
    if facts.warning:
        yield Notice((facts.warning,), "poor")
    yield Heading(text("What it answers"))
    yield Words(shortened(one.problem, _LONGEST))
    yield Facts(tuple(_rows(facts)))
    yield Heading(text("What is done"))
    steps = [line.strip() for line in one.how.splitlines() if line.strip()]
    for at, line in enumerate(steps[:_STEPS], 1):
        yield Words(f"{at}.  {shortened(line, _LONGEST)}")
    if len(steps) > _STEPS:
        yield Words(text("and {n} more …", n=len(steps) - _STEPS), "quiet")
    yield Heading(text("What proves it"))
    yield Words(shortened(one.proof, _LONGEST))
    yield from _proofs(facts)
    yield Heading(text("How it did elsewhere"))
    yield Words(track_words(facts.track), "quiet" if not facts.carried else "body")
    if facts.carried:
        yield _figures(facts.track)
        yield _places(facts.carried)


def _rows(facts: PatternFacts) -> Iterator[tuple[str, str]]:
    one = facts.pattern
    for title, said in (
        (text("Step and cause"), " · ".join(part for part in (facts.step, facts.cause) if part)),
        (text("Conditions"), one.context),
        (text("People must be able to"), one.capability),
        (text("Must be known or measured"), one.data),
        (text("Who answers questions"), one.owner),
    ):
        if said:
            yield title, shortened(said, _LONGEST)


def _proofs(facts: PatternFacts) -> Iterator[Part]:
    for proof in facts.proofs[:_STEPS]:
        said = shortened(proof.title, 140)
        yield Words(f"–  {said}" if proof.stands else text("–  {record} (no proof any more)", record=said), "small")


def _figures(track: Track) -> Figures:
    return Figures(
        (
            (text("{n} of {known}", n=track.holds, known=track.known), text("hold after 90 days")),
            (str(track.live), text("live, too early to tell")),
            (str(track.underway), text("not live yet")),
            (str(track.stopped), text("stopped")),
        )
    )


def _places(carried: tuple[Carried, ...]) -> Table:
    """Those of which the outcome is known first: they are what somebody decides by."""
    carried = tuple(sorted(carried, key=lambda one: _FIRST.index(one.state)))
    rows = tuple(
        (one.place, Cell(state_words(one.state), PAPER_TONES.get(one.state, "plain")), _looks(one), _otherwise(one))
        for one in carried[:_PLACES]
    )
    note = text("and {n} more …", n=len(carried) - _PLACES) if len(carried) > _PLACES else ""
    titles = (text("Place"), text("State"), text("Seen after"), text("What is done otherwise, and why"))
    return Table(titles, rows, (36.0, 34.0, 46.0, 0.0), note=note)


def _looks(one: Carried) -> str:
    return "\n".join(
        f"{check.days}: {result_title(check.result)}" for check in one.checks if check.looked_at is not None
    )


def _otherwise(one: Carried) -> str:
    stopped = one.transfer.stopped_because
    return shortened(text("Stopped: {why}", why=stopped) if stopped else one.transfer.adapted, 150)
