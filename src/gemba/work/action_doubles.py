"""Open actions that say nearly the same, told before one more is added: one is merged, or left as it is."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from gemba.domain.actions import Action, ActionState
from gemba.domain.causes import CauseAnalysis
from gemba.domain.findings import Finding
from gemba.domain.record import Uid
from gemba.methods.text.near import likeness_of
from gemba.store import action_lanes
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import known

NEAR = 0.55
"""Likeness from which two short texts are shown beside each other; a person decides."""
MOST = 5
_LOOKED_AT = 300


class Like(StrEnum):
    """Why an action may be the same."""

    CASE = "case"
    """It is about the same step, cause and place."""
    WORDS = "words"
    """It says nearly the same at the same place."""


class Double(msgspec.Struct, frozen=True, kw_only=True):
    """An open action that may be the same."""

    uid: Uid
    number: str
    text: str
    owner: str
    like: Like
    likeness: float
    """Of the words, 0 to 1."""


def doubles(desk: Desk, about: Uid, words: str) -> tuple[Double, ...]:
    """Open actions like one that is about to be added, the most alike first.

    Args:
        desk: who adds it.
        about: uid of the finding or cause analysis that it is for.
        words: what is to be done.
    """
    with desk.reader() as reader:
        finding = reader.get(Finding, about)
        analysis = None if finding is not None else reader.get(CauseAnalysis, about)
        case: Finding | CauseAnalysis | None = finding or analysis
        if case is None or case.place is None:
            return ()
        return _alike(reader, case.place, (case.step, case.cause), words)


def doubles_of(reader: Reader, action: Uid) -> tuple[Double, ...]:
    """Open actions like one that is open itself."""
    about = known(reader, Action, action)
    if about.state is not ActionState.OPEN:
        return ()
    return _alike(reader, about.place, _case_of(reader, about), about.text, but=action)


def double_words(one: Double) -> str:
    """One of them in a line."""
    return text("{number} ({owner}): {words} – {why}", number=one.number, owner=one.owner, words=one.text, why=why(one))


def why(one: Double) -> str:
    """Why it may be the same."""
    if one.like is Like.CASE:
        return text("the same step and cause at this place")
    return text("nearly the same words at this place")


def _alike(reader: Reader, place: Uid, case: tuple[str, str], words: str, but: Uid = "") -> tuple[Double, ...]:
    found = []
    for one in action_lanes.open_at(reader, place, _LOOKED_AT):
        if one.uid == but:
            continue
        likeness = likeness_of(words, one.text)
        is_case = all(case) and _case_of(reader, one) == case
        if is_case or likeness >= NEAR:
            like = Like.WORDS if likeness >= NEAR else Like.CASE
            named = {"uid": one.uid, "number": one.number, "text": one.text, "owner": one.owner}
            found.append(Double(**named, like=like, likeness=round(likeness, 2)))
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.number))[:MOST])


def _case_of(reader: Reader, one: Action) -> tuple[str, str]:
    """Step and cause that an action is about; empty where nothing says so."""
    finding = reader.get(Finding, one.finding) if one.finding else None
    analysis = reader.get(CauseAnalysis, one.analysis) if one.analysis and finding is None else None
    about = finding or analysis
    return ("", "") if about is None else (about.step, about.cause)
