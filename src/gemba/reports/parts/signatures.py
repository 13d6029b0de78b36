"""Room for two signatures, and where the report comes from."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from gemba.reports.facts import AssessmentFacts
from gemba.reports.paper.blocks import Block, Rule, Space, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.look import EDGE, QUIET, STRONG, SUBHEADING
from gemba.reports.parts.compositor import Compositor
from gemba.wording import text


def signatures(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """Auditor and site manager: name, date, line."""
    both = Columns(
        [
            _signature(text("Auditor"), shorten(facts.person, 160, placeholder=" …"), hand),
            _signature(text("Site manager"), "", hand),
        ],
        [0, 0],
        gutter=14.0,
    )
    note = hand.text(text("A signature says that the findings were gone through together on site."), QUIET, gap=1.5)
    heading = hand.heading(text("Signatures"), "signatures")
    block = Stack([heading, note, Space(3.0), both], gap=heading.gap, together=True)
    origin = _origin(facts, hand)
    block.keep_next = bool(origin)
    yield block
    yield from origin


def _signature(role: str, name: str, hand: Compositor) -> Block:
    lines = [hand.text(role, SUBHEADING)]
    return Stack(
        [
            *lines,
            *_line(text("Name"), name, hand),
            *_line(text("Date"), "", hand),
            *_line(text("Signature"), "", hand, 13),
        ]
    )


def _line(label: str, value: str, hand: Compositor, room: float = 8.0) -> Iterator[Block]:
    """A line to write on, what it is for beneath."""
    value_block = hand.figure(value, STRONG, align="start")
    yield Space(max(2.0, room - value_block.height(60.0)))
    yield value_block
    yield Rule(EDGE, gap=0.8)
    yield hand.text(label, QUIET, gap=0.6)


def _origin(facts: AssessmentFacts, hand: Compositor) -> list[Block]:
    """What was judged by, so that a reader can find the same template again."""
    if not facts.content_hash:
        return []
    alone = hand.notation.alone
    named = " · ".join(alone(part) for part in (facts.template_title, facts.template_version) if part)
    content = hand.text(text("SHA-256 of its content: {hash}", hash=alone(facts.content_hash)), QUIET, gap=0.4)
    blocks = [hand.label(text("Template that was used")), hand.text(named, QUIET, gap=0.4), content]
    return [Stack(blocks, gap=9.0, together=True)]
