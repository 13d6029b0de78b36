"""Discretion reviewed: how far each role went, month by month, and what that says of their boundaries.

Shares are of the decisions that can be compared with a boundary, with Wilson's interval. A share counts as high only
when its whole interval lies above what may be tolerated, so that a quiet month is not called a pattern.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from gemba.domain.decisions import Boundary, Standing
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.standings import holds, plain
from gemba.errors import Refusal
from gemba.methods.proportions import compare_shares, wilson
from gemba.reports.chart_numbers import percent
from gemba.store import discretion_counts
from gemba.store.discretion_counts import CaseCount, StandingCount
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.exception_standards import standards

COMPARED = (Standing.WITHIN, Standing.AT_LIMIT, Standing.BEYOND, Standing.ESCALATED, Standing.NEEDLESS)
"""What can be compared with a boundary."""
TOLERATED = 0.10
"""Share of decisions beyond a boundary, or escalated without need, that is not called high."""
_MONTH = re.compile(r"(\d{4})-(\d\d?)")
FEWEST = 5
"""Decisions from which on a share is told at all."""


class Reading(StrEnum):
    """What the shares of a role say."""

    FITS = "fits"
    UNDER = "under"
    """Much goes up that need not: people dare less than they may."""
    OVER = "over"
    """Much is decided beyond the boundary: people dare more than they may, or the boundary is too tight."""
    BOTH = "both"
    """Both at once: the boundary is not known, or not understood."""
    FEW = "few"
    """Too few decisions to say."""
    GAP = "gap"
    """Nothing to compare with: no boundary, or no amount."""


class Share(msgspec.Struct, frozen=True):
    """How many, of how many."""

    count: int
    of: int
    share: float | None
    """`None` when they are too few to say."""
    low: float | None
    high: float | None


class RoleReview(msgspec.Struct, frozen=True):
    """The decisions of a role, or of a role at a place, in a span of months."""

    role: str
    place: Uid | None
    """`None` for all places together."""
    total: int
    compared: int
    """Decisions that can be compared with a boundary."""
    shares: dict[str, Share]
    """By standing; those of `COMPARED` are of `compared`, the others of `total`."""
    reading: Reading
    words: str
    trend: str = ""
    """How the first half of the months differs from the second, where it does."""


class MonthReview(msgspec.Struct, frozen=True):
    """A role's month."""

    month: str
    total: int
    compared: int
    shares: dict[str, Share]


class Discretion(msgspec.Struct, frozen=True):
    """Discretion in a span of months."""

    begins: date
    ends: date
    total: int
    roles: tuple[RoleReview, ...]
    places: tuple[RoleReview, ...]
    """By role and place; those that say something first."""
    months: dict[str, tuple[MonthReview, ...]]
    """By role."""


class StandardUse(msgspec.Struct, frozen=True):
    """How often decisions followed an exception standard."""

    code: str
    title: str
    """Empty where the register does not have it."""
    count: int
    last: date | None


class Gap(msgspec.Struct, frozen=True):
    """A scenario and role that decide without any boundary or standard."""

    scenario: str
    role: str
    count: int
    last: date


class Exceptions(msgspec.Struct, frozen=True):
    """Which standards are used, and where there are none."""

    used: tuple[StandardUse, ...]
    """The most used first; those that nobody used at the end."""
    gaps: tuple[Gap, ...]
    """The most frequent first."""
    unused: tuple[Boundary, ...]
    """Boundaries in force by which nothing was decided."""


def review(reader: Reader, begins: date, ends: date, *, place: Uid | None = None, role: str = "") -> Discretion:
    """How far each role went.

    Args:
        reader: of the store.
        begins: first day.
        ends: last day.
        place: that place and all below it.
        role: only this one.
    """
    counts = discretion_counts.by_month(reader, begins, ends, place)
    counts = [one for one in counts if not role or plain(one.role) == plain(role)]
    spelled = _spelled(counts)
    by_role: dict[str, list[StandingCount]] = {}
    by_place: dict[tuple[str, Uid], list[StandingCount]] = {}
    for one in counts:
        by_role.setdefault(spelled[plain(one.role)], []).append(one)
        by_place.setdefault((spelled[plain(one.role)], one.place), []).append(one)
    names = {at.uid: at.name for at in reader.find(Place)}
    places = [_reviewed(of, at, some) for (of, at), some in by_place.items()]
    places.sort(key=lambda one: (_ORDER[one.reading], -one.total, one.role, names.get(one.place or "", "")))
    return Discretion(
        begins,
        ends,
        sum(each.count for each in counts),
        tuple(sorted((_reviewed(of, None, some) for of, some in by_role.items()), key=lambda one: -one.total)),
        tuple(places),
        {of: tuple(_months(some)) for of, some in by_role.items()},
    )


