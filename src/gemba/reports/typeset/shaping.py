"""Characters to glyphs, by HarfBuzz: joined Arabic letters, ligatures, kerning, marks in their places."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from gemba.reports.typeset.faces import Face


class Glyph(NamedTuple):
    """One glyph in its place; lengths in thousandths of the size."""

    number: int
    """In its font."""
    advance: float
    dx: float
    dy: float
    text: str
    """What it stands for; empty when another glyph of its cluster stands for the whole."""


class Shaped(NamedTuple):
    """A run of glyphs from left to right."""

    glyphs: tuple[Glyph, ...]
    width: float
    """Thousandths of the size."""
    plain: bool
    """True when reading the glyphs from left to right gives the text back."""


def shape(face: Face, text: str, *, rtl: bool, language: str) -> Shaped:
    """`text` of one direction in glyphs of `face`."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    buffer.language = language
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(face.font, buffer)
    texts = _texts([info.cluster for info in buffer.glyph_infos], text, rtl=rtl)
    scale = face.scale
    glyphs = [
        Glyph(info.codepoint, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale, stands_for)
        for info, place, stands_for in zip(buffer.glyph_infos, buffer.glyph_positions, texts, strict=True)
    ]
    plain = not rtl and all(glyph.text == face.glyph_texts.get(glyph.number) for glyph in glyphs)
    return Shaped(tuple(glyphs), sum(glyph.advance for glyph in glyphs), plain)


def _texts(starts: list[int], text: str, *, rtl: bool) -> list[str]:
    """What each glyph stands for, given where its cluster begins: a character each when they are as many."""
    edges = [*sorted(set(starts)), len(text)]
    found: list[str] = []
    for start, end in pairwise(edges[::-1] if rtl else edges):
        low, high = min(start, end), max(start, end)
        count, part = starts.count(low), text[low:high]
        each = list(part) if count == len(part) else [part, *[""] * (count - 1)]
        found += reversed(each) if rtl else each
    return found
