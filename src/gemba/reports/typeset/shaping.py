"""Characters to glyphs, by HarfBuzz: joined Arabic letters, ligatures, kerning, marks in their places."""

from __future__ import annotations

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
    """What it stands for; empty for all but the first glyph of a cluster."""


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
    starts = sorted({info.cluster for info in buffer.glyph_infos})
    texts = {start: text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)}
    scale, glyphs = face.scale, []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        advance, dx, dy = place.x_advance * scale, place.x_offset * scale, place.y_offset * scale
        glyphs.append(Glyph(info.codepoint, advance, dx, dy, texts.pop(info.cluster, "")))
    plain = not rtl and all(glyph.text == face.glyph_texts.get(glyph.number) for glyph in glyphs)
    return Shaped(tuple(glyphs), sum(glyph.advance for glyph in glyphs), plain)