def exceptions(reader: Reader, begins: date, ends: date, *, place: Uid | None = None) -> Exceptions:
    """Which exception standards were followed how often, and which cases have neither boundary nor standard.

    Args: as `review`.
    """
    counts = discretion_counts.by_case(reader, begins, ends, place)
    known = standards(reader)
    used: dict[str, list[CaseCount]] = {code: [] for code in known}
    gaps: dict[tuple[str, str], list[CaseCount]] = {}
    decided: set[tuple[str, str]] = set()
    for one in counts:
        if one.exception:
            used.setdefault(one.exception, []).append(one)
        elif one.standing is Standing.UNBOUNDED:
            gaps.setdefault((plain(one.scenario), plain(one.role)), []).append(one)
        decided.add((plain(one.scenario), plain(one.role)))
    uses = [
        StandardUse(
            code,
            known[code].title if code in known else "",
            sum(one.count for one in some),
            max((one.last for one in some), default=None),
        )
        for code, some in used.items()
    ]
    return Exceptions(
        tuple(sorted(uses, key=lambda one: (-one.count, one.code))),
        tuple(sorted(map(_gap, gaps.values()), key=lambda one: (-one.count, one.scenario, one.role))),
        tuple(
            one
            for one in reader.find(Boundary)
            if holds(one, ends) and (plain(one.scenario), plain(one.role)) not in decided
        ),
    )


def months_of(begins: date, ends: date) -> tuple[str, ...]:
    """The months (`2026-11`) from that of one day to that of another."""
    first, last = begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month - 1
    return tuple(f"{each // 12:04d}-{each % 12 + 1:02d}" for each in range(first, last + 1))


