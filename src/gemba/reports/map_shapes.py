"""A value-stream map as a drawing: boxes with their data, queues, hand-offs, the timeline below, pains above.

The symbols are those of Rother and Shook, Learning to See: a box for a process, a triangle for what waits, a striped
arrow where work changes hands, a house with a saw-toothed roof for what lies outside, a burst for a pain, and below all
of it a line that runs high while a piece waits and low while it is worked on. Long paths go on in the next row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import msgspec

from gemba.domain.process_maps import StepSort
from gemba.reports.picture_facts import Area, Drawn, Label, PictureFacts, Shape, Stroke

BOX, GAP, END = 34.0, 17.0, 27.0
"""Millimetres: width of a step, of what lies between two, and of the customer at either end."""
_PINS, _HIGH, _LINE, _LINES = 15.0, 15.0, 4.1, 5
"""Room for pains above a box, its height, the height of a line of data, and how many there are."""
_TOP = _PINS + _HIGH + _LINE * _LINES + 1.6
"""Where the timeline begins."""
_ROW = _TOP + 17.0
_BETWEEN = 6.0
_WORDS, _SMALL = 8.2, 7.2
"""Points."""
_LETTERS = 19
"""Letters of a title on one line, about."""


class Ache(msgspec.Struct, frozen=True):
    """What hurts at a step."""

    count: int
    weight: int
    severity: str
    """Code of the worst: low, medium, high or critical."""
    word: str
    """The same in words."""
    rank: int


class DrawnStep(msgspec.Struct, frozen=True):
    """A step as it is drawn. Words are in the person's language."""

    uid: str
    sort: StepSort
    title: str
    data: tuple[tuple[str, str], ...]
    """Short name and value of each line of its data box, at most five."""
    owner: str
    """Whoever answers for it, or the words that nobody does."""
    owned: bool
    work: str
    """Time of its work, below the timeline; empty when not known."""
    wait: str
    """Time that a piece waits before it."""
    hand_off: bool
    slow: bool
    """True when it is slower than customers ask."""
    ache: Ache | None


class DrawnMap(msgspec.Struct, frozen=True):
    """A map as it is drawn."""

    begins: str
    """What the customer sets it off with."""
    ends: str
    steps: tuple[DrawnStep, ...]
    spoken: str


class Spot(msgspec.Struct, frozen=True):
    """Where a step stands, for those who point at it."""

    uid: str
    x: float
    y: float
    width: float
    height: float


class MapDrawing(msgspec.Struct, frozen=True):
    """A map laid out for a width."""

    picture: PictureFacts
    spots: tuple[Spot, ...]


def draw_map(facts: DrawnMap, width: float) -> MapDrawing:
    """Lay a map out.

    Args:
        facts: what stands on it.
        width: millimetres; steps that do not fit go on in the next row.
    """
    rows = _rows(len(facts.steps), width)
    shapes: list[Drawn] = []
    spots: list[Spot] = []
    widest = 0.0
    for number in range(len(rows)):
        drawn, there, right = _row(facts, rows, number, number * (_ROW + _BETWEEN))
        shapes += drawn
        spots += there
        widest = max(widest, right)
    height = len(rows) * (_ROW + _BETWEEN) - _BETWEEN
    return MapDrawing(PictureFacts(widest, height, tuple(shapes), facts.spoken), tuple(spots))


def draw_rows(facts: DrawnMap, width: float) -> list[PictureFacts]:
    """The same, each row a drawing of its own, so that a page can end between two."""
    rows = _rows(len(facts.steps), width)
    drawn = [_row(facts, rows, number, 0.0) for number in range(len(rows))]
    widest = max(right for _, _, right in drawn)
    return [PictureFacts(widest, _ROW, tuple(shapes), facts.spoken) for shapes, _, _ in drawn]


def _row(
    facts: DrawnMap, rows: Sequence[tuple[int, int]], number: int, top: float
) -> tuple[list[Drawn], list[Spot], float]:
    """Shapes and places of one row, and how far it reaches."""
    heaviest = max((step.ache.weight for step in facts.steps if step.ache), default=1)
    shapes: list[Drawn] = []
    spots: list[Spot] = []
    x = 0.0
    if number == 0:
        shapes += _customer(facts.begins, x, top)
        x += END
    for step in facts.steps[slice(*rows[number])]:
        shapes += _between(step, x, top)
        x += GAP
        shapes += _step(step, x, top, heaviest)
        shapes += _timeline(step, x, top)
        spots.append(Spot(step.uid, x, top, BOX, _TOP))
        x += BOX
    if number < len(rows) - 1:
        return [*shapes, *_goes_on(x, top)], spots, x + GAP / 2
    shapes += _arrow(x + 1, x + GAP - 1, top + _PINS + _HIGH / 2, striped=False)
    shapes += _customer(facts.ends, x + GAP, top)
    return shapes, spots, x + GAP + END


