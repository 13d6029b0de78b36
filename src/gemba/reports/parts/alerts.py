"""What the walk was asked to go and see, and what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.facts import AssessmentFacts
from gemba.reports.paper.blocks import Block, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Row
from gemba.reports.paper.look import LINE, STRONG
from gemba.reports.parts.compositor import Compositor
from gemba.wording import text


def alerts(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """Each question with its answer; nothing when the walk carried none."""
    if not facts.alerts:
        return
    yield hand.heading(text("Go and see"), "alerts")
    for alert in facts.alerts:
        words: list[Block] = [hand.prose(alert.question, STRONG)]
        if alert.seen:
            words.append(hand.prose(alert.seen, gap=0.6))
        yield Row(Columns([Stack(words), hand.pill(alert.state, alert.tone)], [0, 38], together=True), rule=LINE)
