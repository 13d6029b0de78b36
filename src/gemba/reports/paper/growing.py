"""A PDF that is written while it is drawn: what is finished goes to the file and out of memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO

from gemba.reports.paper.document import Document, _LatePhoto
from gemba.reports.paper.pen import Pen
from gemba.reports.typeset.cleaning import one_line

Entry = tuple[str, str, int]
"""Title, key and level of an entry in the reader's list of contents."""


class GrowingDocument(Document):
    """One PDF of many parts, in the order in which they are read, not in that in which they are drawn.

    The fonts are shared by all parts. Pages, photos and links of a part are written by `settle`.

    Args:
        file: where to; written from its beginning.
        width: of the page, millimetres.
        height: of the page, millimetres.
        language: BCP 47 tag.
        rtl: read from right to left.
    """

    def __init__(self, file: BinaryIO, width: float, height: float, *, language: str, rtl: bool) -> None:
        super().__init__(width, height, language=language, rtl=rtl)
        self._file = file
        self._written = 0
        self._names: list[str] = []
        self._offsets: dict[str, int] = {}
        pdf = self._pdf
        self._late = [pdf.Catalog, pdf.Pages, pdf.Outlines, pdf.info, pdf.idToObject["BasicFonts"]]
        self.lost = 0
        """Photos that could not be read in parts that are written already."""
        self._photo_number = 0
        file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        """How many pages are drawn."""
        return len(self._pdf.Pages.pages)

    def photo(self, source: Any) -> str:
        """The name under which a page may draw `source`; the same photo is stored once in each part."""
        from reportlab.pdfbase.pdfdoc import xObjectName

        name = self._photos.get(source)
        if name is None:
            self._photo_number += 1
            name = self._photos[source] = f"photo{self._photo_number}"
            self._pdf.Reference(_LatePhoto(source, self.unreadable), xObjectName(name))
        return name

    def settle(self) -> None:
        """Write all that is finished: everything but what counts pages, names fonts and lists contents."""
        from reportlab.pdfbase.pdfdoc import PDFObjectReference, PDFPage

        pdf = self._pdf
        while self._written + 1 in pdf.numberToId:
            self._written += 1
            name = pdf.numberToId[self._written]
            self._names.append(name)
            if not any(pdf.idToObject[name] is one for one in self._late):
                self._put(self._written, name)
                pdf.idToObject[name] = None  # its name stays known, for references
        pages = pdf.Pages.pages  # pages carry their drawing: from here on their names are enough
        for place in range(len(pages) - 1, -1, -1):
            if not isinstance(pages[place], PDFPage):
                break
            pages[place] = PDFObjectReference(pages[place].__InternalName__)
        self._photos.clear()
        self.lost += len(self.unreadable)
        self.unreadable.clear()

    def forget_runs(self) -> None:
        """Forget how runs of glyphs are shown; it is worked out again when they come again."""
        for font in self._fonts.values():
            font.forget()

    def drop_pages(self, first: int) -> None:
        """Forget the pages from `first` (counted from 0) on, and what is on the page that was begun."""
        del self._pdf.Pages.pages[first:]
        self.canvas._startPage()  # noqa: SLF001 - the only way to an empty page
        self._pdf.inObject = None

    def move_to_front(self, first: int) -> None:
        """The pages from `first` on become the first ones."""
        pages = self._pdf.Pages.pages
        pages[:] = [*pages[first:], *pages[:first]]

    def close(self, entries: list[Entry]) -> None:
        """Write the rest: fonts, tree of pages, list of contents, cross references."""
        pdf = self._pdf
        for title, key, level in entries:
            self.canvas.addOutlineEntry(one_line(title), key, level, closed=level > 0)
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
        self.settle()
        for late in self._late:
            name = getattr(late, "__InternalName__", "")
            if name:
                self._put(pdf.idToObjectNumberAndVersion[name][0], name, late)
                self.settle()
        pdf.idToOffset.update(self._offsets)
        self._write_end(self._file, self._names)

    def _put(self, number: int, name: str, thing: Any = None) -> None:
        from reportlab.pdfbase.pdfdoc import PDFIndirectObject

        thing = self._pdf.idToObject[name] if thing is None else thing
        self._offsets[name] = self._file.tell()
        if isinstance(thing, _LatePhoto):
            self._file.write(thing.written(number))
        else:
            self._file.write(PDFIndirectObject(name, thing).format(self._pdf))


class PartPen(Pen):
    """A pen for one part: its keys are its own, and its entries wait until the parts are put in order.

    Args:
        document: where it draws.
        width: of the page.
        height: of the page.
        rtl: read from right to left.
        part: stands before each key.
        entry: turns an entry of the part into one of the whole.
    """

    def __init__(
        self,
        document: GrowingDocument,
        width: float,
        height: float,
        *,
        rtl: bool,
        part: str,
        entry: Callable[[Entry], Entry],
    ) -> None:
        super().__init__(document, width, height, rtl=rtl)
        self._part = part
        self._entry = entry
        self.entries: list[Entry] = []

    def outline(self, title: str, key: str, level: int, y: float) -> None:
        """An entry in the reader's list of contents, once all parts are there."""
        self.anchor(key, y)
        title, key, level = self._entry((title, key, level))
        self.entries.append((title, f"{self._part}/{key}", level))

    def anchor(self, key: str, y: float) -> None:
        """A place that links within the part may lead to."""
        super().anchor(f"{self._part}/{key}", y)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to an anchor of this part; `part/key` with a stroke before it to that of another."""
        target = key[1:] if key.startswith("/") else f"{self._part}/{key}"
        super().link(target, x, y, width, height)
