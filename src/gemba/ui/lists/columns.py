"""What a list is: its columns, its filters, its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

Says = Callable[[Any], str]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column. The first of a list takes the room that is left.

    Attributes:
        name: stable; kept in preferences and object names.
        title: in the person's language, asked for when the header is drawn.
        words: what a line says here.
        under: a second, quieter line below the first.
        tone: makes the cell a badge in the tone it gives; an empty tone draws no badge.
        sort: name of the sort in the store's list; empty when it cannot be sorted by.
        width: of the column in pixels before anybody changes it.
        says: all that a badge of this column may say; the column begins wide enough for each of them.
        number: written at the trailing edge.
        hidden: not shown before somebody asks for it.
    """

    name: str
    title: Callable[[], str]
    words: Says
    under: Says | None = None
    tone: Says | None = None
    sort: str = ""
    width: int = 120
    says: Callable[[], Sequence[str]] | None = None
    number: bool = False
    hidden: bool = False


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """One chip above a list.

    Attributes:
        name: of the filter in the store's list.
        title: in the person's language.
        words: what a value is called; the value itself when left out.
        fixed: values that are always offered, in their order; otherwise the store says which there are.
    """

    name: str
    title: Callable[[], str]
    words: Callable[[str], str] = str
    fixed: tuple[str, ...] = ()


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What one list is.

    Attributes:
        name: beginning of all object names; key of what preferences keep.
        title: what the lines are, in the person's language.
        counted: says how many there are.
        columns: all of them, in order; the first is always shown.
        filters: the chips.
        topics: nouns whose changes make the list read again.
        sort: name of the first sort.
        descending: whether it descends.
    """

    name: str
    title: str
    counted: Callable[[int], str]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    topics: frozenset[str]
    sort: str = ""
    descending: bool = False
