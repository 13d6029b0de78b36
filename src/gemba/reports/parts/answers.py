"""What was answered, section by section, small."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from gemba.reports.facts import AssessmentFacts, LineFacts, SectionFacts
from gemba.reports.paper.blocks import Block, Stack
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Row, Table
from gemba.reports.paper.look import ASIDE, LINE, QUIET, RAISED, SMALL, SMALL_STRONG, TONES, in_colour
from gemba.reports.paper.pictures import in_rows
from gemba.reports.parts.compositor import Compositor
from gemba.reports.typeset.pieces import Span
from gemba.wording import text

_SHARES = (0.0, 52.0, 17.0)
_TALL = 34.0


def answers(facts: AssessmentFacts, hand: Compositor) -> Iterator[Block]:
    """A table for each section, with notes and photos under their question."""
    filled = [section for section in facts.sections if section.lines]
    if not filled:
        return
    yield hand.heading(text("Answers"), "answers")
    for position, section in enumerate(filled):
        head = _head(section, f"answers {position}", hand)
        yield Table(head, [_row(line, hand) for line in section.lines], gap=2.0 if position == 0 else 4.0)


def _head(section: SectionFacts, key: str, hand: Compositor) -> Block:
    answered = text("{answered} of {questions} answered", answered=section.answered, questions=section.questions)
    percent = "" if section.percent is None else hand.notation.percent(section.percent)
    title = hand.text(shorten(section.title, 200, placeholder=" …"), SMALL_STRONG)
    title.outlined(section.title, key, 1)
    cells: list[Block] = [title, hand.text(answered, QUIET), hand.figure(percent, SMALL_STRONG)]
    return Row(Columns(cells, _SHARES), ground=RAISED, rule=LINE)


def _row(line: LineFacts, hand: Compositor) -> Block:
    spans = [Span(line.question, SMALL)]
    if line.critical:
        mark = text("critical – failed") if line.failed else text("critical")
        spans.append(
            Span(
                "  " + mark.replace(" ", "\u00a0"),
                in_colour(SMALL_STRONG, TONES["poor" if line.failed else "plain"][0]),
            )
        )
    answer = hand.text(line.answer, SMALL_STRONG) if line.answer else hand.text(text("not answered"), ASIDE)
    cells = Columns([hand.spans(spans), answer, hand.figure(hand.notation.alone(line.score_text), QUIET)], _SHARES)
    under: list[Block] = [cells]
    if line.note:
        under.append(hand.prose(line.note, ASIDE, gap=0.8))
    under += in_rows([hand.picture(photo, _TALL) for photo in line.photos], 4, Stack([]), gap=1.6)
    return Row(Stack(under), air=1.1, rule=LINE)
