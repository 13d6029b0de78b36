"""Conflicts: what several have recorded without knowing of each other, side by side, and settling them."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from gemba.domain.nouns import NOUNS
from gemba.domain.people import Person, Role
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.hq.serve import territory
from gemba.hq.serve.drawn import page
from gemba.hq.serve.gates import back
from gemba.hq.serve.office import office_of, steward_of
from gemba.store import conflicts, regional
from gemba.store.conflicts import OpenConflict
from gemba.store.reading import Reader
from gemba.store.stewards import Steward
from gemba.wording import sentence
from gemba.work.conflict_facts import told_of
from gemba.work.desk import Desk
from gemba.work.settle_conflict import Choice, settle, typed

MOST = 200
"""Conflicts on the page; more are shown once these are settled."""
_OWN = "own"


class Listed(msgspec.Struct, frozen=True):
    """A conflict in the list."""

    conflict: OpenConflict
    label: str


def listed(request: Request, _fields: FormData) -> Response:
    """The open conflicts that somebody may see."""
    with office_of(request).desk.reader() as reader:
        seen = territory.inside(reader, steward_of(request))
        found = [
            Listed(one, label(reader, one.noun, one.entity))
            for one in conflicts.open_conflicts(reader, limit=None if seen is not None else MOST)
            if seen is None or regional.place_of(reader, one.noun, one.entity) in seen
        ]
    return page(request, "conflicts", found=found[:MOST])


def shown(request: Request, _fields: FormData) -> Response:
    """One conflict, both sides."""
    return _shown(request)


def take(request: Request, fields: FormData) -> Response:
    """Somebody decided."""
    noun, uid = request.path_params["noun"], request.path_params["uid"]
    office, steward = office_of(request), steward_of(request)
    with office.desk.reader() as reader:
        open_one = _open_one(reader, steward, noun, uid)
    choices = {one.field: _choice(noun, one.field, fields) for one in open_one.fields}
    decided = {field: choice for field, choice in choices.items() if choice is not None}
    if not decided:
        return _shown(request, Refusal("hq.nothing_chosen"), fields)
    try:
        settle(_as(office.desk, steward), noun, uid, decided, str(fields.get("reason", "")))
    except Refusal as refusal:
        return _shown(request, refusal, fields)
    office.forget_status()
    return back("/conflicts")


def label(reader: Reader, noun: str, uid: Uid) -> str:
    """What people call a record, the audit that it belongs to, and the place."""
    return " · ".join(dict.fromkeys(words for words in told_of(reader, noun, uid) if words))


def value_shown(reader: Reader, value: Any) -> str:
    """A value of a side: people and places by their names, anything else as it is."""
    if isinstance(value, str) and len(value) == 36:
        named = reader.get(Person, value) or reader.get(Place, value)
        if named is not None:
            return named.name
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(request: Request, refusal: Refusal | None = None, fields: FormData | None = None) -> Response:
    with office_of(request).desk.reader() as reader:
        noun, uid = request.path_params["noun"], request.path_params["uid"]
        open_one = _open_one(reader, steward_of(request), noun, uid)
        values = {
            side.operation + one.field: value_shown(reader, side.value) for one in open_one.fields for side in one.sides
        }
        return page(
            request,
            "conflict",
            400 if refusal else 200,
            one=open_one,
            label=label(reader, noun, uid),
            values=values,
            words=sentence(refusal) if refusal else "",
            sent=fields or FormData(),
        )


def _open_one(reader: Reader, steward: Steward, noun: str, uid: Uid) -> OpenConflict:
    """A conflict that somebody may see.

    Raises:
        Refusal: `hq.no_such_page`, `hq.not_for_you`.
    """
    seen = territory.inside(reader, steward)
    if seen is not None and regional.place_of(reader, noun, uid) not in seen:
        raise Refusal("hq.not_for_you")
    found = conflicts.of_record(reader, noun, uid) if noun in NOUNS else None
    if found is None:
        raise Refusal("hq.no_such_page")
    return found


def _choice(noun: str, field: str, fields: FormData) -> Choice | None:
    """What was chosen for a field; `None` when nothing was."""
    chosen = str(fields.get(f"side-{field}", ""))
    if chosen != _OWN:
        return chosen or None
    return typed(noun, field, str(fields.get(f"own-{field}", "")))


def _as(desk: Desk, steward: Steward) -> Desk:
    """The same desk with the steward sitting at it: who decides stands in the journal by name."""
    with desk.reader() as reader:
        known = reader.find(Person, name=steward.name, role=Role.STEWARD)
    if known:
        return msgspec.structs.replace(desk, person=known[0])
    person = Person(uid=desk.ids(), name=steward.name, role=Role.STEWARD)
    with desk.unit() as unit:
        unit.put(person)
    return msgspec.structs.replace(desk, person=person)
