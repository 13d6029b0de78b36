"""As much of a text as fits on one line."""

from __future__ import annotations

from gemba.reports.parts.compositor import Compositor
from gemba.reports.typeset.cleaning import clean
from gemba.reports.typeset.lines import Setter
from gemba.reports.typeset.pieces import Span, Style


def shortened(shown: str, hand: Compositor, width: float, style: Style) -> str:
    """As much of a text as one line of `width` millimetres carries in a style."""
    words = clean(shown).replace("\n", " ")
    lines = Setter([Span(words, style)], hand.book, int(hand.notation.rtl)).lines(width)
    return words if len(lines) == 1 else words[: lines[1].start].rstrip() + " …"