def least_width() -> float:
    """The narrowest that a map can be drawn."""
    return END + 2 * GAP + BOX + END


def _rows(count: int, width: float) -> list[tuple[int, int]]:
    """Which steps stand in each row: from, up to."""
    rows: list[tuple[int, int]] = []
    first = 0
    while first < count or not rows:
        room = width - (END if not rows else 0.0)
        rest = count - first
        whole = int((room - GAP - END) // (GAP + BOX))  # with the customer at the end
        taken = rest if rest <= whole else max(1, min(rest, int((room - GAP / 2) // (GAP + BOX))))
        if taken == rest > max(1, whole):
            taken -= 1  # the last row has the customer beside it
        rows.append((first, first + taken))
        first += taken
    return rows


def _step(step: DrawnStep, x: float, top: float, heaviest: int) -> Iterator[Drawn]:
    box = top + _PINS
    yield from _body(step, x, box)
    for at, line in enumerate(_lines(step.title, 3)):
        lines = len(_lines(step.title, 3))
        y = box + (_HIGH - lines * 4.0) / 2 + at * 4.0 + _sinks(step.sort)
        yield Label(x + BOX / 2, y, line, _WORDS, "ink", "centre", bold=True, width=BOX - 3)
    yield from _data(step, x, box + _HIGH)
    if step.ache is not None:
        yield from _burst(step.ache, x, top, heaviest)


def _body(step: DrawnStep, x: float, y: float) -> Iterator[Drawn]:
    """The symbol of its sort."""
    edge = "fair" if step.slow else "edge"
    if step.sort is StepSort.QUEUE:
        yield Shape(((x + 2, y + _HIGH), (x + BOX - 2, y + _HIGH), (x + BOX / 2, y - 2)), "fair_soft")
        corners = ((x + 2, y + _HIGH), (x + BOX / 2, y - 2), (x + BOX - 2, y + _HIGH), (x + 2, y + _HIGH))
        yield Stroke(corners, "fair", 0.4)
    elif step.sort is StepSort.DECISION:
        half = _HIGH / 2
        diamond = ((x, y + half), (x + BOX / 2, y - 1), (x + BOX, y + half), (x + BOX / 2, y + _HIGH))
        yield Shape(diamond, "card")
        yield Stroke((*diamond, diamond[0]), edge, 0.4)
    elif step.sort is StepSort.OUTSIDE:
        yield from _house(x, y, BOX, _HIGH)
    else:
        yield Area(x, y, BOX, _HIGH, fill="card", edge=edge)
        yield Stroke(((x, y + 0.4), (x + BOX, y + 0.4)), "accent", 0.8)


def _sinks(sort: StepSort) -> float:
    """How far a title stands below the middle, where the symbol is pointed at its top."""
    return 2.4 if sort in {StepSort.QUEUE, StepSort.OUTSIDE} else 0.0


def _data(step: DrawnStep, x: float, y: float) -> Iterator[Drawn]:
    """The data box: owner first, for who answers is asked first."""
    if step.sort is StepSort.OUTSIDE:
        return
    yield Area(x, y, BOX, _LINE * _LINES + 0.8, fill="raised", edge="line")
    colour = "muted" if step.owned else "poor"
    yield Label(x + 1.4, y + 0.6, step.owner, _SMALL, colour, bold=not step.owned, width=BOX - 2.8)
    for at, (name, value) in enumerate(step.data[: _LINES - 1], 1):
        line = y + 0.6 + at * _LINE
        yield Label(x + 1.4, line, name, _SMALL, "muted", width=BOX * 0.56)
        yield Label(x + BOX - 1.4, line, value, _SMALL, "ink", "end", width=BOX * 0.42)


def _between(step: DrawnStep, x: float, top: float) -> Iterator[Drawn]:
    """What lies before a step: an arrow, striped where work changes hands; a triangle where a piece waits."""
    middle = top + _PINS + _HIGH / 2
    yield from _arrow(x + 1, x + GAP - 1, middle, striped=step.hand_off)
    if step.wait and step.sort is not StepSort.QUEUE:
        centre, foot = x + GAP / 2, middle - 2.6
        yield Shape(((centre - 3.6, foot), (centre + 3.6, foot), (centre, foot - 6.2)), "fair_soft")
        corners = ((centre - 3.6, foot), (centre, foot - 6.2), (centre + 3.6, foot), (centre - 3.6, foot))
        yield Stroke(corners, "fair", 0.35)


def _arrow(begin: float, end: float, y: float, *, striped: bool) -> Iterator[Drawn]:
    head = 3.4
    if not striped:
        yield Stroke(((begin, y), (end - head, y)), "muted", 0.5)
        yield Shape(((end, y), (end - head, y - 1.7), (end - head, y + 1.7)), "muted")
        return
    half = 1.5
    corners = ((begin, y - half), (end - head, y - half), (end - head, y + half), (begin, y + half), (begin, y - half))
    yield Stroke(corners, "ink", 0.35)
    wide = (end - head - begin) / 7
    for at in (1, 3, 5):
        yield Area(begin + at * wide, y - half, wide, 2 * half, fill="ink")
    yield Shape(((end, y), (end - head, y - 2.6), (end - head, y + 2.6)), "ink")


def _goes_on(x: float, top: float) -> Iterator[Drawn]:
    """The path goes on in the next row."""
    y = top + _PINS + _HIGH / 2
    yield Stroke(((x + 1, y), (x + GAP / 2 - 1, y)), "muted", 0.5, dashed=True)
    yield Stroke(((x, top + _TOP + 9), (x + GAP / 2 - 1, top + _TOP + 9)), "muted", 0.3, dashed=True)


def _customer(words: str, x: float, top: float) -> Iterator[Drawn]:
    """The customer, at the beginning with a wish, at the end with its fulfilment."""
    y = top + _PINS
    yield from _house(x, y, END, _HIGH)
    for at, line in enumerate(_lines(words, 4, letters=15)):
        yield Label(x + END / 2, y + _HIGH + 1.4 + at * 3.9, line, _SMALL, "muted", "centre", width=END)


def _house(x: float, y: float, width: float, height: float) -> Iterator[Drawn]:
    """The house with the saw-toothed roof."""
    teeth, rise = 3, 3.6
    roof: list[tuple[float, float]] = [(x, y + rise)]
    for tooth in range(teeth):
        left = x + tooth * width / teeth
        roof += [(left + width / teeth, y - 0.4), (left + width / teeth, y + rise)]
    corners = (*roof, (x + width, y + height), (x, y + height))
    yield Shape(corners, "plain_soft")
    yield Stroke((*corners, corners[0]), "edge", 0.4)


def _timeline(step: DrawnStep, x: float, top: float) -> Iterator[Drawn]:
    """High while a piece waits, low while it is worked on."""
    high, low = top + _TOP + 6.0, top + _TOP + 11.0
    queue = step.sort is StepSort.QUEUE
    begin, end = x - GAP, x + BOX
    turn = end if queue else x
    yield Stroke(((begin, low), (begin, high), (turn, high), (turn, low), (end, low)), "ink", 0.35)
    if step.wait:
        room = turn - begin
        yield Label(begin + room / 2, high - 4.2, step.wait, _SMALL, "fair", "centre", width=max(room, GAP + 6))
    if step.work and not queue:
        yield Label(x + BOX / 2, low + 0.8, step.work, _SMALL, "good", "centre", width=BOX)


def _burst(ache: Ache, x: float, top: float, heaviest: int) -> Iterator[Drawn]:
    """A pain: the heavier the larger, told apart by its points as well, with its count and its worst in words."""
    size = 3.8 + 2.6 * math.sqrt(ache.weight / heaviest)
    cx, cy = x + 7.6, top + 7.2
    yield Shape(_corners(ache.severity, cx, cy, size), _tone(ache.severity))
    yield Label(cx, cy - 1.9, str(ache.count), _WORDS, "card", "centre", bold=True)
    yield Label(x + 15.6, top + 2.6, ache.word, _SMALL, "ink", bold=True, width=BOX - 15.6)
    yield Label(x + 15.6, top + 6.8, f"#{ache.rank} · {ache.weight}", _SMALL, "muted", width=BOX - 15.6)


def _corners(severity: str, cx: float, cy: float, size: float) -> tuple[tuple[float, float], ...]:
    """Low is round, medium has four sides, high six points, critical ten."""
    if severity == "medium":
        side = size * 0.86
        return ((cx - side, cy - side), (cx + side, cy - side), (cx + side, cy + side), (cx - side, cy + side))
    points = {"high": 12, "critical": 20}.get(severity, 24)
    inner = {"high": 0.68, "critical": 0.74}.get(severity, 1.0)
    return tuple(
        (
            cx + math.sin(2 * math.pi * at / points) * size * (inner if at % 2 else 1.12 if inner < 1 else 0.95),
            cy - math.cos(2 * math.pi * at / points) * size * (inner if at % 2 else 1.12 if inner < 1 else 0.95),
        )
        for at in range(points)
    )


def _tone(severity: str) -> str:
    return {"low": "muted", "medium": "fair"}.get(severity, "poor")


def _lines(words: str, most: int, letters: int = _LETTERS) -> Sequence[str]:
    """Words over at most so many lines; the last one is cut by whoever draws it."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most - 1:
        line = rest.pop(0)
        while rest and len(line) + 1 + len(rest[0]) <= letters:
            line = f"{line} {rest.pop(0)}"
        lines.append(line)
    return [*lines, " ".join(rest)] if rest else lines
