"""Repairs of the parameters column: pyxform refuses what it does not know, other tools pass it by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gemba.forms.book import Book
from gemba.forms.repairs.repair import Repair, cell, column, disabled
from gemba.wording import text

_SELECT = {"randomize", "seed"}
_FILE = {"value", "label", *_SELECT}
_GEO = {"capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental", "reference-geometry"}
_KNOWN = {
    "text": {"rows"},
    "image": {"max-pixels", "app"},
    "photo": {"max-pixels", "app"},
    "audio": {"quality"},
    "range": {"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"},
    "geopoint": _GEO,
    "geotrace": _GEO,
    "geoshape": _GEO,
}
_PAIR = re.compile(r"([\w\-]+)\s*[=:]\s*('[^']*'|\"[^\"]*\"|[^\s,;]+)")


def mend_parameters(book: Book) -> Iterator[Repair]:
    """Leave out parameters that ODK does not know, and write the others as `key=value key=value`."""
    sheet = book.survey
    where = column(sheet, "parameters")
    if where is None:
        return
    for number, row in sheet.numbered():
        said, kind = row.get(where, ""), cell(sheet, row, "type")
        known = _known(kind)
        if not said or known is None or disabled(sheet, row):
            continue
        pairs = [(key.lower(), value.strip("'\"")) for key, value in _PAIR.findall(said)]
        after = " ".join(f"{key}={value}" for key, value in pairs if key in known)
        if _is_fine(said, known):
            continue
        if after:
            row[where] = after
        else:
            del row[where]
        what = text("Parameters that ODK does not know are left out.")
        yield Repair(sheet.name, number, where, what, said, after)


def _is_fine(said: str, known: set[str]) -> bool:
    parts = re.split(r"[\s,;]+", re.sub(r"\s*=\s*", "=", said.strip()))
    return all(part.partition("=")[1] and part.partition("=")[0].lower() in known for part in parts)


def _known(kind: str) -> set[str] | None:
    """The parameters of a type; None where it is not ours to judge."""
    if kind.startswith(("select_one_from_file", "select_multiple_from_file")):
        return _FILE
    if kind.startswith(("select", "rank")):
        return _SELECT
    return _KNOWN.get(kind)
