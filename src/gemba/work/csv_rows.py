"""The rows of a small CSV file, read alike whatever was read before it.

Python keeps one limit on the length of a field for the whole process, and an import of complaints raises it
(`gemba.work.intake_records`). What is too long for a small file must not depend on that.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

LONGEST_FIELD = 2**17
"""Characters; the limit that Python starts with."""

_LONGEST_ANYWHERE = 2**26


def allow_long_fields() -> None:
    """Let Python's reader take any field that a file of complaints may have; for the whole process, for good."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_ANYWHERE))


class CsvRows:
    """The rows of a text, one list of cells each; knows which line it is at.

    Args:
        words: the whole text.
        delimiter: between cells.
        strict: whether a quote in the wrong place is an error.

    Raises:
        csv.Error: while iterating, when the text is not CSV or a field is longer than `LONGEST_FIELD`.
    """

    def __init__(self, words: str, delimiter: str = ",", *, strict: bool = False) -> None:
        """Begin before the first row."""
        self._reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=strict)

    @property
    def line(self) -> int:
        """Number of the last line that was read, from 1."""
        return self._reader.line_num

    def __iter__(self) -> Iterator[list[str]]:
        """Itself."""
        return self

    def __next__(self) -> list[str]:
        """The next row."""
        allow_long_fields()
        cells = next(self._reader)
        if any(len(cell) > LONGEST_FIELD for cell in cells):
            raise csv.Error("field too long")
        return cells
