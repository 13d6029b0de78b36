"""The PDF file: pages as they come, photos read only while the file is being written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from gemba.reports.paper import jpeg
from gemba.reports.paper.embedding import EmbeddedFont
from gemba.reports.typeset.cleaning import one_line
from gemba.reports.typeset.faces import Face
from gemba.reports.typeset.pieces import MM
from gemba.shipped import resource

_FIRST_FONT = "NotoSans-Regular"


class Document:
    """One PDF on ReportLab's canvas, with its own fonts and photos.

    The same facts give the same bytes: no dates and no random names are written.

    Args:
        width: of the page, millimetres.
        height: of the page, millimetres.
        language: BCP 47 tag.
        rtl: read from right to left.
    """

    def __init__(self, width: float, height: float, *, language: str, rtl: bool) -> None:
        from reportlab.pdfgen.canvas import Canvas

        _prepare()
        self.canvas: Any = Canvas(
            "",
            pagesize=(width * MM, height * MM),
            pageCompression=1,
            invariant=1,
            initialFontName=_FIRST_FONT,
            lang=language,
        )
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.canvas.setViewerPreference("Direction", "R2L" if rtl else "L2R")
        self._pdf: Any = self.canvas._doc  # noqa: SLF001 - ReportLab has no public way to the document of a canvas
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._photos: dict[bytes | Path, str] = {}
        self.unreadable: list[bytes | Path] = []
        """Photos that turned out to be no pictures; a blank stands in their place."""

    def describe(self, *, title: str, author: str, subject: str, creator: str, when: datetime) -> None:
        """What the reader's window and a search show of the file; `when` is what it tells of, not when it is made."""
        stamp = f"D:{when.astimezone(UTC):%Y%m%d%H%M%S}Z"
        self.canvas.setDateFormatter(lambda *_: stamp)
        self.canvas.setTitle(one_line(title))
        self.canvas.setAuthor(one_line(author))
        self.canvas.setSubject(one_line(subject))
        self.canvas.setCreator(creator)
        self.canvas.setProducer(creator)

    def font(self, face: Face) -> EmbeddedFont:
        """The font of `face` in this document."""
        found = self._fonts.get(face)
        if found is None:
            found = self._fonts[face] = EmbeddedFont(face, f"G{len(self._fonts) + 1}")
        return found

    def photo(self, source: bytes | Path) -> str:
        """The name under which a page may draw `source`; the same photo is stored once."""
        from reportlab.pdfbase.pdfdoc import xObjectName

        name = self._photos.get(source)
        if name is None:
            name = self._photos[source] = f"photo{len(self._photos) + 1}"
            self._pdf.Reference(_LatePhoto(source, self.unreadable), xObjectName(name))
        return name

    def write(self, file: BinaryIO, step: Callable[[int, int], None]) -> None:
        """Write the whole PDF, one object after the other; nothing that was written stays in memory.

        Args:
            file: where to; written from its beginning.
            step: called after each object with how many are done and how many there are; it ends the work by raising.
        """
        pdf = self._pdf
        fonts = pdf.idToObject["BasicFonts"]
        for font in self._fonts.values():
            font.write(pdf, fonts)
        pdf.info.invariant = pdf.invariant
        pdf.info.digest(pdf.signature)
        pdf.Reference(pdf.Catalog)
        pdf.Reference(pdf.info)
        pdf.Outlines.prepare(pdf, self.canvas)
        if pdf.Outlines.ready < 0:
            pdf.Catalog.Outlines = None
        file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        names = self._write_objects(file, step)
        self._write_end(file, names)

    def _write_objects(self, file: BinaryIO, step: Callable[[int, int], None]) -> list[str]:
        """All objects in the order of their numbers; more may appear while these are written."""
        from reportlab.pdfbase.pdfdoc import PDFIndirectObject

        pdf = self._pdf
        names: list[str] = []
        while len(names) + 1 in pdf.numberToId:
            name = pdf.numberToId[len(names) + 1]
            thing = pdf.idToObject[name]
            pdf.idToOffset[name] = file.tell()
            if isinstance(thing, _LatePhoto):
                file.write(thing.written(len(names) + 1))
            else:
                file.write(PDFIndirectObject(name, thing).format(pdf))
            names.append(name)
            step(len(names), len(pdf.numberToId))
        return names

    def _write_end(self, file: BinaryIO, names: list[str]) -> None:
        """Cross references and trailer."""
        from reportlab.pdfbase.pdfdoc import PDFCrossReferenceTable, PDFTrailer

        pdf = self._pdf
        start = file.tell()
        table = PDFCrossReferenceTable()
        table.addsection(0, names)
        file.write(table.format(pdf))
        trailer = PDFTrailer(
            startxref=start,
            Size=len(names) + 1,
            Root=pdf.Reference(pdf.Catalog),
            Info=pdf.Reference(pdf.info),
            ID=pdf.ID(),
        )
        file.write(trailer.format(pdf))


class _LatePhoto:
    """A picture object whose bytes are read when it is written."""

    def __init__(self, source: bytes | Path, unreadable: list[bytes | Path]) -> None:
        self._source = source
        self._unreadable = unreadable

    def written(self, number: int) -> bytes:
        """The whole object."""
        try:
            found = jpeg.load(self._source)
        except OSError:
            self._unreadable.append(self._source)
            return _object(number, "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xee")
        colours = "/DeviceGray" if found.grey else "/DeviceRGB"
        entries = f"/Width {found.width} /Height {found.height} /ColorSpace {colours} /BitsPerComponent 8"
        return _object(number, entries + " /Filter /DCTDecode /Interpolate true", found.data)


def _object(number: int, entries: str, data: bytes) -> bytes:
    head = f"{number} 0 obj\n<< /Type /XObject /Subtype /Image {entries} /Length {len(data)} >>\nstream\n"
    return b"".join((head.encode("ascii"), data, b"\nendstream\nendobj\n"))


def _prepare() -> None:
    """Settings that ReportLab keeps for the whole process."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0
    rl_config.invariant = 1
    if _FIRST_FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FIRST_FONT, str(resource("fonts", f"{_FIRST_FONT}.ttf"))))
