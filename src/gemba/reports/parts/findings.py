"""Critical items apart, then each finding with its photos beside the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from gemba.reports.facts import AssessmentFacts, FindingFacts, PhotoFacts
from gemba.reports.paper import jpeg
from gemba.reports.paper.blocks import Block, Rule, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel
from gemba.reports.paper.look import BODY, EDGE, QUIET, SMALL, STRONG, SUBHEADING, TONES, WIDTH, in_colour
from gemba.reports.paper.pictures import in_rows
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.pairs import pairs
from gemba.wording import plural, text

_BESIDE, _BESIDE_UPRIGHT, _GUTTER = 72.0, 52.0, 7.0
"""Width of the photos that stand beside a finding's text, and the space between."""
_TALL, _SMALL_TALL = 70.0, 46.0
"""How high a photo may be beside the text, and in the rows below."""


def critical_items(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """The critical questions that failed, where nobody overlooks them."""
    if not facts.critical:
        return
    ink = TONES["poor"][0]
    title = plural("Critical item that failed", "Critical items that failed", len(facts.critical))
    yield hand.heading(title, "critical", level=1)
    count = in_colour(STRONG, ink)
    rows: list[Block] = [
        Columns([hand.figure(f"{n}", count, align="start"), hand.text(item, STRONG)], [5, 0], gutter=1.0, gap=1.6)
        for n, item in enumerate(facts.critical, 1)
    ]
    yield Panel(Stack(rows), padding=4.0, ground=TONES["poor"][1], bar=ink, gap=2.0)


def findings(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """All findings, or a word that there are none."""
    yield hand.heading(text("Findings"), "findings")
    if not facts.findings:
        yield hand.text(text("No findings were raised."), in_colour(BODY, QUIET.colour), gap=1.5)
    for position, finding in enumerate(facts.findings):
        yield from _finding(finding, hand, first=position == 0)


def key(finding: FindingFacts) -> str:
    """Where links to a finding lead."""
    return f"finding {finding.number}"


def _finding(finding: FindingFacts, hand: Compositor, *, first: bool) -> Iterator[Block]:
    rule = Rule(EDGE, gap=2.5 if first else 6.0, thick=0.3)
    rule.keep_next = True
    yield rule
    yield _title(finding, hand)
    words = [*_words(finding, hand)]
    if not finding.photos:
        yield Stack(words, gap=2.0, together=True)
        yield from _pairs(finding, hand)
        return
    beside, under, below = _shared_out(finding.photos, Stack(words), hand)
    words += in_rows(under, 2, Stack([]))
    wide = _column(finding.photos[0])
    yield Columns([Stack(words), Stack(beside)], [0, wide], gutter=_GUTTER, gap=2.0, loose=True, together=True)
    yield from in_rows(below, 3, Stack([]))
    yield from _pairs(finding, hand)


def _pairs(finding: FindingFacts, hand: Compositor) -> Iterator[Block]:
    """The photos of before and after, by action."""
    alone = hand.notation.alone
    for action in finding.actions:
        if action.pairs:
            numbers = {"finding": alone(finding.number), "action": alone(action.number)}
            yield hand.label(text("{finding}: before and after {action}", **numbers), gap=3.0)
            yield from pairs(action.pairs, hand)
        if action.files:
            names = ", ".join(alone(name) for name in action.files)
            said = text("{action}: files that show it: {names}", action=alone(action.number), names=names)
            yield hand.text(said, SMALL, gap=2.0)


def _title(finding: FindingFacts, hand: Compositor) -> Block:
    number = hand.figure(finding.number, SUBHEADING, align="start")
    number.outlined(f"{finding.number} · {finding.grade_title}", key(finding), 1)
    place = hand.figure(shorten(finding.place, 120, placeholder=" …"), QUIET)
    row = Columns(
        [number, hand.pill(shorten(finding.grade_title, 120, placeholder=" …"), finding.tone), place],
        [34, 66, 0],
        gap=2.0,
    )
    row.keep_next = True
    return row


def _words(finding: FindingFacts, hand: Compositor) -> Iterator[Block]:
    """What should be, what was found, what is done about it."""
    if finding.text:
        yield hand.prose(finding.text)
    if finding.criterion:
        yield hand.label(text("Judged against"), gap=2.5)
        yield hand.prose(finding.criterion, in_colour(BODY, QUIET.colour), gap=0.3)
    yield from _contained(finding, hand)
    if finding.elsewhere:
        yield hand.label(text("Similar elsewhere?"), gap=2.5)
        yield hand.prose(finding.elsewhere, gap=0.3)
    if finding.actions:
        yield hand.label(plural("Action", "Actions", len(finding.actions)), gap=2.5)
    for action in finding.actions:
        due = hand.notation.day(action.due)
        facts = [action.number, action.owner, text("due {day}", day=due), action.state]
        shown = " · ".join(hand.notation.alone(fact) for fact in facts if fact)
        yield Stack([hand.prose(action.text), hand.text(shown, QUIET, gap=0.2)], gap=1.0, together=True)


def _contained(finding: FindingFacts, hand: Compositor) -> Iterator[Block]:
    """What was done at once, and when; of a major finding that is open also that nobody has said."""
    if finding.lacks_containment:
        yield hand.pill(text("Not contained"), "poor", gap=2.5)
    if not finding.contained:
        return
    when = hand.notation.moment(finding.contained_at) if finding.contained_at is not None else ""
    yield hand.label(text("Done at once · {when}", when=when) if when else text("Done at once"), gap=2.5)
    yield hand.prose(finding.contained, gap=0.3)


def _shared_out(photos: Sequence[PhotoFacts], words: Block, hand: Compositor) -> tuple[list[Block], ...]:
    """Photos beside the text, as many as its height carries; small ones under a short text; the rest below."""
    wide = _column(photos[0])
    high = words.height(WIDTH - wide - _GUTTER)
    beside: list[Block] = []
    while len(beside) < len(photos) and (not beside or Stack(beside).height(wide) + 30 < high):
        beside.append(hand.picture(photos[len(beside)], _TALL, gap=3.0))
    rest = photos[len(beside) :]
    free = Stack(beside).height(wide) + 12.0 - high
    under = [hand.picture(photo, min(_SMALL_TALL, free - 9.0)) for photo in rest[:2]] if free > 40.0 else []
    return beside, [*under], [hand.picture(photo, _SMALL_TALL) for photo in rest[len(under) :]]


def _column(photo: PhotoFacts) -> float:
    """Width of the photos beside the text: narrower for a photo that stands upright."""
    width, height = jpeg.size(photo.jpeg)
    return _BESIDE if width >= height else _BESIDE_UPRIGHT
