"""Lines out of a list: as a CSV file for spreadsheets, or as text to paste."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gemba.durable import give_name, sync
from gemba.errors import Trouble
from gemba.ui.lists.columns import Column
from gemba.ui.lists.source import Source
from gemba.ui.progress import Progress

_AT_ONCE = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def headings(columns: Sequence[Column]) -> list[str]:
    """The titles of all columns, each second line as a column of its own."""
    return [
        title for column in columns for title in ([column.title()] if column.under is None else [column.title(), ""])
    ]


def cells(columns: Sequence[Column], line: Any) -> list[str]:
    """What all columns say of a line."""
    said: list[str] = []
    for column in columns:
        said.append(_plain(column.words(line)))
        if column.under is not None:
            said.append(_plain(column.under(line)))
    return said


def as_text(columns: Sequence[Column], lines: Sequence[Any]) -> str:
    """Lines parted by tabs, as spreadsheets take them from the clipboard."""
    out = io.StringIO()
    rows = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    rows.writerows(cells(columns, line) for line in lines)
    return out.getvalue()


def write_csv(
    source: Source,
    columns: Sequence[Column],
    titles: Sequence[str],
    keys: Sequence[int],
    file: Path,
    progress: Progress,
) -> int:
    """Write lines to a CSV file (UTF-8 with a mark, so that spreadsheets read it); gives how many.

    Raises:
        Trouble: the file cannot be written.
    """
    part = file.with_name(file.name + ".part")
    written = 0
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(titles)
            for start in range(0, len(keys), _AT_ONCE):
                lines = source.lines(keys[start : start + _AT_ONCE])
                rows.writerows(cells(columns, line) for line in lines)
                written += len(lines)
                progress.step(min(start + _AT_ONCE, len(keys)), len(keys))
            sync(out)
        give_name(part, file)
    except OSError as error:
        raise Trouble("ui.file_not_written", file=str(file), why=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return written


def _plain(words: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
