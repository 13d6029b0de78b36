"""Marks as they are written on the command line: numbers from 0 to 1 between commas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from gemba.domain.evidence import Mark, MarkShape
from gemba.errors import Refusal
from gemba.store.mark_shapes import COLOURS, PIXELATED
from gemba.work.mark_evidence import next_number
from gemba.work.whole_files import read_whole


def spoken_marks(spoken: Mapping[str, Sequence[str] | None], colour: str) -> list[Mark]:
    """The marks of the options of a command, by shape.

    Raises:
        Refusal: one of them cannot be read, or the colour is unknown.
    """
    if colour not in COLOURS:
        raise Refusal("cli.mark_colour", colour=colour, known=", ".join(COLOURS))
    found: list[Mark] = []
    for shape, given in spoken.items():
        for words in given or ():
            found.append(_mark(MarkShape(shape), words, colour, found))
    return found


def redactions(areas: Sequence[str], *, pixelated: bool) -> list[Mark]:
    """Blocks that hide what is below them."""
    look = PIXELATED if pixelated else ""
    return [Mark(MarkShape.REDACTION, _pairs(_numbers(area, area), area, least=2), text=look) for area in areas]


def marks_in_file(file: Path) -> list[Mark]:
    """The marks of a JSON file, as `gemba evidence list --json` shows them.

    Raises:
        Refusal: it cannot be read, or is no list of marks.
    """
    try:
        return msgspec.json.decode(read_whole(file), type=list[Mark])
    except (OSError, msgspec.MsgspecError) as error:
        raise Refusal("cli.marks_unreadable", file=str(file), why=str(error)) from error


def _mark(shape: MarkShape, words: str, colour: str, before: Sequence[Mark]) -> Mark:
    if shape not in {MarkShape.TEXT, MarkShape.NUMBER}:
        return Mark(shape, _pairs(_numbers(words, words), words, least=2), colour=colour)
    x, _, rest = words.partition(",")
    y, _, said = rest.partition(",")
    said = said or (next_number(before) if shape is MarkShape.NUMBER else "")
    return Mark(shape, _pairs(_numbers(f"{x},{y}", words), words, least=1), text=said, colour=colour)


def _numbers(numbers: str, given: str) -> list[float]:
    try:
        return [float(number) for number in numbers.split(",")]
    except ValueError:
        raise Refusal("cli.mark_not_understood", given=given) from None


def _pairs(numbers: list[float], given: str, *, least: int) -> tuple[tuple[float, float], ...]:
    pairs = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    if len(numbers) % 2 or len(pairs) < least or any(not 0 <= number <= 1 for number in numbers):
        raise Refusal("cli.mark_not_understood", given=given)
    return pairs
