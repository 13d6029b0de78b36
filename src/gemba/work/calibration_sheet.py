"""A calibration session as a page: agreement before and after, raters, hard cases, anchors, what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gemba import wording
from gemba.domain.goals import Goal
from gemba.domain.record import Uid
from gemba.reports.facts import Rendered
from gemba.reports.sheet import render
from gemba.reports.sheet_facts import Cell, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.wording import text
from gemba.work.calibration_facts import RoundFacts, SessionFacts, facts_of
from gemba.work.calibration_words import (
    alpha_words,
    change_words,
    level_title,
    progress_words,
    rater_words,
    round_words,
    state_title,
)
from gemba.work.desk import Desk


def calibration_pdf(desk: Desk, session: Uid, out: Path) -> Rendered:
    """Write the page; of an open round it tells what the person at the desk may see.

    Raises:
        Refusal: there is no such session.
        Trouble: the file cannot be written.
    """
    with desk.reader() as reader:
        facts = facts_of(reader, session, desk.person.uid)
        goal = reader.get(Goal, facts.session.goal) if facts.session.goal is not None else None
    about = facts.session
    sheet = SheetFacts(
        number=about.number,
        title=about.title,
        kind_title=text("Calibration session"),
        place=goal.title if goal is not None else "",
        person=desk.person.name,
        when=about.closed_at or about.begun_at,
        zone=desk.zone,
        parts=tuple(_parts(facts)),
    )
    return render(sheet, out, language=wording.language())


def _parts(facts: SessionFacts) -> Iterator[Part]:
    closed = [one for one in facts.rounds if one.is_closed]
    yield Words(state_title(facts.session.state), "quiet")
    if closed:
        yield Figures(
            (
                (str(len(facts.cases)), text("cases")),
                *((alpha_words(one), text("alpha, round {n}", n=one.round)) for one in closed),
            )
        )
    if change_words(facts):
        yield Notice((change_words(facts),), "plain")
    if facts.progress:
        yield Words(progress_words(facts), "quiet")
    for one in facts.rounds:
        yield from _round(one)
    yield from _cases(facts)
    yield from _anchors(facts)
    if facts.session.learned:
        yield Heading(text("What was learned"))
        yield Words(facts.session.learned)


def _round(one: RoundFacts) -> Iterator[Part]:
    yield Heading(text("Round {n}", n=one.round))
    for words in round_words(one):
        yield Words(words)
    if one.raters:
        yield Table(
            (text("Rater"), text("Cases"), text("Right by the standard (95 %)")),
            tuple((each.name, str(each.rated), rater_words(each)) for each in one.raters),
            (0, 20, 80),
            numbers=(1,),
            note=text("Good from 90 % right, marginal from 80 %: bands quoted from memory of the manual."),
        )


def _cases(facts: SessionFacts) -> Iterator[Part]:
    yield Heading(text("Cases"))
    rows = [
        (
            code,
            said,
            level_title(facts.session.standards[code]) if code in facts.session.standards else "–",
            *(_levels(one, code) for one in facts.rounds),
            Cell(text("differs"), "fair") if code in facts.hardest else "",
        )
        for code, said in facts.cases.items()
    ]
    titles = [text("Case"), text("What is judged"), text("Standard")]
    titles += [text("Round {n}", n=one.round) for one in facts.rounds]
    shares = (18.0, 0.0, 20.0, *(30.0 for _ in facts.rounds), 22.0)
    yield Table((*titles, ""), tuple(rows), shares)


def _levels(one: RoundFacts, code: str) -> str:
    """Each level with how many gave it."""
    given = list(one.levels[code].values())
    return ", ".join(f"{level_title(level)} {given.count(level)}" for level in sorted(set(given)))


def _anchors(facts: SessionFacts) -> Iterator[Part]:
    before, after = facts.session.anchors, facts.session.anchors_after
    if not (before or after):
        return
    yield Heading(text("Anchors"))
    rows = [(level_title(level), before.get(level, "–"), after.get(level, "–")) for level in facts.session.levels]
    yield Table((text("Level"), text("Before"), text("After")), tuple(rows), (28.0, 70.0, 0.0))
