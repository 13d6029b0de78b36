"""The frame: the list that a sample is drawn from, frozen by its hash, and the draw that anyone can repeat.

The ids are sorted and written one a line (UTF-8, each with a line feed); the SHA-256 of that text names the frame. A
draw sorts the ids of each stratum, takes a stream of chance from the seed with the stratum's name, and shuffles
partially (`chance.ALGORITHM`). Whoever has ids, seed and algorithm gets the same sample.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import eq

from gemba.errors import Refusal
from gemba.methods.chance import ALGORITHM, Chance
from gemba.methods.checking import enough, within


@dataclass(frozen=True, slots=True)
class Frame:
    """All ids that could be drawn, sorted, and the hash that freezes them."""

    ids: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample, with all it takes to draw it again."""

    ids: tuple[str, ...]
    """In the order drawn, stratum by stratum."""
    frame: str
    """SHA-256 of the frame."""
    seed: str
    algorithm: str
    sizes: tuple[tuple[str, int], ...]
    """How many from each stratum, strata sorted by name."""


def freeze_frame(ids: Iterable[str]) -> Frame:
    """Sort and hash the ids.

    Raises:
        Refusal: `methods.twice` when an id stands twice, `methods.line_feed` for an id with a line break,
            `methods.too_few` for an empty frame.
    """
    listed = sorted(ids)
    enough(listed, 1)
    if any(map(eq, listed, islice(listed, 1, None))):  # sorted: an id that stands twice stands beside itself
        twice = [each for each, count in Counter(listed).items() if count > 1]
        raise Refusal("methods.twice", id=twice[0], count=len(twice))
    text = "\n".join([*listed, ""])
    if text.count("\n") > len(listed):
        broken = next(each for each in listed if "\n" in each)
        raise Refusal("methods.line_feed", id=broken.replace("\n", " "))
    return Frame(tuple(listed), hashlib.sha256(text.encode()).hexdigest())


def draw_sample(frame: Frame, n: int, seed: str) -> Draw:
    """`n` different ids of the frame.

    Raises:
        Refusal: `methods.outside` when n is not 1 to the frame's length.
    """
    within("sample size", n, 0, len(frame.ids))
    drawn = Chance(f"{seed}\n").sample(frame.ids, n)
    enough(drawn, 1)
    return Draw(tuple(drawn), frame.sha256, seed, ALGORITHM, (("", n),))


def draw_stratified(frame: Frame, stratum_of: Mapping[str, str], sizes: Mapping[str, int], seed: str) -> Draw:
    """So many ids of each stratum.

    Args:
        frame: the frozen frame.
        stratum_of: the stratum of each id of the frame.
        sizes: how many to draw from each stratum; strata that are not named give none.
        seed: any text, stored with the sample.

    Raises:
        Refusal: `methods.outside` when a stratum has too few ids.
    """
    strata = _apart(frame, stratum_of, sizes)
    drawn: list[str] = []
    for name in sorted(sizes):
        within("sample size", sizes[name], 0, len(strata[name]))
        drawn += Chance(f"{seed}\n{name}").sample(strata[name], sizes[name])
    enough(drawn, 1)
    return Draw(tuple(drawn), frame.sha256, seed, ALGORITHM, tuple(sorted(sizes.items())))


def _apart(frame: Frame, stratum_of: Mapping[str, str], sizes: Iterable[str]) -> dict[str, list[str]]:
    """The ids of each stratum, in the order of the frame; also of those that are empty."""
    names = list(map(stratum_of.__getitem__, frame.ids))
    strata: dict[str, list[str]] = {name: [] for name in {*sizes, *names}}
    into = {name: ids.append for name, ids in strata.items()}
    for each, put in zip(frame.ids, map(into.__getitem__, names), strict=True):
        put(each)
    return strata


def is_same_draw(draw: Draw, frame: Frame, stratum_of: Mapping[str, str] | None = None) -> bool:
    """Whether drawing again from this frame gives the very same sample; False as well when the frame has changed."""
    if draw.frame != frame.sha256 or draw.algorithm != ALGORITHM:
        return False
    strata = stratum_of if stratum_of is not None else dict.fromkeys(frame.ids, "")
    return draw_stratified(frame, strata, dict(draw.sizes), draw.seed).ids == draw.ids
