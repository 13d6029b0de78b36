"""The binder of an audit pack: cover, contents, all reports one after the other, statement, evidence register.

Reports are drawn one by one and written at once, so that memory stays constant. The cover and the contents are drawn
last, when the pages are known, and are moved to the front; how many pages they take is known from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from gemba import wording
from gemba.reports.assessment import blocks, speaking, warnings
from gemba.reports.binder_facts import BinderFacts, RegisterFacts, StatementFacts
from gemba.reports.facts import AssessmentFacts, Rendered
from gemba.reports.paper import pages
from gemba.reports.paper.blocks import Placed
from gemba.reports.paper.growing import Entry, GrowingDocument, PartPen
from gemba.reports.paper.look import BOTTOM, LINE, PAGE_HEIGHT, PAGE_WIDTH, QUIET, SIDE, TOP, WIDTH
from gemba.reports.paper.pen import Pen
from gemba.reports.parts import binder_front as front
from gemba.reports.parts import register as back
from gemba.reports.parts.compositor import Compositor
from gemba.reports.parts.flowing import flow
from gemba.reports.parts.notation import Notation
from gemba.reports.parts.shortening import in_one_line
from gemba.reports.parts.surround import Surround
from gemba.reports.typeset.book import FontBook
from gemba.wording import text

PageDrawer = Callable[[list[Placed]], None]

_FOOT = PAGE_HEIGHT - BOTTOM + 4.0
_MOST_WORDS = 4000
"""Words whose shapes are remembered from report to report."""


class Binder:
    """One PDF that grows report by report. The same facts give the same bytes.

    Args:
        file: where to; written from its beginning.
        facts: of cover and contents; its reports are added in the order of `facts.contents`.
        language: BCP 47 tag of the binder's own texts and those of the reports.
        font_packs: folders with fonts for further writing systems.
    """

    def __init__(self, file: BinaryIO, facts: BinderFacts, *, language: str, font_packs: Sequence[Path] = ()) -> None:
        self._facts, self._file, self._language = facts, file, language
        with speaking(language):
            self._rtl = wording.right_to_left()
            self._hand = Compositor(FontBook(language, font_packs), Notation(language, self._rtl, "UTC"))
            self._document = GrowingDocument(file, PAGE_WIDTH, PAGE_HEIGHT, language=language, rtl=self._rtl)
            self._front_pages = 1 + self._contents({}, [("–", "", 0)] * 2, lambda _: None)
        self._document.describe(
            title=" · ".join(part for part in (facts.title, facts.subject) if part),
            author=facts.organisation,
            subject=facts.subject,
            creator="Gemba",
            when=facts.when,
        )
        self._pages: dict[int, int] = {}

    @property
    def size(self) -> int:
        """Bytes that are written so far."""
        return self._file.tell()

    def add(self, place: int, facts: AssessmentFacts) -> int:
        """Draw a report; how many pages it has. When it cannot be drawn, nothing of it remains, and the error is told.

        Args:
            place: of its line in the contents.
            facts: what it tells; texts already in the binder's language.
        """
        begun = self._document.pages
        before = self._front_pages + begun
        with speaking(self._language):
            hand = Compositor(self._hand.book, Notation(self._language, self._rtl, facts.zone))
            titled = in_one_line((facts.number, facts.place, facts.title), hand)

            def entry(found: Entry) -> Entry:
                return (titled, found[1], 1) if found[1] == "cover" else (found[0], found[1], 2)

            pen = self._pen(front.report_key(place), entry)
            laid_out = pages.lay_out(blocks(facts, hand))
            try:
                pages.draw(laid_out, pen, Surround(facts, hand, before))
            except BaseException:
                self._document.drop_pages(begun)
                raise
            finally:
                self._document.settle()
                if self._hand.book.spare(_MOST_WORDS):
                    self._document.forget_runs()
            self._document.keep(pen.entries[0][1])
            self._document.end_part(text("Reports"), pen.entries)
        self._pages[place] = before + 1
        return len(laid_out)

    def finish(
        self, statement: Sequence[StatementFacts], register: Iterable[RegisterFacts], figures: Sequence[tuple[int, str]]
    ) -> Rendered:
        """Draw what stands behind and before the reports, and write the rest of the file.

        Args:
            statement: what is in the pack and what is not.
            register: all evidence.
            figures: the counts of the cover, as they came to be.
        """
        with speaking(self._language):
            ends, entries = self._back(statement, register)
            begun = self._document.pages
            total = self._front_pages + begun
            before = self._front(ends, total, figures)
            self._document.move_to_front(begun)
            self._document.close(before, entries)
            said = tuple(warnings(self._hand.book, self._document.lost))
        return Rendered(total, self._file.tell(), said)

    def _back(
        self, statement: Sequence[StatementFacts], register: Iterable[RegisterFacts]
    ) -> tuple[list[tuple[str, str, int]], list[Entry]]:
        """The statement and the register; where each begins, and their entries."""
        ends, entries = [], []
        hand = self._hand
        parts = (
            ("statement", text("What is in this pack, and what is not"), back.statement(statement, hand), None),
            ("register", text("Evidence register"), back.register(register, hand), back.register_head(hand)),
        )
        for key, title, drawn, head in parts:
            pen = self._pen("back", lambda found: found)
            ends.append((title, f"back/{key}", self._front_pages + self._document.pages + 1))
            flow(drawn, head, self._page(pen, self._front_pages))
            entries += pen.entries
        return ends, entries

    def _front(self, ends: list[tuple[str, str, int]], total: int, figures: Sequence[tuple[int, str]]) -> list[Entry]:
        pen = self._pen("front", lambda found: found)
        begun = self._document.pages
        page = self._page(pen, -begun, total)
        cover = front.binder_cover(msgspec.structs.replace(self._facts, figures=tuple(figures)), self._hand)
        placed = pages.lay_out(cover)
        for item in placed[0]:
            item.block.draw(pen, SIDE, TOP + item.y, WIDTH)
        pen.turn_page()
        self._contents(self._pages, ends, page)
        if self._document.pages - begun != self._front_pages:
            message = "the contents took another number of pages than was counted"
            raise RuntimeError(message)
        self._document.settle()
        return pen.entries

    def _contents(self, known: dict[int, int], ends: list[tuple[str, str, int]], page: PageDrawer) -> int:
        rows = front.contents(self._facts.contents, known, ends, self._hand)
        return flow(rows, front.contents_head(self._hand), page)

    def _page(self, pen: Pen, before: int, total: int = 0) -> PageDrawer:
        """Draws a page with its foot and writes it."""

        def draw(placed: list[Placed]) -> None:
            number = before + self._document.pages + 1
            shown = (
                text("Page {page} of {pages}", page=number, pages=total) if total else text("Page {page}", page=number)
            )
            pen.rule(SIDE, _FOOT, WIDTH, LINE)
            self._hand.figure(self._facts.title, QUIET, align="start").draw(pen, SIDE, _FOOT + 2.0, WIDTH)
            self._hand.figure(shown, QUIET).draw(pen, SIDE, _FOOT + 2.0, WIDTH)
            for item in placed:
                item.block.draw(pen, SIDE, TOP + item.y, WIDTH)
            pen.turn_page()
            self._document.settle()

        return draw

    def _pen(self, part: str, entry: Callable[[Entry], Entry]) -> PartPen:
        return PartPen(self._document, PAGE_WIDTH, PAGE_HEIGHT, rtl=self._rtl, part=part, entry=entry)
