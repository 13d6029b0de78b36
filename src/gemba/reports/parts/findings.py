"""Critical items apart, then each finding with its photos beside the text."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.facts import AssessmentFacts, FindingFacts
from gemba.reports.paper.blocks import Block, Rule, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel
from gemba.reports.paper.look import BODY, EDGE, QUIET, STRONG, SUBHEADING, TONES, WIDTH, in_colour
from gemba.reports.paper.pictures import in_rows
from gemba.reports.parts.compositor import Compositor
from gemba.reports.typeset.lines import Span
from gemba.wording import plural, text

_BESIDE = 72.0
"""Width of the photos that stand beside a finding's text."""
_TALL, _SMALL_TALL = 74.0, 46.0
"""How high a photo may be beside the text, and in the rows below."""


def critical_items(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """The critical questions that failed, where nobody overlooks them."""
    if not facts.critical:
        return
    ink = TONES["poor"][0]
    title = plural("Critical item that failed", "Critical items that failed", len(facts.critical))
    yield hand.heading(title, "critical", level=1)
    rows: list[Block] = [
        Columns([hand.figure(f"{number}", in_colour(STRONG, ink)), hand.text(item, STRONG)], [7, 0], gap=1.6)
        for number, item in enumerate(facts.critical, 1)
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
    words = Stack(_words(finding, hand))
    beside = _beside(finding, words)
    if beside:
        photos = Stack([hand.picture(photo, _TALL, gap=3.0) for photo in finding.photos[:beside]])
        yield Columns([words, photos], [0, _BESIDE], gutter=7.0, gap=2.0, loose=True)
    else:
        words.gap = 2.0
        yield words
    others = [hand.picture(photo, _SMALL_TALL) for photo in finding.photos[beside:]]
    yield from in_rows(others, 3, Stack([]))


def _title(finding: FindingFacts, hand: Compositor) -> Block:
    number = hand.figure(finding.number, SUBHEADING, align="start")
    number.outlined(f"{finding.number} · {finding.grade_title}", key(finding), 1)
    place = hand.figure(finding.place, QUIET)
    row = Columns([number, hand.pill(finding.grade_title, finding.tone), place], [34, 66, 0], gap=2.0)
    row.keep_next = True
    return row


def _words(finding: FindingFacts, hand: Compositor) -> Iterator[Block]:
    """What should be, what was found, what is done about it."""
    if finding.text:
        yield hand.text(finding.text, BODY)
    if finding.criterion:
        yield hand.label(text("Judged against"), gap=2.5)
        yield hand.text(finding.criterion, in_colour(BODY, QUIET.colour), gap=0.3)
    if finding.actions:
        yield hand.label(plural("Action", "Actions", len(finding.actions)), gap=2.5)
    for action in finding.actions:
        due = hand.notation.day(action.due)
        facts = [action.number, action.owner, text("due {day}", day=due), action.state]
        shown = " · ".join(hand.notation.alone(fact) for fact in facts if fact)
        yield hand.spans([Span(action.text, BODY)], gap=0.3)
        yield hand.text(shown, QUIET, gap=0.2)


def _beside(finding: FindingFacts, words: Block) -> int:
    """How many photos stand beside the text: as many as its height carries, at least one."""
    if not finding.photos:
        return 0
    carried = words.height(WIDTH - _BESIDE - 7.0) // (_BESIDE * 0.75 + 8.0)
    return min(len(finding.photos), max(1, min(3, int(carried))))
