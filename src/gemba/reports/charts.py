"""A chart as a drawing: the same for the window, the printed page and picture files."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from gemba.reports.chart_bars import bars, bars_height
from gemba.reports.chart_facts import ChartFacts
from gemba.reports.chart_lines import Colours, limits, marks, series, sides, signs, under
from gemba.reports.chart_plot import Plot, plot, room_for
from gemba.reports.picture_facts import Drawn, Label, PictureFacts, Point
from gemba.wording import text

PRINT = Colours()


class Spot(msgspec.Struct, frozen=True):
    """Where a point is, and how much of the drawing belongs to it."""

    x: float
    y: float
    left: float
    top: float
    width: float
    height: float


class LaidOut(msgspec.Struct, frozen=True):
    """A drawing, and where its points are."""

    picture: PictureFacts
    spots: tuple[Spot, ...]


def chart_drawing(
    facts: ChartFacts, width: float, height: float, *, colours: Colours = PRINT, size: float = 7.5
) -> PictureFacts:
    """The drawing of a chart, for a report's `Drawing` part.

    Args:
        facts: the chart.
        width: millimetres.
        height: millimetres; a Pareto chart takes what its bars need, at most this.
        colours: what it is drawn in.
        size: of the type, points.
    """
    return lay_out(facts, width, height, colours=colours, size=size).picture


def lay_out(facts: ChartFacts, width: float, height: float, *, colours: Colours = PRINT, size: float = 7.5) -> LaidOut:
    """The drawing of a chart with the places of its points; arguments as for `chart_drawing`."""
    if facts.bars:
        high = min(height, bars_height(facts, size))
        drawn, boxes = bars(facts, width, high, size, colours)
        return LaidOut(_picture(facts, width, high, drawn), tuple(Spot(*box) for box in boxes))
    line = size * 0.3528 * 1.6
    legend = line if _legend(facts, colours) else 0.0
    share = 0.68 if facts.beneath is not None and height > 60 else 1.0
    area = plot(facts, width, (height - legend) * share - line, size, top=line * 1.5, below=line * 2.6)
    drawn = [*_titles(facts, area, size, colours), *_main(facts, area, size, colours)]
    if facts.beneath is not None and share < 1:
        drawn += _beneath(facts.beneath, area, (width, height - legend, size), colours)
    drawn += _legend_row(facts, area, height - legend, size, colours)
    return LaidOut(_picture(facts, width, height, drawn), tuple(_spots(facts, area)))


def spoken(facts: ChartFacts) -> str:
    """What a chart shows, in a few sentences, for those who do not see it."""
    judged = [point for point in facts.points if not point.excluded]
    if not judged:
        return text("{title}: nothing to chart yet.", title=facts.title)
    told = " ".join(signal.sentence for signal in facts.signals[-5:]) or text("No rule signals.")
    return text(
        "{kind} of {title}, {n:point|points} from {first} to {last}. {told}",
        kind=facts.kind_title,
        title=facts.title,
        n=len(judged),
        first=judged[0].label,
        last=judged[-1].label,
        told=told,
    )


def _picture(facts: ChartFacts, width: float, height: float, drawn: list[Drawn]) -> PictureFacts:
    return PictureFacts(width, height, tuple(drawn), spoken(facts), mirrored=False)


def _main(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    yield from sides(facts, area, size, colours)
    if facts.funnel:
        yield from limits(facts, area, size, colours)
        yield from signs(facts, area, colours)
        yield from _named_sites(facts, area, size, colours)
        most = max((point.size or 0.0 for point in facts.points), default=0.0)
        yield Label(area.left, area.foot + 1.4, "0", size, colours.muted, "centre")
        yield Label(area.right, area.foot + 1.4, f"{most:,.0f}".replace(",", "\u202f"), size, colours.muted, "end")
        return
    yield from under(facts, area, size, colours)
    yield from limits(facts, area, size, colours)
    yield from series(facts, area, colours)


def _titles(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    """What the values are, above the side; what the points stand for, below."""
    high = size * 0.3528
    yield Label(0.0, 0.0, facts.axis, size, colours.muted, bold=True)
    yield Label(area.right, area.foot + 1.4 + high * 1.4, facts.across, size, colours.muted, "end", bold=True)


def _beneath(facts: ChartFacts, area: Plot, room: tuple[float, float, float], colours: Colours) -> list[Drawn]:
    """The moving ranges, on the same positions."""
    width, height, size = room
    line = size * 0.3528 * 1.6
    top = area.foot + line * 3.4
    low = plot(facts, width, height - top - line * 0.4, size, top=top, below=0.0)
    aligned = msgspec.structs.replace(low, left=area.left, width=area.width, across=area.across[: len(facts.points)])
    title = Label(0.0, top - line * 1.4, facts.kind_title, size, colours.muted, bold=True)
    return [title, *sides(facts, aligned, size, colours), *limits(facts, aligned, size, colours),
            *series(facts, aligned, colours)]  # fmt: skip


def _named_sites(facts: ChartFacts, area: Plot, size: float, colours: Colours) -> Iterator[Drawn]:
    """The names of the sites that stand out."""
    for at in sorted(facts.signalled):
        point = facts.points[at]
        left = area.x(at) > area.left + area.width / 2
        x = area.x(at) - 2 if left else area.x(at) + 2
        yield Label(x, area.y(point.value) - size * 0.2, point.label, size, colours.ink, "end" if left else "start")


def _legend(facts: ChartFacts, colours: Colours) -> list[tuple[Point, str]]:
    shapes = set(marks(facts).values())
    told: list[tuple[Point, str]] = []
    for mark, words in (("diamond", text("beyond a limit")), ("square", text("in a run or pattern"))):
        for worse, tone in ((True, text("worse")), (False, text("better"))):
            if (mark, worse) in shapes:
                colour = colours.poor if worse else colours.good
                told.append((Point(0, 0, 2.2, colour, mark), f"{words} ({tone})"))  # type: ignore[arg-type]
    if any(point.excluded for point in facts.points):
        told.append((Point(0, 0, 1.8, colours.muted, "ring"), text("not judged")))
    if any(point.small for point in facts.points):
        told.append((Point(0, 0, 1.8, colours.muted, "ring"), text("fewer than ten")))
    return told


def _legend_row(facts: ChartFacts, area: Plot, y: float, size: float, colours: Colours) -> Iterator[Drawn]:
    x, high = area.left, size * 0.3528
    for point, words in _legend(facts, colours):
        yield msgspec.structs.replace(point, x=x + 1.2, y=y + high * 0.7)
        yield Label(x + 3.4, y, words, size, colours.muted)
        x += room_for(words, size) + 8.0


def _spots(facts: ChartFacts, area: Plot) -> Iterator[Spot]:
    half = area.width / max(1, len(facts.points)) / 2
    for at, point in enumerate(facts.points):
        x, y = area.x(at), area.y(point.value)
        if facts.funnel:
            yield Spot(x, y, x - 2.5, y - 2.5, 5.0, 5.0)
        else:
            yield Spot(x, y, x - half, area.top, half * 2, area.height)


__all__ = ["PRINT", "Colours", "LaidOut", "Spot", "chart_drawing", "lay_out", "spoken"]
