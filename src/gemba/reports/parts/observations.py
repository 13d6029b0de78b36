"""What was seen and heard, stop after stop: what is worth keeping first; seen, told and said never look alike.

What was seen is plain text. What staff told stands in quotation marks beside a grey bar; what a customer said stands in
quotation marks on a ground of its own with a bar in colour. So they are told apart on a grey printer, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gemba.reports.facts import AssessmentFacts, ObservationFacts, StopFacts
from gemba.reports.paper.blocks import Block, Rule, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Panel
from gemba.reports.paper.look import ACCENT, ACCENT_SOFT, BODY, EDGE, LABEL, LINE, QUIET, SUBHEADING, in_colour
from gemba.reports.parts.compositor import Compositor
from gemba.wording import plural, text

_SIDE = 38.0
"""Millimetres of the column that says where it is known from."""


def observations(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """All stops with what was noted there; nothing where the walk followed no route and nothing was noted."""
    if not facts.stops:
        return
    yield hand.heading(text("What was seen and heard"), "observations")
    told = " · ".join(part for part in (facts.route, _counts(facts)) if part)
    if told:
        lead = hand.text(told, QUIET, gap=0.8)
        lead.keep_next = True
        yield lead
    for stop in facts.stops:
        yield from _stop(stop, hand, alone=len(facts.stops) == 1)


def _counts(facts: AssessmentFacts) -> str:
    every = [one for stop in facts.stops for one in stop.observations]
    sorts = Counter(one.sort for one in every)
    parts = (
        text("{n} seen", n=sorts["seen"]) if sorts["seen"] else "",
        text("{n} told by staff", n=sorts["staff"]) if sorts["staff"] else "",
        text("{n} said by customers", n=sorts["customer"]) if sorts["customer"] else "",
        text("{n} worth keeping", n=sum(one.is_positive for one in every)) if every else "",
    )
    return ", ".join(part for part in parts if part)


def _stop(stop: StopFacts, hand: Compositor, *, alone: bool) -> Iterator[Block]:
    rule = Rule(EDGE, gap=4.0, thick=0.3)
    rule.keep_next = True
    if stop.title or not alone:
        yield rule
        yield _title(stop, hand)
    if stop.look_for:
        look = hand.prose(stop.look_for, QUIET, gap=0.4)
        look.keep_next = bool(stop.observations)
        yield look
    if not stop.observations:
        yield hand.text(text("Nothing was noted here."), in_colour(BODY, QUIET.colour), gap=1.2)
    for place, one in enumerate(stop.observations):
        if place:
            yield Rule(LINE, gap=2.0)
        yield _observation(one, hand)


def _title(stop: StopFacts, hand: Compositor) -> Block:
    shown = f"{stop.number}  {stop.title}" if stop.number else text("Between the stops")
    title = hand.text(shown, SUBHEADING)
    title.outlined(stop.title or shown, f"stop {stop.number}", 1)
    minutes = plural("{n} minute planned", "{n} minutes planned", stop.minutes) if stop.minutes else ""
    row = Columns([title, hand.figure(minutes, QUIET)], [0, 40], gap=1.6)
    row.keep_next = True
    return row


def _observation(one: ObservationFacts, hand: Compositor) -> Block:
    side: list[Block] = [hand.text(one.sort_title, LABEL)]
    if one.is_positive:
        side.append(hand.pill(text("Worth keeping"), "good", gap=0.8))
    words = [_words(one, hand)] if one.text else []
    for label, value in (
        (text("Asked to look at"), one.asked),
        (text("Asked"), one.question),
        (text("Answered"), one.answer),
        (text("To try next"), one.coaching),
    ):
        if value:
            words += [hand.label(label, gap=1.4), hand.prose(value, gap=0.2)]
    if one.about:
        words.append(hand.text(one.about, QUIET, gap=1.0))
    return Columns([Stack(side), Stack(words)], [_SIDE, 0], gutter=4.0, gap=2.0, together=True)


def _words(one: ObservationFacts, hand: Compositor) -> Block:
    if one.sort == "seen":
        return hand.prose(one.text)
    said = hand.prose(text("“{words}”", words=one.text))
    if one.sort == "staff":
        return Panel(said, padding=1.6, bar=EDGE)
    return Panel(said, padding=2.2, bar=ACCENT, ground=ACCENT_SOFT)
