"""The verdicts behind the numbers of the view of drift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from gemba import wording
from gemba.domain.vocabularies import Facet
from gemba.store import alignment_counts, vocabularies
from gemba.store.alignment_counts import Behind as Verdict
from gemba.ui.alignment.drift_shown import Asked
from gemba.ui.lineage.behind import Behind, Part
from gemba.work.alignment_facts import Question, Rate, which_of
from gemba.work.alignment_scene import Scene
from gemba.work.alignment_words import rate_words, verdict_title
from gemba.work.drift_causes import SystemicCause, earlier_quarters
from gemba.work.drift_records import CaseBehind, cases_of

JUDGED = ("aligned", "part", "contrary")
"""Verdicts that a rate is a share of."""
DEPARTURES = ("part", "contrary")
_ALL = 1_000_000


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """Which verdicts a number counts.

    Attributes:
        question: which decisions.
        verdicts: only these; all when empty.
        forced: only those with this constraint and (today's) cause.
        excepted: only those with a justified exception.
    """

    question: Question
    verdicts: tuple[str, ...] = ()
    forced: tuple[str, str] | None = None
    excepted: bool = False


def question_of(asked: Asked, *, goals: tuple[str, ...] = (), place: str = "") -> Question:
    """The decisions that the view shows, or those of them at a place or held to goals."""
    quarters = (asked.quarter,) if asked.quarter else ()
    return Question(quarters=quarters, goals=goals, place=place or asked.place or None)


def verdicts(number: str, title: str, count: int, meant: Meant, how: str = "") -> Behind:
    """The verdicts that a number counts, apart by what was found."""
    return Behind(number=number, title=title, count=count, read=partial(read_verdicts, meant), how=how)


def of_rate(rate: Rate, meant: Meant) -> Behind:
    """What a rate counts, and what it counts it among: all that were judged either way."""
    judged = msgspec.structs.replace(meant, verdicts=JUDGED)
    how = wording.text(
        "{aligned} of {judged} that were judged either way are aligned; the range is the 95 % Wilson interval.",
        aligned=rate.aligned,
        judged=rate.judged,
    )
    return verdicts(rate_words(rate), wording.text("{title}: verdicts", title=rate.title), rate.judged, judged, how)


def of_counts(rate: Rate, meant: Meant) -> list[Behind]:
    """The verdicts of each sort, in the order aligned, in part, contrary, cannot tell."""
    told = ("aligned", "part", "contrary", "cannot_tell")
    return [
        verdicts(
            str(getattr(rate, one)),
            verdict_title(one),
            getattr(rate, one),
            msgspec.structs.replace(meant, verdicts=(one,)),
        )
        for one in told
    ]


def of_cause(found: SystemicCause, question: Question) -> tuple[Behind, Behind]:
    """The cases of a group now, and in the quarters before."""
    about = " · ".join(filter(None, (found.goal_title, found.constraint_title, found.cause_title)))
    now = msgspec.structs.replace(question, goals=(found.goal,))
    before = msgspec.structs.replace(now, quarters=earlier_quarters(question.quarters))
    forced = (found.constraint, found.cause)
    return (
        verdicts(str(found.cases), about, found.cases, Meant(question=now, verdicts=DEPARTURES, forced=forced)),
        verdicts(str(found.before), about, found.before, Meant(question=before, verdicts=DEPARTURES, forced=forced)),
    )


def read_verdicts(meant: Meant, desk: Any) -> Sequence[Part]:
    """The verdicts, a part for each sort of them."""
    with desk.reader() as reader:
        scene = Scene(reader)
        which = msgspec.structs.replace(which_of(scene, meant.question), verdicts=meant.verdicts)
        found = alignment_counts.records_behind(reader, which, most=_ALL)
        told = {one.judgement: one for one in cases_of(reader, scene, found)}
        today = vocabularies.crosswalk(reader, Facet.CAUSE)
    kept = [one for one in found if _is_meant(told[one.judgement], meant, today)]
    words = {uid: " · ".join(filter(None, (one.goal, one.number, one.title, one.place))) for uid, one in told.items()}
    by: dict[str, list[Verdict]] = {}
    for one in kept:
        by.setdefault(one.verdict, []).append(one)
    return [
        Part(verdict_title(verdict), tuple(("judgement", one.judgement) for one in some), words)
        for verdict, some in by.items()
    ]


def _is_meant(one: CaseBehind, meant: Meant, today: Mapping[str, str]) -> bool:
    forced = meant.forced is None or (one.constraint, today.get(one.cause, one.cause)) == meant.forced
    return forced and bool(not meant.excepted or one.exception)
