"""What a pack vouches for is taken in at once; the signatures of its changes are looked at afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hq.strangers import KEY, enrolled, id_of, packed, spoiled
from tests.packs.stranger import Key, operation

from gemba.domain.places import Place
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.proving import prove, unsigned_in
from gemba.hq.status import Need, status
from gemba.hq.taking import take_in_all, take_in_one
from gemba.packs.receipts import read_receipt
from gemba.store.checking import check
from gemba.work.desk import Desk

OTHER = Key(b"\2" * 32)


def test_what_was_taken_in_on_its_pack_is_proven_afterwards_and_once(hq: Desk, sent) -> None:
    sent("1-2", operation(KEY, 1), operation(KEY, 2))
    assert status(hq).unproven == 1
    proven = prove(hq)
    assert (proven.packs, proven.operations, proven.unsigned, proven.left) == (1, 2, (), 0)
    assert status(hq).unproven == 0
    assert prove(hq).packs == 0


def test_one_bad_signature_keeps_nothing_out_and_is_told(hq: Desk, sent) -> None:
    bad = spoiled(operation(KEY, 2))
    assert sent("1-3", operation(KEY, 1), bad, operation(KEY, 3)).operations == 3
    with hq.reader() as reader:
        assert {"Hall 1", "Hall 2", "Hall 3"} <= {one.name for one in reader.find(Place)}
    (found,) = prove(hq).unsigned
    assert (found.operation, found.device) == (id_of(bad), KEY.id)
    assert id_of(bad) in found.words
    assert unsigned_in(hq) == (found,), "and it is told as long as the change is here"
    assert prove(hq).packs == 0
    (line,) = [one for one in status(hq).laptops if one.device == KEY.id]
    assert (line.unsigned, line.needs[0]) == ((id_of(bad),), Need.UNSIGNED)
    problems = [(one.code, one.facts["operation"], one.facts["why"]) for one in check(hq.store)]
    assert problems == [("store.operation_altered", id_of(bad), "signature")]


def test_a_pack_vouches_for_the_changes_of_its_sender_alone(hq: Desk, sent) -> None:
    with pytest.raises(Refusal, match=r"hq\.other_stretch"):
        sent("1-2", operation(KEY, 1), operation(OTHER, 2))
    with pytest.raises(Refusal, match=r"store\.bad_operation"):
        sent("1-0", spoiled(operation(KEY, 1)))  # a selection: each speaks for itself
    assert status(hq).unproven == 0


def test_the_one_who_takes_a_pack_in_is_told_at_once(hq: Desk, tmp_path: Path) -> None:
    enrolled(hq)
    bad = spoiled(operation(KEY, 1))
    signed = take_in_one(hq, packed(hq, tmp_path, "1-1", bad), tmp_path)
    assert signed.unsigned == (id_of(bad),)
    assert id_of(bad) in signed.words
    assert read_receipt(signed.receipt.read_bytes(), {hq.store.device.id: hq.store.device.public_key}).ranges
    worse = spoiled(operation(KEY, 2))
    taking = take_in_all(hq, [packed(hq, tmp_path, "2-2", worse)], tmp_path)
    assert [one.operation for one in taking.unsigned] == [id_of(worse)], "what was told is not told again"
    assert id_of(worse) in taking.words


def test_it_stops_where_it_is_told_to_and_goes_on_there(hq: Desk, tmp_path: Path) -> None:
    enrolled(hq)
    for number in range(1, 6):
        intake.take_in(hq, packed(hq, tmp_path, f"{number}-{number}", operation(KEY, number)), tmp_path)
    some = prove(hq, most=2)
    assert (some.packs, some.left) == (2, 3)
    assert prove(hq, stop=lambda: True).packs == 0
    assert (prove(hq).packs, status(hq).unproven) == (3, 0)


def test_a_laptop_has_nothing_to_prove(desk: Desk) -> None:
    with pytest.raises(Refusal, match=r"hq\.not_headquarters"):
        prove(desk)
