"""Complaints as a table for people: without what tells of a person, unless somebody says why that is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from gemba.domain.complaints import Complaint
from gemba.domain.nouns import PERSONAL_FIELDS
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.store import complaint_keys
from gemba.store.complaint_keys import Meant
from gemba.work.desk import Desk
from gemba.work.quoting import Quoting
from gemba.work.table_files import Cell, write_csv

_PERSONAL = PERSONAL_FIELDS["complaint"]
_QUOTED = "quoted_words"
"""The words as they may be quoted; stands in every table."""


class ExportedComplaints(msgspec.Struct, frozen=True):
    """A table that was written."""

    file: Path
    count: int
    left_out: tuple[str, ...]
    """Fields that are not in it, because they tell of a person."""
    not_quoted: int
    """Complaints whose words are not in it, because the customer or the region's rule does not allow it."""


def export_complaints(
    desk: Desk,
    out: Path,
    meant: Meant,
    *,
    with_personal: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ExportedComplaints:
    """Write the complaints that are meant as CSV.

    Args:
        desk: who exports, where.
        out: the file.
        meant: which complaints.
        with_personal: also names, contacts and the words as they were said.
        progress: `progress(done, count)`; what it raises stops the work, and nothing is written.

    Raises:
        Trouble: the disk is full, or the folder cannot be written.
    """
    fields = [name for name in Complaint.__struct_fields__ if with_personal or name not in _PERSONAL]
    with desk.reader() as reader:
        count = complaint_keys.count(reader, meant)
        found = complaint_keys.complaints(reader, meant)
        names = {one.uid: one.name for one in reader.find(Place)}
        quoting, silent = Quoting(reader), [0]

        def rows() -> Iterator[list[Cell]]:
            for done, one in enumerate(found):
                if progress is not None and done % 500 == 0:
                    progress(done, count)
                quoted = quoting.quote(one)
                silent[0] += quoted.why_not is not None and bool(one.words)
                yield [*(_cell(one, name, names) for name in fields), quoted.words]

        written = write_csv(out, [*fields, _QUOTED], rows())
    left_out = () if with_personal else tuple(sorted(_PERSONAL))
    return ExportedComplaints(out, written, left_out, silent[0])


def _cell(one: Complaint, name: str, names: Mapping[Uid, str]) -> Cell:
    value: Any = getattr(one, name)
    if name == "place":
        return names.get(one.place or "", one.place)
    return _SPOKEN.get(type(value), str)(value)


_SPOKEN: dict[type, Callable[[Any], Cell]] = {
    type(None): lambda _: None,
    int: lambda number: number,
    bool: lambda yes: "yes" if yes else "no",
    datetime: lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}",
    date: lambda day: day.isoformat(),
    dict: lambda more: "; ".join(f"{title}: {said}" for title, said in more.items()),
}
"""How values of a type stand in the table; all others as their text."""
