"""Adherence to leaders' standard work by week: per leader, layer and route, with the walks behind every number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import msgspec

from gemba.domain.leader_walks import Standing, monday_of
from gemba.domain.record import Uid
from gemba.domain.walk_adherence import Tally, tally
from gemba.domain.walks import Route
from gemba.errors import Refusal
from gemba.methods.proportions import wilson
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.desk import Desk
from gemba.work.routes import routes
from gemba.work.walk_plan import PlannedWalk, named, route_standings

WEEKS = 12
LONGEST = 104


class AdherenceLine(msgspec.Struct, frozen=True):
    """A leader's, layer's or route's weeks."""

    key: str
    title: str
    weeks: tuple[Tally, ...]
    """In the order of the weeks."""
    whole: Tally


class WalkAdherence(msgspec.Struct, frozen=True, kw_only=True):
    """How leaders' standard work was kept over some weeks."""

    weeks: tuple[date, ...]
    """Their Mondays, the first first; a walk belongs to the week in which it is expected."""
    today: date
    leaders: tuple[AdherenceLine, ...]
    layers: tuple[AdherenceLine, ...]
    routes: tuple[AdherenceLine, ...]
    whole: Tally
    besides: int
    """Concluded walks on these routes that stand for no expected one."""
    walks: tuple[PlannedWalk, ...]
    """What is behind the numbers, by day."""


def walk_adherence(desk: Desk, *, weeks: int = WEEKS, layer: str = "", leader: Uid = "") -> WalkAdherence:
    """Count the walks that were expected in the last weeks, this one among them.

    Args:
        desk: where the records are.
        weeks: so many.
        layer: only routes of this layer.
        leader: only what is expected of this leader.

    Raises:
        Refusal: `work.adherence_weeks` for none or too many.
    """
    if not 1 <= weeks <= LONGEST:
        raise Refusal("work.adherence_weeks", weeks=weeks, most=LONGEST)
    with desk.reader() as reader:
        today = desk.clock().date()
        mondays = tuple(monday_of(today) - timedelta(weeks=back) for back in reversed(range(weeks)))
        asked = [one for one in routes(reader, retired=True) if layer in ("", one.layer)]
        found: list[PlannedWalk] = []
        besides = 0
        for route in asked:
            planned, more = _of_route(reader, route, desk.clock(), mondays)
            found += [one for one in planned if leader in ("", one.leader)]
            besides += more if not leader else 0
    found.sort(key=lambda one: (one.expected.on, one.title, one.who))
    return WalkAdherence(
        weeks=mondays,
        today=today,
        leaders=_lines(found, mondays, lambda one: (one.leader, one.who or text("whoever is there"))),
        layers=_lines(found, mondays, lambda one: (one.layer, one.layer or text("without a layer"))),
        routes=_lines(found, mondays, lambda one: (one.route, one.title)),
        whole=tally(one.standing for one in found),
        besides=besides,
        walks=tuple(found),
    )


def share_words(counts: Tally, *, held: bool = False) -> str:
    """A share with its interval and how many it is of; counts alone where there are too few to say.

    Args:
        counts: of a line.
        held: of the place, so that walks by another who took the turn count, too.
    """
    kept = counts.in_window + (counts.stood_in if held else 0)
    said = text("{kept} of {counted}", kept=kept, counted=counts.counted)
    share = counts.held if held else counts.share
    if share is None:
        return text("{counts}, too few to say", counts=said) if counts.counted else text("none due yet")
    among = wilson(kept, counts.counted)
    return text(
        "{share:.0f} % ({low:.0f} – {high:.0f} %), {counts}",
        share=100 * share,
        low=100 * among.low,
        high=100 * among.high,
        counts=said,
    )


def told(made: WalkAdherence) -> list[str]:
    """The picture in a few sentences."""
    whole = made.whole
    if not made.walks:
        return [text("No walk was expected in these weeks; give a route walkers and a schedule.")]
    said = [text("Walked in the window: {share}.", share=share_words(whole, held=True))]
    for count, one, many in (
        (whole.late, text("{n} was walked late.", n=whole.late), text("{n} were walked late.", n=whole.late)),
        (whole.missed, text("{n} was missed.", n=whole.missed), text("{n} were missed.", n=whole.missed)),
    ):
        if count:
            said.append(one if count == 1 else many)
    if made.besides:
        said.append(
            plural(
                "{n} further walk was concluded on these routes outside all windows.",
                "{n} further walks were concluded on these routes outside all windows.",
                made.besides,
            )
        )
    return said


def _of_route(reader: Reader, route: Route, now: datetime, mondays: tuple[date, ...]) -> tuple[list[PlannedWalk], int]:
    """What was expected on a route in these weeks, and how many walks stand for nothing."""
    last = mondays[-1] + timedelta(days=6)
    made = route_standings(reader, route, now, last, mondays[0])
    shown: list[Standing] = [one for one in made.standings if mondays[0] <= one.expected.on <= last]
    return named(reader, route, shown), sum(mondays[0] <= one.on <= last for one in made.besides)


def _lines(
    found: Iterable[PlannedWalk], mondays: tuple[date, ...], by: Callable[[PlannedWalk], tuple[str, str]]
) -> tuple[AdherenceLine, ...]:
    groups: dict[tuple[str, str], list[PlannedWalk]] = {}
    for one in found:
        groups.setdefault(by(one), []).append(one)
    lines = [
        AdherenceLine(
            key,
            title,
            tuple(tally(one.standing for one in mine if monday_of(one.expected.on) == monday) for monday in mondays),
            tally(one.standing for one in mine),
        )
        for (key, title), mine in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.title.casefold(), line.key)))
