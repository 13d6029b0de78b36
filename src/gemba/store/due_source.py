"""Where things of one sort of the calendar come from: its day, its words, and which rows are still due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Table, literal, null

from gemba.domain.due import DueSort

Filled = ColumnElement[Any]
NOTHING: Filled = literal("")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where things of one sort come from."""

    sort: DueSort
    table: Table
    day: Filled
    last: Filled
    """The day itself for most: then one index serves both."""
    held: ColumnElement[bool]
    """Which rows are still due."""
    is_indexed: bool = False
    """True where the index of the day begins with what tells that: then nothing else is walked."""
    title: Filled
    number: Filled = NOTHING
    owner: Filled = NOTHING
    place: Filled = null()
    whose: tuple[Filled, ...] = ()
    """Columns of people who answer for it."""
    joined: Callable[[FromClause], FromClause] = lambda table: table
    """What its words need besides the place."""
    noun: str = ""
    uid: Filled | None = None
    """Of the record that it opens, where that is another one."""
    rests_on: Filled = NOTHING
    """Uid of the schedule that it was made from."""
