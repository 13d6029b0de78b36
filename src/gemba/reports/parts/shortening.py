"""As much of a text as fits on one line, and texts of several writing systems in one line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gemba.reports.parts.compositor import Compositor
from gemba.reports.typeset.cleaning import clean
from gemba.reports.typeset.lines import Line, Setter
from gemba.reports.typeset.pieces import Span, Style

_RIGHT_TO_LEFT = {"R", "AL"}
_DOTS = 3.5
"""Millimetres that are left free for what shows that a text goes on."""


def shortened(shown: str, hand: Compositor, width: float, style: Style) -> str:
    """As much of a text as one line of `width` millimetres carries in a style."""
    words = clean(shown).replace("\n", " ")
    if len(_lines(words, hand, width, style)) == 1:
        return words
    lines = _lines(words, hand, width - _DOTS, style)
    return words[: lines[1].start].rstrip() + " …"


def in_one_line(texts: Iterable[str], hand: Compositor) -> str:
    """Texts with dots between them, each in its own order when one of them is read from the other side."""
    kept = [one for one in texts if one]
    mixed = hand.notation.rtl or any(unicodedata.bidirectional(sign) in _RIGHT_TO_LEFT for one in kept for sign in one)
    return " · ".join(f"\u2068{one}\u2069" if mixed else one for one in kept)


def _lines(words: str, hand: Compositor, width: float, style: Style) -> list[Line]:
    return Setter([Span(words, style)], hand.book, int(hand.notation.rtl)).lines(width)