def span(last: str, months: int) -> tuple[date, date]:
    """First and last day of so many months, up to and with this one (`2026-11`).

    Raises:
        Refusal: `work.discretion_month` when it is no month.
    """
    match = _MONTH.fullmatch(last.strip())
    if match is None or not 1 <= int(match[2]) <= 12 or int(match[1]) * 12 + int(match[2]) <= months + 12:
        raise Refusal("work.discretion_month", said=last[:20])
    number = int(match[1]) * 12 + int(match[2]) - 1
    begins = date((number - months + 1) // 12, (number - months + 1) % 12 + 1, 1)
    if number + 1 >= 12 * 10_000:
        return begins, date.max
    return begins, date((number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)


def share_of(count: int, of: int) -> Share:
    """A share with its interval; none of fewer than five."""
    if of < FEWEST:
        return Share(count, of, None, None, None)
    found = wilson(count, of)
    return Share(count, of, count / of, found.low, found.high)


def reading_words(reading: Reading) -> str:
    """What a reading is called."""
    return {
        Reading.FITS: text("Fits"),
        Reading.UNDER: text("Dares too little"),
        Reading.OVER: text("Goes too far"),
        Reading.BOTH: text("Boundary not understood"),
        Reading.FEW: text("Too few to say"),
        Reading.GAP: text("Nothing to compare with"),
    }[reading]


_ORDER = {
    one: at
    for at, one in enumerate((Reading.BOTH, Reading.OVER, Reading.UNDER, Reading.FITS, Reading.GAP, Reading.FEW))
}


def _spelled(counts: Iterable[StandingCount]) -> dict[str, str]:
    """How each role is written most often."""
    written: dict[str, Counter[str]] = {}
    for one in counts:
        written.setdefault(plain(one.role), Counter())[one.role] += one.count
    return {role: min(some, key=lambda words: (-some[words], words)) for role, some in written.items()}


def _reviewed(role: str, place: Uid | None, counts: list[StandingCount]) -> RoleReview:
    by = _standings(counts)
    compared = sum(by[one] for one in COMPARED)
    shares = _shares(by)
    reading = _read(by, compared)
    return RoleReview(role, place, by.total(), compared, shares, reading, _words(reading, shares, role), _trend(counts))


def _months(counts: list[StandingCount]) -> list[MonthReview]:
    by_month: dict[str, list[StandingCount]] = {}
    for one in counts:
        by_month.setdefault(one.month, []).append(one)
    found = []
    for month in sorted(by_month):
        by = _standings(by_month[month])
        found.append(MonthReview(month, by.total(), sum(by[one] for one in COMPARED), _shares(by)))
    return found


def _standings(counts: Iterable[StandingCount]) -> Counter[Standing]:
    by = Counter[Standing]()
    for one in counts:
        by[one.standing] += one.count
    return by


def _shares(by: Counter[Standing]) -> dict[str, Share]:
    compared = sum(by[one] for one in COMPARED)
    return {one.value: share_of(by[one], compared if one in COMPARED else by.total()) for one in Standing}


def _read(by: Counter[Standing], compared: int) -> Reading:
    if by.total() < FEWEST:
        return Reading.FEW
    if compared < FEWEST:
        return Reading.GAP
    over = wilson(by[Standing.BEYOND], compared).low > TOLERATED
    under = wilson(by[Standing.NEEDLESS], compared).low > TOLERATED
    if over and under:
        return Reading.BOTH
    return Reading.OVER if over else Reading.UNDER if under else Reading.FITS


def _words(reading: Reading, shares: dict[str, Share], role: str) -> str:
    beyond, needless = shares[Standing.BEYOND], shares[Standing.NEEDLESS]
    facts = {
        "role": role,
        "beyond": percent(beyond.share or 0),
        "needless": percent(needless.share or 0),
        "of": beyond.of,
    }
    return {
        Reading.FITS: text("{role}: neither is high. {beyond} beyond, {needless} escalated without need.", **facts),
        Reading.UNDER: text(
            "{role} hands up {needless} of {of:decision|decisions} that it may take itself: it dares "
            "less than it may, or does "
            "not know its boundary.",
            **facts,
        ),
        Reading.OVER: text(
            "{role} decides {beyond} of {of} beyond its boundary: it goes too far, or the boundary is too tight for "
            "what customers bring.",
            **facts,
        ),
        Reading.BOTH: text(
            "{role} decides {beyond} beyond its boundary and hands up {needless} without need: the boundary is not "
            "known or not understood.",
            **facts,
        ),
        Reading.FEW: text("{role}: fewer than {fewest} decisions, too few to say.", role=role, fewest=FEWEST),
        Reading.GAP: text("{role}: hardly anything can be compared; boundaries or amounts are missing.", role=role),
    }[reading]


def _trend(counts: list[StandingCount]) -> str:
    """What differs between the first and the second half of the months, where the interval does not hold none."""
    months = sorted({one.month for one in counts})
    if len(months) < 4:
        return ""
    middle = months[len(months) // 2]
    before = _standings(one for one in counts if one.month < middle)
    after = _standings(one for one in counts if one.month >= middle)
    of = [sum(some[one] for one in COMPARED) for some in (before, after)]
    if min(of) < FEWEST:
        return ""
    said = []
    for standing, more, fewer in (
        (Standing.BEYOND, text("more goes beyond the boundary"), text("less goes beyond the boundary")),
        (Standing.NEEDLESS, text("more is escalated without need"), text("less is escalated without need")),
    ):
        gap = compare_shares(after[standing], of[1], before[standing], of[0]).interval
        if gap.low > 0 or gap.high < 0:
            said.append(more if gap.low > 0 else fewer)
    return text("Since {month}: {what}.", month=middle, what=", ".join(said)) if said else ""


def _gap(some: list[CaseCount]) -> Gap:
    first = max(some, key=lambda one: one.count)
    return Gap(first.scenario, first.role, sum(one.count for one in some), max(one.last for one in some))
