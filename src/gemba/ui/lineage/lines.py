"""The records behind a number as lines of a list, whatever their nouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from gemba import wording
from gemba.domain.nouns import NOUNS
from gemba.domain.record import Record, Uid
from gemba.store.lines import Line
from gemba.store.reading import Reader
from gemba.ui.lineage.behind import Part
from gemba.ui.lists.columns import Column, Filter, Shape
from gemba.work.record_titles import noun_title, title_of


class BehindLine(Line, frozen=True, kw_only=True):
    """One record behind a number."""

    noun: str
    title: str
    parts: tuple[str, ...]
    """Titles of the parts of the number that it counts in."""


def lines_of(reader: Reader, found: Sequence[Part]) -> list[BehindLine]:
    """The records of all parts, each once, in the order in which they were told.

    Args:
        reader: of the store.
        found: the parts of a number.
    """
    within: dict[tuple[str, Uid], list[str]] = defaultdict(list)
    for part in found:
        for record in part.records:
            within[record].append(part.title)
    words = {uid: said for part in found for uid, said in part.words.items()}
    named = _records(reader, [one for one in within if one[1] not in words])
    return [
        BehindLine(
            id=at, uid=uid, noun=noun, title=words.get(uid) or title_of(named.get(uid), uid), parts=tuple(counts)
        )
        for at, ((noun, uid), counts) in enumerate(within.items(), 1)
    ]


def plain(uid: Uid) -> Uid:
    """The uid of a record that counts on several days."""
    return uid.partition("#")[0]


def _records(reader: Reader, wanted: Sequence[tuple[str, Uid]]) -> dict[Uid, Record]:
    by: dict[str, list[Uid]] = defaultdict(list)
    for noun, uid in wanted:
        by[noun].append(uid)
    return {one.uid: one for noun, uids in by.items() if noun in NOUNS for one in reader.many(NOUNS[noun], uids)}


def shape() -> Shape:
    """The list of what is behind a number."""
    return Shape(
        name="behind",
        title=wording.text("Records behind a number"),
        counted=_counted,
        columns=(
            Column(name="title", title=_titled("Record"), words=_title, under=_kind, sort="title"),
            Column(name="parts", title=_titled("Counts as"), words=_parts, sort="parts", width=220),
            Column(name="noun", title=_titled("Sort"), words=_kind, sort="noun", width=160, hidden=True),
        ),
        filters=(
            Filter(name="part", title=_titled("Counts as")),
            Filter(name="noun", title=_titled("Sort"), words=noun_title),
        ),
        topics=frozenset(NOUNS),
    )


def _counted(count: int) -> str:
    return wording.plural("{n} record", "{n} records", count)


def _titled(word: str) -> Any:
    return lambda: wording.text(word)


def _title(line: BehindLine) -> str:
    return line.title


def _kind(line: BehindLine) -> str:
    return noun_title(line.noun)


def _parts(line: BehindLine) -> str:
    return ", ".join(line.parts)
