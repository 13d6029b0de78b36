from __future__ import annotations

import pytest

from gemba.domain.assessments import Custody
from gemba.errors import Refusal
from gemba.store import journal_tables as tables
from gemba.store import sent_blobs, transit
from gemba.store.transit import Correspondent, Pack, Stretch, TakenIn

pytestmark = pytest.mark.on_both


def pack(store, records, first, last, letter="a"):
    return Pack(
        uid=records.uid(),
        sha256=letter * 64,
        state=Custody.SEALED,
        epoch=store.device.epoch,
        first_seq=first,
        last_seq=last,
        prev=None,
        sealed_at=records.time(),
        to="h" * 32,
        file=f"{letter * 64}.gemba",
        size=9,
        operations=last - first + 1,
        blobs=0,
    )


def test_what_no_receipt_names_is_still_to_be_sent(store, records) -> None:
    with store.reader() as reader:
        assert transit.unsent_ranges(reader) == []
    records.begin(store)
    epoch = store.device.epoch
    with store.unit(records.person.uid) as unit:
        assert transit.unsent_ranges(unit) == [Stretch(epoch, 1, 4)]
        transit.add_pack(unit, pack(store, records, 1, 4), [])
        assert transit.unsent_ranges(unit) == [Stretch(epoch, 1, 4)]  # sealing is not arriving
        assert transit.last_sealed(unit, epoch) == 4
        transit.mark_held(unit, {epoch: [[1, 2], [4, 4]]}, [])
        assert transit.unsent_ranges(unit) == [Stretch(epoch, 3, 4)]
        assert transit.pack_of(unit, "a" * 64).state is Custody.SEALED
        transit.mark_held(unit, {epoch: [[3, 3]]}, [])
        assert transit.unsent_ranges(unit) == []
        assert transit.pack_of(unit, "a" * 64).state is Custody.HELD


def test_a_pack_is_held_only_with_all_its_evidence(store, records) -> None:
    records.begin(store)
    with store.unit(records.person.uid) as unit:
        transit.add_pack(unit, pack(store, records, 1, 4), ["c" * 64, "d" * 64])
        transit.mark_held(unit, {store.device.epoch: [[1, 9]]}, ["c" * 64])
        assert transit.pack_of(unit, "a" * 64).state is Custody.SEALED
        transit.mark_held(unit, {}, ["d" * 64])
        assert transit.pack_of(unit, "a" * 64).state is Custody.HELD
        transit.mark_sent(unit, "a" * 64)
        assert transit.pack_of(unit, "a" * 64).state is Custody.HELD
        assert sent_blobs.held_blobs(unit) == {"c" * 64, "d" * 64}


def test_marks_stop_at_the_first_gap(store, records) -> None:
    records.begin(store)
    place = transit.position(store.device.epoch, 0)
    with store.unit(records.person.uid) as unit:
        transit.add_pack(unit, pack(store, records, 3, 4, "b"), [])
        assert transit.marks(unit).sealed == 0
        transit.add_pack(unit, pack(store, records, 1, 2, "a"), [])
        transit.mark_sent(unit, "a" * 64)
        marks = transit.marks(unit)
        assert (marks.sealed, marks.sent, marks.held) == (place + 4, place + 2, 0)


def test_kept_bytes_are_to_be_sent_until_a_receipt_names_them(store, records) -> None:
    records.begin(store)
    with store.unit(records.person.uid) as unit:
        assert set(transit.to_send_blobs(unit)) == {"a" * 64, "b" * 64}
        transit.mark_held(unit, {}, ["a" * 64])
        assert transit.to_send_blobs(unit) == ["b" * 64]


def test_an_unknown_pack_is_refused(store) -> None:
    with store.reader() as reader, pytest.raises(Refusal, match=r"store\.unknown_pack"):
        transit.pack_of(reader, "x")


def test_a_pack_that_was_taken_in_keeps_its_receipt(store, records) -> None:
    taken = TakenIn(
        sha256="e" * 64,
        device="d" * 32,
        epoch="0001-00000000",
        first_seq=1,
        last_seq=9,
        taken_at=records.time(),
        receipt=b"signed",
    )
    with store.unit(records.uid()) as unit:
        transit.add_taken_in(unit, taken)
    with store.reader() as reader:
        assert transit.taken_in(reader, "e" * 64) == taken
        assert transit.taken_in(reader, "f" * 64) is None


def test_what_is_here_of_a_device_is_told_in_stretches(store, records) -> None:
    records.begin(store)
    with store.reader() as reader:
        assert transit.ranges_here(reader, store.device.id) == {store.device.epoch: [[1, 4]]}
        assert transit.ranges_here(reader, "0" * 32) == {}


def test_gaps_and_numbers_that_were_given_twice_are_told_in_stretches(store, records) -> None:
    device, numbers = "e" * 32, {"0001-00000000": (1, 2, 2, 5, 6), "0002-00000000": (1, 1, 2, 3)}
    row = {"device": device, "hlc": "0" * 17, "person": "p", "noun": "place", "header": b"{}", "signature": b""}
    rows = [
        {**row, "uid": records.uid(), "entity": records.uid(), "epoch": epoch, "seq": seq}
        for epoch, seqs in numbers.items()
        for seq in seqs
    ]
    with store.unit(records.uid()) as unit:
        unit.connection.execute(tables.operation.insert(), rows)
        assert transit.ranges_here(unit, device) == {
            "0001-00000000": [[1, 2], [5, 6]],
            "0002-00000000": [[1, 3]],
        }


def test_correspondents_are_known_by_device(store, records) -> None:
    office = Correspondent(
        id="0" * 32,
        role="headquarters",
        name="HQ",
        public_key=bytes(32),
        recipients=("age1x",),
        trusted_since=records.time(),
    )
    with store.unit(records.uid()) as unit:
        transit.trust(unit, office)
        transit.trust(
            unit, Correspondent(**{**{f: getattr(office, f) for f in office.__struct_fields__}, "name": "New"})
        )
    with store.reader() as reader:
        assert [one.name for one in transit.correspondents(reader)] == ["New"]
        assert transit.correspondents(reader, "laptop") == []
