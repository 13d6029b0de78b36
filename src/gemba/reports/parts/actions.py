"""All actions in one table, the first due first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gemba.reports.facts import ActionFacts, AssessmentFacts, FindingFacts
from gemba.reports.paper.blocks import Block, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Row, Table
from gemba.reports.paper.look import ACCENT, LINE, RAISED, SMALL, SMALL_STRONG, TONES, in_colour
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.findings import key
from gemba.wording import text

_SHARES = (27.0, 0.0, 33.0, 19.0, 20.0)


def actions(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """Number over its finding's, what, who, until when, state."""
    known = [(action, finding) for finding in facts.findings for action in finding.actions]
    if not known:
        return
    yield hand.heading(text("Actions"), "actions")
    titles = (text("Number"), text("Action"), text("Owner"), text("Due"), text("State"))
    head = Row(Columns([hand.label(title) for title in titles], _SHARES, gutter=3.0), ground=RAISED, rule=LINE)
    known.sort(key=lambda pair: (pair[0].due or date.max, pair[0].number))
    yield Table(head, [_row(action, finding, hand) for action, finding in known], gap=2.0)


def _row(action: ActionFacts, finding: FindingFacts, hand: Compositor) -> Block:
    number = hand.figure(action.number, SMALL_STRONG, align="start")
    cells: list[Block] = [
        Stack([number, hand.figure(finding.number, in_colour(SMALL, ACCENT), align="start").linked(key(finding))]),
        hand.text(action.text, SMALL),
        hand.text(action.owner, SMALL),
        hand.figure(hand.notation.day(action.due), SMALL, align="start"),
        hand.text(action.state, in_colour(SMALL, TONES[action.tone][0])),
    ]
    return Row(Columns(cells, _SHARES, gutter=3.0), rule=LINE)
