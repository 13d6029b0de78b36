"""What another process reads and checks is what we would have; without it all goes on as well."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import contextmanager

import msgspec
import pytest
from tests.store.test_journal import everything, lines_of, take
from tests.store.test_signatures import MANY, _people, _signed, _spoiled

from gemba.errors import Refusal
from gemba.store import journal, reading_ahead, second_process
from gemba.store.operation_lines import read
from gemba.store.operations import signed
from gemba.store.reading_ahead import ReadAhead
from gemba.store.signatures import Signatures

pytestmark = pytest.mark.on_both


@pytest.fixture(autouse=True)
def other():
    """The process of this program, begun now, whatever became of those of other tests."""
    second_process._Met.deaths = 0
    found = second_process.second_process(10_000)
    assert found is not None
    return found


def test_what_it_reads_is_what_we_read(store, records) -> None:
    records.finding(store, records.begin(store), text="Über den Gang, 😀, 0.5 m")
    with store.reader() as reader:
        lines = list(journal.since(reader, store.device.epoch, 1, 10_000))
    lines += _people(store)
    assert list(ReadAhead(lines)) == [read(line) for line in lines]
    assert list(ReadAhead(lines * 20)) == [read(line) for line in lines] * 20
    assert list(ReadAhead([])) == []


def test_signatures_are_checked_on_the_way_by_the_keys_that_are_given(store, another) -> None:
    lines, office = _people(store), another("office")
    keys = {store.device.id: store.device.public_key}
    lines[5] = _spoiled(lines[5])
    found = [one.proven_by for one in ReadAhead(lines, keys)]
    assert found == [store.device.public_key if number != 5 else b"" for number in range(MANY)]
    with pytest.raises(Refusal) as refused:
        take(office, ReadAhead(lines, keys), store)
    assert (refused.value.facts["why"], lines_of(office)) == ("signature", [])
    with pytest.raises(Refusal, match=r"store\.unknown_signer"):
        take(office, ReadAhead(_people(store), keys))  # who signed is not whom one believes
    wrong = {store.device.id: office.device.public_key}
    assert {one.proven_by for one in ReadAhead(_people(store), wrong)} == {b""}
    assert take(office, ReadAhead(_people(store), keys), store).added == MANY


def test_a_line_that_is_none_is_refused_as_we_refuse_it(store) -> None:
    lines = _people(store)
    lines[MANY - 2] = lines[MANY - 2].replace(b'"seq":', b'"seq": ')
    drawn = ReadAhead(lines)
    with pytest.raises(Refusal) as refused:
        list(drawn)
    assert (refused.value.code, refused.value.facts["why"]) == ("store.bad_operation", "shape")


def test_what_they_mean_may_be_seen_before_they_are_asked_for(store, another) -> None:
    lines, office = _people(store), another("office")
    drawn = ReadAhead(lines)
    for batch in drawn._begun:
        wait([batch._asked])
        batch._prepare()
    batches, found = list(drawn._begun), list(drawn)
    assert all(one.meaning is not None for one in found)
    assert [msgspec.structs.replace(one, meaning=None) for one in found] == [read(line) for line in lines]
    assert take(office, found, store).added == MANY
    for batch in batches:
        batch._prepare()  # too late, and no harm
    assert take(office, lines, store).known == MANY


def test_of_heavy_lines_fewer_lie_ready(store, monkeypatch) -> None:
    lines = _people(store) * 5
    monkeypatch.setattr(reading_ahead, "_HEAVY", 3 * len(lines[0]))
    monkeypatch.setattr(reading_ahead, "_AT_MOST", 30 * len(lines[0]))
    drawn = ReadAhead(lines)
    seen = []
    for one in drawn:
        seen.append(one)
        assert sum(batch.size for batch in drawn._begun) <= 34 * len(lines[0])
    assert [one.header for one in seen] == [read(line).header for line in lines]


def test_what_nothing_can_mean_is_told_when_it_is_taken_in(store, another) -> None:
    lines, office = [*_people(store), _signed(store, "ghost", MANY + 1)], another("office")
    drawn = ReadAhead(lines)
    last = drawn._begun[-1]
    wait([last._asked])
    with pytest.raises(Refusal, match=r"store\.unknown_noun"):  # nobody hears of it in the thread
        last._prepare()
    with pytest.raises(Refusal, match=r"store\.unknown_noun"):
        take(office, drawn, store)
    assert lines_of(office) == []


def test_what_it_does_not_come_to_we_read(store, other) -> None:
    lines = _people(store) * 5
    keys = {store.device.id: store.device.public_key}
    with _standing_still(other):
        drawn = ReadAhead(lines, keys)
        while drawn._read_one_here():
            pass
        waiting = [batch for batch in drawn._begun if not batch.is_read()]
        assert 0 < len(waiting) <= second_process._UNDER_WAY < len(drawn._begun)
    found = list(drawn)
    assert [one.header for one in found] == [read(line).header for line in lines]
    assert {one.proven_by for one in found} == {store.device.public_key}


def test_a_line_that_is_none_is_refused_in_its_turn_whoever_reads_it(store, other) -> None:
    lines = _people(store) * 5
    lines[-1] = lines[-1].replace(b'"seq":', b'"seq": ')
    with _standing_still(other):
        drawn = ReadAhead(lines)
        assert drawn._read_one_here()
    before = []
    with pytest.raises(Refusal) as refused:
        before.extend(drawn)
    assert (refused.value.code, refused.value.facts["why"]) == ("store.bad_operation", "shape")
    assert [one.header for one in before] == [read(line).header for line in lines[:-1]]


@pytest.mark.parametrize("batch", range(5))
def test_signatures_that_it_does_not_come_to_are_checked_by_us(store, other, batch) -> None:
    some = [[read(line) for line in _people(store)] for _ in range(5)]
    some[batch][3] = msgspec.structs.replace(some[batch][3], signature=bytes(64))
    with pytest.raises(Refusal) as refused:
        _check(store, some, other)
    assert refused.value.facts["operation"] == some[batch][3].header.id


@pytest.mark.parametrize("at", [0, MANY // 2, MANY - 1])
def test_one_signature_that_does_not_hold_keeps_all_out(store, another, at) -> None:
    office, lines = another("office"), _people(store)
    lines[at] = _spoiled(lines[at])
    with pytest.raises(Refusal) as refused:
        take(office, ReadAhead(lines), store)
    assert refused.value.facts["operation"] == read(lines[at]).header.id
    assert all(not found for found in everything(office).values())
    assert take(office, ReadAhead(_people(store)), store).added == MANY


def test_over_what_nobody_signed_nobody_trips(store, another) -> None:
    office, lines = another("office"), _people(store)
    lines.append(_spoiled(_signed(store, "ghost", MANY + 1)))  # a noun that there is not
    with pytest.raises(Refusal) as refused:
        take(office, lines, store)
    assert (refused.value.code, refused.value.facts["why"]) == ("store.bad_operation", "signature")
    assert lines_of(office) == []


def test_when_it_is_killed_we_do_its_work_and_begin_another(store, another, other) -> None:
    office, lines = another("office"), _people(store)
    other._process.kill()
    other._process.wait()
    assert take(office, ReadAhead(lines), store).added == MANY
    following = second_process.second_process(0)
    assert following is not other
    ones = [read(line) for line in lines]
    asked = [(store.device.public_key, one.signature, signed(one.header_bytes)) for one in ones]
    assert following is not None
    assert following.begin_to_verify(asked).result() == b"\1" * MANY
    asked[3] = (asked[3][0], asked[4][1], asked[3][2])
    assert following.begin_to_verify(asked).result() == b"\1\1\1\0" + b"\1" * (MANY - 4)


def test_when_it_is_killed_nobody_waits_for_what_it_was_to_read(store, other) -> None:
    lines = _people(store) * 5
    with _standing_still(other):
        drawn = ReadAhead(lines, {store.device.id: store.device.public_key})
        asked = other.begin_to_verify([(b"k" * 32, b"s" * 64, b"m")])
        other._process.kill()
    other._process.wait()
    while not other.is_gone:  # until somebody has heard nothing
        ReadAhead(lines[:100])
    second_process.second_process(0)  # which lets go of it
    assert [one.header for one in drawn] == [read(line).header for line in lines]
    assert asked.result() is None


def test_it_ends_when_the_program_lets_go_of_it() -> None:
    made = second_process.SecondProcess()
    assert made.begin_to_verify([(b"k" * 32, b"s" * 64, b"m")]).result() == b"\0"
    made.close()
    assert made._process.returncode == 0
    assert made._process.stdin.closed


def _check(store, some, other):
    with Signatures({store.device.id: store.device.public_key}) as signatures, _standing_still(other):
        for operations in some:
            signatures.expect(operations)


@contextmanager
def _standing_still(other) -> Iterator[None]:
    """The other process, alive but not at work."""
    os.kill(other._process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(other._process.pid, signal.SIGCONT)
