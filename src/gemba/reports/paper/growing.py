"""A PDF that is written while it is drawn: what is finished goes to the file and out of memory.

What stays of a part that was written is where its objects begin (8 bytes of each), the numbers of its pages, and the
one place that the contents lead to.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any, BinaryIO

from gemba.reports.paper.document import Document, _LatePhoto
from gemba.reports.paper.outlining import Outline, nested
from gemba.reports.paper.pen import Pen

Entry = tuple[str, str, int]
"""Title, key and level of an entry in the reader's list of contents."""

_LINES = 10_000
"""Lines of the cross references that are put together at once."""


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
        self._offsets = array("Q", [0])
        """Where each object begins, by its number; 0 for one that is not there."""
        self._page_numbers = array("L")
        """Of the pages that are written."""
        self._places: dict[str, bytes] = {}
        """What anchors of the newest part, and those that were to be kept, stand for."""
        self._kept: set[str] = set()
        pdf = self._pdf
        self._late = [pdf.Catalog, pdf.Pages, pdf.info, pdf.idToObject["BasicFonts"]]
        self._outline = Outline(self._reserve, self._put_ready)
        self.lost = 0
        """Photos that could not be read in parts that are written already."""
        self._photo_number = 0
        file.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        """How many pages are drawn."""
        return len(self._page_numbers) + len(self._pdf.Pages.pages)

    def photo(self, source: Any) -> str:
        """The name under which a page may draw `source`; the same photo is stored once in each part."""
        from reportlab.pdfbase.pdfdoc import xObjectName

        name = self._photos.get(source)
        if name is None:
            self._photo_number += 1
            name = self._photos[source] = f"photo{self._photo_number}"
            self._pdf.Reference(_LatePhoto(source, self.unreadable), xObjectName(name))
        return name

    def place(self, key: str) -> bytes | None:
        """Where an anchor of a part that is written leads to, as an array of PDF; `None` when it is not known."""
        return self._places.get(key)

    def link_to(self, place: bytes, rectangle: tuple[float, float, float, float]) -> None:
        """Make a rectangle (left, foot, width and height in points) lead to a place of a part that is written."""
        from reportlab.pdfbase.pdfdoc import LinkAnnotation

        left, foot, wide, high = rectangle
        corners = (left, foot, left + wide, foot + high)
        annotation = LinkAnnotation(Rect=corners, Contents="", Destination=place, Border="[0 0 0]")
        self.canvas._addAnnotation(annotation)  # noqa: SLF001 - `linkRect` wants the name of an anchor

    def settle(self) -> None:
        """Write all that is finished: everything but what counts pages, names fonts and lists contents."""
        pdf, written = self._pdf, []
        while fresh := [one for one in sorted(pdf.numberToId.items()) if not self._is_late(pdf.idToObject[one[1]])]:
            for number, name in fresh:
                self._put(number, pdf.idToObject[name])
                del pdf.numberToId[number]
                written.append(name)
        numbers = pdf.idToObjectNumberAndVersion
        for key, found in self.canvas._destinations.items():  # noqa: SLF001 - ReportLab keeps them for ever
            self._places[key] = found.format(pdf)
        self._page_numbers.extend(numbers[page.__InternalName__][0] for page in pdf.Pages.pages)
        self._forget(written)
        self.lost += len(self.unreadable)
        self.unreadable.clear()

    def keep(self, *keys: str) -> None:
        """Remember these anchors to the end."""
        self._kept.update(keys)

    def end_part(self, title: str, entries: list[Entry]) -> None:
        """List a part that is written, below the entry `title` of all parts; forget all its anchors but those kept.

        Args:
            title: of the entry that all parts stand below; it leads to the first of them.
            entries: of the part, the first of them its own.
        """
        if not self._outline.has_parts:
            self._outline.begin_parts(title, self._places[entries[0][1]])
        [part] = nested([(shown, self._places[key], level - 1) for shown, key, level in entries])
        self._outline.add_part(part)
        self._places = {key: place for key, place in self._places.items() if key in self._kept}

    def forget_runs(self) -> None:
        """Forget how runs of glyphs are shown; it is worked out again when they come again."""
        for font in self._fonts.values():
            font.forget()

    def drop_pages(self, first: int) -> None:
        """Forget the pages from `first` (counted from 0) on, which are not written, and all that belongs to them."""
        pdf = self._pdf
        del pdf.Pages.pages[first - len(self._page_numbers) :]
        dropped = [one for one in pdf.numberToId.items() if not self._is_late(pdf.idToObject[one[1]])]
        for number, _ in dropped:
            del pdf.numberToId[number]
        self._forget([name for _, name in dropped])
        self.canvas._startPage()  # noqa: SLF001 - the only way to an empty page
        pdf.inObject = None

    def move_to_front(self, first: int) -> None:
        """The pages from `first` on become the first ones."""
        pages = self._page_numbers
        self._page_numbers = pages[first:] + pages[:first]

    def close(self, before: list[Entry], behind: list[Entry]) -> None:
        """Write the rest: fonts, tree of pages, list of contents, cross references.

        Args:
            before: entries that stand before those of the parts.
            behind: entries that stand behind them.
        """
        self.settle()
        pdf = self._pdf
        fonts = pdf.idToObject["BasicFonts"]
        for font in self._fonts.values():
            font.write(pdf, fonts)
        pdf.info.invariant = pdf.invariant
        pdf.info.digest(pdf.signature)
        listed = [nested([(title, self._places[key], level) for title, key, level in one]) for one in (before, behind)]
        root = self._outline.close(*listed)
        pdf.Catalog.Outlines = f"{root} 0 R" if root else None
        pdf.Pages.pages = [f"{number} 0 R" for number in self._page_numbers]
        for late in self._late:
            pdf.Reference(late)
        written = set[int]()
        while fresh := [one for one in sorted(pdf.numberToId.items()) if one[0] not in written]:
            for number, name in fresh:
                self._put(number, pdf.idToObject[name])
                written.add(number)
        self._write_end(self._file, [])

    def _is_late(self, thing: Any) -> bool:
        return any(thing is one for one in self._late)

    def _forget(self, names: list[str]) -> None:
        """Let go of everything that ReportLab keeps of objects that are written or dropped."""
        pdf = self._pdf
        for name in names:
            del pdf.idToObject[name], pdf.idToObjectNumberAndVersion[name]
        pdf.Pages.pages.clear()
        self.canvas._destinations.clear()  # noqa: SLF001 - ReportLab keeps them for ever
        self._photos.clear()

    def _reserve(self) -> int:
        """The number of an object that ReportLab does not know."""
        self._pdf.objectcounter += 1
        return int(self._pdf.objectcounter)

    def _begin(self, number: int) -> None:
        """Take note of where an object begins."""
        missing = number + 1 - len(self._offsets)
        if missing > 0:
            self._offsets.extend([0] * missing)
        self._offsets[number] = self._file.tell()

    def _put_ready(self, number: int, content: bytes) -> None:
        self._begin(number)
        self._file.write(b"%d 0 obj\n%sendobj\n" % (number, content))

    def _put(self, number: int, thing: Any) -> None:
        from reportlab.pdfbase.pdfdoc import PDFIndirectObject

        self._begin(number)
        if isinstance(thing, _LatePhoto):
            self._file.write(thing.written(number))
        else:
            name = self._pdf.numberToId[number]
            self._file.write(PDFIndirectObject(name, thing).format(self._pdf))

    def _write_end(self, file: BinaryIO, names: list[str]) -> None:
        """Cross references and trailer; what was dropped is told as free."""
        from reportlab.pdfbase.pdfdoc import PDFTrailer

        del names
        pdf, offsets, start = self._pdf, self._offsets, file.tell()
        file.write(b"xref\n0 %d\n" % len(offsets))
        for at in range(0, len(offsets), _LINES):
            lines = (
                b"%010d 00000 n \n" % one if one else b"0000000000 65535 f \n" for one in offsets[at : at + _LINES]
            )
            file.write(b"".join(lines))
        trailer = PDFTrailer(
            startxref=start,
            Size=len(offsets),
            Root=pdf.Reference(pdf.Catalog),
            Info=pdf.Reference(pdf.info),
            ID=pdf.ID(),
        )
        file.write(trailer.format(pdf))


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
        self._growing = document
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
        place = self._growing.place(target)
        if place is None:
            super().link(target, x, y, width, height)
        else:
            self._growing.link_to(place, self._rectangle(x, y, width, height))
