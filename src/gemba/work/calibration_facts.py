"""What a calibration session shows: agreement before and after, each rater against the standard, hard cases."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from gemba.domain.calibration import CalibrationRating, CalibrationSession, CalibrationState
from gemba.domain.people import Person
from gemba.domain.record import Uid
from gemba.methods.agreement.attribute import Band, attribute_agreement
from gemba.methods.agreement.krippendorff import Level, alpha_change, alpha_interval, krippendorff
from gemba.methods.agreement.percent import percent_agreement
from gemba.store.reading import Reader
from gemba.work.calibration import case_words
from gemba.work.calibration_blind import open_round, visible_ratings
from gemba.work.records import known

FEW = 5
"""Cases rated by two below which no alpha is told."""
SEED = "calibration"


class RaterFacts(msgspec.Struct, frozen=True):
    """One rater in one round."""

    name: str
    rated: int
    """Cases."""
    right: int | None
    """Of the cases with a standard; `None` without any."""
    of: int
    low: float | None
    high: float | None
    """Exact 95 % interval of the share that is right."""
    band: Band | None
    """Good from 90 %, marginal from 80 %."""


class RoundFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One round that is closed, or as much of an open one as its viewer gave."""

    round: int
    is_closed: bool
    raters: tuple[RaterFacts, ...]
    cases: int
    """Rated by two or more."""
    percent: float | None
    """Pairs of ratings that agree."""
    alpha: float | None
    low: float | None
    high: float | None
    levels: dict[str, dict[str, str]]
    """For each case the level that each rater gave, by name."""


class SessionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its viewer may see it."""

    session: CalibrationSession
    """Without its standards while the first round is open: nobody is to rate by them."""
    cases: dict[str, str]
    """What each case says, by code."""
    rounds: tuple[RoundFacts, ...]
    change: float | None
    """Alpha after minus alpha before, on the cases that were rated in both."""
    change_low: float | None
    change_high: float | None
    hardest: tuple[str, ...]
    """Cases on which raters differed in the last closed round, the most different first."""
    left: tuple[str, ...]
    """Cases that the viewer has not rated in the open round."""
    progress: dict[str, int]
    """How many cases each has rated in the open round, as far as their packs are here; not how."""


def facts_of(reader: Reader, session: Uid, viewer: Uid) -> SessionFacts:
    """A session with its rounds; of an open round nobody sees more than their own ratings.

    Raises:
        Refusal: there is no such session.
    """
    about = known(reader, CalibrationSession, session)
    if about.state is CalibrationState.FIRST:
        about = msgspec.structs.replace(about, standards={})
    seen = visible_ratings(reader, about, viewer)
    given = reader.find(CalibrationRating, session=session)
    names = _names(reader, sorted({one.rater for one in given}))
    rounds = tuple(_round(about, number, seen, names) for number in (1, 2) if _has_begun(about, number))
    change = _change(about, seen) if len([one for one in rounds if one.is_closed]) == 2 else (None, None, None)
    closed = [one for one in rounds if one.is_closed]
    rated = {one.case for one in seen if one.rater == viewer and not _is_closed(about, one.round)}
    is_open = any(not one.is_closed for one in rounds)
    return SessionFacts(
        session=about,
        cases={code: case_words(reader, about, code) for code in about.cases},
        rounds=rounds,
        change=change[0],
        change_low=change[1],
        change_high=change[2],
        hardest=_hardest(closed[-1]) if closed else (),
        left=tuple(code for code in about.cases if code not in rated) if is_open else (),
        progress=dict(Counter(names[one.rater] for one in given if one.round == open_round(about))),
    )


def _has_begun(session: CalibrationSession, number: int) -> bool:
    return number == 1 or bool(session.anchors_after)


def _is_closed(session: CalibrationSession, number: int) -> bool:
    if number == 1:
        return session.state is not CalibrationState.FIRST
    return session.state is CalibrationState.CLOSED


def _round(
    session: CalibrationSession, number: int, seen: Sequence[CalibrationRating], names: Mapping[Uid, str]
) -> RoundFacts:
    given = [one for one in seen if one.round == number]
    closed = _is_closed(session, number)
    units = _units(session, given)
    rated = [unit for unit in units if sum(each is not None for each in unit) > 1]
    enough = closed and len(rated) >= FEW
    level = _level(session)
    alpha = krippendorff(rated, level).alpha if enough else math.nan
    between = alpha_interval(rated, level, seed=SEED) if enough and not math.isnan(alpha) else None
    by_rater: dict[Uid, list[CalibrationRating]] = {}
    for one in given:
        by_rater.setdefault(one.rater, []).append(one)
    levels: dict[str, dict[str, str]] = {code: {} for code in session.cases}
    for one in given:
        levels[one.case][names[one.rater]] = one.level
    return RoundFacts(
        round=number,
        is_closed=closed,
        raters=tuple(_rater(session, names[rater], some) for rater, some in sorted(by_rater.items())),
        cases=len(rated),
        percent=percent_agreement(rated).pairwise if closed and rated else None,
        alpha=None if math.isnan(alpha) else alpha,
        low=None if between is None else between.low,
        high=None if between is None else between.high,
        levels=levels,
    )


def _level(session: CalibrationSession) -> Level:
    return Level.ORDINAL if session.is_ordered else Level.NOMINAL


def _units(session: CalibrationSession, given: Sequence[CalibrationRating]) -> list[list[float | None]]:
    """For each case the places of the levels that it was given, a column for each rater."""
    raters = sorted({one.rater for one in given})
    at = {(one.case, one.rater): float(session.levels.index(one.level)) for one in given if one.level in session.levels}
    return [[at.get((case, rater)) for rater in raters] for case in session.cases]


def _rater(session: CalibrationSession, name: str, given: Sequence[CalibrationRating]) -> RaterFacts:
    told = [one for one in given if one.case in session.standards]
    if not told:
        return RaterFacts(name, len(given), None, 0, None, None, None)
    bad = session.levels[:1] if session.is_ordered else ()
    study = attribute_agreement(
        {name: [[one.level] for one in told]}, [session.standards[one.case] for one in told], bad
    )
    of = study.appraisers[name]
    right = of.effectiveness
    return RaterFacts(name, len(given), right.hits, right.n, right.interval.low, right.interval.high, of.band)


def _change(
    session: CalibrationSession, seen: Sequence[CalibrationRating]
) -> tuple[float | None, float | None, float | None]:
    before, after = (_units(session, [one for one in seen if one.round == number]) for number in (1, 2))
    both = sum(
        all(sum(each is not None for each in unit) > 1 for unit in pair) for pair in zip(before, after, strict=True)
    )
    if both < FEW:
        return None, None, None
    rise, between = alpha_change(before, after, _level(session), seed=SEED)
    return rise, between.low, between.high


def _hardest(found: RoundFacts) -> tuple[str, ...]:
    spread = {case: len(set(given.values())) for case, given in found.levels.items()}
    return tuple(case for case in sorted(spread, key=lambda case: -spread[case]) if spread[case] > 1)


def _names(reader: Reader, raters: Sequence[Uid]) -> dict[Uid, str]:
    """What raters are called; people of the same name are told apart by a number."""
    found: dict[Uid, str] = {}
    for rater in raters:
        person = reader.get(Person, rater)
        name = rater if person is None else person.name
        same = sum(each.partition(" (")[0] == name for each in found.values())
        found[rater] = f"{name} ({same + 1})" if same else name
    return found
