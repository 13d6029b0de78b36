"""The archive of closed work: an action, a transfer or a pilot with outcome, looks, photos and files."""

from __future__ import annotations

from datetime import date

import msgspec

from gemba.domain.actions import Action
from gemba.domain.effects import EffectCheck
from gemba.domain.evidence import Evidence
from gemba.domain.follow_through import RegisterEntry
from gemba.domain.measures import Measure
from gemba.domain.patterns import Pattern, Transfer
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.transfer_states import TransferState
from gemba.errors import Refusal
from gemba.kinds.registers.limits import PILOTS
from gemba.store.archive_lists import TRANSFER
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.action_states import is_finished
from gemba.work.desk import Desk
from gemba.work.effect_checks import checks_of
from gemba.work.outcome import Outcome, outcome, outcomes
from gemba.work.pattern_facts import carried_one
from gemba.work.pattern_from_action import origin_of
from gemba.work.photo_pairs import Pair, files_of, pairs_of
from gemba.work.records import known
from gemba.work.registers import is_over

PILOT = "pilot"


class ArchiveFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of closed work with all that shows what became of it."""

    what: str
    """Sort of the action, `transfer`, or `pilot`."""
    uid: Uid
    """Of the action, or of the pilot's entry."""
    number: str
    title: str
    place: str
    owner: str
    closed_on: date | None
    live_on: date | None
    told: tuple[tuple[str, str], ...]
    """What else is known of it, by title."""
    state: TransferState | None
    """Of a transfer."""
    outcomes: tuple[Outcome, ...]
    checks: tuple[EffectCheck, ...]
    pairs: tuple[Pair, ...]
    files: tuple[Evidence, ...]
    pattern: Pattern | None
    """That came of it, or that was carried."""


class PilotLine(msgspec.Struct, frozen=True, kw_only=True):
    """A pilot that is over."""

    uid: Uid
    number: str
    title: str
    place: str
    state: str
    """Title of its state."""
    verdict: str
    ended: str


def pilots(reader: Reader, search: str = "") -> tuple[PilotLine, ...]:
    """Pilots that are over, the last ended first; those that hold all the words."""
    names = {one.uid: one.name for one in reader.find(Place)}
    wanted = [word.casefold() for word in search.split()]
    found = []
    for one in reader.find(RegisterEntry, register=PILOTS.code):
        said = " ".join((one.number, one.title, *one.fields.values())).casefold()
        state = PILOTS.state(one.state)
        if state is not None and state.is_over and all(word in said for word in wanted):
            found.append(
                PilotLine(
                    uid=one.uid,
                    number=one.number,
                    title=one.title,
                    place=names.get(one.place or "", ""),
                    state=text(state.title),
                    verdict=_verdict(one),
                    ended=one.fields.get("ends", ""),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.ended, one.number), reverse=True))


def archive_facts(desk: Desk, uid: Uid) -> ArchiveFacts:
    """Everything about a piece of closed work.

    Args:
        desk: who asks, where.
        uid: of the action, of the transfer, or of the pilot's entry.

    Raises:
        Refusal: it is unknown, or not over yet.
    """
    with desk.reader() as reader:
        carried = reader.get(Transfer, uid)
        entry = reader.get(RegisterEntry, uid) if carried is None else None
        if entry is not None:
            return _pilot(reader, entry)
        action = known(reader, Action, carried.action if carried else uid)
        found = carried or next(iter(reader.find(Transfer, action=action.uid)), None)
        if not is_finished(action) and not (found is not None and found.stopped_because):
            raise Refusal("work.archive_open", number=action.number)
        return _action(desk, reader, action, found)


def _action(desk: Desk, reader: Reader, action: Action, carried: Transfer | None) -> ArchiveFacts:
    place = reader.get(Place, action.place)
    pattern = reader.get(Pattern, carried.pattern) if carried else None
    own = reader.find(Pattern, action=action.uid)
    return ArchiveFacts(
        what=TRANSFER if carried else action.sort.value,
        uid=action.uid,
        number=action.number,
        title=action.text,
        place=place.name if place else "",
        owner=action.owner,
        closed_on=action.done_at.date() if action.done_at else None,
        live_on=action.live_on,
        told=tuple(_told(reader, action, carried)),
        state=carried_one(reader, carried.uid).state if carried else None,
        outcomes=outcomes(desk, reader, action, pattern.links if pattern else ()),
        checks=tuple(one for one in checks_of(reader, action) if one.looked_at is not None),
        pairs=pairs_of(reader, action),
        files=tuple(_files(reader, action)),
        pattern=pattern or (own[0] if own else None),
    )


def _told(reader: Reader, action: Action, carried: Transfer | None) -> list[tuple[str, str]]:
    origin = origin_of(reader, action)
    problem = origin.analysis.problem if origin.analysis else origin.finding.text if origin.finding else ""
    said = [
        (text("What it answers"), problem),
        (text("Proof"), action.proof),
        (text("How the effect was seen"), action.verification),
        (text("Similar elsewhere?"), action.similar_note),
        (text("What is done otherwise, and why"), carried.adapted if carried else ""),
        (text("Stopped because"), carried.stopped_because if carried else ""),
        (text("Opened again"), action.reopened_because),
    ]
    return [(title, words) for title, words in said if words]


def _files(reader: Reader, action: Action) -> list[Evidence]:
    """Files that are no pictures: those of the action, and those of its finding."""
    found = files_of(reader, action)
    found += reader.find(Evidence, finding=action.finding) if action.finding else []
    return [one for one in found if not one.removed and not one.width]


def _pilot(reader: Reader, entry: RegisterEntry) -> ArchiveFacts:
    if entry.register != PILOTS.code or not is_over(PILOTS, entry):
        raise Refusal("work.archive_open", number=entry.number)
    place = reader.get(Place, entry.place) if entry.place else None
    begins, ends = entry.fields.get("begins", ""), entry.fields.get("ends", "")
    live_on = date.fromisoformat(begins) if begins else None
    measure = entry.fields.get("outcome", "").partition(":")[2]
    shown = _measured(reader, measure, live_on) if measure else ()
    named = [field for field in PILOTS.fields if field.code not in {"outcome", "begins", "ends", "verdict"}]
    told = [(text(field.title), entry.fields[field.code]) for field in named if entry.fields.get(field.code)]
    verdict = _verdict(entry)
    return ArchiveFacts(
        what=PILOT,
        uid=entry.uid,
        number=entry.number,
        title=entry.title,
        place=place.name if place else "",
        owner=entry.owner,
        closed_on=date.fromisoformat(ends) if ends else entry.changed_at.date(),
        live_on=live_on,
        told=(*told, *(((text("Verdict"), verdict),) if verdict else ())),
        state=None,
        outcomes=shown,
        checks=(),
        pairs=(),
        files=(),
        pattern=None,
    )


def _measured(reader: Reader, measure: Uid, live_on: date | None) -> tuple[Outcome, ...]:
    from_store = reader.get(Measure, measure)
    return (outcome(reader, from_store, live_on),) if from_store is not None else ()


def _verdict(entry: RegisterEntry) -> str:
    field = PILOTS.field("verdict")
    said = entry.fields.get("verdict", "")
    return next((text(one.title) for one in (field.options if field else ()) if one.code == said), "")
