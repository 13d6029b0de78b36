"""A report of headings, words, figures, tables and drawings: for everything that is no assessment.

Texts are already in the language of the report.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from gemba.reports.facts import PairFacts, Tone
from gemba.reports.picture_facts import PictureFacts


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A title; those of level 0 stand in the reader's list of contents."""

    words: str
    level: int = 0
    new_page: bool = False


class Words(msgspec.Struct, frozen=True, tag="words"):
    """A paragraph."""

    words: str
    look: str = "body"
    """`body`, `strong`, `small`, `quiet`, or `label`."""


class Notice(msgspec.Struct, frozen=True, tag="notice"):
    """Sentences that a reader must not miss, on a ground."""

    lines: tuple[str, ...]
    tone: Tone = "plain"


class Quotes(msgspec.Struct, frozen=True, tag="quotes"):
    """What people said: the words, and who or where in general terms."""

    quotes: tuple[tuple[str, str], ...]


class Narrowed(msgspec.Struct, frozen=True):
    """Records of a list, by the filters that it has: for numbers that may be large."""

    noun: str
    count: int
    where: dict[str, tuple[str, ...]]


Counted = tuple[str, ...] | Narrowed
"""The records that a number counts, each as `noun:uid`, or the list of them; paper does not show them."""


class Figures(msgspec.Struct, frozen=True, tag="figures"):
    """Large numbers side by side, at most five: number and what it counts."""

    figures: tuple[tuple[str, str], ...]
    records: tuple[Counted, ...] = ()
    """For each number what it counts. Left out: not known."""


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Label and value below one another."""

    rows: tuple[tuple[str, str], ...]


class Cell(msgspec.Struct, frozen=True):
    """One cell that is more than words."""

    words: str
    tone: Tone | None = None
    """Shown as a pill with the tone's mark."""
    strong: bool = False
    records: Counted = ()
    """What its number counts, or what it tells of."""


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows under titles that come again on every page."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    shares: tuple[float, ...]
    """Millimetres of each column, of 174 with gutters of 3; 0 takes what is left over."""
    numbers: tuple[int, ...] = ()
    """Columns of numbers, lined up at their end."""
    note: str = ""
    together: bool = False
    """Not parted between pages unless it is very high: for few rows that are read as one."""


class Drawing(msgspec.Struct, frozen=True, tag="drawing"):
    """A drawing with a caption."""

    picture: PictureFacts
    caption: str = ""


class PhotoPairs(msgspec.Struct, frozen=True, tag="pairs"):
    """Photos of before and after a change, side by side."""

    pairs: tuple[PairFacts, ...]


Part = Heading | Words | Notice | Quotes | Figures | Facts | Table | Drawing | PhotoPairs


class SheetFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that such a report prints."""

    number: str = ""
    title: str
    kind_title: str = ""
    """What sort of report it is, for the file's description and the small line above the title."""
    organisation: str = ""
    place: str = ""
    person: str = ""
    when: datetime
    """What it tells of, or when it was drawn."""
    zone: str = "UTC"
    parts: tuple[Part, ...]
    draft: bool = False
    one_page: bool = False
    """Leaves the title low and the margins narrow; parts that do not fit are left out, and a line says so."""
