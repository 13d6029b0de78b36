"""How a command answers: words for people, or one JSON document."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

StoreOption = Annotated[
    Path | None, typer.Option("--store", envvar="GEMBA_STORE", help="Folder of the store.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]

_COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What commands a terminal or turns the order of letters around, instead of being shown; line ends and tabs stay."""


def say_all_signs() -> None:
    r"""Let both streams spell signs that they cannot show as `\udcff` rather than fail, when all is done already.

    Names of files from another system need not be UTF-8, and a terminal need not know every script.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(facts: Any, words: str, *, as_json: bool) -> None:
    """Print the answer of a command.

    Args:
        facts: anything that msgspec can turn into JSON.
        words: the same for a person; printed without what would command a terminal.
        as_json: whether the caller asked for JSON.
    """
    if as_json:
        sys.stdout.write(in_json(facts) + "\n")
    elif words:
        sys.stdout.write(shown(words) + "\n")


def in_json(facts: Any) -> str:
    """Facts as one JSON document; signs of names that are not UTF-8 are spelled out in it."""
    try:
        return msgspec.json.encode(facts, enc_hook=_plain).decode("utf-8")
    except UnicodeEncodeError:
        return msgspec.json.encode(_spelled(msgspec.to_builtins(facts, enc_hook=_plain))).decode("utf-8")


def table(rows: Sequence[Sequence[object]], heads: Sequence[str]) -> str:
    """Rows as aligned columns under their heads, cut to the terminal's width when there is one.

    Moments are said as clocks here show them (`when`).
    """
    cells = [[*heads], *[[_cell(cell) for cell in row] for row in rows]]
    widths = [max(len(row[index]) for row in cells) for index in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    if not sys.stdout.isatty():
        return "\n".join(lines)
    room = os.get_terminal_size().columns
    return "\n".join(line if len(line) <= room else line[: room - 1] + "…" for line in lines)


def when(moment: datetime) -> str:
    """A moment for a person: to the minute, by this computer's clock and zone, as `2026-03-09 14:05 CET`."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M %Z}"


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return when(cell)
    return "" if cell is None else shown(str(cell).replace("\n", " "))


def shown(words: str) -> str:
    """Words without what would command the terminal that shows them."""
    return _COMMANDING.sub("", words)


def _spelled(built: Any) -> Any:
    match built:
        case str():
            return built.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {_spelled(key): _spelled(value) for key, value in built.items()}
        case list() | tuple():
            return [_spelled(value) for value in built]
        case _:
            return built


def _plain(value: Any) -> Any:
    if isinstance(value, Path | str):  # names of tables are words of a kind of their own
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)
