"""Has anyone solved this? Patterns by words, by step and cause (near ones, too), and by places like this; ranked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from gemba.domain.actions import Action
from gemba.domain.patterns import Pattern
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.transfer_states import Track, track_of
from gemba.domain.vocabularies import Facet
from gemba.errors import Refusal
from gemba.store import search_index, vocabularies
from gemba.store.pattern_lists import coded, of_keys
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.pattern_facts import carried_of, doubt, proof_line

BOTH, STEP, CAUSE = 100.0, 40.0, 25.0
"""What the same step with the same cause counts; the same step with another cause; the same cause at another step."""
WORDS = 60.0
"""What it counts when all words are found; of a part of them the part squared: one of five is hardly any."""
LIKE, NEAR = 5.0, 10.0
"""A place of the same level, and one below the same place above."""
_HELD, _FAILED, _DOUBT = 4.0, -8.0, -40.0
_MOST_HELD = 5
_LOOKED_AT = 60
"""So many of those that fit best are looked at closely: how they did elsewhere, and whether their proof stands."""
_MANY = 500
_WORDS = 12


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for."""

    words: str = ""
    step: str = ""
    cause: str = ""
    place: Uid | None = None
    """Where it is needed."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A pattern that answers, and why."""

    pattern: Pattern
    place: str
    score: float
    why: tuple[str, ...]
    track: Track
    warning: str


def solved(desk: Desk, asked: Asked, most: int = 20) -> tuple[Answer, ...]:
    """The patterns that answer, the best first; the same records give the same order.

    Raises:
        Refusal: nothing is asked for.
    """
    with desk.reader() as reader:
        return solved_in(reader, asked, most)


def solved_in(reader: Reader, asked: Asked, most: int = 20) -> tuple[Answer, ...]:
    """The same in a view of the store that is open already."""
    if not (asked.words.strip() or asked.step or asked.cause or asked.place):
        raise Refusal("work.pattern_nothing_asked")
    codes = {facet: _meant(reader, facet, getattr(asked, facet.value)) for facet in (Facet.STEP, Facet.CAUSE)}
    hits = _hits(reader, asked.words)
    found = {one.uid: one for one in coded(reader, codes[Facet.STEP], codes[Facet.CAUSE])}
    found |= {one.uid: one for one in reader.many(Pattern, [uid for uid in hits if uid not in found])}
    if not (asked.words.strip() or asked.step or asked.cause):
        found = {one.uid: one for one in reader.find(Pattern, retired=False)}
    places = {one.uid: one for one in reader.find(Place)}
    fits = [_fit(one, asked, codes, hits.get(one.uid, ()), places) for one in found.values()]
    best = sorted(fits, key=_first)[: max(_LOOKED_AT, 3 * most)]
    answers = [_answer(reader, one, places) for one in best if one.points > 0]
    return tuple(sorted(answers, key=lambda one: (-one.score, one.pattern.made_at, one.pattern.uid))[:most])


class _Fit(msgspec.Struct, frozen=True):
    """How a pattern fits what is asked, before anybody has looked how it did."""

    pattern: Pattern
    points: float
    why: tuple[str, ...]


def _first(fit: _Fit) -> tuple[float, datetime, Uid]:
    return -fit.points, fit.pattern.made_at, fit.pattern.uid


def _fit(
    one: Pattern, asked: Asked, codes: dict[Facet, set[str]], hit: tuple[str, ...], places: dict[Uid, Place]
) -> _Fit:
    found = [*_by_codes(one, codes), *_by_words(asked.words, hit), *_by_place(one, asked.place, places)]
    return _Fit(one, sum(points for points, _ in found), tuple(words for _, words in found))


def _answer(reader: Reader, fit: _Fit, places: dict[Uid, Place]) -> Answer:
    """The same with what is known of its proof, and of other places."""
    one = fit.pattern
    track = track_of((each.state, each.last) for each in carried_of(reader, (one.uid,))[one.uid])
    action = reader.get(Action, one.action) if one.action else None
    proved = any(proof_line(reader, link).stands for link in one.links)
    warning = doubt(reader, one, action, is_proved=proved)
    score = fit.points + _HELD * min(track.holds, _MOST_HELD) + _FAILED * track.regressed
    return Answer(
        pattern=one,
        place=places[one.place].name if one.place in places else "",
        score=round(score + (_DOUBT if warning else 0.0), 1),
        why=fit.why,
        track=track,
        warning=warning,
    )


def _by_codes(one: Pattern, codes: dict[Facet, set[str]]) -> Iterable[tuple[float, str]]:
    same_step = bool(one.step) and one.step in codes[Facet.STEP]
    same_cause = bool(one.cause) and one.cause in codes[Facet.CAUSE]
    if same_step and same_cause:
        yield BOTH, text("Same step and cause")
    elif same_step:
        yield STEP, text("Same step, another cause") if codes[Facet.CAUSE] else text("Same step")
    elif same_cause:
        yield CAUSE, text("Same cause, another step") if codes[Facet.STEP] else text("Same cause")


def _by_words(words: str, hit: tuple[str, ...]) -> Iterable[tuple[float, str]]:
    looked_for = _parts(words)
    if hit and looked_for:
        share = len(hit) / len(looked_for)
        yield WORDS * share * share, text("Words: {words}", words=", ".join(hit))


def _by_place(one: Pattern, where: Uid | None, places: dict[Uid, Place]) -> Iterable[tuple[float, str]]:
    here, there = places.get(where or ""), places.get(one.place or "")
    if here is None or there is None or here.uid == there.uid:
        return
    if here.parent is not None and here.parent == there.parent and here.parent in places:
        yield NEAR + LIKE, text("A place like this, also in {region}", region=places[here.parent].name)
    elif here.level is there.level:
        yield LIKE, text("A place like this")


def _meant(reader: Reader, facet: Facet, code: str) -> set[str]:
    """Every code of any time that is known by today's code."""
    if not code:
        return set()
    today = vocabularies.crosswalk(reader, facet).get(code, code)
    return vocabularies.meant_by(reader, facet, today) | {code}


def _hits(reader: Reader, words: str) -> dict[Uid, tuple[str, ...]]:
    """By pattern the words that it holds."""
    by_key: dict[int, list[str]] = {}
    for word in _parts(words):
        for key in search_index.newest(reader.connection, "pattern", word, _MANY) or ():
            by_key.setdefault(key, []).append(word)
    uids = of_keys(reader, list(by_key))
    return {uid: tuple(by_key[key]) for key, uid in uids.items()}


def _parts(words: str) -> tuple[str, ...]:
    """The words that are looked for, each once."""
    parts = (part.strip(".,;:!?()[]„“”\"'").casefold() for part in words.split())
    return tuple(dict.fromkeys(part for part in parts if any(letter.isalnum() for letter in part)))[:_WORDS]
