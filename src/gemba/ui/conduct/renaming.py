"""Repeats that get other numbers on the screen: what follows them, and what is kept of one that was taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from gemba.errors import Refusal
from gemba.forms.filling import Fill
from gemba.forms.views import Effect
from gemba.ui.conduct.grids import plain
from gemba.work.rearrange import Values


class Renaming:
    """The path after for a path before; `None` when nothing stands there any more.

    Args:
        repeat: path of the repeat without its own number.
        new_number: the number after for a number before; `None` for the one that was taken out.
    """

    def __init__(self, repeat: str, new_number: Callable[[int], int | None]) -> None:
        self.repeat = repeat
        self._start, self._new_number = f"{repeat}[", new_number

    def __call__(self, path: str) -> str | None:
        """The path after."""
        if not path.startswith(self._start):
            return path
        number, _, rest = path[len(self._start) :].partition("]")
        new = self._new_number(int(number))
        return None if new is None else f"{self._start}{new}]{rest}"

    def touches(self, path: str) -> bool:
        """True for what stands in the repeat."""
        return path.startswith(self._start)


class Gone(msgspec.Struct, frozen=True):
    """One of a repeat that was taken out."""

    token: str
    repeat: str
    number: int
    values: dict[str, str]
    """The given answers by path, in the order of the form."""
    repeats: tuple[tuple[str, int], ...]
    """Path without its own number of each repeat within, and how many of it there were."""
    notes: dict[str, str]

    @property
    def path(self) -> str:
        """Of the one that was taken out."""
        return f"{self.repeat}[{self.number}]"


def defaults_in(fill: Fill, path: str) -> Values:
    """What stands in a new one of a repeat from the start."""
    repeat = plain(path)
    asked = [each.path for each in fill.form.elements.values() if each.kind == "question"]
    here = [path + each[len(repeat) :] for each in asked if each.startswith(repeat + "/")]
    found: dict[str, tuple[str, str]] = {}
    for each in here:
        with suppress(Refusal):  # it lies in a repeat within, of which there is none yet
            value = fill.view(each).value
            if value:
                found[each] = (value, "default")
    return found


def values_in(fill: Fill, path: str) -> Values:
    """What stands in one of a repeat and has to be kept: what was given, and the defaults."""
    kept = {
        each: (value, str(origin))
        for each, (value, origin) in fill.answers().items()
        if each.startswith(path + "/") and origin != "calculated"
    }
    snapshot = fill.snapshot()
    return kept | {
        each: (snapshot.values[each][0], "given")
        for each in snapshot.values
        if each.startswith(path + "/") and each in snapshot.given
    }


def gone_from(fill: Fill, notes: Mapping[str, str], repeat: str, number: int, *, token: str) -> Gone:
    """Keep what stands in one of a repeat, before it is taken out."""
    inside = f"{repeat}[{number}]"
    snapshot = fill.snapshot()
    return Gone(
        token=token,
        repeat=repeat,
        number=number,
        values={
            path: text
            for path, (text, _) in snapshot.values.items()
            if path.startswith(inside + "/") and path in snapshot.given
        },
        repeats=tuple(
            (f"{holder}/{schema.rpartition('/')[2]}", count)
            for holder, schema, count in snapshot.repeats
            if holder == inside or holder.startswith(inside + "/")
        ),
        notes={path: words for path, words in notes.items() if path.startswith(inside + "/")},
    )


def put_back(fill: Fill, gone: Gone) -> list[Effect]:
    """Put one back into the form, with the repeats within and its answers."""
    effects = [fill.add_repeat(gone.repeat, gone.number)]
    for repeat, count in gone.repeats:
        with suppress(Refusal):  # one that an answer counts comes with that answer
            while fill.repeats(repeat) < count:
                effects.append(fill.add_repeat(repeat))
    for path, value in gone.values.items():
        with suppress(Refusal):
            effects.append(fill.set(path, value))
    return effects
