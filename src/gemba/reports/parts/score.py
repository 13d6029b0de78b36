"""The score as a ring, and the score of each section as bars."""

# ruff: noqa: D102 - Block says what the methods of every block are for
from __future__ import annotations

from collections.abc import Iterator

from gemba.reports.facts import ScaleFacts, SectionFacts, Tone
from gemba.reports.paper.blocks import Block
from gemba.reports.paper.columns import Columns
from gemba.reports.paper.frames import Row, Table
from gemba.reports.paper.look import ACCENT, BODY, LABEL, LINE, QUIET_FIGURE, STRONG, TONES
from gemba.reports.paper.paragraph import Paragraph
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.compositor import Compositor, Marked
from gemba.wording import text

_TRACK = "#E4EAEB"
_STEPS = (0, 25, 50, 75, 100)
_SHARES = (58.0, 0.0, 20.0, 20.0)


class ScoreFigure(Block):
    """The score in the middle of a ring that is filled as far.

    Args:
        figure: the score as text, centred.
        score: 0 to 100; `None` leaves the ring empty.
        tone: colour of the ring.
    """

    _RADIUS = 17.5

    def __init__(self, figure: Paragraph, score: float | None, tone: Tone) -> None:
        self._figure = figure
        self._score = score
        self._colour = ACCENT if tone == "plain" else TONES[tone][0]

    def height(self, width: float) -> float:  # noqa: ARG002 - a ring of one size
        return 2 * self._RADIUS + 3.2

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        middle = y + self.height(width) / 2
        pen.ring(x + width / 2, middle, self._RADIUS, (self._score or 0) / 100, (self._colour, _TRACK))
        self._figure.draw(pen, x, middle - self._figure.height(width) / 2, width)


def section_scores(
    sections: tuple[SectionFacts, ...], hand: Compositor, scales: tuple[ScaleFacts, ...] = ()
) -> Iterator[Block]:
    """A bar for each section, on a scale from 0 to 100; below them one for each score that is kept apart."""
    if not any(section.percent is not None for section in sections):
        return
    yield hand.heading(text("Score by section"), "sections", level=1)
    labels = [hand.label(text("Section")), _Scale(hand), hand.label(text("Score"), align="end")]
    head = Row(Columns([*labels, hand.label(text("Points"), align="end")], _SHARES), air=1.2, rule=LINE)
    yield Table(head, [_bar(section, hand) for section in sections], gap=1.0)
    if scales:
        labels = [hand.label(text("Scored apart")), _Scale(hand), hand.label(text("Score"), align="end")]
        head = Row(Columns([*labels, hand.label("", align="end")], _SHARES), air=1.2, rule=LINE)
        yield Table(head, [_scale_bar(scale, hand) for scale in scales], gap=1.0)


def _bar(section: SectionFacts, hand: Compositor) -> Block:
    notation = hand.notation
    if section.percent is None:
        figures: list[Block] = [hand.figure("–", STRONG), hand.figure(text("not scored"), QUIET_FIGURE)]
    else:
        points = f"{notation.number(section.points)} / {notation.number(section.possible)}"
        percent = hand.figure(notation.percent(section.percent), STRONG)
        marked = percent if section.tone == "plain" else Marked(percent, section.tone, size=2.6, side="start")
        figures = [marked, hand.figure(notation.alone(points), QUIET_FIGURE)]
    title = hand.text(section.title, BODY)
    return Row(Columns([title, _Bar(section.percent, section.tone), *figures], _SHARES, together=True), air=0.9)


def _scale_bar(scale: ScaleFacts, hand: Compositor) -> Block:
    figures = [hand.figure(hand.notation.percent(scale.percent), STRONG), hand.figure("", QUIET_FIGURE)]
    title = hand.text(scale.title, BODY)
    return Row(Columns([title, _Bar(scale.percent, "plain"), *figures], _SHARES, together=True), air=0.9)


class _Bar(Block):
    """A level bar on a track with a line at each quarter."""

    _HIGH, _THICK = 4.8, 3.4

    def __init__(self, percent: float | None, tone: Tone) -> None:
        self._percent = percent
        self._colour = ACCENT if tone == "plain" else TONES[tone][0]

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        return self._HIGH

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        top = y + (self._HIGH - self._THICK) / 2
        if self._percent is None:
            pen.rule(x, y + self._HIGH / 2, width, LINE, thick=0.3)
            return
        pen.box(x, top, width, self._THICK, fill=_TRACK)
        for step in _STEPS[1:-1]:
            pen.box(x + width * step / 100 - 0.1, top, 0.2, self._THICK, fill="#FFFFFF")
        share = min(max(self._percent, 0.0), 100.0) / 100
        if share:
            pen.box(x, top, width * share, self._THICK, fill=self._colour)


class _Scale(Block):
    """The figures of the scale, each over its line."""

    def __init__(self, hand: Compositor) -> None:
        self._figures = [hand.figure(str(step), LABEL, align="centre") for step in _STEPS]

    def height(self, width: float) -> float:
        return self._figures[0].height(width)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for step, figure in zip(_STEPS, self._figures, strict=True):
            figure.draw(pen, x + width * step / 100 - 5, y, 10)
