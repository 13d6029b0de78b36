"""Packs that are believed on their own signature are noted until the signature of each operation is checked."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select
from tests.store.test_signatures import MANY, _people, _spoiled

from gemba.errors import Refusal
from gemba.store import journal, proofs, transit
from gemba.store import journal_tables as tables
from gemba.store.transit import TakenIn

pytestmark = pytest.mark.on_both

PACK = "ab" * 32
_COUNT = select(func.count()).select_from(tables.operation).where(tables.operation.c.noun == "person")


def take_vouched(office, sender, lines, pack=PACK, first=1):
    """Take lines in as of a pack that their device signed."""
    device = sender.device
    last = first + len(lines) - 1
    taken = TakenIn(
        sha256=pack, device=device.id, epoch=device.epoch, first_seq=first, last_seq=last, taken_at=office.clock()
    )
    with office.unit("") as unit:
        transit.add_taken_in(unit, taken)
        merged = journal.merge(unit, lines, trusted={device.id: device.public_key}, vouched=device.id)
        proofs.note(unit, pack)
    return merged


def looked_at(office):
    """What a look at each of the packs says: what is unsigned in it, and how many operations it has."""
    with office.reader() as reader:
        return [proofs.unsigned_in(reader, one) for one in proofs.waiting(reader)]


def test_signatures_of_whom_the_pack_vouches_for_are_left_for_later(store, another) -> None:
    office, lines = another("office"), _people(store)
    assert take_vouched(office, store, lines).added == MANY
    with office.reader() as reader:
        assert proofs.count(reader) == 1
    assert looked_at(office) == [(None, MANY)]


@pytest.mark.parametrize("at", [0, MANY // 2, MANY - 1])
def test_one_that_does_not_hold_is_found_wherever_it_stands(store, another, at) -> None:
    office, lines = another("office"), _people(store)
    lines[at] = _spoiled(lines[at])
    take_vouched(office, store, lines)
    ((found, _),) = looked_at(office)
    assert found is not None
    assert found.encode() in lines[at]
    with office.unit("") as unit:
        proofs.settle(unit, [(PACK, found)])
    with office.reader() as reader:
        assert (proofs.count(reader), [one.operation for one in proofs.unsigned(reader)]) == (0, [found])


def test_what_is_proven_is_noted_no_more(store, another) -> None:
    office = another("office")
    take_vouched(office, store, _people(store))
    with office.unit("") as unit:
        proofs.note(unit, PACK)  # taken in once more
        proofs.settle(unit, [(PACK, None)])
    with office.reader() as reader:
        assert (proofs.waiting(reader), proofs.unsigned(reader)) == ([], [])


def test_nobody_vouches_for_others(store, another) -> None:
    office, other, lines = another("office"), another("other"), _people(store)
    lines[3] = _spoiled(lines[3])
    keys = {one.device.id: one.device.public_key for one in (store, other)}
    with office.unit("") as unit, pytest.raises(Refusal) as refused:
        journal.merge(unit, lines, trusted=keys, vouched=other.device.id)
    assert refused.value.facts["why"] == "signature"


def test_whoever_is_not_known_vouches_for_nothing(store, another) -> None:
    office = another("office")
    with office.unit("") as unit, pytest.raises(Refusal) as refused:
        journal.merge(unit, _people(store), trusted={}, vouched=store.device.id)
    assert refused.value.code == "store.unknown_signer"


def _id(line: bytes) -> str:
    return json.loads(line)["header"]["id"]


def test_an_id_that_stands_for_another_operation_is_refused_and_nothing_is_kept(store, another) -> None:
    office, other = another("office"), another("other")
    theirs, lines = _people(other), _people(store)
    take_vouched(office, other, theirs)
    lines[3] = lines[3].replace(_id(lines[3]).encode(), _id(theirs[5]).encode())
    with pytest.raises(Refusal) as refused:
        take_vouched(office, store, lines, pack="cd" * 32)
    assert refused.value.code == "store.bad_operation"
    assert refused.value.facts == {"operation": _id(theirs[5]), "why": "id used twice"}
    with office.reader() as reader:
        assert (proofs.count(reader), reader.connection.scalar(_COUNT)) == (1, MANY)


def test_what_came_by_a_colleague_before_is_known_when_its_own_device_brings_it(store, another) -> None:
    office, lines = another("office"), _people(store)
    keys = {store.device.id: store.device.public_key}
    with office.unit("") as unit:
        assert journal.merge(unit, lines[4:6], trusted=keys).added == 2
    merged = take_vouched(office, store, lines)
    assert (merged.added, merged.known, merged.forks) == (MANY - 2, 2, ())
    again = take_vouched(office, store, lines, pack="cd" * 32)
    assert (again.added, again.known) == (0, MANY)


def test_a_number_given_twice_is_a_fork_though_the_second_is_vouched_for(store, clone, another) -> None:
    office, twin = another("office"), clone(store)
    take_vouched(office, store, _people(store))
    lines = _people(twin)
    merged = take_vouched(office, twin, lines, pack="cd" * 32)
    assert merged.added == MANY
    assert {fork.seq for fork in merged.forks} == set(range(1, MANY + 1))
