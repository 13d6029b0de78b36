"""Fonts inside the PDF: only the glyphs that were drawn, with the text that they stand for.

Each font becomes one composite font whose codes are its glyph numbers (ISO 32000-1, 9.7), so that shaped Arabic,
ligatures and East Asian collections need no detour through a code page. HarfBuzz cuts the font down.
"""

from __future__ import annotations

import hashlib
import math
import re
import struct
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from gemba.reports.typeset.faces import Face
from gemba.reports.typeset.shaping import Glyph, Shaped

_PRESENTATION = re.compile("[\ufb1d-\ufdff\ufe70-\ufefe]")


class Row(NamedTuple):
    """Glyphs on one height."""

    rise: float
    """Above the line, thousandths of the size."""
    codes: str
    """As between the brackets of a TJ operator."""


class EmbeddedFont:
    """One font of one document; collects glyphs while pages are drawn and is written at the end.

    Args:
        face: the font.
        code: its name in page contents, such as `G1`.
    """

    def __init__(self, face: Face, code: str) -> None:
        self.face = face
        self.code = code
        self._texts: dict[int, str] = {}
        self._rows: dict[int, tuple[Shaped, tuple[Row, ...]]] = {}

    def rows(self, shaped: Shaped) -> tuple[Row, ...]:
        """The glyphs of a run as a page shows them; they are remembered for the file."""
        known = self._rows.get(id(shaped))
        if known is None:
            for glyph in shaped.glyphs:
                if not self._texts.get(glyph.number):
                    self._texts[glyph.number] = self._stands_for(glyph)
            known = self._rows[id(shaped)] = shaped, tuple(self._coded(shaped))
        return known[1]

    def forget(self) -> None:
        """Forget how runs are shown; which glyphs were used stays known."""
        self._rows.clear()

    def _coded(self, shaped: Shaped) -> Iterator[Row]:
        """Glyph numbers with the kerning between them."""
        for rise, group in groupby(shaped.glyphs, key=lambda glyph: glyph.dy):
            codes: list[str] = []
            for glyph in group:
                back = self.face.width(glyph.number) - glyph.advance + glyph.dx
                codes.append((f" {-glyph.dx:g} " if glyph.dx else "") + f"<{glyph.number:04X}>")
                if not math.isclose(back, 0, abs_tol=0.01):
                    codes.append(f"{back:.2f}")
            yield Row(rise, "".join(codes))

    def _stands_for(self, glyph: Glyph) -> str:
        """Its own character; for the joined shapes of an Arabic letter that letter, as it was written.

        Ligatures keep their own character, because readers of PDF turn longer texts around in right-to-left lines.
        """
        own = self.face.glyph_texts.get(glyph.number, "")
        shape_of_one = _PRESENTATION.match(own) and len(glyph.text) == 1
        return glyph.text if not own or shape_of_one else own

    def write(self, document: Any, fonts: Any) -> None:
        """Add the font to ReportLab's `document`, under its code in the dictionary `fonts`."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

        program, kind = self._program()
        tag = "".join(chr(65 + digit % 26) for digit in hashlib.sha256(program).digest()[:6])
        name = PDFName(f"{tag}+{self.face.name}")
        stream = PDFStream(PDFDictionary(_file_entries(kind, program)), program, [PDFZCompress])
        descriptor = PDFDictionary(_metrics(self.face) | {"Type": "/FontDescriptor", "FontName": name})
        descriptor["FontFile2" if kind == "TrueType" else "FontFile3"] = document.Reference(stream)
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        inner = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2" if kind == "TrueType" else "/CIDFontType0",
                "BaseFont": name,
                "CIDSystemInfo": PDFDictionary(system),
                "FontDescriptor": document.Reference(descriptor),
                "DW": 0,
                "W": PDFArray(self._widths(PDFArray)),
            }
        )
        if kind == "TrueType":
            inner["CIDToGIDMap"] = "/Identity"
        outer = PDFDictionary({"Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H"})
        outer["DescendantFonts"] = PDFArray([document.Reference(inner)])
        outer["ToUnicode"] = document.Reference(PDFStream(content=self._to_unicode(), filters=[PDFZCompress]))
        fonts[self.code] = document.Reference(outer)

    def _program(self) -> tuple[bytes, str]:
        """The font file with nothing but the used glyphs, under their old numbers."""
        import uharfbuzz

        wanted = uharfbuzz.SubsetInput()
        wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update(self._texts)
        flags = uharfbuzz.SubsetFlags
        wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE | flags.CFF_IDENTITY_CHARSET
        wanted.flags |= flags.NO_HINTING | flags.DOWNGRADE_CFF2
        wanted.pin_all_axes_to_default(self.face.shaper)
        wanted.drop_table_tag_set.update(
            _tag(name) for name in ("GSUB", "GPOS", "GDEF", "name", "post", "kern", "DSIG")
        )
        cut = uharfbuzz.subset(self.face.shaper, wanted)
        outlines = cut.reference_table("CFF ").data
        return (outlines, "CIDFontType0C") if outlines else (cut.blob.data, "TrueType")

    def _widths(self, array: Any) -> list[Any]:
        """The /W array: runs of neighbouring glyphs with their advances."""
        found: list[Any] = []
        previous = -2
        for number in sorted(self._texts):
            if number != previous + 1:
                found += [number, []]
            found[-1].append(round(self.face.width(number), 2))
            previous = number
        return [array(item) if isinstance(item, list) else item for item in found]

    def _to_unicode(self) -> bytes:
        """The map from glyphs back to text, for searching and copying."""
        rows = [
            f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for number, text in sorted(self._texts.items())
            if text
        ]
        blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _CMAP.format(body=body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _file_entries(kind: str, program: bytes) -> dict[str, Any]:
    return {"Length1": len(program)} if kind == "TrueType" else {"Subtype": f"/{kind}"}


def _metrics(face: Face) -> dict[str, Any]:
    """Entries of the font descriptor, in thousandths."""
    from reportlab.pdfbase.pdfdoc import PDFArray

    extents = face.font.get_font_extents("ltr")
    box = struct.unpack_from(">4h", face.shaper.reference_table("head").data, 36)
    italic = "Italic" in face.name
    return {
        "Flags": 4 + (64 if italic else 0),
        "FontBBox": PDFArray([round(side * face.scale) for side in box]),
        "ItalicAngle": -12 if italic else 0,
        "Ascent": round(extents.ascender * face.scale),
        "Descent": round(extents.descender * face.scale),
        "CapHeight": 714,
        "StemV": 140 if "Bold" in face.name else 80,
    }


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
