"""Similar elsewhere? Asked of findings and of actions before a finding closes; where yes, somebody goes and looks."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from gemba.domain.change import Change
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.process_maps import GoAndSee
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store import same_again
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.wording import text
from gemba.work.action_states import settle
from gemba.work.desk import Desk
from gemba.work.go_and_see import OPEN, Proposal, proposed
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

YES, NO = "yes", "no"
ANSWERS = (YES, NO)
"""What is answered to "similar elsewhere?"."""
ORIGIN = "finding"
"""What look-ups come from."""
_YEAR = timedelta(days=365)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says."""

    similar: str
    """`yes` or `no`."""
    note: str = ""
    """Where it was looked, and what follows."""
    places: tuple[Uid, ...] = ()
    """Where yes: places at which the next walk is asked to go and see."""


class Elsewhere(msgspec.Struct, frozen=True):
    """A place at which the like may be found."""

    place: Place
    count: int
    """Findings of the same step and cause there within a year."""
    is_asked: bool
    """Whether a walk is asked to look there already."""


def answer(desk: Desk, finding: Uid, said: Answer) -> Change:
    """Keep the answer for a finding; one of which all else is done closes with it.

    Raises:
        Refusal: the finding or a place is unknown, or the question is not answered with where it was looked.
    """
    with desk.unit() as unit:
        answer_in(unit, desk, known(unit, Finding, finding), said)
        settle(unit, finding)
        return unit.change_made(finding)


def answer_in(unit: Unit, desk: Desk, finding: Finding, said: Answer) -> None:
    """The same within another use case's unit; whoever calls it settles the finding."""
    note = note_of(unit, said)
    unit.change(Finding, finding.uid, similar=said.similar, similar_note=note)
    for place in said.places:
        ask_to_look(unit, desk, finding, place)


def note_of(reader: Reader, said: Answer) -> str:
    """The words that stand beside the answer: those that were said, or the places at which somebody goes and looks.

    Raises:
        Refusal: it is neither yes nor no, or nothing says where it was looked (`work.similar_unanswered`).
    """
    places = [known(reader, Place, uid).name for uid in said.places] if said.similar == YES else []
    note = said.note.strip()
    if said.similar not in ANSWERS or not (note or places):
        raise Refusal("work.similar_unanswered")
    if said.places and said.similar == NO:
        raise Refusal("work.similar_no_with_places")
    missing = [name for name in places if name.casefold() not in note.casefold()]
    looked = text("To be looked at: {places}", places=", ".join(missing)) if missing else ""
    return " · ".join(part for part in (note, looked) if part)


def similar_words(similar: str, note: str) -> str:
    """The answer as people read it; empty while there is none."""
    said = {YES: text("Yes"), NO: text("No")}.get(similar, "")
    return f"{said}: {note}" if said and note else said


def ask_to_look(unit: Unit, desk: Desk, finding: Finding, place: Uid) -> None:
    """Ask the next walk at a place to look for the like; one that is asked already is not asked twice."""
    place = goes_on_at(unit, place).uid
    waiting = unit.find(GoAndSee, origin=finding.uid)
    if any(one.place == place and one.state in OPEN for one in waiting):
        return
    meant = proposed(unit, ORIGIN, finding.uid)
    _ask(unit, desk, meant, place, sort=ORIGIN, origin=finding.uid)


def ask_without_finding(unit: Unit, desk: Desk, words: str, place: Uid) -> None:
    """The same of something that follows from complaints: `words` tell what is looked for."""
    question = text("Is it like this here, too? Found elsewhere: {words}", words=words)
    _ask(unit, desk, Proposal(question, place, ""), place)


def _ask(unit: Unit, desk: Desk, meant: Proposal, place: Uid, *, sort: str = "", origin: Uid = "") -> None:
    unit.put(
        GoAndSee(
            uid=desk.ids(),
            question=meant.question,
            place=place,
            step=meant.step,
            sort=sort,
            origin=origin,
            raised_at=desk.clock(),
            person=desk.person.uid,
        )
    )


def places_like(reader: Reader, finding: Finding, most: int = 8) -> tuple[Elsewhere, ...]:
    """Places of the same level at which the like may be found: where it was found before, and then by name.

    Args:
        reader: of the store.
        finding: that was made.
        most: of them.
    """
    here = known(reader, Place, finding.place)
    every = reader.find(Place, level=here.level.value)
    others = [one for one in every if one.uid != here.uid and one.merged_into is None]
    counts = same_again.by_place(reader, finding.step, finding.cause, reader.clock() - _YEAR)
    asked = {one.place for one in reader.find(GoAndSee, origin=finding.uid) if one.state in OPEN}
    near = sorted(others, key=lambda one: (-counts.get(one.uid, 0), one.parent != here.parent, one.name.casefold()))
    return tuple(Elsewhere(one, counts.get(one.uid, 0), one.uid in asked) for one in near[:most])
