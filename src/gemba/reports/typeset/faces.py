"""One font file, opened: what it can write and how wide."""

from __future__ import annotations

import struct
from functools import cached_property
from pathlib import Path
from typing import Any


class Face:
    """A font of a file (or of a collection), mapped into memory by HarfBuzz.

    Args:
        file: TrueType or OpenType file, or a collection of them.
        index: which font of a collection.
    """

    def __init__(self, file: Path, index: int = 0) -> None:
        import uharfbuzz

        self.file = file
        self.index = index
        self.shaper: Any = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)), index)
        self.font: Any = uharfbuzz.Font(self.shaper)
        self.scale: float = 1000 / self.shaper.upem

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points that it can write."""
        return frozenset(self.shaper.unicodes)

    @cached_property
    def glyph_texts(self) -> dict[int, str]:
        """The character that each plain glyph stands for; the first one when several share it."""
        found: dict[int, str] = {}
        for code in sorted(self.characters):
            found.setdefault(self.font.get_nominal_glyph(code), chr(code))
        return found

    @cached_property
    def name(self) -> str:
        """PostScript name, letters and digits only."""
        import uharfbuzz

        name = self.shaper.get_name(uharfbuzz.OTNameIdPredefined.POSTSCRIPT_NAME) or self.file.stem
        return "".join(char for char in name if char.isascii() and (char.isalnum() or char == "-"))

    @cached_property
    def may_be_embedded(self) -> bool:
        """False when the font's own licence bits (OS/2 fsType) forbid embedding or subsetting."""
        table = self.shaper.reference_table("OS/2").data
        if len(table) < 10:
            return True
        (bits,) = struct.unpack_from(">H", table, 8)
        return not bits & 0x0300 and bits & 0x000F != 0x0002

    def has(self, char: str) -> bool:
        """True when the font has a glyph for `char`."""
        return ord(char) in self.characters

    def width(self, glyph: int) -> float:
        """Advance of a glyph in thousandths of the size."""
        return float(self.font.get_glyph_h_advance(glyph)) * self.scale
