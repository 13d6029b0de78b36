"""What stands around the text of every page: running head, foot, and the word that it is a draft."""

from __future__ import annotations

from gemba.reports.facts import AssessmentFacts
from gemba.reports.paper.look import BOTTOM, GHOST, LINE, PAGE_HEIGHT, PAGE_WIDTH, QUIET, SIDE, TONES, WIDTH, in_colour
from gemba.reports.paper.paragraph import Paragraph
from gemba.reports.paper.pen import Pen
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.shortening import shortened
from gemba.reports.typeset.cleaning import clean
from gemba.reports.typeset.lines import Setter
from gemba.reports.typeset.pieces import Span, Style
from gemba.wording import text

_HEAD, _FOOT = 12.0, PAGE_HEIGHT - BOTTOM + 6.0


class Surround:
    """Head and foot of one report.

    Args:
        facts: of the report.
        hand: sets its texts.
        before: pages that stand before it in a binder; `None` when it stands alone.
    """

    def __init__(self, facts: AssessmentFacts, hand: Compositor, before: int | None = None) -> None:
        self._before = before
        alone = hand.notation.alone
        self._hand = hand
        self._head = _one_line(f"{alone(facts.number)} · {alone(facts.title)}", hand, 110.0)
        self._place = hand.figure(shortened(facts.place, hand, 58.0, QUIET), QUIET)
        self._mark = _one_line(_origin(facts, hand), hand, 120.0)
        self._draft = text("Draft – not concluded, it may still change") if facts.draft else ""
        self._ghost = text("DRAFT") if facts.draft else ""

    def __call__(self, pen: Pen, number: int, total: int) -> None:
        """Draw around page `number` of `total`."""
        if self._draft:
            self._draw_draft(pen)
        if number > 1:
            self._head.draw(pen, SIDE, _HEAD, WIDTH)
            self._place.draw(pen, SIDE + WIDTH - 60, _HEAD, 60)
            pen.rule(SIDE, _HEAD + 5.4, WIDTH, LINE)
        pen.rule(SIDE, _FOOT - 2.0, WIDTH, LINE)
        self._mark.draw(pen, SIDE, _FOOT, WIDTH)
        page = text("Page {page} of {pages}", page=number, pages=total)
        if self._before is not None:
            page += " · " + text("binder {page}", page=self._before + number)
        self._hand.figure(page, QUIET).draw(pen, SIDE, _FOOT, WIDTH)

    def _draw_draft(self, pen: Pen) -> None:
        ghost = Setter([Span(clean(self._ghost), Style(110, 110, "bold", GHOST))], self._hand.book, int(pen.rtl))
        pen.slanted(ghost.lines(400.0)[0], PAGE_WIDTH / 2, PAGE_HEIGHT / 2, 52)
        style = in_colour(Style(QUIET.size, QUIET.leading, "bold"), TONES["poor"][0])
        self._hand.figure(self._draft, style, align="centre").draw(pen, SIDE, _HEAD - 6.0, WIDTH)


def _origin(facts: AssessmentFacts, hand: Compositor) -> str:
    """Number, and the beginning of the template's hash: enough to tell two prints apart."""
    alone = hand.notation.alone
    shown = [alone(facts.number)]
    if facts.content_hash:
        known = alone(f"{facts.template_version} {facts.content_hash[:12]}".strip())
        shown.append(text("template {version}", version=known))
    return " · ".join(shown)


def _one_line(shown: str, hand: Compositor, width: float) -> Paragraph:
    return hand.figure(shortened(shown, hand, width, QUIET), QUIET, align="start")
