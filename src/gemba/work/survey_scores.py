"""What surveys say: scores with their intervals, over time and place by place; ranks only as far as intervals allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import msgspec

from gemba.domain.follow_through import Instrument, Survey
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.scores import Score, ces, ces_high, csat, nps
from gemba.store.list_filters import places_below
from gemba.work.desk import Desk
from gemba.work.survey_rows import SCALES

BY = ("place", "segment", "period", "source")


class SurveyScore(msgspec.Struct, frozen=True):
    """The score of one group of answers."""

    group: str
    title: str
    instrument: Instrument
    n: int
    value: float | None
    """In points: NPS -100 to 100, CSAT percent of the two best, CES mean of 1 to 7; `None` below ten answers."""
    low: float | None
    high: float | None
    easy: float | None
    """CES only: percent of 5, 6 and 7."""
    asked: int | None
    asked_often: int
    best_rank: int | None = None
    """One more than the number of groups whose interval lies wholly above; only where groups are ranked."""
    worst_rank: int | None = None
    """So low it may stand by the same rule."""
    uids: tuple[Uid, ...] = ()
    """Of the surveys: the imported counts that it is made of."""


class Scores(msgspec.Struct, frozen=True):
    """All answers together, then by group."""

    instrument: Instrument
    by: str
    whole: SurveyScore | None
    groups: tuple[SurveyScore, ...]


class SurveyQuestion(msgspec.Struct, frozen=True):
    """Which answers, told apart by what."""

    instrument: Instrument
    by: str = "period"
    place: Uid | None = None
    """With all below it."""
    segment: str | None = None
    begins: date | None = None
    ends: date | None = None


def scores(desk: Desk, question: SurveyQuestion) -> Scores:
    """Scores of the answers to one question.

    Raises:
        Refusal: `work.survey_by`.
    """
    if question.by not in BY:
        raise Refusal("work.survey_by", given=question.by, known=", ".join(BY))
    with desk.reader() as reader:
        names = {place.uid: place.name for place in reader.find(Place)}
        below = set(places_below(reader, (question.place,))) if question.place else None
        found = [one for one in reader.find(Survey, instrument=question.instrument) if _meant(one, question, below)]
    groups: dict[str, list[Survey]] = {}
    for one in found:
        groups.setdefault(_KEYS[question.by](one), []).append(one)
    told = [score_of(some, key, names.get(key, key)) for key, some in groups.items()]
    whole = score_of(found, "", "") if found else None
    if question.by == "period":
        return Scores(question.instrument, question.by, whole, tuple(sorted(told, key=lambda one: one.group)))
    return Scores(question.instrument, question.by, whole, ranked(told))


def score_of(surveys: Iterable[Survey], group: str, title: str) -> SurveyScore:
    """One score of all answers of some surveys of the same question."""
    some = list(surveys)
    instrument = some[0].instrument
    counts: Counter[str] = Counter()
    for one in some:
        counts.update(one.counts)
    low, high = SCALES[instrument]
    by_score = [counts[str(score)] for score in range(low, high + 1)]
    score = _SCORES[instrument](by_score)
    easy = ces_high(by_score).value if instrument is Instrument.CES else None
    asked = [one.asked for one in some if one.asked is not None]
    interval = score.interval
    return SurveyScore(
        group,
        title,
        instrument,
        score.n,
        score.value,
        interval.low if interval else None,
        interval.high if interval else None,
        easy,
        sum(asked) if asked else None,
        sum(one.asked_often for one in some),
        uids=tuple(one.uid for one in some),
    )


def ranked(groups: Iterable[SurveyScore]) -> tuple[SurveyScore, ...]:
    """The groups with the ranks that their intervals allow; those with too few answers stand last, without one."""
    told = [one for one in groups if one.low is not None and one.high is not None]
    untold = sorted((one for one in groups if one.value is None), key=lambda one: one.title)
    n = len(told)
    lows, highs = [one.low or 0.0 for one in told], [one.high or 0.0 for one in told]
    with_ranks = [
        msgspec.structs.replace(
            one,
            best_rank=1 + sum(low > (one.high or 0.0) for low in lows),
            worst_rank=n - sum(high < (one.low or 0.0) for high in highs),
        )
        for one in told
    ]
    with_ranks.sort(key=lambda one: (-(one.value or 0.0), one.title))
    return (*with_ranks, *untold)


def _meant(one: Survey, question: SurveyQuestion, below: set[Uid] | None) -> bool:
    return (
        (below is None or one.place in below)
        and question.segment in (None, one.segment)
        and (question.begins is None or one.begins >= question.begins)
        and (question.ends is None or one.ends <= question.ends)
    )


def _nps(counts: list[int]) -> Score:
    return nps(sum(counts[9:]), sum(counts[7:9]), sum(counts[:7]))


_SCORES: dict[Instrument, Callable[[list[int]], Score]] = {
    Instrument.NPS: _nps,
    Instrument.CES: ces,
    Instrument.CSAT: csat,
}
_KEYS: dict[str, Callable[[Survey], str]] = {
    "place": lambda one: one.place or "",
    "segment": lambda one: one.segment,
    "period": lambda one: f"{one.begins} – {one.ends}",
    "source": lambda one: one.source,
}
