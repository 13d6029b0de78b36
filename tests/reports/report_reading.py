"""Reads a report back, as a person's viewer would."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium


def texts(file: Path) -> list[str]:
    """The text of each page, with all white space as single spaces."""
    document = pypdfium2.PdfDocument(file)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def whole(file: Path) -> str:
    return " ".join(texts(file))


def pictures(file: Path) -> list[tuple[int, float, float, float, float, int, int]]:
    """Page, left, bottom, right, top in points, and pixel size of each photo."""
    document = pypdfium2.PdfDocument(file)
    found = []
    for number, page in enumerate(document):
        drawn = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        found += [(number, *item.get_bounds(), *item.get_px_size()) for item in drawn]
    document.close()
    return found


def glyphs(file: Path) -> set[int]:
    """Numbers of all glyphs that pages show."""
    shown = [run for stream in _streams(file) for run in re.findall(rb"<([0-9A-F]+)>(?=[^\n]*\] TJ)", stream)]
    return {int(run[at : at + 4], 16) for run in shown for at in range(0, len(run), 4)}


def _streams(file: Path) -> list[bytes]:
    """All compressed streams, opened."""
    data = file.read_bytes()
    found = []
    for match in re.finditer(rb"/FlateDecode.*?stream\n", data, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return found


def pixels(file: Path, page: int = 0, scale: float = 1.0):
    """A page as a Pillow picture."""
    document = pypdfium2.PdfDocument(file)
    try:
        return document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
